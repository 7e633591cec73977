"""A child's year in the register: arrangements, suspensions, absence in spells, late arrivals, presence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import exp
from random import Random

from ropewalk.core.synth.chance import poisson
from ropewalk.core.synth.returns.absence_shape import cuts_of, sessions_missed, share_absent, shift
from ropewalk.core.synth.returns.events import Enrolment
from ropewalk.core.synth.returns.people import KEEP_EID, TRAVELLERS
from ropewalk.core.synth.returns.religious_days import eids
from ropewalk.core.synth.returns.school_days import PLANNED, SchoolDays
from ropewalk.core.synth.returns.schools import ReturningSchool
from ropewalk.core.synth.returns.signs import FREE, sign
from ropewalk.core.synth.returns.spells import FIXED_PATTERN, mix_of

NOT_YET, NONE = ord("Z"), ord("-")
NO_SESSION = b"\x00"
# How a child's standing is made: its lasting frailty, its school, and the year.
LASTING, SCHOOL = 0.78, 0.20
YEARLY = (1 - LASTING**2 - SCHOOL**2) ** 0.5
# Late arrivals in per cent of possible sessions (2024/25), and how far children differ.
LATE = {"primary": 0.0110, "secondary": 0.0286, "special": 0.0077, "alternative": 0.03}
# So many more are drawn, as some fall on sessions a child is absent or already late.
DRAWN = 1.25
LATE_SPREAD = 1.1
# Half days of sport or of other activities off site: share of children who have any, and how many.
ACTIVE, ACTIVE_DAYS = {"P": 0.09, "B": 0.08}, (2, 4)
NURSERY_MORNINGS = 0.5


@dataclass(frozen=True, slots=True)
class Register:
    """Marks of one enrolment in a year: ten bytes for each week; weeks ``first`` up to ``end`` are the child's."""

    enrolment: Enrolment
    marks: bytes
    first: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Marking:
    """One school and year whose register is being made."""

    school: ReturningSchool
    days: SchoolDays
    rng: Random

    @property
    def start(self) -> int:
        """The year (of September)."""
        return int(self.days.year.year[:4])

    def register(self, enrolment: Enrolment, yearly: float) -> Register:
        """The register of one enrolment; ``yearly`` is how the child's year turns out, on a standard normal."""
        marks = bytearray(self.days.template)
        first, end = self._on_roll(marks, enrolment)
        self._arrangements(marks, enrolment)
        self._suspended(marks, enrolment)
        away = sum(marks.count(sign(code, self.days.year.year)) for code in ("E", "C2"))
        share = self.share(enrolment, yearly)
        possible = marks.count(FREE) + away
        self._activities(marks, enrolment, first, end)
        self._absences(marks, enrolment, max(0, sessions_missed(share, possible) - away), (first, end), share)
        self._late(marks, possible, first, end)
        marks[0::2] = marks[0::2].replace(NO_SESSION, b"/")
        marks[1::2] = marks[1::2].replace(NO_SESSION, b"\\")
        return Register(enrolment, bytes(marks), first // 10, (end + 9) // 10, share)

    def share(self, enrolment: Enrolment, yearly: float) -> float:
        """The share of possible sessions the child will have missed by the end of the year."""
        child, phase = enrolment.child, self.school.phase
        cuts = cuts_of(phase, meals=child.meals(self.start), needs=child.provision(self.start) != "N")
        standing = LASTING * child.frailty + SCHOOL * self.school.away + YEARLY * yearly
        return share_absent(cuts, standing + shift(phase, child.sex, child.rank(self.start)))

    def _on_roll(self, marks: bytearray, enrolment: Enrolment) -> tuple[int, int]:
        """Write Z before the first day and - after the last; give the first session and the one past the last."""
        year = self.days.year
        first = 0 if enrolment.start <= year.first else year.place(enrolment.start)
        end = len(marks)
        if enrolment.leaving is not None and enrolment.leaving < year.last:
            end = year.place(enrolment.leaving + timedelta(days=1))
        marks[:first] = bytes(PLANNED if one == PLANNED else NOT_YET for one in marks[:first])
        marks[end:] = bytes(PLANNED if one == PLANNED else NONE for one in marks[end:])
        return first, end

    def _arrangements(self, marks: bytearray, enrolment: Enrolment) -> None:
        year = self.days.year
        for stretch in enrolment.stretches:
            if stretch.last < year.first or stretch.first > year.last:
                continue
            code = sign(stretch.code, year.year)
            begin, end = year.place(max(stretch.first, year.first)), year.place(stretch.last + timedelta(days=1))
            for place in range(begin, min(end, len(marks))):
                if marks[place] == FREE and place % 10 in stretch.places:
                    marks[place] = code
        if enrolment.child.rank(self.start) < 0 and enrolment.child.number % 2 < 2 * NURSERY_MORNINGS:
            marks[1::2] = marks[1::2].replace(NO_SESSION, b"X")

    def _suspended(self, marks: bytearray, enrolment: Enrolment) -> None:
        """E for the first five days of a suspension, then education elsewhere."""
        year = self.days.year
        for suspension in enrolment.suspensions:
            if suspension.sessions is None or suspension.category != "SUSP":
                continue
            if not year.first <= suspension.start <= year.last:
                continue
            place = year.place(suspension.start)
            for number in range(suspension.sessions):
                place = marks.find(NO_SESSION, place)
                if place < 0:
                    break
                marks[place] = ord("E") if number < 10 else ord("B")

    def _activities(self, marks: bytearray, enrolment: Enrolment, first: int, end: int) -> None:
        rank = enrolment.child.rank(self.start)
        for place in self.days.visits.get(rank, ()):
            if marks[place] == FREE and self.rng.random() < 0.93:
                marks[place : place + 2] = b"VV" if marks[place + 1] == FREE else b"V" + marks[place + 1 : place + 2]
        for code, chance in ACTIVE.items():
            if self.rng.random() < chance:
                for _ in range(self.rng.randint(*ACTIVE_DAYS)):
                    place = marks.find(NO_SESSION, first + int(self.rng.random() * max(1, end - first)), end)
                    if place >= 0:
                        marks[place] = ord(code)
        if rank == 10 and self.days.work_week:
            week = 10 * (len(self.days.template) // 10 - 4)
            marks[week : week + 10] = marks[week : week + 10].replace(NO_SESSION, b"W")

    def _absences(
        self, marks: bytearray, enrolment: Enrolment, missed: int, window: tuple[int, int], share: float
    ) -> None:
        """Let a child miss a number of sessions, in spells."""
        left = self._set_days(marks, enrolment, missed, window)
        if share >= 0.1 and self.rng.random() < FIXED_PATTERN:
            left = self._fixed_pattern(marks, left, window)
        low, high = self.days.mornings_between(*window)
        if low == high:
            return
        mix, mornings, rng = mix_of(self.school.phase, share), self.days.mornings, self.rng
        traveller = enrolment.child.family.ethnicity in TRAVELLERS
        while left > 0:
            code, length = mix.draw(rng)
            place = mornings[low + int(rng.random() * (high - low))]
            if code == "G":
                code, place = "T" if traveller else "G", place - place % 10
            elif code == "M":
                place += int(rng.random() * 2)
            gone = _fill(marks, place, min(length, left), ord(code))
            if gone == 0:
                _fill(marks, 0, left, ord(code))
                return
            left -= gone

    def _set_days(self, marks: bytearray, enrolment: Enrolment, left: int, window: tuple[int, int]) -> int:
        """Absences whose days are given: festivals, study leave."""
        year = self.days.year
        if enrolment.child.family.ethnicity in KEEP_EID:
            for day in eids(self.start):
                place = year.place(day)
                if left >= 2 and window[0] <= place < window[1] - 1 and day.weekday() < 5 and marks[place] == FREE:
                    left -= _fill(marks, place, 2, ord("R"))
        if enrolment.child.rank(self.start) == 11 and self.days.study_leave:
            left -= _fill(marks, len(marks) - 60, min(left, 8), ord("S"))
        return left

    def _fixed_pattern(self, marks: bytearray, left: int, window: tuple[int, int]) -> int:
        """The same session in most weeks, as with a standing appointment or a lesson a child avoids."""
        session, code = int(self.rng.random() * 10), b"OIM"[int(self.rng.random() * 3)]
        for place in range(window[0] - window[0] % 10 + session, window[1], 10):
            if left > 0 and place >= window[0] and marks[place] == FREE and self.rng.random() < 0.8:
                marks[place] = code
                left -= 1
        return left

    def _late(self, marks: bytearray, possible: int, first: int, end: int) -> None:
        rng = self.rng
        usual = DRAWN * LATE[self.school.phase] * possible * exp(LATE_SPREAD * rng.gauss(0, 1) - LATE_SPREAD**2 / 2)
        for _ in range(min(poisson(rng, usual), marks.count(FREE) // 2)):
            place = first + int(rng.random() * (end - first))
            if rng.random() < 0.85:
                place -= place % 2
            if marks[place] == FREE:
                marks[place] = ord("L")


def _fill(marks: bytearray, place: int, length: int, code: int) -> int:
    """Give the next free sessions a mark; how many there were."""
    for number in range(length):
        place = marks.find(NO_SESSION, place)
        if place < 0:
            return number
        marks[place] = code
    return length
