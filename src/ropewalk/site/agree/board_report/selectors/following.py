"""KPIs of a plan as a report tells them, and where their figures come from."""

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish.board_report.content import End, Kpi, Missing, Point, Source
from ropewalk.core.publish.board_report.points import points_of
from ropewalk.core.publish.wording import period_words, value_words
from ropewalk.core.schema.figure import Source as Origin
from ropewalk.core.use_cases.store import Reader
from ropewalk.site.agree.plan.kinds import Comes
from ropewalk.site.agree.plan.models import Kpi as Row
from ropewalk.site.agree.plan.rules import Node
from ropewalk.site.agree.plan.selectors.measuring import course_of, figures_of, measured, plain, position
from ropewalk.site.agree.plan.trajectory import Course, Verdict
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.see.scorecard.reader import reader

# A report shows where a KPI came from, not its whole history.
YEARS_BEFORE = 3
UNMEASURED = "it is not said yet how it is measured"


class Sources:
    """The sources of a report, each once, numbered from one; and what is missing, with why."""

    def __init__(self) -> None:
        self.found: list[Source] = []
        self.missing: list[Missing] = []
        self._days: dict[str, str] | None = None

    def number(self, source: Source) -> int:
        """The number of a source."""
        if source not in self.found:
            self.found.append(source)
        return self.found.index(source) + 1

    def of_figure(self, origin: Origin) -> int:
        """The number of the source of a figure."""
        return self.number(Source(origin.title, origin.edition, origin.file, origin.sha256, self._day(origin)))

    def _day(self, origin: Origin) -> str:
        if self._days is None:
            self._days = _imported(_reader())
        return self._days.get(origin.sha256, "with its edition")


def _reader() -> Reader | None:
    try:
        return reader()
    except NotFound:
        return None


def _imported(found: Reader | None) -> dict[str, str]:
    return {one.sha256: long_date(one.imported_at[:10]) for one in found.editions.values()} if found else {}


def kpi_of(node: Node, row: Row | None, sources: Sources) -> Kpi:
    """A KPI of a plan as a report tells it."""
    if row is None:
        sources.missing.append(Missing(node.label, UNMEASURED))
        because = f"{UNMEASURED[0].upper()}{UNMEASURED[1:]}."
        verdict = str(Verdict.CANNOT_TELL)
        return Kpi(node.label, node.item.words, "", "", "", "", "", "", "", verdict, because, (), (), ())
    shown, course = measured(row), course_of(row)
    points = _typed(row, sources) if row.source is Comes.TYPED else _figures(row, sources)
    if not points:
        sources.missing.append(Missing(node.label, "nothing is published or written in that measures it"))
    elif not points[-1].interval:
        sources.missing.append(Missing(node.label, "no interval, because its source gives no counts of children"))
    latest = points[-1] if points else None
    return Kpi(
        node.label,
        node.item.words,
        shown.title,
        str(row.comes),
        shown.baseline,
        latest.words if latest else "",
        latest.when if latest else "",
        latest.interval if latest else "",
        shown.target,
        str(shown.judged.verdict),
        shown.judged.because,
        points,
        _line(row, course),
        tuple(sorted({one.source for one in points})),
    )


def _figures(row: Row, sources: Sources) -> tuple[Point, ...]:
    table = figures_of(row)
    if table is None:
        return ()
    since = position(row.period) - YEARS_BEFORE
    recent = table.only(lambda one: position(one.period) >= since)
    return points_of(recent, measure(row.measure), sources.of_figure)


def target_in(row: Row, text: str) -> str:
    """A target as a change of the plan keeps it, in words with its unit; empty for none."""
    if not text:
        return ""
    value = float(text)
    return f"{plain(value)} {row.unit}" if row.source is Comes.TYPED else value_words(value, measure(row.measure))


def _typed(row: Row, sources: Sources) -> tuple[Point, ...]:
    shown = measured(row).values
    found = []
    for one, told in zip(row.typed.order_by("day", "pk"), shown, strict=True):
        source = Source(f"Written in: {one.source}", "", "", "", long_date(one.day))
        interval = told.interval.split(" to ") if told.interval else []
        lower, upper = (float(end.replace(",", "")) for end in interval) if interval else (None, None)
        at = one.day.toordinal() / 365.25
        number = sources.number(source)
        found.append(Point(told.when, at, float(one.value), told.words, lower, upper, told.interval, number))
    return tuple(found)


def _line(row: Row, course: Course | None) -> tuple[End, ...]:
    if course is None:
        return ()
    if row.source is Comes.TYPED:
        days = (row.typed.order_by("day", "pk").first(), row.item.due)
        first = long_date(days[0].day) if days[0] else ""
        return (
            End(first, course.begins / 365.25, course.baseline, f"{plain(course.baseline)} {row.unit}"),
            End(long_date(days[1]), course.ends / 365.25, course.target, f"{plain(course.target)} {row.unit}"),
        )
    declared = measure(row.measure)
    return tuple(
        End(period_words(period), position(period), value, value_words(value, declared))
        for period, value in ((row.period, course.baseline), (row.by_period, course.target))
    )
