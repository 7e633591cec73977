"""Published figures: each address looks something up through the core's use cases."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from ropewalk.core.measures import Measure, all_measures
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.figures import Wanted, list_places, list_schools, select_figures
from ropewalk.site.see.api.answering import figures_part, json_answer, part
from ropewalk.site.see.api.asking import FiguresAsked, Nothing, Part, PlacesAsked, Text, only_known
from ropewalk.site.see.api.problems import ERRORS
from ropewalk.site.see.api.shapes import FiguresPage, MeasuresShape, PlacesPage, SchoolsPage
from ropewalk.site.see.scorecard.reader import reader

router = Router()


def generation() -> dict[str, Any]:
    """The state of the published figures."""
    return {"generation": reader().generation}


@router.get("/places", response={200: PlacesPage, **ERRORS}, summary="Places with figures", url_name="places")
def places(request: HttpRequest, asked: Query[PlacesAsked]) -> HttpResponse:
    """All places, or those that fit some words, nearest first."""
    only_known(request, PlacesAsked)
    found = [_place(place) for place in list_places(reader(), asked.text)]
    return part(request, asked, {"places": found}, generation())


@router.get(
    "/places/{code}/schools",
    response={200: SchoolsPage, **ERRORS},
    summary="Schools of a place",
    url_name="schools",
)
def schools(request: HttpRequest, code: Path[Text], asked: Query[Part]) -> HttpResponse:
    """Schools by name; of a region or country those of all its council areas."""
    only_known(request, Part)
    found = list_schools(reader(), code)
    return part(request, asked, {"schools": [asdict(school) for school in found]}, generation())


@router.get("/measures", response={200: MeasuresShape, **ERRORS}, summary="What is measured", url_name="measures")
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure with its official definition."""
    only_known(request, Nothing)
    return json_answer({"measures": [_measure(measure) for measure in all_measures().values()]})


@router.get("/figures", response={200: FiguresPage, **ERRORS}, summary="Figures", url_name="figures")
def figures(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """Figures of a place or a school, newest period first, then by measure, phase and group.

    A figure has a value or a reason why there is none.
    """
    only_known(request, FiguresAsked)
    wanted = Wanted(
        place=asked.place,
        school=asked.school,
        measures=asked.measure,
        phases=asked.phase,
        groups=asked.group,
        periods=asked.period,
    )
    return figures_part(request, asked, select_figures(reader(), wanted), generation())


def _place(place: Place) -> dict[str, Any]:
    return {
        "code": place.code,
        "number": place.number,
        "name": place.name,
        "kind": place.kind.value,
        "region": place.region,
        "abolished": place.last_year,
        "made_up": place.made_up,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "version": measure.version,
        "title": measure.title,
        "question": measure.question.words,
        "unit": measure.unit.value,
        "better": measure.better.value,
        "definition": measure.definition,
        "source": measure.source,
        "source_url": measure.source_url,
    }
