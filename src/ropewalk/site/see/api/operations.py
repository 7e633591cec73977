"""The addresses of the API: each looks something up through the core's use cases and writes it down as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.operation import Operation

from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure, all_measures
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.figures import Wanted, list_places, list_schools, select_figures
from ropewalk.site.foundation.cached_page import CACHE_CONTROL
from ropewalk.site.see.api.asking import FiguresAsked, Nothing, Part, PlacesAsked, Text, address_of, only_known
from ropewalk.site.see.api.problems import HANDLED, PROBLEM_JSON, ProblemShape
from ropewalk.site.see.api.shapes import FiguresPage, MeasuresShape, PlacesPage, SchoolsPage
from ropewalk.site.see.scorecard.reader import reader

NAME = "api-v1"
ABOUT = """Published figures about pupils of places and schools of England, each with the publication, file and row it
comes from. Read-only; no key, no sign-in, no cookies. Every answer is a function of the address and of the state of the
figures: keep it with its ETag and ask again with If-None-Match."""


class Api(NinjaAPI):
    """Django Ninja with problems as problems are written, and names of operations that stay the same."""

    def get_openapi_schema(self, **named: Any) -> Any:
        """The OpenAPI document; errors are of their own media type."""
        schema = super().get_openapi_schema(**named)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {PROBLEM_JSON: answer["content"]["application/json"]}
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function."""
        return operation.view_func.__name__


api = Api(title="Ropewalk", version="1", description=ABOUT, urls_namespace=NAME, docs_url=None)
for _error, _handler in HANDLED:
    api.add_exception_handler(_error, _handler)
ERRORS: dict[int, Any] = dict.fromkeys((400, 404, 422, 429), ProblemShape)


@api.get("/places", response={200: PlacesPage, **ERRORS}, summary="Places with figures", url_name="places")
def places(request: HttpRequest, asked: Query[PlacesAsked]) -> HttpResponse:
    """All places, or those that fit some words, nearest first."""
    only_known(request, PlacesAsked)
    found = [_place(place) for place in list_places(reader(), asked.text)]
    return _part(request, asked, "places", found)


@api.get(
    "/places/{code}/schools",
    response={200: SchoolsPage, **ERRORS},
    summary="Schools of a place",
    url_name="schools",
)
def schools(request: HttpRequest, code: Path[Text], asked: Query[Part]) -> HttpResponse:
    """Schools by name; of a region or country those of all its council areas."""
    only_known(request, Part)
    found = list_schools(reader(), code)
    return _part(request, asked, "schools", [asdict(school) for school in found])


@api.get("/measures", response={200: MeasuresShape, **ERRORS}, summary="What is measured", url_name="measures")
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure with its official definition."""
    only_known(request, Nothing)
    return _json({"measures": [_measure(measure) for measure in all_measures().values()]})


@api.get("/figures", response={200: FiguresPage, **ERRORS}, summary="Figures", url_name="figures")
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
    return _figures_part(request, asked, select_figures(reader(), wanted))


def _figures_part(request: HttpRequest, asked: Part, released: SafeTable) -> HttpResponse:
    shown = released.figures[asked.offset : asked.offset + asked.limit]
    return _page(request, asked, len(released), {"figures": [figure.as_json() for figure in shown]})


def _part(request: HttpRequest, asked: Part, name: str, entries: Sequence[object]) -> HttpResponse:
    return _page(request, asked, len(entries), {name: entries[asked.offset : asked.offset + asked.limit]})


def _page(request: HttpRequest, asked: Part, count: int, entries: dict[str, Any]) -> HttpResponse:
    end = asked.offset + asked.limit
    where = {
        "count": count,
        "offset": asked.offset,
        "limit": asked.limit,
        "next": address_of(request, offset=end) if end < count else None,
        "generation": reader().generation,
    }
    return _json(where | entries)


def _json(content: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json")
    # The page cache adds the ETag: the fingerprint of what is answered, made once for a state of the store.
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


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
