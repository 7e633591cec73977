"""Figures a school may choose as evidence or measure, and those it chose, read each time from where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import figure_words, heading_words, period_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import PeriodKind, kind_of, sort_key
from ropewalk.core.use_cases.figures import Wanted, select_figures
from ropewalk.core.use_cases.live_overview import live_overview
from ropewalk.site.agree.school_plans.kinds import Comes
from ropewalk.site.agree.school_plans.models import Evidence
from ropewalk.site.see.live.states import STATES
from ropewalk.site.see.scorecard.links import figure_address
from ropewalk.site.see.scorecard.reader import reader

Cut = tuple[str, str, str, str]
CLOSED = "a figure of the school’s own returns, which only those who may see them are shown"


@dataclass(frozen=True)
class Chosen:
    """A figure by where it comes from, measure, phase, group and period, as a form sends it."""

    comes: Comes
    measure: str
    phase: str
    group: str
    period: str

    @property
    def key(self) -> str:
        """As one text."""
        return f"{self.comes}|{self.measure}|{self.phase}|{self.group}|{self.period}"

    @property
    def cut(self) -> Cut:
        """What it is a figure of."""
        return self.measure, self.phase, self.group, self.period


def chosen(key: str) -> Chosen:
    """A choice from its text. Raises Http404 for what is none."""
    parts = key.split("|")
    if len(parts) != 5 or parts[0] not in set(Comes):
        raise Http404
    return Chosen(Comes(parts[0]), *parts[1:])


def published_of(urn: int, measures: Sequence[str] = ()) -> list[Figure]:
    """Published figures of a school, the newest first; none while nothing is imported."""
    try:
        known = reader()
        place = known.school(str(urn)).place
        found = select_figures(known, Wanted(place=place, school=str(urn), measures=measures))
    except NotFound:
        return []
    return sorted(found, key=lambda one: -sort_key(one.period))


def own_of(urn: int) -> list[Figure]:
    """What the school's own returns say now, small numbers too: only for whoever may see them."""
    try:
        state = STATES.get(None)
        found = live_overview(state, state.school(str(urn)), reader=None)
    except NotFound:
        return []
    rows = [row for section in found.sections for row in section.rows]
    return [one for row in rows for one in (row.whole, row.so_far) if one is not None and one.value is not None]


def _label(one: Figure, comes: Comes) -> str:
    declared = measure(one.measure)
    heading = heading_words(declared, one.phase, one.group)
    return f"{heading}: {figure_words(one, declared)} in {period_words(one.period)} ({comes.words})"


def offered(urn: int, *, own: bool) -> list[tuple[str, str]]:
    """Figures to choose from, by their words: the newest of each published, and those of one's own returns."""
    found: dict[Cut, tuple[str, str]] = {}
    for one in published_of(urn):
        cut = (one.measure, one.phase, one.group, "")
        if one.value is not None and cut not in found:
            found[cut] = _offer(one, Comes.PUBLISHED)
    listed = sorted(found.values(), key=lambda one: one[1])
    return [*listed, *(_offer(one, Comes.RETURNS) for one in (own_of(urn) if own else ()))]


def _offer(one: Figure, comes: Comes) -> tuple[str, str]:
    return Chosen(comes, one.measure, one.phase, one.group, one.period).key, _label(one, comes)


def measurable(urn: int) -> list[tuple[str, str]]:
    """Published measures of a school by academic year, from each newest year on which a plan may begin."""
    return [(key, words) for key, words in offered(urn, own=False) if kind_of(chosen(key).period) is PeriodKind.YEAR]


@dataclass(frozen=True)
class Read:
    """A figure in words with the address of where it comes from; ``address`` is empty where there is none to show."""

    words: str
    address: str = ""


def read(urn: int, rows: Iterable[Evidence], *, own: bool) -> dict[int, Read]:
    """What each chosen figure says now, by the number of its row: one question for all of them."""
    wanted = [one for one in rows if one.measure]
    published = [one for one in wanted if one.source is Comes.PUBLISHED]
    names = sorted({one.measure for one in published})
    by_cut = {_cut(one): one for one in reversed(published_of(urn, names))} if names else {}
    live = {_cut(one): one for one in own_of(urn)} if own and len(published) < len(wanted) else {}
    found = {}
    for row in wanted:
        returned = row.source is Comes.RETURNS
        if returned and not own:
            found[row.pk] = Read(CLOSED)
            continue
        figure = (live if returned else by_cut).get((row.measure, row.phase, row.group, row.period))
        found[row.pk] = _read(row, figure)
    return found


def _cut(one: Figure) -> Cut:
    return one.measure, one.phase, one.group, one.period


def _read(row: Evidence, figure: Figure | None) -> Read:
    if figure is not None:
        return Read(_label(figure, row.source), figure_address(figure))
    heading = heading_words(measure(row.measure), row.phase, row.group)
    return Read(f"{heading} in {period_words(row.period)}: not there any more ({row.source.words})")
