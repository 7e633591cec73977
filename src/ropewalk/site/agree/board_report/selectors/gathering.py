"""Everything a report tells, gathered from partnership, plan and workstreams as they stand now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.board_report.content import (
    Changed,
    Coverage,
    Missing,
    Money,
    Outcome,
    Part,
    Report,
    Spent,
    Strand,
    Workstream,
)
from ropewalk.core.schema.places import place_by_code
from ropewalk.site.agree.board_report.models import Report as Row
from ropewalk.site.agree.board_report.selectors.asking import asks
from ropewalk.site.agree.board_report.selectors.following import Sources, kpi_of, target_in
from ropewalk.site.agree.board_report.selectors.people import SOMEBODY, roles_of
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models import Outcome as OutcomeRow
from ropewalk.site.agree.partnership.selectors.belonging import belonging
from ropewalk.site.agree.partnership.selectors.funding import money_of
from ropewalk.site.agree.plan.kinds import ItemKind, State
from ropewalk.site.agree.plan.models import Kpi as KpiRow
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.plan.rules import Node, tree
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.plans import items_of, plans_of
from ropewalk.site.agree.plan.trajectory import RULE
from ropewalk.site.agree.workstreams.selectors.workstreams import workstreams_of
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import sharing_by_school, terms_in_force

# A plan that is at work comes before one that is over; a draft is reported to nobody.
WANTED = (State.LIVE, State.REVIEW, State.AGREED, State.PUT, State.CLOSED)
PROMISED = (ItemKind.ACTION, ItemKind.MILESTONE)
OVERARCHING = "Of the whole plan"


@dataclass(frozen=True)
class Moment:
    """When a report is made, the report before it, and the meeting it is for."""

    now: datetime
    before: Row | None = None
    meeting: Meeting | None = None

    @property
    def today(self) -> date:
        """The day."""
        return timezone.localtime(self.now).date()


def plan_reported(place: Place) -> Plan | None:
    """The plan that reports of a place are about: the newest that is at work, else the newest that is no draft."""
    found = [one for one in plans_of(place) if one.stage in WANTED]
    return min(found, key=lambda one: WANTED.index(one.stage), default=None)


def gathered(plan: Plan, moment: Moment) -> Report:
    """A report of how a plan stands at a moment, from what is known now."""
    place, sources = plan.place, Sources()
    strands = _strands(plan, moment, sources)
    board = _board_before(moment, place)
    return Report(
        public=False,
        code=place.code,
        place=place.name,
        made_up=_is_made_up(place),
        plan=plan.title,
        aim=plan.aim,
        state=plan.stage.words,
        day=long_date(moment.today),
        meeting=meeting_words(moment.meeting) if moment.meeting else "",
        since=long_date(_day(moment.before.at)) if moment.before else "",
        meetings_since=long_date(_day(board.starts_at)) if board else "",
        rule=RULE,
        strands=strands,
        changed=_changed(plan, moment),
        outcomes=_outcomes(place, board, moment),
        workstreams=_workstreams(place, moment.today),
        money=_money(place, sources),
        coverage=_coverage(place, moment, sources),
        asks=tuple(asks(plan, strands, moment.now)),
        sources=tuple(sources.found),
        missing=tuple(sources.missing),
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def meeting_words(meeting: Meeting) -> str:
    """``Education Board, 3 March 2026``."""
    return f"{meeting.body.name}, {long_date(_day(meeting.starts_at))}"


def _is_made_up(place: Place) -> bool:
    try:
        return place_by_code(place.code).made_up
    except NotFound:
        return False


def _strands(plan: Plan, moment: Moment, sources: Sources) -> tuple[Strand, ...]:
    nodes = tree(one for one in items_of(plan) if not one.struck_out)
    rows = KpiRow.objects.filter(item__plan=plan).select_related("item__plan__place")
    kpis, people = {row.item_id: row for row in rows}, roles_of(plan.place, on=moment.today)
    known = _Known(kpis, people, moment.today, sources)
    found, alone = [], []
    for node in nodes:
        if node.item.sort in {ItemKind.STRAND, ItemKind.OBJECTIVE}:
            below = list(node.below())
            found.append(_strand(node.label, node.item.words, below, known))
        else:
            alone += [node, *node.below()]
    whole = [_strand("", OVERARCHING, alone, known)] if alone else []
    return (*whole, *found)


@dataclass(frozen=True)
class _Known:
    kpis: dict[int, KpiRow]
    people: Mapping[int, str]
    today: date
    sources: Sources


def _strand(label: str, words: str, nodes: Iterable[Node], known: _Known) -> Strand:
    listed = list(nodes)
    return Strand(
        label,
        words,
        tuple(f"{one.label}: {one.item.words}" for one in listed if one.item.sort is ItemKind.OBJECTIVE),
        tuple(
            kpi_of(one, known.kpis.get(one.item.pk), known.sources) for one in listed if one.item.sort is ItemKind.KPI
        ),
        tuple(_part(one, known) for one in listed if one.item.sort in PROMISED),
    )


def _part(node: Node, known: _Known) -> Part:
    item = node.item
    who = known.people.get(item.owner_id, SOMEBODY) if item.owner_id else ""
    where = item.organisation.name if item.organisation else ""
    both = f"{who}, {where}" if who and where and where not in who else who or where
    due = long_date(item.due)
    minuted = getattr(item, "origin", None) is not None
    return Part(node.label, item.words, both, due, item.standing.words, item.is_late(known.today), item.note, minuted)


def _changed(plan: Plan, moment: Moment) -> tuple[Changed, ...]:
    since = moment.before.at if moment.before else None
    rows = [one for one in told(plan) if one.change.what == "target" and (since is None or one.change.at > since)]
    nodes = {one.item.pk: one for node in tree(items_of(plan)) for one in (node, *node.below())}
    kpis = {row.item_id: row for row in KpiRow.objects.filter(item__plan=plan)}
    found = []
    for one in reversed(rows):
        node = nodes.get(one.change.item_id or 0)
        subject = f"{node.label}: {node.item.words}" if node else "A KPI that was struck out"
        row = kpis.get(one.change.item_id or 0)
        before, after = (target_in(row, text) if row else text for text in (one.change.before, one.change.after))
        found.append(Changed(subject, before, after or "none", long_date(one.day)))
    return tuple(found)


def _board_before(moment: Moment, place: Place) -> Meeting | None:
    """The latest meeting of the board that had begun and is not the one the report is for."""
    rows = Meeting.objects.filter(body__place=place, body__kind=BodyKind.BOARD, called_off_at=None)
    rows = rows.filter(starts_at__lt=moment.now)
    if moment.meeting is not None:
        rows = rows.exclude(pk=moment.meeting.pk)
    return rows.order_by("-starts_at").first()


def _outcomes(place: Place, board: Meeting | None, moment: Moment) -> tuple[Outcome, ...]:
    rows = OutcomeRow.objects.filter(meeting__body__place=place, meeting__starts_at__lte=moment.now)
    if board is not None:
        rows = rows.filter(meeting__starts_at__gte=board.starts_at)
    rows = rows.select_related("meeting__body").order_by("meeting__starts_at", "pk")
    return tuple(
        Outcome(
            one.kind,
            one.words,
            one.meeting.body.name,
            long_date(_day(one.meeting.starts_at)),
            _standing(one, moment.today),
        )
        for one in rows
    )


def _standing(one: OutcomeRow, today: date) -> str:
    if not one.is_action:
        return "decided"
    if one.done_on is not None:
        return f"done on {long_date(one.done_on)}"
    return f"{'late, was due' if one.is_late(today) else 'due'} on {long_date(one.due)}"


def _workstreams(place: Place, today: date) -> tuple[Workstream, ...]:
    return tuple(
        Workstream(
            line.workstream.title,
            line.workstream.question,
            line.state.stage.words,
            long_date(line.state.ends),
            line.is_late,
            line.next,
        )
        for line in workstreams_of(place, on=today)
    )


def _money(place: Place, sources: Sources) -> Money | None:
    found = money_of(place)
    if not found.lines:
        sources.missing.append(Missing("Money", "no funding line is open"))
        return None
    spent = tuple(Spent(name, amount) for name, amount in found.objectives)
    return Money(found.total.given_words, found.total.spent_words, found.total.left_words, spent)


def _coverage(place: Place, moment: Moment, sources: Sources) -> Coverage:
    found = belonging(place, viewer=None, on=moment.today).coverage
    if terms_in_force(place.code, at=moment.now) is None:
        sources.missing.append(Missing("How many schools share data", "no data-sharing terms are in force"))
        return Coverage(found.covered, found.schools, None)
    sharing = sharing_by_school(place.code, at=moment.now)
    return Coverage(found.covered, found.schools, sum(bool(shared) for shared in sharing.values()))
