"""A made-up place as the returns its schools would send, year by year."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.made_up_places import MADE_UP_COUNCILS
from ropewalk.core.synth.chance import stream
from ropewalk.core.synth.register import write_schools
from ropewalk.core.synth.returns.calendar import SchoolYear, school_year, year_before
from ropewalk.core.synth.returns.children import Births
from ropewalk.core.synth.returns.conduct import MOST_SESSIONS, suspend
from ropewalk.core.synth.returns.events import Enrolment
from ropewalk.core.synth.returns.marks import Marking
from ropewalk.core.synth.returns.mistakes import make_mistakes
from ropewalk.core.synth.returns.movement import move_about
from ropewalk.core.synth.returns.results import known_on, results_of
from ropewalk.core.synth.returns.rolls import Rolls
from ropewalk.core.synth.returns.rows import Row, move_row, roll_row, suspension_rows
from ropewalk.core.synth.returns.school_days import school_days
from ropewalk.core.synth.returns.schools import RANKS, ReturningSchool, chosen_schools, returning_schools
from ropewalk.core.synth.returns.writing import ReturnFolder
from ropewalk.core.synth.world import World, make_world

# (what is being done, steps done, steps in all)
Progress = Callable[[str, int, int], None]
LAST_YEAR = "2024/25"
PUBLISHED_SEED = 1
COUNCIL = 0
FRIDAY = timedelta(days=4)


@dataclass(frozen=True, kw_only=True)
class PlaceWanted:
    """What place to make up. ``until`` is the day up to which the last year has gone; None for the whole of it.

    ``mistakes`` is the share of lines that are spoilt, 0 for none. ``published_seed`` is the seed of the made-up
    published files whose schools send the returns.
    """

    schools: int
    pupils: int
    years: int
    seed: int
    last_year: str = LAST_YEAR
    until: date | None = None
    by_school: bool = False
    mistakes: float = 0.0
    published_seed: int = PUBLISHED_SEED

    def academic_years(self) -> list[SchoolYear]:
        """The years from first to last. Raises InputRefused when there is none, or ``until`` lies outside the last."""
        if self.years < 1:
            raise InputRefused([Problem(f"{self.years} years are too few.", "Ask for one year or more.")])
        years = [school_year(year_before(self.last_year, back)) for back in reversed(range(self.years))]
        if self.until is not None and self.until < years[-1].weeks[0] + FRIDAY:
            what = f"{self.until} is before the first week of {self.last_year} has gone."
            raise InputRefused([Problem(what, "Give a later day, or an earlier last year.")])
        return years


@dataclass(frozen=True, slots=True)
class _Year:
    """A year as of a day: ``weeks`` are the Mondays that are known, ``known`` the last day."""

    year: SchoolYear
    weeks: tuple[date, ...]
    known: date

    @property
    def start(self) -> int:
        return int(self.year.year[:4])

    @property
    def whole(self) -> bool:
        return len(self.weeks) == len(self.year.weeks)


def make_up_returns(folder: Path, wanted: PlaceWanted, *, progress: Progress) -> list[Path]:
    """Write returns of a made-up place: a folder for each year, ``schools.csv`` and a note that nothing is true.

    The same wish writes the same bytes. Returns the files in the order written. Raises InputRefused for a place that
    cannot be made, OSError when the folder cannot be written to.
    """
    years = wanted.academic_years()
    world = make_world(wanted.published_seed)
    chance = stream(wanted.seed, "returns/schools")
    chosen = chosen_schools(world, chance, council=COUNCIL, schools=wanted.schools, pupils=wanted.pupils)
    schools = returning_schools(chosen, chance, council=COUNCIL, pupils=wanted.pupils)
    elsewhere = tuple(council.number for council in MADE_UP_COUNCILS[1:])
    births = Births(stream(wanted.seed, "returns/children"), int(years[0].year[:4]), elsewhere)
    rolls = Rolls(stream(wanted.seed, "returns/rolls"), births, schools, years, _schools_elsewhere(world))
    rolls.live(move_about)
    progress("making up children", 1, len(years) * len(schools) + 1)
    writer = _Writer(folder, wanted, rolls, progress)
    known = {one.urn for one in world.schools}
    everywhere = replace(world, schools=(*world.schools, *(one for one in chosen if one.urn not in known)))
    written = [writer.schools(), writer.note(), write_schools(folder / "register", everywhere)]
    by_year: list[tuple[str, list[Path]]] = []
    for index, year in enumerate(years):
        files = writer.year(_as_of(year, wanted.until if index == len(years) - 1 else None))
        by_year.append((year.year, list(dict.fromkeys(file.parent for file in files))))
        written += files
    if wanted.mistakes:
        progress("making mistakes", 1, 2)
        written += make_mistakes(folder, by_year, wanted.mistakes, stream(wanted.seed, "returns/mistakes"))
    return written


def _schools_elsewhere(world: World) -> dict[str, tuple[int, ...]]:
    """Numbers of schools of the other made-up councils, by phase."""
    return {phase: tuple(int(one.urn) for one in world.of_phase(phase) if one.council != COUNCIL) for phase in RANKS}


def _as_of(year: SchoolYear, until: date | None) -> _Year:
    """The year up to the last whole week before a day."""
    if until is None or until >= year.last:
        return _Year(year, year.weeks, date(int(year.year[:4]) + 1, 8, 31))
    weeks = tuple(week for week in year.weeks if week + FRIDAY <= until)
    return _Year(year, weeks, weeks[-1] + FRIDAY)


@dataclass
class _Writer:
    folder: Path
    wanted: PlaceWanted
    rolls: Rolls
    progress: Progress
    done: int = 1

    def year(self, year: _Year) -> list[Path]:
        """All files of a year."""
        folder = self.folder / year.year.year.replace("/", "-")
        by_school: dict[int, list[Enrolment]] = {school.index: [] for school in self.rolls.schools}
        for enrolment in self.rolls.enrolments:
            # Who comes after the day that is known is made too, and not written: chance must not hang on that day.
            if enrolment.overlaps(year.year.first, year.year.last):
                by_school[enrolment.school].append(enrolment)
        moves = self._moves(year)
        turns: dict[int, _Turn] = {}
        chance = stream(self.wanted.seed, f"returns/{year.year.year}")
        written: list[Path] = []
        shared = None if self.wanted.by_school else ReturnFolder(folder)
        with shared or nullcontext():
            for school in self.rolls.schools:
                own = shared or ReturnFolder(folder / str(school.urn))
                context: AbstractContextManager[object] = nullcontext() if shared else own
                with context:
                    _School(self.wanted.seed, year, school, own).write(by_school[school.index], turns, chance)
                    own.write("moves", moves.get(school.urn, ()))
                written += [] if shared else own.paths
                self._step(year)
        return written or (shared.paths if shared else [])

    def _step(self, year: _Year) -> None:
        self.done += 1
        total = self.wanted.years * len(self.rolls.schools) + 1
        self.progress(f"making up returns of {year.year.year}", self.done, total)

    def _moves(self, year: _Year) -> dict[int, list[Row]]:
        """Moves that began in the year, by the school that sends them."""
        urns = {school.index: school.urn for school in self.rolls.schools}
        numbers = {
            (urns[enrolment.school], enrolment.child.number): enrolment.number(year.start)
            for enrolment in self.rolls.enrolments
            if enrolment.stand_in
        }
        found: dict[int, list[Row]] = {}
        for move in self.rolls.moves:
            if year.year.first <= move.start <= min(year.known, year.year.last + timedelta(days=10)):
                number = numbers.get((move.from_urn, move.child.number), move.child.upn)
                found.setdefault(move.from_urn, []).append(move_row(move, number, year.known))
        return found

    def schools(self) -> Path:
        """Which schools there are."""
        place = MADE_UP_COUNCILS[COUNCIL]
        rows = (
            {
                "urn": school.urn,
                "name": school.name,
                "phase": school.phase,
                "trust": school.trust or "",
                "place": place.code,
                "place_name": place.name,
                "pupils": school.pupils,
                "feeds": " ".join(str(self.rolls.schools[index].urn) for index in school.feeds),
            }
            for school in self.rolls.schools
        )
        return _table(self.folder / "schools.csv", list(rows))

    def note(self) -> Path:
        """A note that says what this is."""
        path = self.folder / "README.txt"
        path.write_text(_NOTE.format(wanted=self.wanted, place=MADE_UP_COUNCILS[COUNCIL].name), encoding="utf-8")
        return path


@dataclass(slots=True)
class _Turn:
    """How a child's year turns out: absence on a standard normal, sessions of suspension it may still have."""

    absence: float
    suspensions: int = MOST_SESSIONS


@dataclass
class _School:
    """One school in one year."""

    seed: int
    year: _Year
    school: ReturningSchool
    out: ReturnFolder

    def write(self, enrolments: list[Enrolment], turns: dict[int, _Turn], chance: Random) -> None:
        """Roll, register, suspensions and results of the school."""
        rng = stream(self.seed, f"returns/{self.year.year.year}/{self.school.urn}")
        marking = Marking(self.school, school_days(self.school, self.year.year, rng), rng)
        enrolments.sort(key=lambda one: (one.child.rank(self.year.start), one.child.number, one.start))
        rolls: list[Row] = []
        for enrolment in enrolments:
            turn = turns.get(enrolment.child.number) or _Turn(chance.gauss(0, 1))
            turns[enrolment.child.number] = turn
            turn.suspensions = suspend(enrolment, self.school, marking.days, turn.suspensions, rng)
            register = marking.register(enrolment, turn.absence)
            results = list(results_of(enrolment, self.school, self.year.start, register.share, rng))
            if enrolment.start > self.year.known:
                continue
            rolls.append(roll_row(enrolment, self.school, self.year.year, self.year.known))
            self.out.write("suspensions", suspension_rows(enrolment, self.school, self.year.year, self.year.known))
            if enrolment.status == "G":
                continue
            number = enrolment.number(self.year.start)
            self.out.write_register(self.school.urn, number, register, self.year.weeks)
            self.out.write("results", self._results(enrolment, results))
        self.out.write("roll", rolls)

    def _results(self, enrolment: Enrolment, results: Iterable[tuple[str, str]]) -> Iterator[Row]:
        known = known_on(enrolment.child.rank(self.year.start), self.year.start)
        gone = enrolment.leaving is not None and enrolment.leaving < self.year.year.last
        if known is None or known > self.year.known or gone or enrolment.status != "C":
            return
        for assessment, value in results:
            yield {
                "urn": str(self.school.urn),
                "upn": enrolment.number(self.year.start),
                "year": self.year.year.year,
                "assessment": assessment,
                "value": value,
            }


def _table(path: Path, rows: list[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


_NOTE = """\
NOTHING IN THIS FOLDER IS TRUE.

It holds returns of a place that does not exist: {place}, {wanted.schools} schools, about {wanted.pupils} pupils,
{wanted.years} academic year(s) up to {wanted.last_year}, made up from seed {wanted.seed}. No child, family, school or
address in it is real. Pupil numbers name councils that do not exist, and postcodes begin with ZZ.

schools.csv says which schools there are; the folder of an academic year holds what they would have sent in it.
register holds the published register of made-up schools they are in: import it first (ropewalk open-data import).
Where there is a mistakes.csv, mistakes were made on purpose: it lists the file, the line and the check that finds it.
"""
