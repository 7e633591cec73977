"""A school through time: the schools it came from, by the links of the register, so that its history is found."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.open_data.reading import Reader, School

MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A school that became this one; ``merged`` when several did, so that figures are not of the same children."""

    urn: str
    name: str
    established: str | None
    merged: bool


def predecessors(reader: Reader, school: School) -> list[Predecessor]:
    """Schools this one came from, newest link first, followed over several links."""
    found: dict[str, Predecessor] = {}
    frontier = [school.urn]
    for _ in range(MOST_STEPS):
        ahead: list[str] = []
        for link in reader.links(frontier):
            kind = link.kind.lower()
            before: tuple[str, str] | None = None
            if kind.startswith("predecessor") and link.urn in frontier:
                before = (link.linked_urn, link.linked_name)
            elif kind.startswith("successor") and link.linked_urn in frontier:
                before = (link.urn, "")
            if before and before[0] != school.urn and (before[0] not in found or not found[before[0]].name):
                if before[0] not in found:
                    ahead.append(before[0])
                name = before[1] or (found[before[0]].name if before[0] in found else "")
                found[before[0]] = Predecessor(
                    before[0], name, link.established, "merged" in kind or "amalgamated" in kind
                )
        if not ahead:
            break
        frontier = ahead
    return sorted(found.values(), key=lambda p: p.established or "", reverse=True)


def identities(reader: Reader, school: School) -> list[str]:
    """URNs and LAESTABs under which publications may hold this school and those it came from (mergers left out)."""
    urns = [school.urn, *(p.urn for p in predecessors(reader, school) if not p.merged)]
    codes = reader.laestabs_of(urns)
    if school.laestab:
        codes.add(school.laestab)
    return [*urns, *sorted(codes)]
