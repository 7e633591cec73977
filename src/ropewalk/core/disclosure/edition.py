"""An edition: protected tables of one place and period as they were released, as bytes that never change.

The bytes are canonical JSON: sorted keys, whole numbers only, nothing of the clock or the machine. They hold all that
is needed to compute them again (what was wanted, as of when, which trust and phase each school had) and all that is
needed to show the figures later, whatever the catalogue of measures says by then.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from ropewalk.core.disclosure.ledger import HIDDEN
from ropewalk.core.disclosure.protect import Specification
from ropewalk.core.disclosure.protect.cells import TOTAL, Coordinates
from ropewalk.core.disclosure.safe_table import Audience, SafeTable
from ropewalk.core.disclosure.shares import ALL, OTHER, PHASE, SCHOOL, TRUST, GivenOut, Grouping, figures_given_out
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.periods import words

# Of the shape of the bytes; counted up when that changes.
SHAPE = 1
SMALLEST_THRESHOLD = 3
_CODE = re.compile(r"[A-Za-z0-9-]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One protected table: a measure by one family of groups (a column such as ``sen``), or not cut any further."""

    measure: str
    family: str | None = None


@dataclass(frozen=True, kw_only=True)
class EditionWanted:
    """What an edition is to hold.

    ``place`` is an ONS code; ``number`` counts the editions of a place from 1. Only ``schools`` (URNs) are counted;
    partners see the own rows of ``partners`` alone, which are some of them. ``as_of`` is the moment, in UTC, whose
    facts are counted. ``replaces`` is the number of the edition this one corrects, ``reason`` says why.
    """

    place: str
    number: int
    period: str
    cuts: tuple[Cut, ...]
    schools: tuple[int, ...]
    partners: tuple[int, ...]
    threshold: int
    as_of: str
    replaces: int | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be an edition; all problems at once."""
        problems = [Problem(what, do) for what, do in self._faults()]
        if problems:
            raise InputRefused(problems)

    def _faults(self) -> Iterator[tuple[str, str]]:
        numbers = self.number < 1 or (self.replaces is not None and not 1 <= self.replaces < self.number)
        twice = len(set(self.cuts)) != len(self.cuts), len(set(self.schools)) != len(self.schools)
        faults = {
            f"'{self.place}' is no place. Give its code.": not _CODE.fullmatch(self.place),
            f"'{self.as_of}' is no moment. Write it as 2026-03-01T12:00:00.000000Z.": not _MOMENT.fullmatch(self.as_of),
            "Editions are numbered from 1, and one replaces an earlier one. Mend the numbers.": numbers,
            "An edition holds at least one table, and each once. Name measures to release.": not self.cuts or twice[0],
            "No school is counted, or one twice. Name schools that share.": not self.schools or twice[1],
            "Partners may see a school that is not counted. Leave it out.": not set(self.partners) <= set(self.schools),
            "Counts below 3 at least are hidden. A threshold of 5 is usual.": self.threshold < SMALLEST_THRESHOLD,
            "It is not said why an edition is replaced. Say what was corrected.": self.replaces is not None
            and not self.reason.strip(),
        }
        for said, there in faults.items():
            if there:
                what, _, do = said.partition(". ")
                yield f"{what}.", do


@dataclass(frozen=True, kw_only=True)
class CutTable:
    """A protected table of an edition, with the submissions (receipts) it rests on.

    ``edition`` and ``known_on`` say which edition counted it, and as known on which day: an earlier one where the table
    is held. ``again`` says that it was given out before, from the same counts.
    """

    cut: Cut
    groups: tuple[str, ...]
    specification: Specification
    rows: Mapping[Coordinates, int | None]
    edition: int
    known_on: str
    submissions: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureUsed:
    """A measure as it was defined then, and what its figures are called after."""

    title: str
    version: int
    unit: str
    calculation: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What an edition says otherwise than the one it replaces: a cell that both show, or a table that is ``held``.

    ``of`` is ``place``, ``phase``, ``trust`` or ``school``, and ``key`` which one. ``part`` is ``yes`` (pupils
    counted), ``no`` or ``both``. A held table has neither cell nor counts; ``words`` say what that means.
    """

    measure: str
    family: str | None
    held: bool
    words: str = ""
    of: str = ""
    key: str = ""
    group: str = ""
    part: str = ""
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An edition, drafted or released.

    ``ledgers`` says how many releases each ledger held before it. ``stated`` are all differences to the edition it
    replaces; ``differences`` those that partners may see, ``differences_for`` those of another audience.
    """

    wanted: EditionWanted
    grouping: Grouping
    measures: Mapping[str, MeasureUsed]
    tables: tuple[CutTable, ...]
    ledgers: Mapping[str, int]
    stated: tuple[Difference, ...] = ()

    @cached_property
    def content(self) -> bytes:
        """The bytes of the edition."""
        said = {
            "shape": SHAPE,
            "wanted": asdict(self.wanted),
            "grouping": {"trusts": dict(self.grouping.trusts), "phases": dict(self.grouping.phases)},
            "measures": {name: asdict(one) for name, one in self.measures.items()},
            "tables": [_table_as_json(table) for table in self.tables],
            "ledgers": dict(self.ledgers),
            "differences": [asdict(one) for one in self.stated],
        }
        return (json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def held(self) -> tuple[Cut, ...]:
        """Tables whose correction waits: they are those of an earlier edition."""
        return tuple(table.cut for table in self.tables if table.edition != self.wanted.number)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The differences to the edition this one replaces that partners may see, and the tables that are held."""
        return self.differences_for(Audience.PARTNERS)

    def differences_for(self, audience: Audience) -> tuple[Difference, ...]:
        """The differences an audience may see: of the figures it may see."""
        own = {str(urn) for urn in self.wanted.partners}
        seen = {table.cut: self._trusts(table) for table in self.tables}

        def may_see(one: Difference) -> bool:
            if one.of not in (TRUST, SCHOOL):
                return True
            inside = own if one.of == SCHOOL else seen[Cut(measure=one.measure, family=one.family)]
            return audience is Audience.PARTNERS and one.key in inside

        return tuple(one for one in self.stated if may_see(one))

    def figures(self, audience: Audience) -> SafeTable:
        """The figures an audience may see.

        Everyone sees those of the place and its phases; partners see those of trusts and of the partners' schools too.
        """
        return figures_given_out(audience, [self._given_out(table) for table in self.tables])

    def _given_out(self, table: CutTable) -> GivenOut:
        return GivenOut(
            rows=table.rows,
            family=table.cut.family,
            groups=table.groups,
            threshold=table.specification.threshold,
            frame=self._frame(table),
            schools=frozenset(map(str, self.wanted.partners)),
            trusts=self._trusts(table),
        )

    def _trusts(self, table: CutTable) -> frozenset[str]:
        """Trusts with figures of their own: not those that give away the only school that is no partner's to see."""
        own = {str(urn) for urn in self.wanted.partners}
        of = next((rollup.of for rollup in table.specification.rollups if rollup.name == TRUST), {})
        schools = {trust: {school for school, where in of.items() if where == trust} for trust in of.values()}
        return frozenset(trust for trust, inside in schools.items() if len(inside - own) != 1)

    def _frame(self, table: CutTable) -> Figure:
        used, wanted = self.measures[table.cut.measure], self.wanted
        source = Source(
            kind="returns",
            publication="returns",
            title=used.title,
            edition=f"edition {table.edition}, as known on {words(table.known_on)}",
            file="",
            sha256="",
            row=None,
            calculation=used.calculation,
            submissions=table.submissions,
        )
        cell = (wanted.place, None, table.cut.measure, "all", "all", wanted.period)
        return Figure(*cell, None, used.unit, None, None, Missing.NOT_AVAILABLE, "", source, used.version)


def _table_as_json(table: CutTable) -> dict[str, Any]:
    return {
        **asdict(table.cut),
        "groups": list(table.groups),
        "edition": table.edition,
        "known_on": table.known_on,
        "submissions": list(table.submissions),
        "again": table.again,
        "specification": json.loads(table.specification.as_json()),
        "rows": [[*name, HIDDEN if value is None else value] for name, value in sorted(table.rows.items())],
    }


def edition_of(content: bytes) -> Edition:
    """An edition from its bytes. Raises InputRefused when these are not as Ropewalk wrote them."""
    try:
        said = json.loads(content)
        wanted = said["wanted"]
        cuts = tuple(Cut(**cut) for cut in wanted["cuts"])
        lists = {name: tuple(wanted[name]) for name in ("schools", "partners")}
        found = Edition(
            wanted=EditionWanted(**{**wanted, "cuts": cuts, **lists}),
            grouping=Grouping(**said["grouping"]),
            measures={name: MeasureUsed(**one) for name, one in said["measures"].items()},
            tables=tuple(_table_of(one) for one in said["tables"]),
            ledgers=said["ledgers"],
            stated=tuple(Difference(**one) for one in said["differences"]),
        )
        if found.content != content:
            raise ValueError("other bytes")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"The edition is damaged ({error.__class__.__name__})."
        raise InputRefused([Problem(what, "Put back a copy of the editions.")]) from error
    return found


def _table_of(said: Mapping[str, Any]) -> CutTable:
    return CutTable(
        cut=Cut(measure=said["measure"], family=said["family"]),
        groups=tuple(said["groups"]),
        specification=Specification.from_json(json.dumps(said["specification"])),
        rows={tuple(row[:-1]): None if row[-1] == HIDDEN else int(row[-1]) for row in said["rows"]},
        edition=said["edition"],
        known_on=said["known_on"],
        submissions=tuple(said["submissions"]),
        again=said["again"],
    )


def differences(old: CutTable, new: CutTable) -> Iterator[Difference]:
    """What a renewed table says otherwise: the cells that both show with another count."""
    for name, now in sorted(new.rows.items()):
        then = old.rows.get(name)
        if now is None or then is None or now == then or (len(name) > 2 and name[1] == OTHER):
            continue
        of, key = _named(name[0])
        group = name[1] if len(name) > 2 and name[1] != TOTAL else ALL
        yield Difference(
            measure=new.cut.measure,
            family=new.cut.family,
            held=False,
            of=of,
            key=key,
            group=group,
            part="both" if name[-1] == TOTAL else name[-1],
            old=then,
            new=now,
        )


def _named(unit: str) -> tuple[str, str]:
    """What a unit of a table is, and which."""
    if unit == TOTAL:
        return "place", ""
    kind, _, member = unit.partition("=")
    return (kind, member) if kind in (TRUST, PHASE) else (SCHOOL, unit)
