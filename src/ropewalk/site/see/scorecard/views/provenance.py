"""Where does this come from? The page behind every figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish import wording
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.periods import kind_of
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.provenance import Cell, provenance
from ropewalk.core.views.provenance import Provenance
from ropewalk.site.see.scorecard.links import figure_link, measure_address
from ropewalk.site.see.scorecard.pages import Reader, about_place, page


@page
def figure(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Trace the figure that the address names to the row it was published in."""
    found = provenance(reader, asked_for(request))
    shown = found.figure
    context = {
        **about_place(found.place),
        "found": found,
        "heading": wording.heading_words(found.measure, shown.phase, shown.group),
        "value": wording.figure_words(shown, found.measure),
        "period": wording.period_words(shown.period),
        "subject": subject(reader, found),
        "parts": parts(found),
        "superseded": [(other, wording.figure_words(other, found.measure)) for other in found.superseded],
        "counts": counts(shown),
        "quote": wording.how_to_quote(shown, found.place, found.measure, found.edition),
        "measure_address": measure_address(shown),
    }
    return render(request, "scorecard/figure.html", context)


def subject(reader: Reader, found: Provenance) -> str:
    """Whom the figure is about: the school, or the place."""
    if found.figure.school is None:
        return found.place.name
    try:
        return f"{reader.school(found.figure.school).name}, {found.place.name}"
    except NotFound:
        # Schools that closed before the register's day have figures but no entry.
        return f"school {found.figure.school}, {found.place.name}"


def parts(found: Provenance) -> list[tuple[str, SafeString]]:
    """The figures that a gap is the difference of, each a link."""
    return [
        (f"{measure(part.measure).title}, {group(part.group).words}", figure_link(part, measure(part.measure)))
        for part in found.parts
    ]


def counts(shown: Figure) -> tuple[str, str] | None:
    """Numerator and denominator in words, where both are published."""
    if shown.numerator is None or shown.denominator is None:
        return None
    return wording.number_words(shown.numerator, 0), wording.number_words(shown.denominator, 0)


def asked_for(request: HttpRequest) -> Cell:
    """The figure an address names; phase and group are "all" when it does not say. Raises NotFound."""
    said = {
        name: request.GET.get(name, "").strip() for name in ("place", "measure", "phase", "group", "period", "school")
    }
    for name in ("place", "measure", "period"):
        if not said[name]:
            message = f"The address does not say which {name} is meant. Go to the place and follow a figure from there."
            raise NotFound(message)
    kind_of(said["period"])
    return Cell(
        place=find_place(said["place"]).code,
        measure=said["measure"],
        phase=said["phase"] or "all",
        group=group(said["group"] or "all").id,
        period=said["period"],
        school=said["school"] or None,
    )
