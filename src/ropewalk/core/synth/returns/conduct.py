"""Suspensions: few children have most of them; boys, Years 8 to 10, needs and free school meals weigh.

Levels are those of 2023/24 (Department for Education, OGL v3.0), in suspensions per pupil and year, rounded; ages,
lengths and reasons follow the last published detail (2016/17 and the reasons of 2020/21 on).
"""

from __future__ import annotations

from random import Random

from ropewalk.core.synth.chance import poisson
from ropewalk.core.synth.returns.events import Enrolment, Suspension
from ropewalk.core.synth.returns.school_days import SchoolDays
from ropewalk.core.synth.returns.schools import ReturningSchool

LEVELS = {"primary": 0.018, "secondary": 0.226, "special": 0.12, "alternative": 0.15}
# How much likelier a year group is than the phase's average, from the phase's first; older ones as the last given.
AGES = {
    "primary": (0.15, 0.45, 0.7, 1.0, 1.25, 1.5, 1.8),
    "secondary": (0.75, 1.15, 1.3, 1.3, 0.85, 0.08, 0.05),
    "special": (0.1, 0.3, 0.4, 0.6, 0.8, 1.0, 1.2, 1.3, 1.4, 1.5, 1.4, 1.0),
    "alternative": (0.8, 1.0, 1.1, 1.1, 0.8),
}
_FIRST_RANK = {"primary": 0, "secondary": 7, "special": 0, "alternative": 7}
SESSIONS = ((1, 4), (2, 46), (3, 4), (4, 20), (6, 11), (8, 2), (10, 12), (20, 1))
REASONS = (
    *(("DB", 48.0), ("VA", 16.0), ("PP", 14.0), ("PA", 5.0), ("VP", 4.0), ("DA", 3.5), ("OW", 2.5), ("DM", 2.0)),
    *(("RA", 1.5), ("BU", 1.0), ("SM", 1.0), ("MT", 0.8), ("TH", 0.5), ("LG", 0.5), ("DS", 0.1)),
)
SECOND_REASON, LUNCH = 0.22, 0.02
MOST_SESSIONS = 90
# Schools do not let a suspension run through a fortnight's holiday.
LONGEST_BREAK = 11
# So many of a child's expected suspensions at most, as the heaviest tail has no like.
MOST_LIKELY = 14.0


def suspend(enrolment: Enrolment, school: ReturningSchool, days: SchoolDays, left: int, rng: Random) -> int:
    """Add the suspensions of one enrolment in one year; none overlap, nor come to more sessions than are ``left``.

    Gives how many sessions are left of the 45 days a child may be suspended in a year, over all schools.
    """
    expected = _expected(enrolment, school, int(days.year.year[:4]))
    count = poisson(rng, min(expected, MOST_LIKELY))
    if not count:
        return left
    open_days = [
        day
        for day in days.year.days
        if day >= enrolment.start and (enrolment.leaving is None or day <= enrolment.leaving) and days.is_open(day)
    ]
    busy = [(stretch.first, stretch.last) for stretch in enrolment.stretches]
    after = 0
    for place in sorted(int(rng.random() * len(open_days)) for _ in range(count)):
        sessions = rng.choices([n for n, _ in SESSIONS], [weight for _, weight in SESSIONS])[0]
        last = place + (sessions + 1) // 2 - 1
        if place < after or last >= len(open_days) or sessions > left:
            continue
        first, end = open_days[place], open_days[last]
        if (end - first).days > sessions + LONGEST_BREAK or any(one <= end and first <= other for one, other in busy):
            continue
        lunch = school.phase == "primary" and rng.random() < LUNCH
        sessions = 1 if lunch else sessions
        enrolment.suspensions.append(Suspension("LNCH" if lunch else "SUSP", first, sessions, _reasons(rng)))
        after, left = last + 2, left - sessions
    return left


def _expected(enrolment: Enrolment, school: ReturningSchool, start: int) -> float:
    if enrolment.status == "G":
        return 0.0
    ages = AGES[school.phase]
    rank = enrolment.child.rank(start) - _FIRST_RANK[school.phase]
    if rank < 0:
        return 0.0
    differs = 1.0 + 0.35 * max(-1.5, min(1.5, school.away))
    return LEVELS[school.phase] * ages[min(rank, len(ages) - 1)] * enrolment.child.conduct * differs


def _reasons(rng: Random) -> tuple[str, ...]:
    codes, weights = [code for code, _ in REASONS], [weight for _, weight in REASONS]
    first = rng.choices(codes, weights)[0]
    if rng.random() < SECOND_REASON:
        second = rng.choices(codes, weights)[0]
        return (first,) if second == first else (first, second)
    return (first,)
