"""Rows of returns as of a day: nothing that happens later is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ropewalk.core.synth.returns.calendar import SchoolYear
from ropewalk.core.synth.returns.events import Enrolment, Move
from ropewalk.core.synth.returns.schools import ReturningSchool

Row = Mapping[str, str]


def year_group(rank: int) -> str:
    """Year group as a roll writes it: N2, R, 1 to 13."""
    return "N2" if rank < 0 else "R" if rank == 0 else str(rank)


def roll_row(enrolment: Enrolment, school: ReturningSchool, year: SchoolYear, known: date) -> Row:
    """One enrolment as the school knows it on a day of the year."""
    start = int(year.year[:4])
    child, family = enrolment.child, enrolment.child.family
    left = enrolment.left_by(known)
    need = child.provision(start)
    return {
        "urn": str(school.urn),
        "upn": enrolment.number(start),
        "former_upn": enrolment.former_number(start),
        "surname": family.surname,
        "forename": child.forename,
        "date_of_birth": child.born.isoformat(),
        "sex": child.sex,
        "year_group": year_group(child.rank(start)),
        "enrolment_status": _status(enrolment, year, known),
        "start_date": enrolment.start.isoformat(),
        "leaving_date": _day(enrolment.leaving if left else None),
        "leaving_reason": enrolment.reason if left else "",
        "destination_urn": str(enrolment.destination or "") if left else "",
        "ethnicity": family.ethnicity,
        "first_language": family.language,
        "fsm_eligible": _yes(child.meals(start)),
        "disadvantaged": _yes(child.meals(start) or child.looked_after(start)),
        "sen_provision": need,
        **{f"sen_type_{n}": code for n, code in enumerate(child.need_types if need != "N" else (), start=1)},
        "looked_after": _yes(child.looked_after(start)),
        "child_in_need": _yes(child.in_need),
        "young_carer": _yes(child.carer),
        "service_child": _yes(family.service),
        "postcode": family.postcode,
    }


def _status(enrolment: Enrolment, year: SchoolYear, known: date) -> str:
    return (
        "M"
        if any(other.overlaps(year.first, min(known, year.last)) for other in enrolment.others)
        else enrolment.status
    )


def suspension_rows(enrolment: Enrolment, school: ReturningSchool, year: SchoolYear, known: date) -> Iterator[Row]:
    """Suspensions and exclusions that began in the year, until a day."""
    for one in enrolment.suspensions:
        if year.first <= one.start <= min(year.last, known):
            yield {
                "urn": str(school.urn),
                "upn": enrolment.number(int(year.year[:4])),
                "category": one.category,
                "start_date": one.start.isoformat(),
                "sessions": "" if one.sessions is None else str(one.sessions),
                **{f"reason_{number}": code for number, code in enumerate(one.reasons, start=1)},
                "in_alternative_provision": _yes(one.sessions is None or one.sessions > 10),
                "cancelled": "N",
            }


def move_row(move: Move, number: str, known: date) -> Row:
    """A move as of a day; ``number`` is the pupil number the school that sends it uses."""
    ended = move.end is not None and move.end <= known
    return {
        "upn": number,
        "kind": move.kind,
        "from_urn": str(move.from_urn),
        "to_urn": str(move.to_urn or ""),
        "start_date": move.start.isoformat(),
        "review_date": _day(move.review(known)),
        "end_date": _day(move.end if ended else None),
        "outcome": move.outcome if ended else "",
        "agreed_by_parent": _yes(True),
        "hours_per_week": f"{move.hours:g}" if move.hours is not None else "",
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes(value: bool) -> str:
    return "Y" if value else "N"
