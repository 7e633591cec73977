"""What waits for somebody in workstreams: figures, signatures and votes of contributors, and end dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from ropewalk.site.agree.workstreams.members import places_with_workstreams
from ropewalk.site.agree.workstreams.models import (
    Contributor,
    Picture,
    PictureSignature,
    SubmittedFigure,
    Vote,
    Workstream,
)
from ropewalk.site.agree.workstreams.selectors.state import states_of
from ropewalk.site.agree.workstreams.stages import Stage, State
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach

# So long before its end date a task is told of.
SOON = timedelta(days=28)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody: what, where it is done, and by when if there is such a day."""

    words: str
    address: str
    due: date | None = None


def waiting_for(account: Account, on: date) -> list[Waiting]:
    """What waits for somebody on a day, what is due first standing first.

    Whoever leads the workstreams of a place is told of all of them; anybody else of what waits for a contributor that
    is called as their own organisation. Whoever looks after the site is told of nothing.
    """
    if account.is_local_administrator or not account.is_active:
        return []
    led = reach(account, Permission.RUN_PARTNERSHIP, on=on)
    rows = Workstream.objects.filter(place__in=places_with_workstreams(account, on=on)).select_related("place")
    found = list(rows.order_by("pk"))
    if not found:
        return []
    own = {name.casefold() for name in _organisations(account, on)}
    states, said = states_of(found), _Said(found)
    lines = [
        line
        for one in found
        for line in _of(one, states[one.pk], said, None if led.holds_place(one.place.code) else own, on)
    ]
    return sorted(lines, key=lambda line: (line.due is None, line.due or on, line.words.casefold()))


def _organisations(account: Account, on: date) -> list[str]:
    held = Grant.objects.on(on).filter(account=account, organisation__isnull=False)
    return [name for name in held.values_list("organisation__name", flat=True) if name]


class _Said:
    """What contributors of some workstreams did, in a constant number of questions."""

    def __init__(self, workstreams: list[Workstream]) -> None:
        self.contributors: dict[int, list[Contributor]] = {}
        for one in Contributor.objects.filter(workstream__in=workstreams).order_by("pk"):
            self.contributors.setdefault(one.workstream_id, []).append(one)
        figures = SubmittedFigure.objects.filter(contributor__workstream__in=workstreams)
        self.submitted = set(figures.values_list("contributor", flat=True))
        votes = Vote.objects.filter(contributor__workstream__in=workstreams)
        self.voted = set(votes.values_list("contributor", flat=True))
        self.with_ideas = set(Workstream.objects.filter(ideas__isnull=False).values_list("pk", flat=True))
        pictures = Picture.objects.filter(workstream__in=workstreams).order_by("number")
        newest = dict(pictures.values_list("workstream", "pk"))
        signed = PictureSignature.objects.filter(picture__in=newest.values())
        self.signed = set(signed.values_list("contributor", flat=True))


def _of(workstream: Workstream, state: State, said: _Said, own: set[str] | None, on: date) -> Iterator[Waiting]:
    page = reverse("workstreams:workstream", args=[workstream.place.code, workstream.pk])
    title = f"{workstream.title}, {workstream.place.name}"
    for done, begin, part in _asked(workstream, state, said):
        names = [one.name for one in said.contributors.get(workstream.pk, []) if one.pk not in done]
        mine = [name for name in names if own is None or name.casefold() in own]
        if mine:
            yield Waiting(f"{title}: {begin} {', '.join(mine)}", f"{page}#{part}")
    if own is None and state.stage is Stage.TASK and state.ends is not None and state.ends - SOON <= on:
        verb = "passed" if state.is_late(on) else "comes"
        day = long_date(state.ends)
        yield Waiting(f"{title}: the end date {verb} ({day}); close the work or extend it", f"{page}#task", state.ends)


def _asked(workstream: Workstream, state: State, said: _Said) -> Iterator[tuple[set[int], str, str]]:
    """What contributors are asked now: who has done it, in words, and where on the page."""
    if state.stage is Stage.BASELINE and state.frozen:
        yield said.signed, "the frozen picture is to be signed by", "picture"
    elif state.stage is Stage.BASELINE:
        yield said.submitted, "figures are outstanding from", "baseline"
    elif state.stage is Stage.THINK_TANK and not state.shortlisted and workstream.pk in said.with_ideas:
        yield said.voted, "votes are open for", "ideas"
