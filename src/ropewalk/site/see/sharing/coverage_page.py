"""Who has sent what in a place: headline, a line for each school, the same as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from ropewalk.core.publish.table_files import guarded
from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.use_cases.returns import PlaceCoverage, SchoolCoverage
from ropewalk.core.use_cases.school_returns import KINDS
from ropewalk.core.use_cases.schools import phase_words
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.numbers import long_date, quantity
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.sorting import Order, read_order, sort_rows
from ropewalk.site.see.sharing import parts
from ropewalk.site.see.sharing.models import Reminder
from ropewalk.site.see.sharing.sharing_terms import PlaceTerms


@dataclass(frozen=True)
class Line:
    """One school: what stands in its cells, and what it is sorted by."""

    urn: int
    name: str
    phase: str
    pupils: str
    cells: tuple[str, ...]
    missing: str
    reminded: str
    opens: bool
    terms: str
    keys: Mapping[str, object]


def lines(found: PlaceCoverage, order: Order, *, terms: PlaceTerms | None, viewer: Account, today: date) -> list[Line]:
    """A line for each school, in order; its name leads on where the viewer may see what the school has sent."""
    reminded = _reminded([school.urn for school in found.schools], viewer, today)
    own = reach(viewer, Permission.SEE_RETURNS, on=today)
    made = [
        _line(one, reminded.get(one.urn), today, terms=terms, opens=own.holds_school(one.urn)) for one in found.schools
    ]
    made.sort(key=lambda line: line.name.casefold())
    return sort_rows(made, lambda line: line.keys[order.key], descending=order.descending)


def order_of(request: HttpRequest) -> Order:
    """The order the address asks for: by name unless it names a column."""
    allowed = ["school", "phase", "pupils", *KINDS.values(), "missing", "reminded", "terms"]
    return read_order(request, allowed=allowed, default=Order("school"))


def _reminded(urns: Sequence[int], viewer: Account, today: date) -> dict[int, datetime]:
    seen = Reminder.objects.visible_to(viewer, Permission.REMIND_SCHOOLS, on=today)
    rows = seen.filter(urn__in=urns).values_list("urn").annotate(Max("at")) if urns else ()
    return {urn: timezone.localtime(at) for urn, at in rows}


def _line(
    school: SchoolCoverage, reminded: datetime | None, today: date, *, terms: PlaceTerms | None, opens: bool
) -> Line:
    said = parts.parts(school.sent, today=today)
    pupils = school.registered_pupils if school.pupils is None else school.pupils
    last = {one.kind: one.last_day for one in school.sent}
    missing = parts.missing_words(said)
    keys: dict[str, object] = {
        "school": school.name.casefold(),
        "phase": phase_words(school.phase),
        "pupils": pupils,
        "missing": missing.count(",") + 1 if missing else 0,
        "reminded": reminded,
        "terms": len(terms.by_school.get(school.urn, ())) if terms else 0,
        **{kind: last.get(kind) for kind in KINDS.values()},
    }
    return Line(
        school.urn,
        school.name,
        phase_words(school.phase),
        "not known" if pupils is None else f"{pupils:,}",
        tuple(part.until for part in said),
        missing,
        long_date(reminded.date()) if reminded else "",
        opens,
        terms.words(school.urn) if terms else "",
        keys,
    )


def headline(found: PlaceCoverage) -> str:
    """``12 of 20 schools share``, or that all do."""
    everyone = len(found.schools)
    if found.covered_schools == everyone > 1:
        return f"All {everyone:,} schools share"
    shares = "school shares" if everyone == 1 else "schools share"
    return f"{found.covered_schools:,} of {everyone:,} {shares}"


def counts(found: PlaceCoverage) -> list[tuple[str, str]]:
    """The share of schools and of pupils covered."""
    schools, pupils = len(found.schools), found.pupils
    return [
        ("Schools that share", f"{found.covered_schools:,} of {schools:,}{_share(found.covered_schools, schools)}"),
        (
            "Pupils at these schools",
            f"{found.covered_pupils:,} of {pupils:,}{_share(found.covered_pupils, pupils)}"
            if pupils
            else f"{found.covered_pupils:,}",
        ),
    ]


def _share(part: int, whole: int) -> str:
    return f" ({quantity(100 * part / whole, 'percent')})" if whole else ""


def titles() -> list[dict[str, str]]:
    """The kinds of return as columns."""
    return [{"id": kind, "title": RETURN_FILES[kind].title} for kind in KINDS.values()]


def as_csv(shown: Sequence[Line], *, with_terms: bool) -> bytes:
    """Exactly the table of the page."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    last = ["Missing", "Reminded", *(["Shares for"] if with_terms else [])]
    writer.writerow(["URN", "School", "Phase", "Pupils", *(part["title"] for part in titles()), *last])
    for line in shown:
        cells = [line.name, line.phase, line.pupils.replace(",", ""), *line.cells, line.missing, line.reminded]
        cells += [line.terms] if with_terms else []
        writer.writerow([line.urn, *map(guarded, cells)])
    return out.getvalue().encode("utf-8-sig")
