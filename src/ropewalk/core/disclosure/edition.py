"""An edition: protected tables of one place and period as they were released, as bytes that never change.

The bytes are canonical JSON: sorted keys, whole numbers only, nothing of the clock or the machine. They hold all that
is needed to compute them again (what was wanted, as of when, which trust and phase each school had) and all that is
needed to show the figures later, whatever the catalogue of measures says by then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from ropewalk.core.disclosure.ledger import HIDDEN
from ropewalk.core.disclosure.protect import Specification
from ropewalk.core.disclosure.protect.cells import Coordinates
from ropewalk.core.disclosure.safe_table import Audience, SafeTable
from ropewalk.core.disclosure.shares import TRUST, GivenOut, Grouping, figures_given_out
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.periods import words

# Of the shape of the bytes; counted up when that changes.
SHAPE = 1
SMALLEST_THRESHOLD = 3


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
        if self.number < 1 or (self.replaces is not None and not 1 <= self.replaces < self.number):
            yield "Editions are numbered from 1, and one replaces an earlier one.", "Mend the numbers."
        if not self.cuts or len(set(self.cuts)) != len(self.cuts):
            yield "An edition holds at least one table, and each once.", "Name measures to release."
        if not self.schools or len(set(self.schools)) != len(self.schools):
            yield "No school is counted, or one twice.", "An edition counts schools that share their figures."
        if not set(self.partners) <= set(self.schools):
            yield "Partners may see a school that is not counted.", "Leave it out."
        if self.threshold < SMALLEST_THRESHOLD:
            yield "Counts below 3 at least are hidden.", "Use a threshold of 3 or more; 5 is usual."
        if self.replaces is not None and not self.reason.strip():
            yield "It is not said why an edition is replaced.", "Say what was corrected."


@dataclass(frozen=True, kw_only=True)
class CutTable:
    """A protected table of an edition. ``held``: these are the rows of the edition that is replaced.

    A correction then waits: shown by itself it would tell of single pupils.
    """

    cut: Cut
    groups: tuple[str, ...]
    specification: Specification
    rows: Mapping[Coordinates, int | None]
    held: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureUsed:
    """A measure as it was defined then, and the submissions its counts rest on."""

    title: str
    version: int
    unit: str
    calculation: str
    submissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What an edition says otherwise than the one it replaces: a cell that both show, or a table that is ``held``.

    ``of`` is ``place``, ``phase``, ``trust`` or ``school``, and ``key`` which one. ``part`` is ``yes`` (pupils
    counted), ``no`` or ``both``. A held table has neither cell nor counts; ``words`` say what that means.
    """

    measure: str
    family: str | None
    held: bool
    words: str
    of: str = ""
    key: str = ""
    group: str = ""
    part: str = ""
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An edition, drafted or released. ``ledgers`` says how many releases each ledger held before it."""

    wanted: EditionWanted
    grouping: Grouping
    measures: Mapping[str, MeasureUsed]
    tables: tuple[CutTable, ...]
    ledgers: Mapping[str, int]
    differences: tuple[Difference, ...] = ()

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
            "differences": [asdict(one) for one in self.differences],
        }
        return (json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def held(self) -> tuple[Cut, ...]:
        """Tables whose correction waits."""
        return tuple(table.cut for table in self.tables if table.held)

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
            frame=self._frame(table.cut),
            schools=frozenset(map(str, self.wanted.partners)),
            trusts=self._trusts(table),
        )

    def _trusts(self, table: CutTable) -> frozenset[str]:
        """Trusts with figures of their own: not those that give away the only school that is no partner's to see."""
        own = {str(urn) for urn in self.wanted.partners}
        of = next((rollup.of for rollup in table.specification.rollups if rollup.name == TRUST), {})
        schools = {trust: {school for school, where in of.items() if where == trust} for trust in of.values()}
        return frozenset(trust for trust, inside in schools.items() if len(inside - own) != 1)

    def _frame(self, cut: Cut) -> Figure:
        used, wanted = self.measures[cut.measure], self.wanted
        source = Source(
            kind="returns",
            publication="returns",
            title=used.title,
            edition=f"edition {wanted.number}, as known on {words(wanted.as_of[:10])}",
            file="",
            sha256="",
            row=None,
            calculation=used.calculation,
            submissions=used.submissions,
        )
        cell = (wanted.place, None, cut.measure, "all", "all", wanted.period)
        return Figure(*cell, None, used.unit, None, None, Missing.NOT_AVAILABLE, "", source, used.version)


def _table_as_json(table: CutTable) -> dict[str, Any]:
    return {
        **asdict(table.cut),
        "groups": list(table.groups),
        "held": table.held,
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
            measures={
                name: MeasureUsed(**{**one, "submissions": tuple(one["submissions"])})
                for name, one in said["measures"].items()
            },
            tables=tuple(_table_of(one) for one in said["tables"]),
            ledgers=said["ledgers"],
            differences=tuple(Difference(**one) for one in said["differences"]),
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
        held=said["held"],
    )
