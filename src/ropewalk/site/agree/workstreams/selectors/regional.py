"""What places of a region know themselves: figures of their released editions, pooled where all have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ropewalk.core.compare.pooling import pool
from ropewalk.core.disclosure import Audience
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import figure_words, period_words, value_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import sort_key
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.site.agree.workstreams.models import MeasureSet, Workstream
from ropewalk.site.agree.workstreams.selectors.state import measure_of
from ropewalk.site.agree.workstreams.selectors.workshop import places_within
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.see.editions.models import RELEASED, Edition
from ropewalk.site.see.editions.pages import store

NO_EDITION = "no edition is released"
NOT_IN_IT = "not in its newest edition"


@dataclass(frozen=True)
class ReleasedLine:
    """A place with its newest released figure, or why there is none; ``figure`` is None then."""

    place: str
    said: str
    period: str
    edition: str
    figure: Figure | None


@dataclass(frozen=True)
class Released:
    """Places of a region by name, and all of them together, or why nothing is pooled."""

    lines: list[ReleasedLine]
    pooled: str


def released_within(workstream: Workstream, *, on: date) -> Released | None:
    """What released editions of a region's places say of the measure; None where it is no region or has no places."""
    row = measure_of(workstream)
    places = Place.objects.filter(pk__in=places_within(workstream.place, on=on))
    inner = sorted(places, key=lambda one: (one.name.casefold(), one.code))
    if row is None or not inner:
        return None
    newest: dict[str, Edition] = {}
    for one in Edition.objects.filter(place__in=[p.code for p in inner], state=RELEASED).order_by("number"):
        newest[one.place] = one
    lines = [_line(one, newest.get(one.code), row) for one in inner]
    return Released(lines, _pooled(lines, row))


def _line(place: Place, edition: Edition | None, row: MeasureSet) -> ReleasedLine:
    if edition is None:
        return ReleasedLine(place.name, NO_EDITION, "", "", None)
    number, found = f"edition {edition.number}", _newest(edition, row)
    if found is None:
        return ReleasedLine(place.name, NOT_IN_IT, "", number, None)
    counts = (
        f" ({found.numerator:,} of {found.denominator:,})" if found.numerator is not None and found.denominator else ""
    )
    words = f"{figure_words(found, measure(row.measure))}{counts}"
    return ReleasedLine(place.name, words, period_words(found.period), number, found)


def _newest(edition: Edition, row: MeasureSet) -> Figure | None:
    try:
        table = released_edition(store(), edition.place, edition.number).figures(Audience.EVERYONE)
    except NotFound:
        return None
    wanted = (row.measure, row.phase, row.group)
    cells = [one for one in table if one.school is None and (one.measure, one.phase, one.group) == wanted]
    return max(cells, key=lambda one: sort_key(one.period), default=None)


def _pooled(lines: Sequence[ReleasedLine], row: MeasureSet) -> str:
    """All places together; nothing is pooled with a part missing, for it would be called the region and not be it."""
    missing = [line.place for line in lines if line.figure is None or line.figure.value is None]
    if missing:
        return f"Nothing is pooled: there is no released figure of {', '.join(missing)}."
    figures = [line.figure for line in lines if line.figure is not None]
    if len({one.period for one in figures}) > 1:
        return "Nothing is pooled: the newest figures are of different periods."
    if len({one.definition_version for one in figures}) > 1:
        return "Nothing is pooled: the figures are not counted in the same way."
    found = pool(figures)
    if found is None:
        return "Nothing is pooled: the counts behind the figures are not released."
    value = value_words(found.value, measure(row.measure))
    return f"All {found.places} places together: {value} ({found.numerator:,} of {found.denominator:,})."
