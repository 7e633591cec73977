"""What every document of a place is made from: the overview, one detail for each measure, phase books, editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ropewalk.core.open_data.reading import Edition
from ropewalk.core.publish.shown_table import SourceLine, check_released, sources_of
from ropewalk.core.publish.wording import how_to_quote
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.phases import Phase
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import MeasureRow, Overview

Progress = Callable[[int, int, str], None]
OGL_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of education that has a phase book: its measures by the start of their ids, and its phase of schools."""

    name: str
    words: str
    starts: tuple[str, ...]
    phase: Phase | None
    wanted: str


STAGES = (
    Stage("EYFS", "Early years foundation stage, to age 5", ("gld",), None, "the good level of development"),
    Stage("KS1", "Key stage 1, to age 7", ("phonics", "ks1"), None, "the phonics screening check"),
    Stage("KS2", "Key stage 2 and primary schools, to age 11", ("ks2", "gap_ks2"), Phase.PRIMARY, "key stage 2 tests"),
    Stage(
        "KS4",
        "Key stage 4 and secondary schools, to age 16",
        ("attainment8", "progress8", "basics", "gap_attainment8", "gap_progress8", "gap_basics"),
        Phase.SECONDARY,
        "key stage 4 results",
    ),
)
# Drawn over time in a phase book; other measures of its schools stand in the book's table.
DRAWN_BY_PHASE = ("absence_overall", "persistent_absence", "suspension_rate", "permanent_exclusion_rate")


@dataclass(frozen=True, slots=True)
class PhaseBook:
    """A stage with its measures (shown in full in their own chapters) and figures of its phase of schools."""

    stage: Stage
    measures: tuple[MeasureRow, ...]
    of_schools: tuple[MeasureDetail, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is published for the stage."""
        return not self.measures and not self.of_schools


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """All that documents of one place show. ``today`` is the date on the cover; ``details`` are by measure id.

    Raises TypeError when a view carries figures that are in no SafeTable.
    """

    overview: Overview
    details: Mapping[str, MeasureDetail]
    phase_books: tuple[PhaseBook, ...]
    editions: tuple[Edition, ...]
    today: dt.date

    def __post_init__(self) -> None:
        """Refuse figures that nobody released."""
        shown = (f for row in self.rows() for f in (row.latest, row.country, row.region, *row.series))
        check_released(self.overview.released, shown)
        for detail in self._every_detail():
            check_released(detail.released, (point.own for point in detail.trend))

    def rows(self) -> Iterator[MeasureRow]:
        """Every measure of the overview, in order."""
        for section in self.overview.sections:
            yield from section.rows

    def _every_detail(self) -> Iterator[MeasureDetail]:
        yield from self.details.values()
        for book in self.phase_books:
            yield from book.of_schools

    def sources(self) -> tuple[SourceLine, ...]:
        """The files behind every figure released to this book."""
        found: list[Figure] = [*self.overview.released]
        for detail in self._every_detail():
            found += detail.released
        return sources_of(found)

    def edition_of(self, sha256: str) -> Edition | None:
        """The imported file with this checksum."""
        return next((edition for edition in self.editions if edition.sha256 == sha256), None)

    def quote(self, row: MeasureRow) -> str:
        """How to quote the newest figure of a measure."""
        return how_to_quote(row.latest, self.overview.place, row.measure, self.edition_of(row.latest.source.sha256))

    def publishers(self) -> str:
        """Who published the figures, each once."""
        known = (self.edition_of(line.sha256) for line in self.sources())
        return "; ".join(dict.fromkeys(edition.publisher for edition in known if edition))
