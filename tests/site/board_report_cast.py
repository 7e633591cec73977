"""A place whose plan has one of everything a report tells, with a secret in each text that is for members alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from ropewalk.core.publish.board_report.content import canonical, digest_of
from ropewalk.site.agree.board_report.actions.reports import make, publish
from ropewalk.site.agree.board_report.models import Report
from ropewalk.site.agree.board_report.selectors.reports import for_everybody, said_in
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, begin, take_seat
from ropewalk.site.agree.partnership.actions.funding import NewLine, Spent, open_line, spend
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, resolve
from ropewalk.site.agree.partnership.kinds import BodyKind, OutcomeKind, Part
from ropewalk.site.agree.partnership.models import Body, Meeting
from ropewalk.site.agree.plan.actions.items import Promise, Shown, add, report, show
from ropewalk.site.agree.plan.actions.kpis import Wanted, Written, set_measure, write_in
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.actions.targets import propose
from ropewalk.site.agree.plan.kinds import Comes, EvidenceKind, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.agree.workstreams.actions.baseline import NewWorkstream
from ropewalk.site.agree.workstreams.actions.baseline import propose as propose_workstream
from ropewalk.site.agree.workstreams.kinds import Aim
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

CANARY = "Brindlewisp"
NAMED = ("Wilhelmora Quoll", "Ottoline Vane")
OF_REPORTS = ("report", "pdf", "slides", "json", "publish", "withdraw")
PUBLIC = ("public", "public-pdf", "public-slides", "public-json")


@dataclass
class Planned:
    """A live plan, its action that is late, its KPI of a published measure, and the board with a meeting behind it."""

    plan: Plan
    late: Item
    kpi: Item
    board: Body
    meeting: Meeting


def planned(place: Place, *, by: Account, now: datetime) -> Planned:
    """A plan at work; ``by`` runs the partnership and is local administrator or coordinator."""
    today = timezone.localtime(now).date()
    plan = draft(NewPlan("Every child in school", aim="Nobody is missed."), place=place, by=by, now=now)
    strand = add(ItemKind.STRAND, Promise(words="Children are in school"), plan=plan, by=by, now=now)
    kpi = add(ItemKind.KPI, Promise(words="Persistent absence falls", parent=strand), plan=plan, by=by, now=now)
    wanted = Wanted(comes=Comes.PUBLISHED, area=AREA, measure="persistent_absence", phase="all", group="all")
    set_measure(replace(wanted, period="2023/24", by_period="2030/31", target=Decimal(15)), item=kpi, by=by, now=now)
    _typed(plan, strand, by, now, today)
    late = add(
        ItemKind.ACTION, _promise(f"Ring, says {NAMED[0]}", strand, by, today - 9 * DAY), plan=plan, by=by, now=now
    )
    done = add(ItemKind.ACTION, _promise("Visit", strand, by, today + 9 * DAY), plan=plan, by=by, now=now)
    Plan.objects.filter(pk=plan.pk).update(state=State.LIVE, agreed_at=now)
    for one, status in ((late, Status.UNDER_WAY), (done, Status.DONE)):
        row = Item.objects.select_related("plan__place", "owner", "parent").get(pk=one.pk)
        report(status, f"Note {CANARY}", item=row, by=by, now=now)
        show(Shown(EvidenceKind.VISIT, f"Seen {CANARY}", today), item=row, by=by, now=now)
    propose(Decimal(12), f"We can, {CANARY}", item=kpi, by=by, now=now)
    board, meeting = _board(place, by, now, today)
    _rest(place, by, now, today)
    return Planned(Plan.objects.select_related("place").get(pk=plan.pk), late, kpi, board, meeting)


AREA, DAY = "X06000001", timedelta(days=1)


def _promise(words: str, strand: Item, by: Account, due: date) -> Promise:
    return Promise(words=words, parent=strand, owner=by, due=due)


def _typed(plan: Plan, strand: Item, by: Account, now: datetime, today: date) -> None:
    item = add(ItemKind.KPI, Promise(words="Heads feel helped", parent=strand), plan=plan, by=by, now=now)
    wanted = Wanted(comes=Comes.TYPED, unit="of heads", target=Decimal(90))
    row = set_measure(wanted, item=item, by=by, now=now)
    values = ((Decimal("73.123"), today - 30 * DAY), (Decimal("81.456"), today))
    for value, day in values:
        write_in(Written(day=day, value=value, source=f"A survey by {CANARY}"), kpi=row, by=by, now=now)


def _board(place: Place, by: Account, now: datetime, today: date) -> tuple[Body, Meeting]:
    board = begin(NewBody(BodyKind.BOARD, "Education Board", today - 90 * DAY), place=place, by=by, now=now)
    take_seat(
        NewSeat(Part.CHAIR, today - 90 * DAY, name=NAMED[0], organisation="The council"), body=board, by=by, now=now
    )
    day = today - 20 * DAY
    [meeting] = call(Called(day, time(9), time(10), "Hall"), body=board, by=by, now=now)
    resolve(Resolved(OutcomeKind.DECISION, f"Attendance first, {CANARY}"), meeting=meeting, by=by, now=now)
    act = Resolved(OutcomeKind.ACTION, f"Ring heads, {CANARY}", NAMED[1], today - 5 * DAY)
    resolve(act, meeting=meeting, by=by, now=now)
    return board, meeting


def _rest(place: Place, by: Account, now: datetime, today: date) -> None:
    line = open_line(NewLine("The council", "Coordinator", 100_000, today), place=place, by=by, now=now)
    spend(Spent(today, 12_345, f"Stamps {CANARY}", "Attendance"), line=line, by=by, now=now)
    chair = f"{NAMED[1]}, director"
    wanted = NewWorkstream("Inclusion", f"What helps, asks {NAMED[1]}?", Aim.IN_SCHOOL, chair, ("The council",))
    propose_workstream(wanted, place=place, by=by, now=now)


def published(row: Report, *, by: Account, now: datetime, money: bool = False) -> None:
    """Somebody has looked at the public version of a report, and publishes it."""
    on = timezone.localtime(now).date()
    looked_at = for_everybody(said_in(row), row.place, on=on, money=money)
    expected = digest_of(canonical(looked_at))
    publish(report=row, expected=expected, money=money, by=by, now=now)


def parts_of_a_report(place: Place, *, by: Account, now: datetime) -> dict[str, object]:
    """A report that is public, of a plan that is there already, and the parts of its addresses."""
    row = make(place=place, by=by, now=now)
    published(row, by=by, now=now)
    return {f"board_report:{page} number": row.number for page in (*OF_REPORTS, *PUBLIC)}
