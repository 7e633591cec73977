"""What the page of a school shows: its history in words, and every published figure by measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ropewalk.core.measures import Measure, Question
from ropewalk.core.measures import measure as measure_called
from ropewalk.core.publish.shown_table import Column, ShownTable, figure_cell, text_cell
from ropewalk.core.publish.wording import figure_words, heading_words, number_words, period_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.school_detail import OFSTED, MeasureHistory, SchoolDetail, SchoolFigure
from ropewalk.core.use_cases.school_history import How, Predecessor, Successor
from ropewalk.core.use_cases.schools import phase_words
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.see.scorecard.links import figure_link
from ropewalk.site.see.scorecard.schools.list_page import register_words


@dataclass(frozen=True)
class Step:
    """One change in the history of a school, in words; ``address`` leads to the other school where it is known."""

    words: str
    name: str
    address: str


@dataclass(frozen=True)
class Line:
    """One figure: period, the figure as link, what was counted, the place's and the country's, whose number it is."""

    period: str
    value: SafeString
    counted: str
    place: SafeString
    country: SafeString
    under: str


@dataclass(frozen=True)
class Block:
    """Every figure of one measure and group of pupils."""

    anchor: str
    heading: str
    measure: Measure
    newest: str
    place_heading: str
    country_heading: str
    compared: bool
    counted: bool
    spark: tuple[float | None, ...]
    spark_title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """The measures that answer one question."""

    slug: str
    words: str
    blocks: tuple[Block, ...]


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def steps_before(detail: SchoolDetail) -> list[Step]:
    """Where the school came from, newest change first."""
    names = {before.urn: before.name for before in detail.predecessors}
    names[detail.school.urn] = detail.school.name
    return [_step(before, names, detail.predecessors) for before in detail.predecessors]


def _step(before: Predecessor, names: dict[str, str], everyone: Sequence[Predecessor]) -> Step:
    name = before.name or "A school whose name the register does not give"
    into = names.get(before.into) or "the next school"
    when = f" on {long_date(before.established)}" if before.established else " (the register gives no date)"
    if before.how is How.MERGED:
        others = [one for one in everyone if one.into == before.into and one.how is How.MERGED and one != before]
        beside = f", with {_listed([one.name or f'URN {one.urn}' for one in others])}," if others else ""
        said = f"was merged{beside} into {into}{when}. Its figures are of other children, so they are not shown here"
    elif before.how is How.SPLIT:
        said = f"was split into several schools, {into} among them{when}. Its figures are not shown here"
    else:
        said = f"became {into} (URN {before.into}){when}"
        said += ". Its figures are among those below" if before.followed else ". Its figures are not shown here"
    return Step(f"(URN {before.urn}) {said}.", name, "")


def steps_after(after: Sequence[Successor]) -> list[Step]:
    """What the school became."""
    words = {How.CONTINUED: "became", How.MERGED: "was merged into", How.SPLIT: "was split; one part is"}
    made = []
    for one in after:
        when = f" on {long_date(one.established)}" if one.established else ""
        made.append(Step(f"{words[one.how]}{when}:", one.school.name, f"/schools/{one.school.urn}/"))
    return made


def facts(detail: SchoolDetail) -> list[tuple[str, str]]:
    """What the register says of the school, apart from its place."""
    school = detail.school
    laestab = f"{school.laestab[:3]}/{school.laestab[3:]}" if school.laestab else ""
    pupils = f"{number_words(school.pupils, 0)} ({register_words(school.as_of)})" if school.pupils is not None else ""
    known = (
        ("URN", school.urn),
        ("LAESTAB", laestab),
        ("Phase", phase_words(school.phase)),
        ("Type", school.type or ""),
        ("Trust", school.trust or "none"),
        ("Postcode", school.postcode or ""),
        ("Opened under this URN", long_date(school.opened) if school.opened else "not in the register"),
        ("Pupils", pupils),
    )
    return [(name, value) for name, value in known if value]


def sections(detail: SchoolDetail) -> list[Section]:
    """Every figure, by question and measure."""
    made = []
    for question in Question:
        histories = [history for history in detail.histories if history.measure.question is question]
        if histories:
            blocks = tuple(_block(history, detail) for history in histories)
            made.append(Section(question.slug, question.words, blocks))
    return made


def _block(history: MeasureHistory, detail: SchoolDetail) -> Block:
    measure = history.measure
    heading = heading_words(measure, Phase.ALL, history.group)
    newest = next((row.figure for row in history.figures if row.figure.value is not None), None)
    series = _series(history)
    phase = next((row for row in history.figures if row.place or row.country), None)
    beside = _beside_words(phase)
    return Block(
        f"{measure.id}-{history.group}",
        heading,
        measure,
        f"{figure_words(newest, measure)} in {period_words(newest.period)}" if newest else "no value was published",
        f"{detail.place.name}{beside}",
        f"{detail.country.name}{beside}",
        phase is not None,
        any(row.figure.numerator is not None for row in history.figures),
        tuple(figure.value for figure in series),
        _spark_title(heading, series, measure),
        tuple(_line(row, measure, detail) for row in history.figures),
    )


def _beside_words(row: SchoolFigure | None) -> str:
    """Whom the figures of place and country are about: ``, secondary schools``."""
    if row is None:
        return ""
    figure = row.place or row.country
    if figure is None or figure.phase == Phase.ALL:
        return ", all schools"
    return f", {Phase(figure.phase).words.lower()}"


def _line(row: SchoolFigure, measure: Measure, detail: SchoolDetail) -> Line:
    return Line(
        row.figure.period,
        figure_link(row.figure, measure),
        _counted(row.figure),
        figure_link(row.place, measure),
        figure_link(row.country, measure),
        _under(row.figure, detail),
    )


def _counted(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{number_words(figure.numerator, 0)} of {number_words(figure.denominator, 0)}"


def _series(history: MeasureHistory) -> list[Figure]:
    """Whole years, oldest first, one figure for each: a line must not mix years with terms."""
    at: dict[str, Figure] = {}
    for row in history.figures:
        if kind_of(row.figure.period) is PeriodKind.YEAR:
            at.setdefault(row.figure.period, row.figure)
    return list(reversed(at.values()))


def _spark_title(heading: str, series: Sequence[Figure], measure: Measure) -> str:
    known = [figure for figure in series if figure.value is not None]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    return (
        f"{heading} from {figure_words(first, measure)} in {first.period} "
        f"to {figure_words(last, measure)} in {last.period}"
    )


GRADES = {1: "Outstanding", 2: "Good", 3: "Requires improvement", 4: "Inadequate"}


def ofsted_lines(detail: SchoolDetail) -> list[tuple[str, SafeString, str]]:
    """Inspections: the year each began, the judgement as link, whose number it stood under."""
    declared = measure_called(OFSTED)
    return [
        (
            figure.period,
            figure_link(figure, declared, GRADES.get(int(figure.value), figure.raw) if figure.value else None),
            _under(figure, detail),
        )
        for figure in detail.ofsted
    ]


def _under(figure: Figure, detail: SchoolDetail) -> str:
    return detail.stood_under.get(figure.school or "", figure.school or "")


def figures_table(detail: SchoolDetail) -> ShownTable:
    """Every figure of the page in one table: the files to download are made from it."""
    columns = (
        Column("Measure"),
        Column("Group of pupils"),
        Column("Period"),
        Column(detail.school.name, numeric=True, traced=True),
        Column("Counted"),
        Column("Stood under"),
        Column(detail.place.name, numeric=True, traced=True),
        Column(detail.country.name, numeric=True, traced=True),
        Column("Schools of place and country"),
    )
    rows = tuple(
        (
            text_cell(history.measure.title),
            text_cell(group(history.group).words),
            text_cell(row.figure.period),
            figure_cell(row.figure, history.measure),
            text_cell(_counted(row.figure)),
            text_cell(_under(row.figure, detail)),
            figure_cell(row.place, history.measure),
            figure_cell(row.country, history.measure),
            text_cell(_phase_of(row)),
        )
        for history in detail.histories
        for row in history.figures
    )
    title = f"{detail.school.name}: every published figure"
    return ShownTable(title, columns, rows, detail.released, (), "all periods")


def _phase_of(row: SchoolFigure) -> str:
    figure = row.place or row.country
    return Phase(figure.phase).words if figure else ""
