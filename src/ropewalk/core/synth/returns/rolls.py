"""Rolls of a made-up place over the years: who starts, goes up, goes on to a secondary, and leaves school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from ropewalk.core.synth.chance import parted
from ropewalk.core.synth.returns.calendar import SchoolYear, school_year
from ropewalk.core.synth.returns.children import Births, Child
from ropewalk.core.synth.returns.events import Enrolment, Move
from ropewalk.core.synth.returns.schools import ReturningSchool

# Children who go on to the first, second and third secondary their primary feeds; the rest leave the place.
GO_ON = (0.62, 0.83, 0.95)
# Children of Year 11 who stay where there is a sixth form.
STAY_ON = 0.5
# Share of a year group that is in the nursery class before.
NURSERY_CLASS = 0.6


@dataclass
class Rolls:
    """Everything that is known of the place: schools, enrolments, moves.

    ``elsewhere`` are the numbers of schools of other councils, by phase.
    """

    rng: Random
    births: Births
    schools: list[ReturningSchool]
    years: list[SchoolYear]
    elsewhere: dict[str, tuple[int, ...]]
    enrolments: list[Enrolment] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    on_roll: dict[int, list[Enrolment]] = field(default_factory=dict)

    def live(self, movement: Callable[[Rolls, SchoolYear], None]) -> None:
        """Let all years pass, each with its ``movement``, and end the last one."""
        self.settle()
        movement(self, self.years[0])
        for last, year in zip(self.years, self.years[1:], strict=False):
            self.end_year(int(year.year[:4]), last.last)
            self.begin_year(year, last.last)
            movement(self, year)
        self.end_year(int(self.years[-1].year[:4]) + 1, self.years[-1].last)

    def settle(self) -> None:
        """Fill every school in the September of the first year; older children started in years before."""
        start = int(self.years[0].year[:4])
        for school in self.schools:
            self.on_roll[school.index] = []
            for rank, size in zip(school.ranks, self.class_sizes(school), strict=True):
                for _ in range(size):
                    child = self.births.child(school, start - rank, start)
                    self.enrol(child, school, self._started(school, rank, start))

    def class_sizes(self, school: ReturningSchool) -> list[int]:
        """Pupils of each year group: even, but for nursery class and sixth form."""
        return parted(self.rng, school.pupils, [_weight(rank) for rank in school.ranks])

    def _started(self, school: ReturningSchool, rank: int, start: int) -> date:
        """The September in which a child of a year group came: most with their year group, some later."""
        entry = max(school.lowest, 0 if rank >= 0 else -1)
        years = max(0, rank - entry)
        if years and (school.phase in ("special", "alternative") or self.rng.random() < 0.18):
            years = int(self.rng.random() * (years + 1))
        return _school_year(start - years).first

    def enrol(self, child: Child, school: ReturningSchool, start: date, status: str = "C") -> Enrolment:
        """Put a child on a roll."""
        enrolment = Enrolment(child, school.index, start, status)
        self.enrolments.append(enrolment)
        self.on_roll[school.index].append(enrolment)
        return enrolment

    def end_year(self, start: int, last: date) -> None:
        """Let those leave who are too old for their school in the year that begins in ``start``."""
        for school in self.schools:
            staying = []
            for enrolment in self.on_roll[school.index]:
                if enrolment.leaving is not None:
                    continue
                if self._goes_up(school, enrolment.child.rank(start)) and enrolment.status == "C":
                    staying.append(enrolment)
                else:
                    enrolment.leave(last, "END")
            self.on_roll[school.index] = staying

    def begin_year(self, year: SchoolYear, left: date) -> None:
        """Secondary transfer of those who left primary on a day, and new children."""
        start = int(year.year[:4])
        self._transfer(start, left, year.first)
        for school in self.schools:
            self._take_in(school, start, year.first)

    def _goes_up(self, school: ReturningSchool, rank: int) -> bool:
        if rank == 12:
            return school.highest >= 12 and self.rng.random() < STAY_ON
        return rank <= school.highest

    def _transfer(self, start: int, left: date, first: date) -> None:
        """Children who finished primary school go on to secondaries."""
        for enrolment in list(self.enrolments):
            school = self.schools[enrolment.school]
            finished = enrolment.leaving == left and enrolment.reason == "END" and enrolment.child.rank(start) == 7
            if not finished or school.phase != "primary" or not school.feeds:
                continue
            draw = self.rng.random()
            choice = next((number for number, upto in enumerate(GO_ON) if draw < upto), None)
            if choice is not None:
                senior = self.schools[school.feeds[min(choice, len(school.feeds) - 1)]]
                enrolment.destination = senior.urn
                self.enrol(enrolment.child, senior, first)

    def _take_in(self, school: ReturningSchool, start: int, first: date) -> None:
        """New children, so that year groups with an intake are as large as ever."""
        sizes = dict(zip(school.ranks, self.class_sizes(school), strict=True))
        entries = {school.lowest, 0, 12} if school.phase in ("primary", "secondary") else set(school.ranks)
        here = [enrolment.child.rank(start) for enrolment in self.on_roll[school.index]]
        for rank in sorted(entries & sizes.keys()):
            for _ in range(sizes[rank] - here.count(rank)):
                newcomer = school.phase != "primary"
                self.enrol(self.births.child(school, start - rank, start, newcomer=newcomer), school, first)


def _weight(rank: int) -> float:
    return NURSERY_CLASS if rank < 0 else 0.45 if rank > 11 else 1.0


def _school_year(start: int) -> SchoolYear:
    return school_year(f"{start}/{(start + 1) % 100:02d}")
