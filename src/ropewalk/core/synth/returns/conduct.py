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

LEVELS = {"primary": 0.018, "secondary": 0.226, "special": 0.12, "alternative": 0.55}
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
MOST_DAYS = 45
# So many of a child's expected suspensions at most, as the heaviest tail has no like.
MOST_LIKELY = 14.0


def suspend(enrolment: Enrolment, school: ReturningSchool, days: SchoolDays, rng: Random) -> None:
    """Add the suspensions of one enrolment in one year; they never overlap, nor come to more than 45 days."""
    expected = _expected(enrolment, school, int(days.year.year[:4]))
    count = poisson(rng, min(expected, MOST_LIKELY))
    if not count:
        return
    open_days = [
        day
        for day in days.year.days
        if day >= enrolment.start and (enrolment.leaving is None or day <= enrolment.leaving) and days.is_open(day)
    ]
    busy = [(stretch.first, stretch.last) for stretch in enrolment.stretches]
    after, left = 0, 2 * MOST_DAYS
    for place in sorted(int(rng.random() * len(open_days)) for _ in range(count)):
        sessions = rng.choices([n for n, _ in SESSIONS], [weight for _, weight in SESSIONS])[0]
        last = place + (sessions + 1) // 2 - 1
        if place < after or last >= len(open_days) or sessions > left:
            continue
        if any(first <= open_days[last] and open_days[place] <= end for first, end in busy):
            continue
        lunch = school.phase == "primary" and rng.random() < LUNCH
        sessions = 1 if lunch else sessions
        enrolment.suspensions.append(Suspension("LNCH" if lunch else "SUSP", open_days[place], sessions, _reasons(rng)))
        after, left = last + 2, left - sessions


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
