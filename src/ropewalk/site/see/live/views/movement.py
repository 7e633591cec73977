"""Unusual movement of a place."""

from django.http import HttpResponse
from django.shortcuts import render

from ropewalk.core.compare.movement import Look
from ropewalk.core.errors import NotFound
from ropewalk.core.publish.live_tables import LOOK_WORDS, movement_table
from ropewalk.core.publish.live_words import known_words
from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.live_movement import live_movement
from ropewalk.core.views.live import PlaceMovement
from ropewalk.site.see.live.addresses import Address, with_query
from ropewalk.site.see.live.files import as_file
from ropewalk.site.see.live.pages import Asked, about, live_page
from ropewalk.site.see.scorecard.measure_page import Choice


@live_page
def movement(asked: Asked, code: str) -> HttpResponse:
    """What there is to look into, phase by phase."""
    scope = asked.state.place(code)
    shown = live_movement(asked.state, scope, asked.get("year"))
    here = Address(scope, asked.as_of)
    context = {
        **about(asked, scope),
        "shown": shown,
        "said": known_words(shown.known),
        "year": period_words(shown.year),
        "years": [
            Choice(period_words(year), here.to("movement/", year=year), year == shown.year)
            for year in shown.known.years
        ],
        "several_rolls": here.children("several_rolls", year=shown.year),
        "two_sole_rolls": here.children("two_sole_rolls", year=shown.year),
        "blocks": [_block(here, shown, number) for number in range(len(shown.phases))],
        "not_sent": [(shown.names[urn], with_query(f"/returns/schools/{urn}/", {})) for urn in shown.not_sent],
    }
    return render(asked.request, "live/movement.html", context)


def _block(here: Address, shown: PlaceMovement, number: int) -> dict[str, object]:
    part = shown.phases[number]
    files = {ending: here.to(f"movement/{part.phase}.{ending}", year=shown.year) for ending in ("csv", "xlsx")}
    links = [with_query(f"/live/schools/{row.school}/", {"as_of": here.as_of}) for row in part.movement.rows]
    looks = [look for look in Look if any(row.look is look for row in part.movement.rows)]
    return {
        "phase": part.phase,
        "words": Phase(part.phase).words,
        "schools": part.schools,
        "table": movement_table(shown, part),
        "links": links,
        "notes": part.movement.notes,
        "children": [(LOOK_WORDS[look], here.children(look.value, year=shown.year)) for look in looks],
        **files,
    }


@live_page
def table(asked: Asked, code: str, phase: str, ending: str) -> HttpResponse:
    """The table of one phase as a file."""
    shown = live_movement(asked.state, asked.state.place(code), asked.get("year"))
    part = next((one for one in shown.phases if one.phase == phase), None)
    if part is None:
        raise NotFound(f"No school of the phase '{phase}' has sent anything here.")
    return as_file(movement_table(shown, part), ending, shown.known)
