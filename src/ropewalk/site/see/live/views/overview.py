"""The page of a place, a trust's schools in a place, or a school: every measure counted from returns."""

from django.http import HttpResponse
from django.shortcuts import render

from ropewalk.core.publish.live_words import known_words
from ropewalk.core.publish.wording import subject_words
from ropewalk.core.schema.groups import group
from ropewalk.core.use_cases.live_overview import live_overview
from ropewalk.core.views.live import LiveOverview, Scope
from ropewalk.site.see.live import choices, overview_page
from ropewalk.site.see.live.addresses import Address
from ropewalk.site.see.live.files import as_file
from ropewalk.site.see.live.pages import Asked, about, published, school_live_page
from ropewalk.site.see.live.scopes import scope_of


@school_live_page
def overview(asked: Asked, code: str = "", trust: str = "", urn: str = "") -> HttpResponse:
    """Every measure beside what is published of it; phases, trusts and schools beside each other."""
    scope = scope_of(asked, code, trust, urn)
    shown = _shown(asked, scope)
    chosen = choices.of_overview(Address(scope, asked.as_of), shown)
    context = {
        **about(asked, scope),
        "shown": shown,
        "subject": subject_words(shown.phase, shown.group),
        "said": known_words(shown.known),
        "schools": len(asked.state.schools_of(scope)),
        "phases": choices.phases(chosen, shown.phases),
        "group_words": group(shown.group).words,
        "families": choices.families(chosen, shown.groups),
        "questions": overview_page.questions(chosen, shown),
        "parts": overview_page.parts(chosen, shown),
        **{ending: overview_page.file_address(chosen, "measures", ending) for ending in ("csv", "xlsx")},
    }
    return render(asked.request, "live/overview.html", context)


@school_live_page
def table(asked: Asked, name: str, ending: str, code: str = "", trust: str = "", urn: str = "") -> HttpResponse:
    """A table of the page as a file."""
    shown = _shown(asked, scope_of(asked, code, trust, urn))
    measures = tuple(row.measure for section in shown.sections for row in section.rows)
    shown_measures = measures if name == "measures" else shown.compact
    return as_file(overview_page.table_called(shown, name), ending, shown.known, shown_measures)


def _shown(asked: Asked, scope: Scope) -> LiveOverview:
    return live_overview(asked.state, scope, reader=published(), phase=asked.get("phase"), group_id=asked.get("group"))
