"""Released editions: for everyone the figures of the place, for partners those of its schools, and both as files."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.disclosure import Audience
from ropewalk.core.errors import NotFound
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.table_files import to_csv
from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.editions import Edition as Content
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import schools_sharing
from ropewalk.site.see.editions import tables
from ropewalk.site.see.editions.differences import difference_lines
from ropewalk.site.see.editions.models import RELEASED, Edition
from ropewalk.site.see.editions.pages import CSV, JSON, XLSX, day_of, edition_at, names_of, place_called, store
from ropewalk.site.see.editions.partners import at_place_of_partners
from ropewalk.site.see.editions.standing import counted_of
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.scorecard.pages import about_place

ENDINGS = ("csv", "xlsx", "json")
# A release or correction shows at once; pages kept by the site are those of the published figures.
NOT_KEPT = "no-store"


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The released editions of a place, newest first."""
    here = place_called(code)
    rows = Edition.objects.filter(place=here.code, state=RELEASED)
    context = {**about_place(here), "editions": [_line(one) for one in rows]}
    return _open(render(request, "editions/place.html", context))


@require_safe
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One released edition, as everyone sees it."""
    row, content = _released(code, number)
    context = {
        **_about(row, content),
        "tables": tables.place_tables(content),
        "differences": difference_lines(content, {}, Audience.EVERYONE),
        "files": [(ending.upper(), f"{request.path}figures.{ending}") for ending in ENDINGS],
    }
    return _open(render(request, "editions/released.html", context))


@require_safe
def file(_request: HttpRequest, code: str, number: int, ending: str) -> HttpResponse:
    """Exactly these figures as a file."""
    row, content = _released(code, number)
    return _open(_file(row, content, tables.place_tables(content), ending, "figures"))


@require_safe
@holding(Permission.SEE_EDITIONS)
def partners(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One released edition, as partners see it: with the rows of schools that let them."""
    row, content, shown, left = _for_partners(request, code, number)
    names = names_of(content.wanted.schools)
    context = {
        **_about(row, content),
        "tables": shown,
        "prepares": reach(the_account(request), Permission.PREPARE_EDITIONS, on=timezone.localdate()).holds_place(code),
        "withdrawn": sorted(names[urn] for urn in left & counted_of(content)),
        "silent": len(counted_of(content) - set(content.wanted.partners)),
        "differences": difference_lines(content, names) if not left else None,
    }
    return render(request, "editions/partners.html", context)


@require_safe
@holding(Permission.SEE_EDITIONS)
def partners_file(request: HttpRequest, code: str, number: int, ending: str) -> HttpResponse:
    """Exactly these figures as a file."""
    row, content, shown, _ = _for_partners(request, code, number)
    return _file(row, content, shown, ending, "schools")


def _for_partners(
    request: HttpRequest, code: str, number: int
) -> tuple[Edition, Content, list[ShownTable], frozenset[int]]:
    """An edition with what partners may see of it today, and the schools that withdrew since."""
    at_place_of_partners(code, viewer=the_account(request), on=timezone.localdate())
    row, content = _released(code, number)
    sharing = schools_sharing(code, Purpose.PARTNER_FIGURES, at=timezone.now())
    left = frozenset(content.wanted.partners) - sharing
    shown = tables.school_tables(content, names_of(content.wanted.schools), without=left)
    return row, content, shown, left


def _released(code: str, number: int) -> tuple[Edition, Content]:
    row = edition_at(code, number)
    if row.state != RELEASED:
        raise Http404
    try:
        return row, released_edition(store(), code, number)
    except NotFound as problem:
        raise Http404(str(problem)) from problem


def _about(row: Edition, content: Content) -> dict[str, object]:
    others = Edition.objects.filter(place=row.place, state=RELEASED)
    return {
        **about_place(place_called(row.place)),
        "edition": row,
        "content": content,
        "period": period_words(row.period),
        "as_of": day_of(content.wanted.as_of),
        "schools": len(counted_of(content)),
        "sharing": len(content.wanted.schools),
        "measures": tables.measures_of(content),
        "submissions": len({one for table in content.tables for one in table.submissions}),
        "corrected_by": others.filter(replaces=row.number).order_by("number").first(),
    }


def _line(row: Edition) -> dict[str, object]:
    return {"edition": row, "period": period_words(row.period)}


def _file(row: Edition, content: Content, shown: list[ShownTable], ending: str, what: str) -> HttpResponse:
    here: Place = place_called(row.place)
    about = f"{here.name} edition {row.number} {what}"
    if ending not in ENDINGS or not shown:
        raise Http404
    if ending == "json":
        return attached(_json(row, shown), JSON, about, ending)
    if ending == "csv":
        return attached(to_csv(tables.combined(about, shown)).encode("utf-8-sig"), CSV, about, ending)
    # The writer of workbooks takes time to load: pages do without it.
    from ropewalk.site.see.editions.workbooks import as_xlsx  # noqa: PLC0415

    return attached(as_xlsx(about, shown, content, day_of(content.wanted.as_of)), XLSX, about, ending)


def _json(row: Edition, shown: list[ShownTable]) -> bytes:
    """The shown tables, with the number and digest of the edition."""
    made: list[dict[str, Any]] = [
        {
            "measure": table.title,
            "period": row.period,
            "rows": [
                {
                    column.heading: cell.words if cell.is_text or cell.missing else cell.number
                    for column, cell in zip(table.columns, line, strict=True)
                }
                for line in table.rows
            ],
        }
        for table in shown
    ]
    said = {"place": row.place, "edition": row.number, "digest": row.digest, "tables": made}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _open(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = NOT_KEPT
    return response
