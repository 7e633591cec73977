"""Released editions: figures that schools of a place agreed to give out, as everyone sees them."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Path, Query, Router

from ropewalk.core.disclosure import Audience
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.site.see.api.answering import figures_part, json_answer
from ropewalk.site.see.api.asking import Nothing, Part, Text, only_known
from ropewalk.site.see.api.problems import ERRORS
from ropewalk.site.see.api.shapes import EditionPage, EditionsShape
from ropewalk.site.see.editions.models import RELEASED, Edition
from ropewalk.site.see.editions.pages import place_called, store

# A release or a correction shows at once; what the site keeps are answers of the published figures.
NOT_KEPT = "no-store"
router = Router()
Number = Annotated[int, Field(ge=1, le=9999)]


@router.get(
    "/places/{code}/editions",
    response={200: EditionsShape, **ERRORS},
    summary="Released editions of a place",
    url_name="editions",
)
def editions(request: HttpRequest, code: Path[Text]) -> HttpResponse:
    """Editions of figures from schools' own returns, newest first; one may correct an earlier one."""
    only_known(request, Nothing)
    rows = Edition.objects.filter(place=place_called(code).code, state=RELEASED)
    return _not_kept(json_answer({"editions": [_line(row) for row in rows]}))


@router.get(
    "/places/{code}/editions/{number}",
    response={200: EditionPage, **ERRORS},
    summary="Figures of an edition",
    url_name="edition",
)
def edition(request: HttpRequest, code: Path[Text], number: Path[Number], asked: Query[Part]) -> HttpResponse:
    """Figures of the place and its phases, as everyone sees them: small counts are hidden. They never change."""
    only_known(request, Part)
    row = Edition.objects.filter(place=place_called(code).code, state=RELEASED, number=number).first()
    if row is None:
        raise Http404
    content = released_edition(store(), row.place, row.number)
    return _not_kept(figures_part(request, asked, content.figures(Audience.EVERYONE), {"edition": _line(row)}))


def _line(row: Edition) -> dict[str, Any]:
    return {
        "place": row.place,
        "number": row.number,
        "period": row.period,
        "released": timezone.localdate(row.ended_at).isoformat(),
        "replaces": row.replaces,
        "reason": row.reason,
        "digest": row.digest,
    }


def _not_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = NOT_KEPT
    return response
