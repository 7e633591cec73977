"""The schools of a place: the list of them, and the funnel over the schools of one phase."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.funnel import Funnel
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.open_data.reading import School
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school of the place with its newest figure of each measure shown."""

    school: School
    latest: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many schools of a phase the register holds, and their pupils; ``without`` are schools that give none."""

    phase: str | None
    schools: int
    pupils: int
    without: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolFilter:
    """Which schools of a place are wanted; ``trust`` is a trust's name or ``none`` for schools in no trust."""

    phase: str = ""
    trust: str = ""
    text: str = ""


EVERY_SCHOOL = SchoolFilter()


@dataclass(frozen=True, slots=True)
class SchoolList:
    """Schools of a place that fit the filter, by name; ``measures`` are the columns with anything in them.

    ``counts`` and ``trusts`` are of all schools of the place. ``earlier`` are entries of the register that stand for
    a school listed under its present number, so they are not listed twice. ``released`` holds every figure shown.
    """

    place: Place
    rows: tuple[SchoolRow, ...]
    measures: tuple[Measure, ...]
    released: SafeTable
    counts: tuple[PhaseCount, ...]
    trusts: tuple[str, ...]
    earlier: tuple[School, ...]
    wanted: SchoolFilter = EVERY_SCHOOL


@dataclass(frozen=True, slots=True)
class SchoolFunnel:
    """A funnel over the schools of one phase of a place, for one measure and period.

    ``choices`` are the phases and periods of the measure with schools enough. ``urns`` are the register's URNs of the
    schools in it, by the id their figures stand under; a school that has closed has none.
    """

    place: Place
    measure: Measure
    phase: str
    period: str
    funnel: Funnel | None
    names: dict[str, str]
    choices: tuple[tuple[str, str], ...]
    released: SafeTable
    urns: dict[str, str]
