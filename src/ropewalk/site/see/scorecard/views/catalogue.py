"""What is measured, and which published files the figures come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ropewalk.core.measures import Question, all_measures
from ropewalk.site.see.scorecard.pages import Reader, page


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure with its official definition, by question."""
    declared = list(all_measures().values())
    questions = [(question, [m for m in declared if m.question is question]) for question in Question]
    context = {"questions": [one for one in questions if one[1]], "count": len(declared), "made_up": False}
    return render(request, "scorecard/measures.html", context)


@page
def sources(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Every imported file, what was read of it and what was set aside."""
    editions = sorted(reader.editions.values(), key=lambda edition: (edition.title, edition.edition, edition.file))
    shown = [(edition, reader.refused(edition) if edition.refused else []) for edition in editions]
    context = {"editions": shown, "any_refused": any(refused for _, refused in shown)}
    return render(request, "scorecard/sources.html", context)
