"""What publishing needs to know of a view: the shapes of the view models that the use cases make.

The use cases stand above this package, so their classes cannot be named here; these protocols say the same and mypy
holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ropewalk.core.compare.funnel import Funnel
from ropewalk.core.compare.intervals import Interval
from ropewalk.core.compare.pooling import Pooled
from ropewalk.core.compare.summary import Spread
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure, Question
from ropewalk.core.open_data.reading import School
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place


class ChangeView(Protocol):
    """Difference between two figures of one measure, in its unit."""

    @property
    def before(self) -> Figure:
        """The earlier figure."""

    @property
    def amount(self) -> float:
        """Later less earlier."""


class RowView(Protocol):
    """One measure of a place with what it is compared with."""

    @property
    def measure(self) -> Measure:
        """What is measured."""

    @property
    def phase(self) -> str:
        """Phase of education."""

    @property
    def group(self) -> str:
        """Group of pupils."""

    @property
    def latest(self) -> Figure:
        """Newest figure with a value."""

    @property
    def last_year(self) -> ChangeView | None:
        """Change on the year before."""

    @property
    def since_2018_19(self) -> ChangeView | None:
        """Change since 2018/19."""

    @property
    def country(self) -> Figure | None:
        """Figure of the country."""

    @property
    def region(self) -> Figure | None:
        """Figure of the region."""

    @property
    def neighbours(self) -> Spread | None:
        """Spread of the statistical neighbours."""

    @property
    def series(self) -> tuple[Figure, ...]:
        """The place's own figures, oldest first."""


class SectionView(Protocol):
    """The measures that answer one question."""

    @property
    def question(self) -> Question:
        """The question."""

    @property
    def rows(self) -> Sequence[RowView]:
        """Its measures."""


class OverviewView(Protocol):
    """A place with its comparators and measures."""

    @property
    def place(self) -> Place:
        """The place."""

    @property
    def country(self) -> Place:
        """Its country."""

    @property
    def region(self) -> Place | None:
        """Its region."""

    @property
    def neighbours(self) -> tuple[Place, ...]:
        """Its statistical neighbours, nearest first."""

    @property
    def sections(self) -> Sequence[SectionView]:
        """Measures by question."""

    @property
    def released(self) -> SafeTable:
        """Every figure shown."""


class ComparatorsView(Protocol):
    """Whom a place is compared with."""

    @property
    def country(self) -> Place:
        """The country."""

    @property
    def region(self) -> Place | None:
        """The region."""

    @property
    def neighbours(self) -> tuple[Place, ...]:
        """Statistical neighbours."""


class TrendPointView(Protocol):
    """One period of a trend."""

    @property
    def period(self) -> str:
        """The period."""

    @property
    def own(self) -> Figure | None:
        """Figure of the place."""

    @property
    def country(self) -> Figure | None:
        """Figure of the country."""

    @property
    def region(self) -> Figure | None:
        """Figure of the region."""

    @property
    def neighbours(self) -> Spread | None:
        """Spread of the neighbours."""


class GroupRowView(Protocol):
    """A group beside the group it is compared with."""

    @property
    def group(self) -> str:
        """The group."""

    @property
    def own(self) -> Figure:
        """Its figure."""

    @property
    def interval(self) -> Interval | None:
        """95 % interval of the figure."""

    @property
    def other(self) -> Figure | None:
        """Figure of the other group."""

    @property
    def gap(self) -> float | None:
        """Own less other."""

    @property
    def gap_interval(self) -> Interval | None:
        """95 % interval of the gap."""

    @property
    def country(self) -> Figure | None:
        """The group's figure in the country."""


class StripPointView(Protocol):
    """A council among all councils."""

    @property
    def place(self) -> Place:
        """The council."""

    @property
    def figure(self) -> Figure:
        """Its figure."""

    @property
    def role(self) -> str:
        """'own', 'neighbour' or 'other'."""


class DetailView(Protocol):
    """One measure of a place for one phase and group."""

    @property
    def place(self) -> Place:
        """The place."""

    @property
    def others(self) -> ComparatorsView:
        """Whom it is compared with."""

    @property
    def measure(self) -> Measure:
        """What is measured."""

    @property
    def phase(self) -> str:
        """Phase of education."""

    @property
    def group(self) -> str:
        """Group of pupils."""

    @property
    def period(self) -> str:
        """Newest period with a value."""

    @property
    def trend(self) -> Sequence[TrendPointView]:
        """Periods, oldest first."""

    @property
    def phases_period(self) -> str:
        """Period of ``by_phase``."""

    @property
    def groups_period(self) -> str:
        """Period of ``by_group``."""

    @property
    def by_phase(self) -> tuple[Figure, ...]:
        """Own figures by phase at ``phases_period``."""

    @property
    def by_group(self) -> Sequence[GroupRowView]:
        """Own figures by group at ``groups_period``."""

    @property
    def strip(self) -> Sequence[StripPointView]:
        """All councils at the period."""

    @property
    def all_councils(self) -> Spread | None:
        """Spread of all councils."""

    @property
    def released(self) -> SafeTable:
        """Every figure shown."""


class SchoolRowView(Protocol):
    """A school with its newest figures."""

    @property
    def school(self) -> School:
        """The school."""

    @property
    def latest(self) -> dict[str, Figure]:
        """Newest figure by measure."""


class SchoolListView(Protocol):
    """The schools of a place."""

    @property
    def place(self) -> Place:
        """The place."""

    @property
    def rows(self) -> Sequence[SchoolRowView]:
        """The schools."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The columns."""

    @property
    def released(self) -> SafeTable:
        """Every figure shown."""


class SchoolFunnelView(Protocol):
    """A funnel over the schools of one phase."""

    @property
    def place(self) -> Place:
        """The place."""

    @property
    def measure(self) -> Measure:
        """What is measured."""

    @property
    def phase(self) -> str:
        """Phase of education."""

    @property
    def period(self) -> str:
        """The period."""

    @property
    def funnel(self) -> Funnel | None:
        """Points and limits; None with too few schools."""

    @property
    def names(self) -> dict[str, str]:
        """Names of schools by id."""

    @property
    def released(self) -> SafeTable:
        """Every figure shown."""


class ComparedView(Protocol):
    """One measure over several places."""

    @property
    def measure(self) -> Measure:
        """What is measured."""

    @property
    def phase(self) -> str:
        """Phase of education."""

    @property
    def group(self) -> str:
        """Group of pupils."""

    @property
    def period(self) -> str:
        """The period."""

    @property
    def figures(self) -> tuple[tuple[Place, Figure | None], ...]:
        """Figures by place."""

    @property
    def country(self) -> Figure | None:
        """Figure of the country."""

    @property
    def region(self) -> Figure | None:
        """Figure of the region."""

    @property
    def pooled(self) -> Pooled | None:
        """All places together."""

    @property
    def spread(self) -> Spread | None:
        """Spread of the places."""


class ComparisonView(Protocol):
    """Places beside each other."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The places."""

    @property
    def region(self) -> Place | None:
        """The region, when a whole region is compared."""

    @property
    def rows(self) -> Sequence[ComparedView]:
        """The measures."""

    @property
    def series(self) -> dict[str, tuple[Figure, ...]]:
        """Series of one measure by place code."""

    @property
    def released(self) -> SafeTable:
        """Every figure shown."""
