"""What an edition says otherwise than the one it corrects, in lines for a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from ropewalk.core.disclosure import Audience
from ropewalk.core.disclosure.edition import Difference, Edition
from ropewalk.core.measures import measure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.phases import Phase

PARTS = {"yes": "pupils counted", "no": "pupils not counted", "both": "pupils in all"}


@dataclass(frozen=True)
class DifferenceLine:
    """One cell that changed: what it counts, of whom, the number then and now."""

    measure: str
    who: str
    part: str
    old: str
    new: str


@dataclass(frozen=True)
class Differences:
    """Cells that changed, and in words the tables whose correction waits."""

    lines: tuple[DifferenceLine, ...]
    held: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lines or self.held)


def difference_lines(edition: Edition, names: Mapping[int, str], audience: Audience = Audience.PARTNERS) -> Differences:
    """What changed, as far as an audience may see it: partners of schools that let them, everyone of the place."""
    shown = [one for one in edition.differences if not one.held and _may_see(edition, one, audience)]
    held = tuple(dict.fromkeys(one.words for one in edition.differences if one.held))
    return Differences(tuple(_line(one, names) for one in shown), held)


def _may_see(edition: Edition, one: Difference, audience: Audience) -> bool:
    if one.of in {"place", "phase"}:
        return True
    return audience is Audience.PARTNERS and one.of == "school" and int(one.key) in edition.wanted.partners


def _line(one: Difference, names: Mapping[int, str]) -> DifferenceLine:
    groups = [] if one.group in {"", "all"} else [group(one.group).words]
    of = {
        "place": "All schools",
        "phase": Phase(one.key).words if one.of == "phase" else "",
        "school": names.get(int(one.key), f"School {one.key}") if one.of == "school" else "",
    }[one.of]
    who = ": ".join([of, *groups])
    return DifferenceLine(measure(one.measure).title, who, PARTS[one.part], _number(one.old), _number(one.new))


def _number(count: int | None) -> str:
    return "hidden" if count is None else f"{count:,}"
