"""Free exploration by analysts: shares of pupils counted from returns, every count rounded and audited before.

An answer is written into the ledger of explorations before it is given; the same question is answered from there. All
answers about a place, a period and the same pupils rest on facts as known at one moment: counts that changed between
two answers would tell of single children.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime

import duckdb

from ropewalk.core.disclosure.exploring.answering import (
    LEVELS,
    PLACE,
    Before,
    bands_of,
    facts_of_release,
    has_rest,
    holds,
    units_at,
)
from ropewalk.core.disclosure.exploring.figures import Exploration, Line, exploration
from ropewalk.core.disclosure.exploring.ledger import Answer, Explorations, Question
from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.disclosure.protect import Released
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.shares import ALL, Shares, asked_before
from ropewalk.core.engines.grouping import FAMILIES
from ropewalk.core.engines.plan import span, spans_of
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.store import Facts, written_moment
from ropewalk.core.measures import Measure, all_measures, measure
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.periods import PeriodKind, words
from ropewalk.core.use_cases.explored import EXPLORED, explorations, explored_schools, within
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.share_counts import (
    Population,
    ShareCounts,
    groups_of_family,
    ledger_folder,
    pupils_of,
    shares_of,
)

__all__ = [
    "LEVELS",
    "Answer",
    "Exploration",
    "ExploreWanted",
    "Line",
    "Offered",
    "answers_before",
    "explore",
    "moment_of",
    "offered",
]

TITLE = "Schools' own returns, counts rounded for analysts"


@dataclass(frozen=True, kw_only=True)
class ExploreWanted:
    """One measure, one period, one family of groups (or none), at a level; ``schools`` (URNs) may be counted.

    ``place`` is an ONS code. Without ``schools`` all schools of the place are counted.
    """

    place: str
    measure: str
    period: str
    family: str | None = None
    level: str = PLACE
    schools: tuple[int, ...] | None = None

    @property
    def question(self) -> Question:
        """What stands in the ledger."""
        schools = None if self.schools is None else tuple(sorted(self.schools))
        return Question(measure=self.measure, family=self.family, level=self.level, schools=schools)


@dataclass(frozen=True)
class Offered:
    """What may be asked of a place today: measures, periods that are over, families of groups by column."""

    measures: tuple[Measure, ...]
    periods: tuple[str, ...]
    families: Mapping[str, tuple[str, ...]]


def offered(facts: Facts, *, today: date) -> Offered:
    """Measures that count pupils, families of groups, and the years and terms of what was sent, newest first."""
    years = sorted({one.year for one in facts.snapshot().coverage}, reverse=True)
    kinds = (PeriodKind.YEAR, PeriodKind.TERM)
    periods = [one.id for year in years for one in spans_of(year) if one.kind in kinds and one.last < today]
    families = {name: family.ids for name, family in FAMILIES.items()}
    return Offered(tuple(filter(_is_offered, all_measures().values())), tuple(periods), families)


def _is_offered(declared: Measure) -> bool:
    try:
        pupils_of(declared)
    except InputRefused:
        return False
    return True


def answers_before(facts: Facts, place: str) -> list[Answer]:
    """Every answer ever given about a place, newest day first."""
    folders = sorted((facts.root / EXPLORED / place).glob("*/*"))
    found = [answer for folder in folders for answer in Explorations(folder).answers()]
    return sorted(found, key=lambda answer: answer.day, reverse=True)


def explore(
    facts: Facts,
    wanted: ExploreWanted,
    known: Known,
    at: datetime,
    progress: Progress = lambda _what, _done, _all: None,
) -> Exploration:
    """The answer to a question, written down before it is given; ``at`` is the moment now, with its zone.

    Raises NotFound for what Ropewalk does not know or nobody sent, and InputRefused for a measure that does not count
    pupils, a period that is not over, and counts that no longer fit what was given out.
    """
    declared = _checked(wanted, known.today)
    pupils = pupils_of(declared)
    folder = ledger_folder(facts.root, wanted.place, wanted.period, pupils)
    released, explored = Ledger(folder), explorations(facts.root, wanted.place, wanted.period, pupils)
    # That of releases too: nothing is given out between a question and its answer, see ``ExploredBefore``.
    with released.held(), explored.held():
        answers = explored.answers()
        again = next((answer for answer in answers if answer.question == wanted.question), None)
        if again:
            return exploration(again, _frame(declared, wanted, again), new=False)
        as_of = answers[0].as_of if answers else _moment_of(released) or written_moment(at)
        known_then = Known(today=known.today, as_of=as_of, engine=known.engine)
        answer = _answer(facts, wanted, known_then, _GivenOut(answers, released.releases()), progress)
        explored.add(answer)
    return exploration(answer, _frame(declared, wanted, answer), new=True)


@dataclass(frozen=True)
class _GivenOut:
    """What was explored and released before of a place, a period and the same pupils."""

    answers: list[Answer]
    releases: list[Released]

    @property
    def schools(self) -> frozenset[int]:
        """The schools it tells of."""
        shown = {name[0] for release in self.releases for name in release.rows}
        return frozenset(int(school) for school in explored_schools(self.answers) | shown if school.isdigit())

    def before(self, shares: Mapping[tuple[str, str | None], Shares]) -> Before:
        """The answers, and the releases that rest on these counts. What others showed has changed since."""
        true = [one for one in self.releases if all(holds(fact, shares) for fact in facts_of_release(one))]
        sizes = {school: one.cells[school, ALL][1] for one in shares.values() for school in one.schools}
        pairs = tuple(within({name for name, _ in shares}))
        return Before(answers=self.answers, releases=true, within=pairs, sizes=sizes)


def _answer(facts: Facts, wanted: ExploreWanted, known: Known, given: _GivenOut, progress: Progress) -> Answer:
    asked = dict.fromkeys([(wanted.measure, wanted.family), *asked_before(given.releases)])
    ours = None if wanted.schools is None else frozenset(wanted.schools)
    with closing(duckdb.connect(config={"threads": 2})) as con:
        everybody = None if ours is None else sorted(ours | given.schools)
        of = Population(place=wanted.place, period=wanted.period, known=known, schools=everybody)
        counted = ShareCounts(con, facts, of)
        counts = counted.by_measure(asked)
        shares = {one: shares_of(counts.get(one[0], []), *one) for one in asked}
        receipts = counted.frame(measure(wanted.measure)).source.submissions
    mine = _of_schools(shares[wanted.measure, wanted.family], ours)
    if not mine.cells:
        title = measure(wanted.measure).title
        raise NotFound(f"No school that is counted has sent what {title} is counted from in {wanted.period}.")
    units = units_at(wanted.level, mine.schools, counted.grouping)
    if not units:
        raise NotFound(f"No school that is counted belongs to a {wanted.level}. Ask for another level.")
    return Answer(
        question=wanted.question,
        period=wanted.period,
        day=known.today.isoformat(),
        as_of=str(known.as_of),
        submissions=receipts,
        rest=has_rest(mine),
        units=units,
        bands=bands_of(wanted.question, units, mine, given.before(shares), progress),
    )


def _of_schools(shares: Shares, schools: frozenset[int] | None) -> Shares:
    if schools is None:
        return shares
    return replace(shares, cells={at: pair for at, pair in shares.cells.items() if int(at[0]) in schools})


def moment_of(answer: Answer) -> datetime:
    """The moment whose facts an answer rests on."""
    return datetime.fromisoformat(answer.as_of)


def _moment_of(released: Ledger) -> str | None:
    """The moment the newest release rests on, so that what is explored goes together with it."""
    known = released.counted()
    return known[max(known)].as_of if known else None


def _checked(wanted: ExploreWanted, today: date) -> Measure:
    declared = measure(wanted.measure)
    groups_of_family(wanted.family)
    asked = span(wanted.period)
    problems = []
    if wanted.level not in LEVELS:
        problems.append(Problem(f"There is no level '{wanted.level}'.", f"Ask for {', '.join(LEVELS)}."))
    if not asked.kind.is_defined_from(declared.smallest_period):
        problems.append(Problem(f"{declared.title} is not defined for {asked.kind.words}.", "Ask for a longer period."))
    if asked.last >= today:
        what = f"{words(wanted.period)} is not over."
        problems.append(Problem(what, "What changes from week to week would tell of single children. Ask later."))
    if problems:
        raise InputRefused(problems)
    return declared


def _frame(declared: Measure, wanted: ExploreWanted, answer: Answer) -> Figure:
    """A figure of the place without a value."""
    source = Source(
        kind="returns",
        publication="returns",
        title=TITLE,
        edition=f"as known on {words(answer.as_of[:10])}, each count rounded to the middle of its step",
        file="",
        sha256="",
        row=None,
        calculation=f"{declared.numerator} divided by {declared.denominator}, of rounded counts and in whole per cent",
        submissions=answer.submissions,
    )
    cell = (wanted.place, None, declared.id, "all", "all", wanted.period)
    return Figure(*cell, None, declared.unit.value, None, None, Missing.NOT_AVAILABLE, "", source, declared.version)
