"""The page of one measure of a place, trust or school, its tables and its charts."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from ropewalk.core.publish import live_words
from ropewalk.core.publish.weekly_words import signals_sentence
from ropewalk.core.publish.wording import figure_words, heading_words, period_words
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.live_measure import LiveAsked, live_measure
from ropewalk.core.use_cases.live_overview import newest_published
from ropewalk.core.views.live import LiveMeasure, Scope
from ropewalk.site.see.live import choices, measure_page
from ropewalk.site.see.live.addresses import Address
from ropewalk.site.see.live.files import as_file
from ropewalk.site.see.live.pages import Asked, about, published, school_live_page
from ropewalk.site.see.live.scopes import scope_of
from ropewalk.site.see.scorecard.links import figure_address
from ropewalk.site.see.scorecard.pages import is_narrow


@school_live_page
def measure(asked: Asked, measure_id: str, code: str = "", trust: str = "", urn: str = "") -> HttpResponse:
    """Over time; then at one period by phase, group, trust and school."""
    scope = scope_of(asked, code, trust, urn)
    live = _live(asked, scope, measure_id)
    chosen = choices.of_measure(Address(scope, asked.as_of), live)
    context = {
        **about(asked, scope),
        "live": live,
        "measure": live.measure,
        "heading": heading_words(live.measure, live.phase, live.group),
        "sentence": live_words.measure_sentence(live),
        "said": live_words.known_words(live.known),
        "period": period_words(live.period),
        "phases": choices.phases(chosen, live.phases),
        "group_words": group(live.group).words,
        "families": choices.families(chosen, live.groups),
        "kinds": choices.kinds(chosen, live),
        "periods": choices.periods(chosen, live),
        "blocks": measure_page.blocks(chosen, live),
        "published": _published(live),
        "signals": signals_sentence(live.weekly) if live.weekly else "",
        "twin_said": live_words.twin_sentence(live.twin) if live.twin else "",
        "funnel_said": live_words.funnel_sentence(live.funnel, scope.kind) if live.funnel else "",
        "funnel_phase": Phase(live.funnel.phase).words.lower() if live.funnel else "",
    }
    return render(asked.request, "live/measure.html", context)


@school_live_page
def table(  # noqa: PLR0913 - what the address names
    asked: Asked, measure_id: str, name: str, ending: str, code: str = "", trust: str = "", urn: str = ""
) -> HttpResponse:
    """A table of the page as a file."""
    live = _live(asked, scope_of(asked, code, trust, urn), measure_id)
    return as_file(measure_page.table_called(live, name), ending, live.known, (live.measure,))


@school_live_page
def chart_image(
    asked: Asked, measure_id: str, name: str, code: str = "", trust: str = "", urn: str = ""
) -> HttpResponse:
    """A chart as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.see.live.drawing import drawn, svg  # noqa: PLC0415

    live = _live(asked, scope_of(asked, code, trust, urn), measure_id)
    picture = svg(drawn(live, name), narrow=is_narrow(asked.request))
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")


@school_live_page
def chart_spec(
    asked: Asked, measure_id: str, name: str, code: str = "", trust: str = "", urn: str = ""
) -> HttpResponse:
    """A chart as a Vega-Lite specification."""
    from ropewalk.site.see.live.drawing import drawn  # noqa: PLC0415

    return JsonResponse(drawn(_live(asked, scope_of(asked, code, trust, urn), measure_id), name).spec)


def _live(asked: Asked, scope: Scope, measure_id: str) -> LiveMeasure:
    wanted = LiveAsked(
        phase=asked.get("phase"), group=asked.get("group"), kind=asked.get("by"), period=asked.get("period")
    )
    return live_measure(asked.state, scope, measure_id, wanted)


def _published(live: LiveMeasure) -> tuple[str, str, str] | None:
    """The newest published figure of the same: value, period, and the address of where it comes from."""
    found = newest_published(published(), live.scope, [live.measure.id], (live.phase, live.group)).get(live.measure.id)
    if found is None:
        return None
    return figure_words(found, live.measure), period_words(found.period), figure_address(found)
