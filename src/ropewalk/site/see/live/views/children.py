"""Lists of children behind counts, and where one child was on roll: for local administrators alone, never a file."""

from dataclasses import replace

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from ropewalk.core.errors import NotFound
from ropewalk.core.publish import child_history_tables as tables
from ropewalk.core.publish import child_history_words as words
from ropewalk.core.publish.wording import period_words
from ropewalk.core.use_cases.child_history import child_history
from ropewalk.core.use_cases.child_history_list import children_listed
from ropewalk.core.views.child_history import ChildHistory, ChildrenKind, ChildrenListed
from ropewalk.core.views.live import Scope
from ropewalk.site.see.live.addresses import Address
from ropewalk.site.see.live.pages import Asked, about, live_page, published
from ropewalk.site.see.scorecard.measure_page import Choice
from ropewalk.site.see.scorecard.pages import is_narrow

# Children on one page: a list of thousands is for nobody to read at once.
AT_ONCE = 200


@live_page
def listed(asked: Asked, code: str) -> HttpResponse:
    """The children of one list, at all schools of the place or at one."""
    place = asked.state.place(code)
    scope = _school_in(asked, place)
    shown = children_listed(asked.state, scope, _kind(asked), asked.get("year"))
    here = Address(scope, asked.as_of)
    context = {
        **about(asked, scope),
        "shown": shown,
        "heading": tables.KIND_WORDS[shown.kind],
        "day": shown.day,
        "year": period_words(shown.year),
        "years": [
            Choice(period_words(year), here.children(shown.kind.value, year=year), year == shown.year)
            for year in shown.years
        ],
        "lists": _lists(here, shown),
        **_part(asked, here, shown),
        "whole_place": Address(place, asked.as_of).children(shown.kind.value, year=shown.year),
    }
    return render(asked.request, "live/children.html", context)


def _part(asked: Asked, here: Address, shown: ChildrenListed) -> dict[str, object]:
    """As many children as one page holds, and the addresses of those before and after."""
    pages = max(1, -(-len(shown.lines) // AT_ONCE))
    named = asked.get("page") or ""
    number = min(max(int(named), 1), pages) if named.isdecimal() else 1
    part = shown.lines[(number - 1) * AT_ONCE : number * AT_ONCE]

    def to(page: int) -> str:
        return here.children(shown.kind.value, year=shown.year, page=str(page)) if 1 <= page <= pages else ""

    return {
        "table": tables.children_table(replace(shown, lines=part)),
        "links": [here.child(line.child) for line in part],
        "first": (number - 1) * AT_ONCE + 1,
        "last": (number - 1) * AT_ONCE + len(part),
        "total": len(shown.lines),
        "before": to(number - 1),
        "after": to(number + 1),
    }


def _school_in(asked: Asked, place: Scope) -> Scope:
    """The school the address names, where it lies in the place; else the place."""
    urn = asked.get("school")
    if urn is None:
        return place
    for school in asked.state.schools_of(place):
        if str(school.urn) == urn:
            return asked.state.scope_of(school)
    raise NotFound(f"No school of {place.name} with the number {urn} has sent anything.")


def _kind(asked: Asked) -> ChildrenKind:
    named = asked.get("list") or ChildrenKind.ON_NO_ROLL.value
    try:
        return ChildrenKind(named)
    except ValueError:
        raise NotFound(f"There is no list “{named}”. There are: {', '.join(ChildrenKind)}.") from None


def _lists(here: Address, shown: ChildrenListed) -> list[Choice]:
    return [
        Choice(
            f"{tables.KIND_WORDS[kind]} ({shown.counts[kind]})",
            here.children(kind.value, year=shown.year),
            kind is shown.kind,
        )
        for kind in ChildrenKind
    ]


@live_page
def child(asked: Asked, code: str, number: int) -> HttpResponse:
    """Where one child was on roll, in order of time; sessions of each year on each roll and over all."""
    place = asked.state.place(code)
    history = _history(asked, place, number)
    here = Address(place, asked.as_of)
    base = here.child(history.child)
    context = {
        **about(asked, place),
        "history": history,
        "said": words.history_sentence(history),
        "stays": tables.stays_table(history),
        "links": [_school_link(asked, history, stay.school) for stay in history.stays],
        "gaps": tables.gaps_table(history),
        "overlaps": tables.overlaps_table(history),
        "to_ask": any(one.kind.is_to_be_asked for one in history.overlaps),
        "timeline": words.timeline(history),
        "years": [
            (year, period_words(year.year), tables.sessions_sentence(year), tables.sessions_table(history, year))
            for year in history.years
        ],
        "children": here.children(),
        "spec": base.replace("/?", "/rolls.json?") if "?" in base else f"{base}rolls.json",
        "image": base.replace("/?", "/rolls.svg?") if "?" in base else f"{base}rolls.svg",
        "alt": f"Chart. {words.history_sentence(history)} Every bar drawn is in the table below it.",
    }
    return render(asked.request, "live/child.html", context)


def _school_link(asked: Asked, history: ChildHistory, urn: int) -> str:
    """A school with returns has a live page; another one the published one."""
    if history.schools[urn].sent:
        return Address(asked.state.school(str(urn)), asked.as_of).home
    return f"/schools/{urn}/"


def _history(asked: Asked, place: Scope, number: int) -> ChildHistory:
    return child_history(asked.state, place, number, register=published())


@live_page
def chart_image(asked: Asked, code: str, number: int) -> HttpResponse:
    """The rolls as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.see.live.drawing import child_rolls, svg  # noqa: PLC0415

    picture = svg(child_rolls(_history(asked, asked.state.place(code), number)), narrow=is_narrow(asked.request))
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")


@live_page
def chart_spec(asked: Asked, code: str, number: int) -> HttpResponse:
    """The rolls as a Vega-Lite specification."""
    from ropewalk.site.see.live.drawing import child_rolls  # noqa: PLC0415

    return JsonResponse(child_rolls(_history(asked, asked.state.place(code), number)).spec)
