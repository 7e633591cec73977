"""Workstreams of some places, each with where it stands, in as many questions for one as for many."""

from collections.abc import Iterable
from dataclasses import dataclass

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.workstreams.members import places_with_workstreams
from ropewalk.site.agree.workstreams.models import Charter, Closing, Contributor, Decided, Workstream
from ropewalk.site.agree.workstreams.stages import State
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.permission import Permission

PARTS = ("contributors__figures", "contributors__votes", "pictures__signatures", "measures_set", "ideas")


@dataclass(frozen=True)
class Running:
    """A workstream that is not decided: where it stands, and what each contributor has not done."""

    workstream: Workstream
    state: State
    silent: list[Contributor]
    unsigned: list[Contributor]
    without_vote: list[Contributor]
    has_ideas: bool


def seen(asking: Asking) -> list[Running]:
    """Those of places whose workstreams the person sees."""
    return asking.once("workstreams", lambda: _running(_places(asking)))


def led(asking: Asking) -> list[Running]:
    """Those that the person leads."""
    may = asking.reach(Permission.RUN_PARTNERSHIP)
    return [one for one in seen(asking) if may.holds_place(one.workstream.place.code)] if may.places else []


def _places(asking: Asking) -> list[Place]:
    return places_with_workstreams(asking.person, on=asking.today) if asking.grants else []


def _running(places: Iterable[Place]) -> list[Running]:
    rows = Workstream.objects.filter(place__in=list(places)).select_related("place")
    found = list(rows.prefetch_related(*PARTS, "shortlists", "extensions").order_by("pk"))
    charters = {one.workstream_id: one for one in Charter.objects.filter(workstream__in=found)}
    closed = set(Closing.objects.filter(workstream__in=found).values_list("workstream", flat=True))
    decided = set(Decided.objects.filter(workstream__in=found).values_list("workstream", flat=True))
    return [_of(one, charters.get(one.pk), closed=one.pk in closed) for one in found if one.pk not in decided]


def _of(workstream: Workstream, charter: Charter | None, *, closed: bool) -> Running:
    contributors = sorted(workstream.contributors.all(), key=lambda one: one.name.casefold())
    picture = max(workstream.pictures.all(), key=lambda one: one.number, default=None)
    signed = {one.contributor_id for one in picture.signatures.all()} if picture else set()
    unsigned = [one for one in contributors if one.pk not in signed]
    later = max(workstream.extensions.all(), key=lambda one: one.pk, default=None)
    ends = later.ends if later else charter.ends if charter else None
    state = State(
        measure_set=bool(workstream.measures_set.all()),
        frozen=picture is not None,
        signed=picture is not None and bool(contributors) and not unsigned,
        shortlisted=bool(workstream.shortlists.all()),
        begins=charter.begins if charter else None,
        ends=ends,
        closed=closed,
    )
    return Running(
        workstream,
        state,
        [one for one in contributors if not one.figures.all()],
        unsigned,
        [one for one in contributors if not one.votes.all()],
        bool(workstream.ideas.all()),
    )


def named(contributors: Iterable[Contributor]) -> str:
    """``The council, the heads’ meeting and Ofsted``."""
    *others, last = [one.name for one in contributors]
    return f"{', '.join(others)} and {last}" if others else last


def words_of(one: Running) -> str:
    """``the workstream “Inclusion” of Harbourmouth``."""
    return f"the workstream “{one.workstream.title}” of {one.workstream.place.name}"
