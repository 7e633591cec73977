"""Who looked at a school: for the school itself."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.publish.table_files import guarded
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.audit.recording import seen_by_school
from ropewalk.site.foundation.permissions.guard import at_school, holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.sharing.looking import Look, in_days
from ropewalk.site.see.sharing.schools import NamedSchool, school_named

# On the page; the file has all.
MOST_ENTRIES = 1_000


@require_safe
@holding(Permission.SEE_RETURNS)
def who_looked(request: HttpRequest, urn: int) -> HttpResponse:
    """Who looked at the school's returns and figures, by day."""
    named, looks, is_all = _looks(request, urn, most=MOST_ENTRIES)
    return render(request, "sharing/who_looked.html", {"school": named, "looks": looks, "is_all": is_all})


@require_safe
@holding(Permission.SEE_RETURNS)
def who_looked_csv(request: HttpRequest, urn: int) -> HttpResponse:
    """The same as a file, from the beginning."""
    _, looks, _ = _looks(request, urn, most=None)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("day", "who", "did", "what", "times", "first", "last"))
    for look in looks:
        times = (look.times, f"{look.first:%H:%M}", f"{look.last:%H:%M}")
        writer.writerow((look.day.isoformat(), guarded(look.who), look.deed, look.what, *times))
    return attached(out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"who looked {urn}", "csv")


def _looks(request: HttpRequest, urn: int, *, most: int | None) -> tuple[NamedSchool, list[Look], bool]:
    viewer, day = the_account(request), timezone.localdate()
    named = school_named(at_school(urn, viewer=viewer, permission=Permission.SEE_RETURNS, on=day))
    entries = seen_by_school(urn, named.place.code if named.place else "")
    found = list(entries[: most + 1] if most is not None else entries)
    is_all = most is None or len(found) <= most
    return named, in_days(found if most is None else found[:most]), is_all
