"""What every page of editions does alike: finds the edition, the place, the names of schools."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from ropewalk.core.errors import InputRefused, NotFound, RopewalkError
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.editions.models import Edition
from ropewalk.site.see.editions.standing import Found, find
from ropewalk.site.see.scorecard.reader import reader

CSV, JSON = "text/csv; charset=utf-8", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def place_called(code: str) -> Place:
    """The council area with a code. Raises Http404 for any other: the core makes editions for council areas."""
    try:
        return place_by_code(code)
    except NotFound as problem:
        raise Http404 from problem


def is_council_area(code: str) -> bool:
    """Whether the core knows a place by this code; a named set of schools it does not."""
    try:
        place_by_code(code)
    except NotFound:
        return False
    return True


def edition_at(code: str, number: int) -> Edition:
    """An edition of a place. Raises Http404 for none. Whoever calls it says who may see it."""
    rows = Edition.objects.select_related("made_by", "ended_by")
    found = rows.filter(place=code, number=number).first()
    if found is None:
        raise Http404
    return found


def found_for(request: HttpRequest, code: str, number: int, *permissions: Permission) -> Found:
    """An edition of a place where the reader holds one of these permissions. Raises Http404 for any other."""
    today, viewer = timezone.localdate(), the_account(request)
    if not any(reach(viewer, permission, on=today).holds_place(code) for permission in permissions):
        raise Http404
    return find(edition_at(code, number), today=today)


def names_of(urns: Iterable[int]) -> dict[int, str]:
    """Names of schools, as the register has them; those it does not have by number."""
    asked = sorted(set(urns))
    names = {urn: f"School {urn}" for urn in asked}
    try:
        known = reader().schools(ids=[str(urn) for urn in asked]) if asked else []
    except NotFound:
        known = []
    return names | {int(school.urn): school.name for school in known}


def words_of(problem: RopewalkError) -> list[str]:
    """Every problem as a sentence or two."""
    return [str(one).strip() for one in (problem.problems if isinstance(problem, InputRefused) else (problem,))]


def store() -> Path:
    """The folder of the store."""
    return Path(settings.ROPEWALK_STORE)


def day_of(moment: str) -> date:
    """The day of a moment as the core writes it."""
    return date.fromisoformat(moment[:10])
