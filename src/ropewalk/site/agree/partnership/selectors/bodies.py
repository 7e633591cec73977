"""Bodies of a partnership as its members see them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from ropewalk.site.agree.partnership.kinds import BodyKind, Part
from ropewalk.site.agree.partnership.models import Body, Seat, TermsOfReference
from ropewalk.site.agree.partnership.rules import paragraphs
from ropewalk.site.foundation.organisations.models import Place

LEADS = (Part.CHAIR, Part.COORDINATOR)


@dataclass(frozen=True)
class BodyLine:
    """A body with who leads it and how many are on it on a day."""

    body: Body
    leads: list[Seat]
    seats: int


@dataclass(frozen=True)
class TermsShown:
    """A version of terms of reference in paragraphs."""

    terms: TermsOfReference
    paragraphs: list[str]


@dataclass(frozen=True)
class BodyPage:
    """A body, who is on it on a day, who was or will be, and what it is for; the newest terms first."""

    body: Body
    seats: list[Seat]
    others: list[Seat]
    terms: list[TermsShown] = field(default_factory=list)


def bodies_of(place: Place, *, on: date) -> tuple[list[BodyLine], list[Body]]:
    """Bodies that go on on a day, by their sort and name; those that ended or are to begin."""
    rows = sorted(Body.objects.filter(place=place), key=_by_kind)
    there = [body for body in rows if _holds(body, on)]
    seats: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(body__in=there).select_related("account"):
        if _holds(seat, on):
            seats[seat.body_id].append(seat)
    lines = [BodyLine(body, _leads(seats[body.pk]), len(seats[body.pk])) for body in there]
    return lines, [body for body in rows if not _holds(body, on)]


def _by_kind(body: Body) -> tuple[int, str, int]:
    return list(BodyKind).index(BodyKind(body.kind)), body.name.casefold(), body.pk


def _holds(row: Body | Seat, on: date) -> bool:
    return row.begins <= on and (row.until is None or row.until >= on)


def _leads(seats: list[Seat]) -> list[Seat]:
    return sorted((seat for seat in seats if seat.part in LEADS), key=_by_part)


def _by_part(seat: Seat) -> tuple[int, str]:
    return list(Part).index(Part(seat.part)), seat.who.casefold()


def body_page(body: Body, *, on: date) -> BodyPage:
    """One body, on a day."""
    seats = list(Seat.objects.filter(body=body).select_related("account"))
    terms = TermsOfReference.objects.filter(body=body).select_related("by").order_by("-number")
    return BodyPage(
        body,
        sorted((seat for seat in seats if _holds(seat, on)), key=_by_part),
        sorted((seat for seat in seats if not _holds(seat, on)), key=lambda seat: (seat.begins, seat.pk), reverse=True),
        [TermsShown(one, paragraphs(one.text)) for one in terms],
    )
