"""Results of made-up children: what they reach hangs on ability, needs, income at home, absence and the school.

Levels are those of England in 2023/24, rounded (Department for Education, OGL v3.0): good level of development 68 %,
phonics 80 %, reading 74 %, writing 72 % and mathematics 73 % at the end of key stage 2, Attainment 8 of 46, grades 4
and above in English and mathematics 65 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from ropewalk.core.synth.returns.events import Enrolment
from ropewalk.core.synth.returns.schools import ReturningSchool

# By what a child's standing moves, in standard deviations.
MEALS, NEEDS, AWAY, SCHOOL = -0.45, {"N": 0.12, "K": -0.75, "E": -1.6}, -2.2, 0.25
SPECIAL = -1.2
# Year group, and the day (month, day of the summer) results are known.
KNOWN = {0: (6, 30), 1: (6, 30), 6: (7, 8), 11: (8, 21)}
USUALLY_ABSENT = 0.07


def results_of(
    enrolment: Enrolment, school: ReturningSchool, start: int, share: float, rng: Random
) -> Iterator[tuple[str, str]]:
    """Assessments and values of a child at the end of an academic year; ``share`` is the share of sessions missed."""
    child = enrolment.child
    rank = child.rank(start)
    if rank not in KNOWN or rng.random() < 0.015:
        return
    standing = child.ability * 0.85 + NEEDS[child.provision(start)] + SCHOOL * school.learning
    standing += MEALS if child.meals(start) else 0.13
    standing += AWAY * (min(share, 0.5) - USUALLY_ABSENT)
    standing += SPECIAL if school.phase in ("special", "alternative") else 0.0
    yield from _ASSESSED[rank](standing, rng)


def known_on(rank: int, start: int) -> date | None:
    """The day on which results of a year group are known; None for year groups that are not assessed."""
    return date(start + 1, *KNOWN[rank]) if rank in KNOWN else None


def _reception(standing: float, rng: Random) -> Iterator[tuple[str, str]]:
    yield "GLD", "1" if standing + rng.gauss(0, 0.5) > -0.5 else "0"


def _phonics(standing: float, rng: Random) -> Iterator[tuple[str, str]]:
    yield "PHONICS", str(_whole(36.3 + 5.2 * (standing + rng.gauss(0, 0.5)), 0, 40))


def _key_stage_2(standing: float, rng: Random) -> Iterator[tuple[str, str]]:
    for name, mean in (("KS2_READING", 105.2), ("KS2_MATHS", 104.6)):
        yield name, str(_whole(mean + 7.4 * (0.85 * standing + rng.gauss(0, 0.5)), 80, 120))
    yield "KS2_WRITING", "1" if standing + rng.gauss(0, 0.45) > -0.65 else "0"


def _key_stage_4(standing: float, rng: Random) -> Iterator[tuple[str, str]]:
    score = min(max(46.5 + 17.5 * (0.9 * standing + rng.gauss(0, 0.35)), 0.0), 90.0)
    yield "KS4_A8", f"{round(score * 4) / 4:g}"
    yield "KS4_ENGLISH", str(_whole(score / 10 + 0.35 + rng.gauss(0, 0.8), 0, 9))
    yield "KS4_MATHS", str(_whole(score / 10 - 0.05 + rng.gauss(0, 0.9), 0, 9))


_ASSESSED = {0: _reception, 1: _phonics, 6: _key_stage_2, 11: _key_stage_4}


def _whole(value: float, low: int, high: int) -> int:
    return min(max(round(value), low), high)
