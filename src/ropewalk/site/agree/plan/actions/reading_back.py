"""Reading a plan back from a workbook: what would change in words, every problem with its row, then all at once.

A dry run does what the real one does, by the same actions with the same rules, and takes it all back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, NoReturn

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.rules import pence
from ropewalk.site.agree.plan.actions.changing import Why, open_plan
from ropewalk.site.agree.plan.actions.items import Promise, add, change, promise_of, report, strike_out
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.kinds import ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Kpi, Plan
from ropewalk.site.agree.plan.reading_rows import File, Row, rows_of
from ropewalk.site.agree.plan.rules import FIELDS
from ropewalk.site.agree.plan.selectors.measuring import measured_kpis
from ropewalk.site.agree.plan.selectors.plans import nodes_of
from ropewalk.site.agree.plan.sheet_texts import (
    BASELINE,
    BEGINS,
    COST,
    DUE,
    KEY,
    KIND,
    KPIS,
    NOTE,
    NOW,
    NUMBER,
    ORGANISATION,
    PARTS,
    PERSON,
    STANDING,
    STATUS,
    VALUE,
    WAITS,
    WORDS,
    bare,
    plain_text,
    row_of,
    target_of,
    texts,
)
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.membership import members_of

UNSAID = "Read from a workbook."
KINDS = {kind.words.casefold(): kind for kind in ItemKind}
STATUSES = {status.words: status for status in Status}


@dataclass
class Outcome:
    """What would change, or has: in words, by sort, with problems and what was left out."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    struck_out: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.moved or self.struck_out)


class _TakeBack(Exception):
    """Ends a dry run."""


def try_out(file: File, *, plan: Plan, why: Why, by: Account, now: datetime) -> Outcome:
    """What reading a workbook back would change. Nothing is changed. Raises InputRefused for a plan that may not be."""
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = _Reading(file, plan, why, by, now).done()
            raise _TakeBack
    except _TakeBack:
        return outcome


@transaction.atomic
def read_back(file: File, *, plan: Plan, why: Why, by: Account, now: datetime) -> Outcome:
    """Change the plan as the workbook says, all or nothing. Raises InputRefused with every problem."""
    outcome = _Reading(file, plan, why, by, now).done()
    if outcome.problems:
        raise InputRefused(outcome.problems)
    return outcome


class _Reading:
    """One workbook on its way into a plan."""

    def __init__(self, file: File, plan: Plan, why: Why, by: Account, now: datetime) -> None:
        self.plan = open_plan(plan, by=by, now=now)
        if self.plan.stage is not State.DRAFT and not why.because.strip():
            raise InputRefused([Problem("There is no reason.", "Say why the plan is changed.")])
        self.why = why if why.because.strip() else replace(why, because=UNSAID)
        self.by, self.now, self.file = by, now, file
        self.outcome = Outcome()
        nodes = nodes_of(self.plan)
        self.nodes = {str(node.item.pk): node for node in nodes}
        self.paths = {node.item.pk: node.path for node in nodes}
        people = {one.account_id: one.account for one in people_of(self.plan.place, on=now.date())}
        self.people = _by_name(people.values())
        self.organisations = _by_name(members_of(self.plan.place, now.date()))
        self.items: dict[int, Item] = {}

    def done(self) -> Outcome:
        rows, problems = rows_of(self.file.parts, self.nodes)
        self.outcome.problems += problems
        if problems:
            return self.outcome
        for row in rows:
            self._each(row.number, partial(self._row, row))
        self._waits(rows)
        kept = {row.texts[KEY] for row in rows}
        for key, node in self.nodes.items():
            above = self.nodes.get(str(node.item.parent_id))
            # What stands under something that goes, goes with it.
            if key not in kept and (above is None or str(above.item.pk) in kept):
                self._each(None, partial(self._strike_out, node.item, kept))
        for number, texts_of_row in self.file.kpis:
            self._each(number, partial(self._kpi, texts_of_row), KPIS)
        return self.outcome

    def _each(self, number: int | None, do: Callable[[], None], sheet: str = PARTS) -> None:
        """Do something; what is refused is a problem of its row."""
        try:
            with transaction.atomic():
                do()
        except InputRefused as refused:
            where = f"sheet {sheet}"
            found = [replace(one, file=one.file or where, row=one.row or number) for one in refused.problems]
            self.outcome.problems += found

    def _row(self, row: Row) -> None:
        node = self.nodes.get(row.texts[KEY])
        parent = self.items.get(row.parent.number) if row.parent else None
        if row.parent and parent is None:
            raise InputRefused([Problem("What it stands under could not be read.", "Mend that row first.")])
        if node is None:
            self._add(row, parent)
            return
        was = texts(row_of(node, self.paths))
        item = self.items[row.number] = node.item
        if row.texts[KIND].casefold() != was[KIND].casefold():
            _wrong("What a part is cannot be changed.", "Strike it out and add another one.", KIND)
        said = self._said(row, was, promise_of(item))
        moves = item.parent_id != (parent.pk if parent else None)
        if moves or row.order is not None:
            said = replace(said, parent=parent, number=row.order or item.number)
        before = f"{node.label} (“{item.words}”)"
        names = change(said, item=item, why=self.why, by=self.by, now=self.now)
        places = [name for name in names if name in {"parent", "number"}]
        others = [FIELDS[name] for name in names if name not in places]
        if self._reports(row, was, item):
            others.append(FIELDS["status"])
        if places:
            self.outcome.moved.append(f"{before} moves to {row.path}")
        if others:
            self.outcome.changed.append(f"{before}: {', '.join(others)}")
        self.items[row.number] = Item.objects.select_related("plan__place").get(pk=item.pk)

    def _add(self, row: Row, parent: Item | None) -> None:
        kind = KINDS.get(row.texts[KIND].casefold())
        if kind is None:
            known = ", ".join(one.words for one in ItemKind)
            _wrong("It is not said what this is.", f"Write one of: {known}.", KIND)
        said = self._said(row, {}, Promise(words="", parent=parent, number=row.order))
        made = self.items[row.number] = add(kind, said, plan=self.plan, why=self.why, by=self.by, now=self.now)
        self.outcome.added.append(f"{kind.words} {row.path}: “{made.words}”")
        if row.texts[STATUS] not in {"", Status.NOT_BEGUN.words} or row.texts[NOTE]:
            self._reports(row, {}, made)

    def _said(self, row: Row, was: Mapping[str, str], said: Promise) -> Promise:
        """What a row says, where it differs from what the plan says."""
        found: dict[str, Any] = {}
        for column, name, read in self._readers():
            text = row.texts[column]
            if text != was.get(column, ""):
                found[name] = read(bare(text), column)
        return replace(said, **found)

    def _readers(self) -> Iterator[tuple[str, str, Callable[[str, str], Any]]]:
        yield WORDS, "words", lambda text, _column: text
        yield PERSON, "owner", lambda text, column: _one_called(text, self.people, column)
        yield ORGANISATION, "organisation", lambda text, column: _one_called(text, self.organisations, column)
        yield BEGINS, "begins", _day
        yield DUE, "due", _day
        yield COST, "pence", _pence

    def _reports(self, row: Row, was: Mapping[str, str], item: Item) -> bool:
        status, note = row.texts[STATUS], row.texts[NOTE]
        if was and (status, note) == (was[STATUS], was[NOTE]):
            return False
        if status.casefold() not in STATUSES:
            _wrong("This is no status.", f"Write one of: {', '.join(STATUSES)}.", STATUS)
        if was and note == was[NOTE]:
            _wrong("It is not said how it stands now.", "Whoever changes the status says how it stands.", NOTE)
        report(STATUSES[status.casefold()], bare(note), item=item, by=self.by, now=self.now)
        return True

    def _waits(self, rows: Sequence[Row]) -> None:
        """What comes first can be said once every part is there."""
        by_path: dict[str, Row] = {}
        for row in rows:
            number, node = row.texts[NUMBER], self.nodes.get(row.texts[KEY])
            # Where rows share a number, it is that of the part which had it.
            if number not in by_path or (node and node.path == number):
                by_path[number] = row
        for row in rows:
            node = self.nodes.get(row.texts[KEY])
            was = self.paths.get(node.item.waits_for_id or 0, "") if node else ""
            if row.texts[WAITS] != was or (was and node and _other(by_path.get(was), node.item.waits_for_id)):
                self._each(row.number, partial(self._wait, row, by_path))

    def _wait(self, row: Row, by_path: Mapping[str, Row]) -> None:
        item = self.items.get(row.number)
        first = by_path.get(row.texts[WAITS])
        if row.texts[WAITS] and first is None:
            _wrong("There is no row of this number.", "Write the number of the part that comes first.", WAITS)
        if item is None:
            return
        said = promise_of(item, waits_for=self.items.get(first.number) if first else None)
        if change(said, item=item, why=self.why, by=self.by, now=self.now) and row.texts[KEY] in self.nodes:
            self.outcome.changed.append(f"“{item.words}”: {FIELDS['waits_for']}")

    def _strike_out(self, item: Item, kept: set[str]) -> None:
        below = [node for node in self.nodes[str(item.pk)].below() if str(node.item.pk) not in kept]
        strike_out(item=item, why=self.why, by=self.by, now=self.now)
        goes = f", with {len(below)} under it" if below else ""
        self.outcome.struck_out.append(f"{self.nodes[str(item.pk)].label} (“{item.words}”){goes}")

    def _kpi(self, row: Mapping[str, str]) -> None:
        node = self.nodes.get(row.get(KEY, ""))
        kpi = Kpi.objects.filter(item=node.item).select_related("item__plan__place").first() if node else None
        if node is None or kpi is None:
            _wrong("This KPI is not in the plan.", "Leave keys as they are; say on its page how it is measured.", KEY)
        shown = next(one for one in measured_kpis(self.plan) if one.kpi.pk == kpi.pk)
        latest = f"{shown.latest.words}, {shown.latest.when}" if shown.latest else ""
        if kpi.frozen_at and bare(row[BASELINE]) != plain_text(shown.baseline):
            _wrong("The baseline was agreed with the plan.", f"Leave it at {shown.baseline}.", BASELINE)
        measured_now = {NOW: latest, STANDING: str(shown.judged.verdict)}
        if any(bare(row[name]) != plain_text(words) for name, words in measured_now.items()):
            self.outcome.left_out.append(f"{node.label}: what stands under “Now” and “Standing” is measured, not read.")
        if row[VALUE] != plain_text(target_of(kpi)):
            self._target(kpi, row[VALUE], node.label)

    def _target(self, kpi: Kpi, text: str, label: str) -> None:
        try:
            target = Decimal(text) if text else None
        except InvalidOperation:
            _wrong("This is no number.", "Write the target as a number, without its unit.", VALUE)
        if target is not None and not (target.is_finite() and abs(target) < 10**10):
            _wrong("This is no target.", "Write a smaller number.", VALUE)
        names = ("area", "measure", "phase", "group", "period", "unit", "by_period")
        said = {name: getattr(kpi, name) for name in names}
        wanted = Wanted(comes=kpi.source, target=target, **said)
        set_measure(wanted, item=kpi.item, why=self.why, by=self.by, now=self.now)
        self.outcome.changed.append(f"{label}: target becomes {text or 'unsaid'}")


def _other(row: Row | None, key: int | None) -> bool:
    """Whether the row that now bears a number is another part than the one that bore it."""
    return row is None or row.texts[KEY] != str(key)


def _by_name(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in rows:
        found.setdefault(plain_text(one.name).casefold(), []).append(one)
    return found


def _one_called(text: str, known: Mapping[str, Sequence[Any]], column: str) -> Any:
    if not text:
        return None
    found = known.get(text.casefold(), ())
    if len(found) != 1:
        what = "Nobody here is called so." if not found else "More than one here is called so."
        _wrong(what, "Write the name as it stands here, or choose on the page of the part.", column)
    return found[0]


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    raise InputRefused([Problem("This is no day.", "Write it as 2026-03-12.", column=column)])


def _pence(text: str, column: str) -> int | None:
    if not text:
        return None
    if text == "0":
        return 0
    try:
        return pence(text)
    except InputRefused as refused:
        raise InputRefused([replace(one, column=column) for one in refused.problems]) from refused


def _wrong(what: str, do: str, column: str) -> NoReturn:
    raise InputRefused([Problem(what, do, column=column)])
