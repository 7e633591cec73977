"""Value added of the schools of a place, its table as a file and its chart."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from ropewalk.core.errors import NotFound
from ropewalk.core.publish import value_added_tables as tables
from ropewalk.core.publish.live_words import known_words
from ropewalk.core.publish.wording import period_words
from ropewalk.core.use_cases.value_added import place_value_added
from ropewalk.core.views.value_added import STAGES, PlaceValueAdded, SchoolLine, Stage
from ropewalk.site.foundation.sorting import Order, read_order, sort_rows
from ropewalk.site.see.live.addresses import Address, with_query
from ropewalk.site.see.live.files import as_file
from ropewalk.site.see.live.pages import Asked, about, live_page
from ropewalk.site.see.scorecard.measure_page import Choice
from ropewalk.site.see.scorecard.pages import is_narrow

NAME = Order("school")


@dataclass(frozen=True)
class Line:
    """A school's row with the address of its live page."""

    school: SchoolLine
    address: str
    estimate: str
    interval: str


@live_page
def value_added(asked: Asked, code: str) -> HttpResponse:
    """The model in words, schools with their intervals; where there is no model, why, and what to send."""
    shown = _shown(asked, code)
    here = Address(shown.scope, asked.as_of)
    order = _order(asked.request)
    files = {"stage": shown.stage.value, "year": shown.year}
    sorting = {} if order == NAME else {"sort": order.key, "dir": order.direction}
    context = {
        **about(asked, shown.scope),
        "shown": shown,
        "stage": STAGES[shown.stage],
        "said": known_words(shown.known),
        "year": period_words(shown.year) if shown.year else "",
        "summary": tables.summary(shown),
        "order": order,
        "lines": [_line(here, line) for line in _ordered(shown, order)],
        "table": tables.value_added_table(shown),
        "stages": [_choice(here, one, shown) for one in Stage],
        "years": [Choice(period_words(y), _to(here, shown.stage, y), y == shown.year) for y in shown.years],
        "csv": here.to("value-added/schools.csv", **files, **sorting),
        "xlsx": here.to("value-added/schools.xlsx", **files, **sorting),
        "image": here.to("value-added/chart.svg", **files),
        "spec": here.to("value-added/chart.json", **files),
        "alt": f"Chart. {tables.description(shown)} Every school is in the table below it.",
    }
    return render(asked.request, "live/value_added.html", context)


def _choice(here: Address, stage: Stage, shown: PlaceValueAdded) -> Choice:
    return Choice(STAGES[stage].title, _to(here, stage, ""), stage is shown.stage)


def _to(here: Address, stage: Stage, year: str) -> str:
    return here.to("value-added/", stage=stage.value, year=year)


def _line(here: Address, line: SchoolLine) -> Line:
    address = with_query(f"/live/schools/{line.urn}/", {"as_of": here.as_of})
    return Line(line, address, tables.estimate_cell(line).words, tables.interval_words(line))


def _order(request: HttpRequest) -> Order:
    """By name unless the address asks for another order."""
    return read_order(request, allowed=("school", "pupils", "estimate"), default=NAME)


def _ordered(shown: PlaceValueAdded, order: Order) -> tuple[SchoolLine, ...]:
    def value(line: SchoolLine) -> float | str | None:
        values: dict[str, float | str | None] = {"school": line.name.lower(), "pupils": line.pupils}
        return values.get(order.key, line.value)

    return tuple(sort_rows(shown.schools, value, descending=order.descending))


def _shown(asked: Asked, code: str) -> PlaceValueAdded:
    named = asked.get("stage") or Stage.KS2_KS4.value
    try:
        stage = Stage(named)
    except ValueError:
        raise NotFound(f"There is no stage “{named}”. There are: {', '.join(Stage)}.") from None
    return place_value_added(asked.state, asked.state.place(code), stage, asked.get("year"))


@live_page
def table(asked: Asked, code: str, ending: str) -> HttpResponse:
    """The table as a file: the same schools in the same order."""
    shown = _shown(asked, code)
    return as_file(tables.value_added_table(shown, _ordered(shown, _order(asked.request))), ending, shown.known)


@live_page
def chart_image(asked: Asked, code: str) -> HttpResponse:
    """The estimates as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.see.live.drawing import estimates, svg  # noqa: PLC0415

    picture = svg(estimates(_shown(asked, code)), narrow=is_narrow(asked.request))
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")


@live_page
def chart_spec(asked: Asked, code: str) -> HttpResponse:
    """The estimates as a Vega-Lite specification."""
    from ropewalk.site.see.live.drawing import estimates  # noqa: PLC0415

    return JsonResponse(estimates(_shown(asked, code)).spec)
