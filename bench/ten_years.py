"""A made-up place with ten years of partnership life: plans, meetings, signatures, money. Benchmarks walk its pages.

``python bench/ten_years.py STORE`` makes it; everything is done by the actions that the pages call, as of days past.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

from ropewalk.cli.demo import ADMINISTRATOR, MADE_UP_PLACE, _let_someone_in, _send_returns
from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.making_up import make_up_place
from ropewalk.core.use_cases.store import Store

YEARS = 10
STRANDS, OBJECTIVES, KPIS, ACTIONS, MILESTONES = 4, 4, 2, 4, 2
MEETINGS_A_YEAR = 10
MEASURES = ("absence_overall", "persistent_absence", "suspension_rate")
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class World:
    """The place, who runs its partnership, heads who agree, and the moment."""

    place: Any
    coordinator: Any
    heads: list[Any]
    now: datetime


def make(store: Path) -> None:
    """Fill a store and its database."""
    now = datetime.now(UTC)
    chosen = Store(store)
    quiet = lambda *_: None  # noqa: E731
    make_up_place(chosen, folder=store / "made-up-files", seed=1, now=now.isoformat(timespec="seconds"), progress=quiet)
    _send_returns(chosen, now)
    _let_someone_in(chosen)
    world = _world(now)
    for ago in range(YEARS, 0, -1):
        _plan(world, now - ago * YEAR, closes=ago > 1)
        _meetings(world, now - ago * YEAR)


def _world(now: datetime) -> World:
    from ropewalk.site.agree.partnership.members import people_of  # noqa: PLC0415 - models exist once settings do
    from ropewalk.site.foundation.accounts.models import Account  # noqa: PLC0415
    from ropewalk.site.foundation.organisations.models import Place  # noqa: PLC0415
    from ropewalk.site.foundation.permissions.models import Grant  # noqa: PLC0415

    # Roles of the demo began today; here they have been held all along.
    Grant.objects.update(begins=now.date() - (YEARS + 1) * YEAR)
    place = Place.objects.get(code=MADE_UP_PLACE)
    heads = [one.account for one in people_of(place, on=now.date()) if one.role == "head"]
    return World(place, Account.objects.get_by_natural_key("coordinator"), heads[:5], now)


def _plan(world: World, began: datetime, *, closes: bool) -> None:
    """A plan of 244 parts, agreed, each action reported on three times, a target moved, and closed after its year."""
    from ropewalk.site.agree.plan.actions.changing import Why  # noqa: PLC0415
    from ropewalk.site.agree.plan.actions.items import report  # noqa: PLC0415
    from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, move, put  # noqa: PLC0415
    from ropewalk.site.agree.plan.kinds import ItemKind, State, Status  # noqa: PLC0415
    from ropewalk.site.agree.plan.models import Item  # noqa: PLC0415

    by = world.coordinator
    plan = draft(NewPlan(f"Plan of {began.year}"), place=world.place, by=by, now=began)
    _parts(world, plan, began)
    # Schools of the demo belong to their place since today only, so it is today that heads agree.
    put(plan=plan, to=world.heads, by=by, now=world.now)
    for head in world.heads:
        agree(plan=plan, by=head, now=world.now)
    move(plan=plan, to=State.LIVE, by=by, now=world.now)
    actions = list(Item.objects.filter(plan=plan, kind=ItemKind.ACTION).select_related("plan__place", "owner"))
    for number, (item, status) in enumerate(zip(actions, cycle((Status.DONE, Status.AT_RISK)), strict=False)):
        for step, said in enumerate((Status.UNDER_WAY, Status.AT_RISK, status)):
            at = began + timedelta(days=60 * (step + 1) + number % 30)
            report(said, f"What was said the {step + 1}. time.", item=item, by=by, now=at)
    if closes:
        for state in (State.REVIEW, State.CLOSED):
            move(plan=plan, to=state, why=Why("The year is over."), by=by, now=began + YEAR)


def _parts(world: World, plan: Any, began: datetime) -> None:
    from ropewalk.site.agree.plan.actions.items import Promise, add  # noqa: PLC0415
    from ropewalk.site.agree.plan.kinds import ItemKind  # noqa: PLC0415

    owners = cycle(world.heads)

    def part(kind: ItemKind, words: str, parent: Any = None) -> Any:
        due = began.date() + timedelta(days=200) if kind is ItemKind.ACTION else None
        said = Promise(words=words, parent=parent, owner=next(owners), due=due)
        return add(kind, said, plan=plan, by=world.coordinator, now=began)

    for strand, objective in _numbered(STRANDS, OBJECTIVES):
        if objective == 1:
            top = part(ItemKind.STRAND, f"Strand {strand}")
        stands = part(ItemKind.OBJECTIVE, f"Objective {strand}.{objective}: more children in school", top)
        for number in range(KPIS):
            _measured(part(ItemKind.KPI, f"KPI {number + 1} of {strand}.{objective}", stands), number, world, began)
        for action, milestone in _numbered(ACTIONS, MILESTONES):
            if milestone == 1:
                promised = part(ItemKind.ACTION, f"Action {action}: ring, ask, help", stands)
            part(ItemKind.MILESTONE, f"Step {milestone}", promised)


def _numbered(many: int, inner: int) -> Iterator[tuple[int, int]]:
    return ((one, two) for one in range(1, many + 1) for two in range(1, inner + 1))


def _measured(item: Any, number: int, world: World, began: datetime) -> None:
    from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure  # noqa: PLC0415
    from ropewalk.site.agree.plan.kinds import Comes  # noqa: PLC0415

    wanted = Wanted(
        comes=Comes.PUBLISHED,
        area=world.place.code,
        measure=MEASURES[number % len(MEASURES)],
        phase="all",
        group="all",
        period="2022/23",
        by_period="2027/28",
        target=Decimal(5),
    )
    with suppress(InputRefused):
        set_measure(wanted, item=item, by=world.coordinator, now=began)


def _meetings(world: World, began: datetime) -> None:
    """Each body meets ten times a year: everybody's attendance, a decision and two actions, one of them done."""
    from ropewalk.site.agree.partnership.actions import meetings as acts  # noqa: PLC0415
    from ropewalk.site.agree.partnership.kinds import OutcomeKind, Presence  # noqa: PLC0415
    from ropewalk.site.agree.partnership.models import Body, Seat  # noqa: PLC0415

    day = began.date()
    for body in Body.objects.filter(place=world.place, until=None).order_by("pk"):
        # The bodies of the demo began lately; here they have been there all along.
        Body.objects.filter(pk=body.pk).update(begins=date(day.year - 1, 1, 1))
        seats = list(Seat.objects.filter(body=body))
        for number in range(MEETINGS_A_YEAR):
            on = day + timedelta(days=35 * number + body.pk % 7)
            after = datetime.combine(on, time(20), tzinfo=UTC)
            called = acts.Called(on, time(15), time(16, 30), "Civic Centre")
            with suppress(InputRefused):
                meeting = acts.call(called, body=body, by=world.coordinator, now=began)[0]
                acts.set_agenda(meeting=meeting, items=["Attendance", "Money"], by=world.coordinator, now=began)
                there = dict.fromkeys(seats, Presence.PRESENT)
                acts.set_attendance(meeting=meeting, there=there, by=world.coordinator, now=after)
                decided = acts.Resolved(OutcomeKind.DECISION, "We go on.")
                acts.resolve(decided, meeting=meeting, by=world.coordinator, now=after)
                for words in ("Ring the three schools", "Ask the council"):
                    said = acts.Resolved(OutcomeKind.ACTION, words, "The chair", on + timedelta(days=30))
                    last = acts.resolve(said, meeting=meeting, by=world.coordinator, now=after)
                done = on + timedelta(days=20)
                acts.finish(outcome=last, day=done, by=world.coordinator, now=after + timedelta(days=25))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
    sys.stderr.write(f"ten years of {MADE_UP_PLACE}, looked after by {ADMINISTRATOR}\n")
