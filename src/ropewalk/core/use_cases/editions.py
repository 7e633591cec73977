"""Editions: figures of a place that are released together, never change, and can be computed again to the same bytes.

An edition is drafted (nothing is given out), its schools see their own figures first, and it is released: then its
tables stand in the ledgers that ``ropewalk figures --audience`` reads as well, so that whatever is given out is
protected together with everything that was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ropewalk.core.disclosure import Audience, SafeTable, for_the_school_itself
from ropewalk.core.disclosure.edition import Cut, CutTable, Difference, Edition, EditionWanted, MeasureUsed, edition_of
from ropewalk.core.disclosure.ledger import Counted, Ledger
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.shares import Grouping
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.use_cases.edition_files import (
    EDITIONS,
    announce,
    announced,
    edition_there,
    forget,
    put_out,
    released_edition,
    released_editions,
    releasing,
)
from ropewalk.core.use_cases.edition_tables import Books, Making, asked
from ropewalk.core.use_cases.explored import About, ExploredBefore
from ropewalk.core.use_cases.recounting import Book
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.share_counts import Population, ShareCounts, groups_of_family, ledger_folder, pupils_of
from ropewalk.core.use_cases.shredding import erasures

__all__ = [
    "EDITIONS",
    "Audience",
    "Cut",
    "Difference",
    "Edition",
    "EditionWanted",
    "Reproduced",
    "draft_edition",
    "edition_of",
    "own_figures",
    "prepare_release",
    "release_edition",
    "released_edition",
    "released_editions",
    "reproduce_edition",
]


def _silent(_what: str, _done: int, _all: int) -> None:
    """Tell nobody."""


def draft_edition(facts: Facts, wanted: EditionWanted, progress: Progress = _silent) -> Edition:
    """The edition as it would be released now; nothing is given out and no ledger is written.

    Raises NotFound where no school has sent what a measure is counted from, and InputRefused for a measure that cannot
    be protected or a table that would tell of few children beside what analysts have explored.
    """
    edition = _computed(facts, wanted, _books(facts.root, wanted), None, progress)
    _refuse_to_tell_more(facts, edition)
    return edition


def own_figures(facts: Facts, wanted: EditionWanted, school: int, progress: Progress = _silent) -> SafeTable:
    """The figures of an edition that are of one school, as they are counted, small ones too: for that school only.

    Raises NotFound when the school is not counted in the edition.
    """
    if school not in wanted.schools:
        raise NotFound(f"The school {school} is not counted in edition {wanted.number}.")
    cuts = asked(wanted.cuts)
    with closing(in_memory()) as con:
        counted = ShareCounts(con, facts, _population(wanted, (school,)))
        progress("own figures counted", 0, 1)
        counts = counted.by_measure(cuts)
        found = [
            counted.figure(count)
            for name, family in cuts
            for count in counts.get(name, ())
            if count.group in groups_of_family(family) or (count.group == "all" and _first(cuts, name) == family)
        ]
    progress("own figures counted", 1, 1)
    return for_the_school_itself(found, str(school))


def prepare_release(facts: Facts, wanted: EditionWanted, *, expected: str, progress: Progress = _silent) -> None:
    """Do beforehand what takes long about releasing an edition, so that ``release_edition`` holds nobody up.

    Nothing is given out; an edition that is then not released leaves nothing behind that another could not replace.
    Raises as ``release_edition`` does.
    """
    with _held_for_release(facts, wanted) as ledgers:
        if edition_there(facts.root, wanted.place, wanted.number) is None:
            _about_to_be_released(facts, wanted, expected, ledgers, progress)


def release_edition(facts: Facts, wanted: EditionWanted, *, expected: str, progress: Progress = _silent) -> Edition:
    """Release an edition whose draft had the digest ``expected``: into the ledgers, then as a file of its own.

    All or nothing: cut short at any point, the edition is not released, and releasing again ends in the same bytes.
    Released already, nothing happens. The moment it is as of must be past: nothing is recorded before it any more.
    Raises InputRefused when it has come to differ from what was checked, or another edition has its number.
    """
    root, place, number = facts.root, wanted.place, wanted.number
    with _held_for_release(facts, wanted) as ledgers:
        there = edition_there(root, place, number)
        if there is not None:
            forget(root, place, number)
            return _same(there, wanted, expected)
        edition = _about_to_be_released(facts, wanted, expected, ledgers, progress)
        for table in _new_tables(edition):
            ledgers[pupils_of(measure(table.cut.measure))].add(table.specification, table.rows, _counted(wanted))
        put_out(root, edition)
    return edition


@contextmanager
def _held_for_release(facts: Facts, wanted: EditionWanted) -> Iterator[dict[str, Ledger]]:
    """The ledgers of an edition's tables, held, with the editions of its place; what it is as of is settled."""
    # Before any other lock: whoever copies a store takes that of the facts first.
    facts.settle(wanted.as_of)
    with ExitStack() as held:
        held.enter_context(releasing(facts.root, wanted.place))
        ledgers = _ledgers(facts.root, wanted)
        for name in sorted(ledgers):
            held.enter_context(ledgers[name].held())
        yield ledgers


def _about_to_be_released(
    facts: Facts, wanted: EditionWanted, expected: str, ledgers: Mapping[str, Ledger], progress: Progress
) -> Edition:
    """The edition, computed unless that was done, and written down as the one that is about to be released."""
    root, place, number = facts.root, wanted.place, wanted.number
    edition = announced(root, place, number)
    if edition is None or edition.digest != expected or not _may_go_on(edition, ledgers):
        forget(root, place, number)
        edition = draft_edition(facts, wanted, progress)
    else:
        # Somebody may have explored since: until now the ledgers were not held all the time.
        _refuse_to_tell_more(facts, edition)
    if edition.digest != expected or edition.wanted != wanted:
        raise InputRefused([_differs(number)])
    announce(root, edition)
    return edition


def _same(there: Edition, wanted: EditionWanted, expected: str) -> Edition:
    if there.digest == expected and there.wanted == wanted:
        return there
    what = f"Another edition {wanted.number} of {wanted.place} was released, and what is released never changes."
    raise InputRefused([Problem(what, "Release this one under the next number, as a correction.")])


@dataclass(frozen=True, kw_only=True)
class Reproduced:
    """An edition computed again. ``reasons`` say what differs and why, where the bytes are not the ``same``."""

    edition: Edition
    same: bool
    reasons: tuple[str, ...] = ()


def reproduce_edition(facts: Facts, place: str, number: int, progress: Progress = _silent) -> Reproduced:
    """Compute a released edition again, from the facts as known that day, and compare the bytes.

    Raises NotFound where there is none, and InputRefused where its file is damaged.
    """
    edition = released_edition(facts.root, place, number)
    ledgers = _ledgers(facts.root, edition.wanted)
    books = {name: Book.read(ledger, edition.ledgers[name]) for name, ledger in ledgers.items()}
    try:
        again = _computed(facts, edition.wanted, books, edition.grouping, progress)
    except (NotFound, InputRefused) as error:
        return Reproduced(edition=edition, same=False, reasons=(*_erased(facts, edition.wanted), str(error)))
    if again.content == edition.content:
        return Reproduced(edition=edition, same=True)
    reasons = (*_erased(facts, edition.wanted), *_reasons(edition, again))
    return Reproduced(edition=edition, same=False, reasons=reasons)


def _erased(facts: Facts, wanted: EditionWanted) -> Iterator[str]:
    """That facts of the year were erased since, so that the edition need not come out again."""
    year = wanted.period[:7]
    found = erasures(facts, since=wanted.as_of, years=frozenset({year}))
    if found:
        last = found[-1].erased_at[:10]
        yield f"Facts about {year} were erased since, for whoever asked for it or had to be forgotten, last on {last}."


def _reasons(edition: Edition, again: Edition) -> Iterator[str]:
    for name, used in edition.measures.items():
        now = again.measures[name]
        if now.version != used.version:
            yield f"{name}: its definition has changed since, from version {used.version} to {now.version}."
    for then, now_table in zip(edition.tables, again.tables, strict=True):
        name = f"{then.cut.measure} by {then.cut.family}" if then.cut.family else then.cut.measure
        missing = len(set(then.submissions) - set(now_table.submissions))
        if missing:
            yield f"{name}: {missing} of the submissions it rests on are not there any more."
        changed = sum(now_table.rows.get(cell, -1) != value for cell, value in then.rows.items())
        if changed:
            yield f"{name}: {changed} of {len(then.rows)} cells come out otherwise; facts were erased or changed since."
        elif now_table != then and not missing:
            yield f"{name}: it would be made or marked otherwise."
    if edition.ledgers != again.ledgers:
        yield "The ledger holds fewer releases than it did."


def _differs(number: int) -> Problem:
    what = f"Edition {number} has come to differ from what was checked: facts, ledger or terms have changed since."
    return Problem(what, "Nothing was given out. Draft it again and have it checked again.")


def _population(wanted: EditionWanted, schools: tuple[int, ...]) -> Population:
    known = Known(today=date.fromisoformat(wanted.as_of[:10]), as_of=wanted.as_of)
    return Population(place=wanted.place, period=wanted.period, known=known, schools=schools)


def _first(cuts: Sequence[tuple[str, str | None]], name: str) -> str | None:
    return next(family for other, family in cuts if other == name)


def _ledgers(root: Path, wanted: EditionWanted) -> dict[str, Ledger]:
    """The ledgers of an edition's tables, by the pupils they are about."""
    names = dict.fromkeys(pupils_of(measure(cut.measure)) for cut in wanted.cuts)
    return {name: Ledger(ledger_folder(root, wanted.place, wanted.period, name)) for name in names}


def _books(root: Path, wanted: EditionWanted) -> Books:
    return {name: Book.read(ledger) for name, ledger in _ledgers(root, wanted).items()}


def _computed(
    facts: Facts, wanted: EditionWanted, books: Books, grouping: Grouping | None, progress: Progress
) -> Edition:
    """The edition protected together with ``books``: what each ledger held before it."""
    replaced = released_edition(facts.root, wanted.place, wanted.replaces) if wanted.replaces else None
    progress("pupils counted", 0, 1)
    of = replace(_population(wanted, wanted.schools), grouping=grouping)
    made = Making.begun(facts, wanted, of, replaced, books)
    tables, stated = made.tables(books, progress)
    return Edition(
        wanted=wanted,
        grouping=made.now.grouping,
        measures={name: _used(made.now.frames[name]) for name, _ in asked(wanted.cuts)},
        tables=tuple(tables),
        ledgers={name: len(book.releases) for name, book in books.items()},
        stated=tuple(stated),
    )


def _refuse_to_tell_more(facts: Facts, edition: Edition) -> None:
    """Refuse (InputRefused) an edition whose new tables would tell more beside what analysts have explored."""
    wanted, tables = edition.wanted, _new_tables(edition)
    for name in dict.fromkeys(pupils_of(measure(table.cut.measure)) for table in tables):
        mine = [table for table in tables if pupils_of(measure(table.cut.measure)) == name]
        about = About(place=wanted.place, period=wanted.period, pupils=name, cuts=asked([one.cut for one in mine]))
        explored = ExploredBefore(facts, about)
        for table in mine:
            explored.refuse_to_tell_more(table.specification, table.rows, _counted(wanted))


def _used(frame: Figure) -> MeasureUsed:
    return MeasureUsed(
        title=frame.source.title,
        version=frame.definition_version,
        unit=frame.unit,
        calculation=frame.source.calculation or "",
    )


def _counted(wanted: EditionWanted) -> Counted:
    """What the ledger writes down of an edition's counts."""
    day, schools = wanted.as_of[:10], tuple(sorted(wanted.schools))
    return Counted(as_of=wanted.as_of, day=day, schools=schools, edition=wanted.number)


def _new_tables(edition: Edition) -> list[CutTable]:
    return [table for table in edition.tables if table.edition == edition.wanted.number and not table.again]


def _may_go_on(edition: Edition, ledgers: Mapping[str, Ledger]) -> bool:
    """Whether the ledgers hold what they held when the edition was drafted, and beyond that only tables of its own."""
    mine = [(table.specification, dict(table.rows)) for table in _new_tables(edition)]
    return all(
        len(releases := ledger.releases()) >= edition.ledgers.get(name, 0)
        and all((one.specification, dict(one.rows)) in mine for one in releases[edition.ledgers.get(name, 0) :])
        for name, ledger in ledgers.items()
    )
