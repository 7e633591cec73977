"""What the page of a funnel shows: choices, what the limits mean in words, the schools by name."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from ropewalk.core.compare.funnel import Kind, Standing
from ropewalk.core.measures import measure
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.tables import STANDING_WORDS
from ropewalk.core.publish.wording import heading_words, number_words, period_words, value_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.schools import FUNNEL_KINDS
from ropewalk.core.views.schools import SchoolFunnel
from ropewalk.site.see.scorecard.links import figure_link

OUTSIDE = (
    "Outside the outer line means more than chance alone would explain. It does not say why, and it does not say who "
    "did well or badly."
)
OUTER = {Standing.ABOVE_OUTER, Standing.BELOW_OUTER}


@dataclass(frozen=True)
class Choice:
    """A link that shows another funnel."""

    words: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One school in the funnel."""

    name: str
    address: str
    counted: str
    pupils: str
    value: SafeString
    standing: str
    outside: bool


def address_of(shown: SchoolFunnel) -> str:
    """Address of the page without choices."""
    return f"/places/{shown.place.code}/schools/funnel/"


def query_of(measure_id: str, phase: str | None = None, period: str | None = None) -> str:
    """The query that names measure, phase and period."""
    said = [("measure", measure_id), ("phase", phase), ("period", period)]
    return f"?{urlencode([(name, value) for name, value in said if value])}"


def measure_choices(shown: SchoolFunnel) -> list[Choice]:
    """The measures there are funnels of."""
    return [
        Choice(measure(one).title, f"{address_of(shown)}{query_of(one)}", one == shown.measure.id)
        for one in FUNNEL_KINDS
    ]


def phase_choices(shown: SchoolFunnel) -> list[Choice]:
    """Phases with schools enough; the period is kept where the phase has it."""
    made = []
    for phase in dict.fromkeys(phase for phase, _ in shown.choices):
        periods = [period for one, period in shown.choices if one == phase]
        period = shown.period if shown.period in periods else periods[0]
        address = f"{address_of(shown)}{query_of(shown.measure.id, phase, period)}"
        made.append(Choice(Phase(phase).words, address, phase == shown.phase))
    return made


def period_choices(shown: SchoolFunnel) -> list[Choice]:
    """Years with schools enough, newest first."""
    return [
        Choice(period, f"{address_of(shown)}{query_of(shown.measure.id, phase, period)}", period == shown.period)
        for phase, period in shown.choices
        if phase == shown.phase
    ]


def choice_lists(shown: SchoolFunnel) -> list[tuple[str, str, list[Choice]]]:
    """The lists of links to choose from: id, words, choices; what offers no choice is left out."""
    phases, periods = phase_choices(shown), period_choices(shown)
    lists = [("measure", "Measure", measure_choices(shown)), ("phase", "Phase", phases), ("period", "Year", periods)]
    return [one for one in lists if len(one[2]) > 1 or (one[2] and not one[2][0].chosen)]


def alternative(shown: SchoolFunnel) -> str:
    """What a reader who does not see the drawing needs to know of it."""
    points = shown.funnel.points if shown.funnel else ()
    outside = sum(point.standing in OUTER for point in points)
    return (
        f"Funnel plot of {len(points)} schools: {_schools(outside).lower()} outside the outer lines. "
        "Every school is in the table below it."
    )


def heading(shown: SchoolFunnel) -> str:
    """The measure and whom it is about."""
    return heading_words(shown.measure, shown.phase, "all")


def meaning(shown: SchoolFunnel) -> list[str]:
    """What the funnel does and does not say."""
    plot = shown.funnel
    if plot is None:
        return []
    counted = "events can outnumber pupils" if plot.kind is Kind.RATE else "each pupil counts once"
    law = "Poisson" if plot.kind is Kind.RATE else "binomial"
    outside = sum(point.standing in OUTER for point in plot.points)
    said = [
        "Each mark is one school. The fewer pupils it has, the more its figure moves by chance, so the lines open "
        "towards small schools. If schools differed by chance alone, about 95 of 100 would lie between the inner lines "
        "and about 998 of 1,000 between the outer lines.",
        f"{_outside(outside, len(plot.points))} {OUTSIDE}",
    ]
    if plot.over_dispersed:
        said.append(
            "Schools differ so much among themselves that many of them would lie outside lines drawn for chance alone, "
            f"so the limits are widened by {plot.widened_by:.1f}: each lies {plot.widened_by:.1f} times as far from "
            "the middle line (over-dispersion). A school inside the widened lines may differ by more than chance; "
            "it differs no more than schools here usually do."
        )
    said.append(
        f"All these schools together: {value_words(plot.centre, shown.measure)} in {period_words(shown.period)}. "
        f"The limits are exact {law} limits, because {counted}."
    )
    if plot.left_out:
        names = ", ".join(sorted(shown.names.get(school, school) for school in plot.left_out))
        said.append(f"Left out, because more is counted than the school had pupils in January: {names}.")
    return said


def _outside(count: int, everyone: int) -> str:
    verb = "lies" if count == 1 else "lie"
    return f"{_schools(count)} of the {everyone} schools {verb} outside the outer lines."


def _schools(count: int) -> str:
    return "None" if count == 0 else number_words(count, 0)


def lines(shown: SchoolFunnel, table: ShownTable) -> list[Line]:
    """The schools by name, never by value; the numbers are the table's."""
    points = {point.school: point for point in shown.funnel.points} if shown.funnel else {}
    made = []
    for row in table.rows:
        figure: Figure | None = row[3].figure
        school = (figure.school if figure else "") or ""
        urn = shown.urns.get(school)
        point = points[school]
        made.append(
            Line(
                row[0].words,
                f"/schools/{urn}/" if urn else "",
                row[1].words,
                row[2].words,
                figure_link(figure, shown.measure),
                STANDING_WORDS[point.standing],
                point.standing is not Standing.INSIDE,
            )
        )
    return made
