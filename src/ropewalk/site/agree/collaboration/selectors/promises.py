"""What members promised and did elsewhere: actions of plans and meetings, attendance, agreements, common objectives."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ropewalk.site.agree.collaboration.rules import Present, Promise, SchoolYear
from ropewalk.site.agree.partnership.kinds import OutcomeKind, Presence, Standing
from ropewalk.site.agree.partnership.models import (
    Attendance,
    Commitment,
    CommitmentMark,
    Outcome,
    Seat,
    Signature,
)
from ropewalk.site.agree.plan.kinds import ItemKind, State, Status
from ropewalk.site.agree.plan.models import Change, Item, Kpi
from ropewalk.site.agree.plan.selectors.measuring import Measured, measured
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.models import Grant

DUE = (ItemKind.ACTION, ItemKind.MILESTONE)


class Whose:
    """To which member something is put: by the organisation named, else by the one role its person holds today."""

    def __init__(self, members: Iterable[Organisation], *, on: date) -> None:
        members = list(members)
        self.names = {one.name.casefold(): one.pk for one in members}
        held: defaultdict[int, set[int]] = defaultdict(set)
        rows = Grant.objects.on(on).filter(organisation__in=members)
        for account, organisation in rows.values_list("account", "organisation"):
            if organisation is not None:
                held[account].add(organisation)
        self.of_account = {account: min(there) for account, there in held.items() if len(there) == 1}

    def named(self, name: str) -> int | None:
        """The member of a name."""
        return self.names.get(name.strip().casefold())

    def account(self, account: int | None) -> int | None:
        """The member at which somebody holds a role, where it is one."""
        return self.of_account.get(account) if account is not None else None

    def seat(self, seat: Seat) -> int | None:
        """The member somebody on a body comes from."""
        return self.named(seat.organisation) or self.account(seat.account_id)


def promises_of(place: Place, *, year: SchoolYear, whose: Whose, on: date) -> list[Promise]:
    """Actions of live plans and of meetings that were due in a school year until a day."""
    last = min(year.last, on)
    return [*_of_plans(place, year.first, last, whose), *_of_meetings(place, year.first, last, whose)]


def _of_plans(place: Place, first: date, last: date, whose: Whose) -> list[Promise]:
    rows = Item.objects.filter(
        plan__place=place, plan__state__in=(State.LIVE, State.REVIEW, State.CLOSED), kind__in=DUE, struck_out=False
    )
    items = list(rows.filter(due__range=(first, last)).exclude(status=Status.STOPPED))
    done: dict[int, date] = {}
    for one in Change.objects.filter(item__in=items, what="status").order_by("pk"):
        if one.item_id is not None and one.after == Status.DONE:
            done[one.item_id] = timezone.localtime(one.at).date()
    return [
        Promise(
            one.organisation_id if one.organisation_id is not None else whose.account(one.owner_id),
            one.due,
            done.get(one.pk) if one.standing is Status.DONE else None,
        )
        for one in items
        if one.due is not None
    ]


def _of_meetings(place: Place, first: date, last: date, whose: Whose) -> list[Promise]:
    rows = Outcome.objects.filter(meeting__body__place=place, kind=OutcomeKind.ACTION, due__range=(first, last))
    found = list(rows.select_related("meeting"))
    seats = Seat.objects.filter(body__place=place).select_related("account") if found else []
    people = {(seat.body_id, seat.who.strip().casefold()): whose.seat(seat) for seat in seats}
    return [
        Promise(
            whose.named(one.owner) or people.get((one.meeting.body_id, one.owner.strip().casefold())),
            one.due,
            one.done_on,
        )
        for one in found
        if one.due is not None
    ]


def attendance_of(place: Place, *, year: SchoolYear, whose: Whose) -> dict[int | None, Present]:
    """Who was there, by member; under None those of whom nobody can tell where they come from."""
    rows = Attendance.objects.filter(
        meeting__body__place=place,
        meeting__called_off_at=None,
        meeting__starts_at__date__range=(year.first, year.last),
    ).select_related("seat__account")
    there: Counter[int | None] = Counter()
    asked: Counter[int | None] = Counter()
    for one in rows:
        member = whose.seat(one.seat)
        asked[member] += 1
        there[member] += one.presence == Presence.PRESENT
    return {member: Present(there[member], count) for member, count in asked.items()}


@dataclass(frozen=True)
class Word:
    """What a member says of its commitments in force: how many of each standing, and of how many it has not said."""

    counts: Mapping[str, int]
    silent: int

    @property
    def words(self) -> str:
        """``3 kept, 1 at risk, 2 not said yet``."""
        said = [f"{self.counts[one]} {one.words}" for one in Standing if self.counts.get(one)]
        return ", ".join([*said, *([f"{self.silent} not said yet"] if self.silent else [])])


def agreements_of(place: Place) -> dict[int, Word]:
    """What each member that signed says of its commitments in agreements in force, by member."""
    in_force = {
        "version__agreement__place": place,
        "version__begins_at__isnull": False,
        "version__replaced_at__isnull": True,
    }
    wanted: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for pk, version, kind in Commitment.objects.filter(**in_force).values_list("pk", "version", "kind"):
        wanted[(version, kind)].add(pk)
    owed: defaultdict[int, set[int]] = defaultdict(set)
    for one in Signature.objects.filter(**in_force).select_related("organisation"):
        owed[one.organisation_id] |= wanted.get((one.version_id, one.organisation.kind), set())
    commitments = {pk for pks in wanted.values() for pk in pks}
    latest: dict[tuple[int, int], str] = {}
    marks = CommitmentMark.objects.filter(commitment__in=commitments).order_by("pk")
    for member, commitment, standing in marks.values_list("organisation", "commitment", "standing"):
        latest[(member, commitment)] = standing
    found = {}
    for member, of in owed.items():
        said = [latest[key] for pk in of if (key := (member, pk)) in latest]
        if of:
            found[member] = Word(Counter(said), len(of) - len(said))
    return found


def objectives_of(place: Place) -> list[Measured]:
    """How each KPI of live plans stands, in the order of the plan."""
    rows = Kpi.objects.filter(item__plan__place=place, item__plan__state=State.LIVE, item__struck_out=False)
    return [measured(kpi) for kpi in rows.select_related("item__plan__place").order_by("item__plan", "item__pk")]
