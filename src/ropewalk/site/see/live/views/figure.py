"""Where does this come from? The page behind every figure from returns."""

from django.http import HttpResponse
from django.shortcuts import render

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish.live_tables import counted_words
from ropewalk.core.publish.live_words import known_words
from ropewalk.core.publish.wording import figure_words, heading_words, period_words
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.use_cases.live_provenance import LiveCell, live_provenance
from ropewalk.core.use_cases.school_returns import KINDS
from ropewalk.core.views.live import LiveProvenance
from ropewalk.site.see.live.addresses import Address, cut
from ropewalk.site.see.live.pages import Asked, about, school_live_page
from ropewalk.site.see.live.scopes import scope_of
from ropewalk.site.see.scorecard.links import figure_address


@school_live_page
def figure(asked: Asked) -> HttpResponse:
    """Trace the figure that the address names to the receipts it rests on."""
    scope = scope_of(asked, asked.get("place"), asked.get("trust"), asked.get("school"))
    found = live_provenance(asked.state, scope, _cell(asked))
    shown = found.figure
    here = Address(scope, asked.as_of)
    context = {
        **about(asked, scope),
        "found": found,
        "heading": heading_words(found.measure, shown.phase, shown.group),
        "value": figure_words(shown, found.measure),
        "counted": counted_words(shown, found.measure),
        "period": period_words(shown.period),
        "said": known_words(found.known),
        "tables": [RETURN_FILES[KINDS[table]].title.lower() for table in found.tables],
        "parts": _parts(found, asked.as_of),
        "measure_address": here.to(f"measures/{found.measure.id}/", **cut(shown.phase, shown.group)),
    }
    return render(asked.request, "live/figure.html", context)


def _cell(asked: Asked) -> LiveCell:
    named, period = asked.get("measure"), asked.get("period")
    if named is None or period is None:
        raise NotFound("The address does not say which figure is meant. Go back to the place and choose it again.")
    return LiveCell(measure=named, phase=asked.get("phase") or "all", group=asked.get("group") or "all", period=period)


def _parts(found: LiveProvenance, as_of: str) -> list[tuple[str, str, str]]:
    """The figures that a gap is the difference of: words, value, address."""
    return [
        (
            f"{measure(part.measure).title}, {group(part.group).words.lower()}",
            figure_words(part, measure(part.measure)),
            figure_address(part, as_of),
        )
        for part in found.parts
    ]
