"""Every address and command stands in the permission matrix, and every address is asked for as everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import copy_store, database_of
from tests.editions_world import World as EditionsWorld
from tests.editions_world import release_two
from tests.site.board_report_cast import parts_of_a_report
from tests.site.collaboration_cast import parts_of_collaboration
from tests.site.partnership_cast import parts_of_a_partnership
from tests.site.plan_cast import parts_of_a_plan
from tests.site.school_plans_cast import parts_of_a_school_plan
from tests.site.workstreams_cast import parts_of_a_workstream

from ropewalk.cli.main import ropewalk
from ropewalk.core.use_cases.child_history_list import children_listed
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.returns import receipts, submit_files
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.core.views.child_history import ChildrenKind
from ropewalk.site.foundation.accounts import data_sessions
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import join_place, make_place, name_organisation, name_place
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.membership import trust_on
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, end, give
from ropewalk.site.foundation.permissions.matrix import JOBS, THINGS, Thing
from ropewalk.site.foundation.permissions.roles import ROLES, Role
from ropewalk.site.foundation.terms import actions as terms_actions
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.wording import first_wording
from ropewalk.site.see.editions import challenging
from ropewalk.site.see.live.states import STATES
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.upload_folder import CHECKED, PROBLEMS, UploadFolder

NOW = datetime(2026, 3, 22, 12, tzinfo=UTC)
PLACE = "X06000001"
GIVEN = [role for role in ROLES.values() if role.is_given]


def named(pattern: URLResolver | URLPattern, space: tuple[str, ...] = ()) -> Iterator[str]:
    """The full names of all addresses below a pattern; an address without a name gives its pattern."""
    if isinstance(pattern, URLPattern):
        yield ":".join((*space, pattern.name or str(pattern.pattern)))
        return
    inner = (*space, pattern.namespace) if pattern.namespace else space
    for one in pattern.url_patterns:
        yield from named(one, inner)


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[str]:
    """The full names of all commands of a group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, (*before, name))
        else:
            yield " ".join((*before, name))


def test_every_address_stands_in_the_matrix_and_none_that_is_not_there() -> None:
    there = {name for pattern in get_resolver().url_patterns for name in named(pattern)}
    assert there == {thing.route for thing in THINGS}


def test_every_command_stands_in_the_matrix_and_none_that_is_not_there() -> None:
    assert sorted(commands(ropewalk)) == sorted(job.command for job in JOBS)


def test_nothing_stands_there_twice() -> None:
    asked = [(thing.route, thing.method, thing.query) for thing in THINGS]
    assert len(asked) == len(set(asked))
    assert len({job.command for job in JOBS}) == len(JOBS)


# Parts of addresses by name, and where a name means another thing on another page.
PARTS: dict[str, object] = {
    "code": PLACE,
    "measure_id": "absence_overall",
    "name": "over-time",
    "ending": "csv",
    "phase": "primary",
    "kind": "roll",
    "secret": "no-such-link",
    "provider_id": "nobody",
    "pk": 987654,
    "version": 1,
}
ELSEWHERE: dict[tuple[str, str], object] = {
    **{(f"scorecard:{route}", "measure_id"): "persistent_absence" for route in ("measure", "chart-image")},
    **{
        (f"scorecard:{route}", "name"): "trend"
        for route in ("measure-csv", "measure-xlsx", "chart-image", "chart-spec")
    },
    ("scorecard:compare-file", "name"): "measures",
    **{(f"live:{kind}-table", "name"): "measures" for kind in ("place", "trust", "school")},
    ("sharing:refused", "number"): 1,
    ("sharing:set-aside", "number"): 1,
    ("accounts:withdraw-invitation", "number"): 987654,
}


@dataclass
class World:
    """A place whose schools have sent returns, one of them alone; who gives roles, and where they are held."""

    by: Account
    upload: Upload
    folder: UploadFolder
    parts: dict[str, object]
    query: dict[str, object]
    here: dict[str, Organisation | Place]
    elsewhere: dict[str, Organisation | Place]

    def address(self, thing: Thing) -> str:
        """The address of a thing of the school, trust and place of this world."""
        kwargs = {
            part: ELSEWHERE.get((thing.route, part), self.parts.get(f"{thing.route} {part}", self.parts.get(part)))
            for part in parts_of(thing.route)
        }
        path = reverse(thing.route, kwargs=kwargs)
        return f"{path}?{thing.query.format(**self.query)}" if thing.query else path

    def made_anew(self) -> None:
        """The upload as it was before somebody gave it up."""
        if not self.folder.exists:
            self.folder.make()
        (self.folder.path / PROBLEMS).write_bytes(b"file\n")
        (self.folder.path / "refused-1.csv").write_bytes(b"urn\n")
        found = {"stopped": True, "files": [], "problems": [], "changes": [], "schools": [self.upload.urn]}
        self.folder.write(CHECKED, found)
        self.upload.given_up = False
        self.upload.save(update_fields=["given_up"])


def parts_of(route: str) -> list[str]:
    """The names of the parts of an address."""
    resolver: Any = get_resolver()
    *spaces, name = route.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return list(resolver.reverse_dict.getlist(name)[0][0][0][1])


@pytest.fixture(scope="session")
def full_store(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of live figures with every made-up publication, and one more return of a single school."""
    folder = tmp_path_factory.mktemp("matrix")
    copy_store(live_store, folder / "store")
    store = Store(folder / "store")
    import_open_data(store, [live_store.parent / "published"], now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    facts = Facts(folder / "store")
    [urn, *_] = school_urns(store, facts)
    file = folder / "roll.csv"
    head = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date"
    lines = [
        f"{urn},{upn},Canary,{name},2014-03-01,M,8,C,{day}"
        for upn, name, day in (("H011206719000", "Zebedee", "2025-09-01"), ("H011206719001", "Otto", "some day"))
    ]
    file.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    (folder / "scratch").mkdir()
    submit_files(facts, [file], by="alice", key=b"k" * 32, scratch=folder / "scratch", now=NOW, year="2025/26")
    release_two(folder / "store")
    return folder / "store"


def school_urns(store: Store, facts: Facts) -> list[int]:
    """Schools with returns and a trust whose other schools have sent returns too."""
    sent = {urn for one in receipts(facts) for urn in one.schools}
    listed = [one for one in Reader(store).schools(place=PLACE) if int(one.urn) in sent and one.trust]
    trusts = Counter(one.trust for one in listed)
    return [int(one.urn) for one in listed if trusts[one.trust] > 1]


Where = dict[str, Organisation | Place]


@pytest.fixture
def world(
    full_store: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    db: None,  # noqa: ARG001
) -> World:
    monkeypatch.setenv("DATABASE_URL", database_of(full_store))
    settings.ROPEWALK_STORE = full_store
    settings.ROPEWALK_UPLOADS = tmp_path / "uploads"
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "k" * 32}
    dana = Account.objects.create(name="Dana", is_local_administrator=True)
    bring_in(reader=Reader(Store(full_store)), place=PLACE, by="Dana", now=timezone.now(), on=timezone.localdate())
    urns = school_urns(Store(full_store), Facts(full_store))
    here, elsewhere = _places(urns)
    upload = Upload.objects.create(urn=urns[0], by=dana, at=timezone.now(), files=1)
    alice = Account.objects.create(name="Alice")
    wanted = Wanted(alice, "partner", here["partner"], "A test.", timezone.localdate())
    grant = give(wanted, by=dana, now=timezone.now())
    state = STATES.get(None)
    trust = next(one for one in state.trusts(state.place(PLACE)) if one.name == here["trust"].name)
    children = children_listed(state, state.place(PLACE), next(iter(ChildrenKind)), None)
    parts = {
        **PARTS,
        "urn": urns[0],
        "reference": str(urns[0]),
        "trust": trust.id,
        "upload": upload.id,
        "receipt": next(one.id for one in receipts(Facts(full_store)) if one.schools == (urns[0],)),
        "number": grant.pk,
        "organisations:end number": PlaceMembership.objects.filter(place__code=PLACE).earliest("pk").pk,
        **{f"accounts:{route} number": alice.pk for route in PEOPLE},
        **{f"erasing:{route} number": alice.pk for route in ("person", "export", "erase")},
        **parts_of_a_partnership(
            Place.objects.get(code=PLACE), urns[0], by=dana, today=timezone.localdate(), now=timezone.now()
        ),
        **parts_of_a_workstream(Place.objects.get(code=PLACE), by=dana, now=timezone.now()),
        **parts_of_collaboration(Place.objects.get(code=PLACE), by=dana, urn=urns[0], now=timezone.now()),
        **parts_of_a_plan(Place.objects.get(code=PLACE), by=dana, today=timezone.localdate(), now=timezone.now()),
        **parts_of_a_report(Place.objects.get(code=PLACE), by=dana, now=timezone.now()),
        **parts_of_a_school_plan(urns[0], by=alice, today=timezone.localdate(), now=timezone.now()),
        **{f"live:{route} number": children.lines[0].child for route in CHILD},
        **dict.fromkeys(("terms:receipt number", "terms:receipt-text number"), answered(urns[0], dana)),
        **editions_of(full_store, urns[0], dana),
    }
    query = {"code": PLACE, "other": "X06000002", "urn": urns[0], "trust": trust.id, "published": "2024/25"}
    made = World(dana, upload, UploadFolder(tmp_path / "uploads", upload.id), parts, query, here, elsewhere)
    made.made_anew()
    return made


def answered(urn: int, by: Account) -> int:
    """Terms are in force at the place, and the head of a school has accepted them: the number of the receipt."""
    place, now = Place.objects.get(code=PLACE), timezone.now()
    draft = terms_actions.write_draft(place=place, wording=first_wording(place.name), expected="", by=by, now=now)
    terms = terms_actions.put_in_force(place=place, expected=draft.digest, by=by, now=now)
    head = Account.objects.create(name="The head")
    school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn))
    give(Wanted(head, "head", school, "A test.", timezone.localdate()), by=by, now=now)
    return terms_actions.answer(
        terms_actions.Said(urn, frozenset(Purpose), terms.digest), place=place, by=head, now=now
    ).pk


def editions_of(store: Path, urn: int, by: Account) -> dict[str, object]:
    """A released edition, and one that schools look at, challenged by one: the parts of their addresses."""
    people = EditionsWorld(Place.objects.get(code=PLACE), [], {"Cora": by, "Olu": by})
    people.released(released_edition(store, PLACE, 1))
    on_its_way = people.drafted(released_edition(store, PLACE, 2))
    said = {"edition": on_its_way, "urn": urn, "by": by, "now": timezone.now()}
    challenge = challenging.challenge(**said, kind=challenging.Kind.COMMENT, words="A test.")
    released = ("api-v1:edition", "released:edition", "released:file", "editions:partners", "editions:partners-file")
    ours = {thing.route for thing in THINGS if thing.route.startswith("editions:")}
    return {
        **{f"{route} number": on_its_way.number for route in ours},
        **{f"{route} number": 1 for route in released},
        "editions:answer challenge": challenge.pk,
    }


def _places(urns: list[int]) -> tuple[Where, Where]:
    """Where roles are held: at the first of some schools, its trust and place; and at others."""
    today, now = timezone.localdate(), timezone.now()
    schools = [Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn)) for urn in urns]
    trusts = [trust_on(one, today) for one in schools]
    far = next(number for number, trust in enumerate(trusts) if trust != trusts[0])
    assert trusts[0] is not None
    assert trusts[far] is not None
    name_place(kind=PlaceKind.COUNCIL_AREA, code="X06000002", name="Northmoor")
    bodies = {
        kind.value: name_organisation(kind=kind, key="body", name="A body")
        for kind in OrganisationKind
        if kind not in {OrganisationKind.SCHOOL, OrganisationKind.TRUST, OrganisationKind.COUNCIL}
    }
    for body in bodies.values():
        join_place(organisation=body, place=Place.objects.get(code=PLACE), begins=today, by="Dana", now=now)
    strangers = {kind: name_organisation(kind=OrganisationKind(kind), key="far", name="Far") for kind in bodies}
    listed = [(int(schools[far].key), schools[far].name)]
    here = {
        **bodies,
        "school": schools[0],
        "trust": trusts[0],
        "council": Organisation.objects.get(kind=OrganisationKind.COUNCIL, key=PLACE),
        "council_area": Place.objects.get(code=PLACE),
    }
    elsewhere = {
        **strangers,
        "school": schools[far],
        "trust": trusts[far],
        "council": name_organisation(kind=OrganisationKind.COUNCIL, key="X06000002", name="Northmoor"),
        "council_area": make_place(name="Elsewhere", schools=listed, within=None, begins=today, by="Dana", now=now),
    }
    return here, elsewhere


PEOPLE = ("somebody", "close-account", "reopen-account")
CHILD = ("child", "child-chart-image", "child-chart-spec")


def held_at(role: Role, places: dict[str, Organisation | Place]) -> Organisation | Place:
    """Where a role is held among some organisations and places."""
    kinds = [kind.value for kind in (*role.at, *role.at_places)]
    return next(places[kind] for kind in sorted(kinds) if kind in places)


def client_of(account: Account) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(account)
    return client


SIGN_IN = "/accounts/sign-in/"
# It leads back to the first step whoever has not just done it.
SECOND_STEP = "mfa_authenticate"
# After these one is not signed in any more, or has no data session.
SIGNS_OUT = {"accounts:sign-out", "accounts:end-data-session"}


def wrong(
    world: World,
    client: Callable[[], Client],
    codes: Callable[[Thing], tuple[int, ...]],
    asks_to_sign_in: Callable[[Thing], bool] = lambda _thing: False,
) -> str:
    """Everything that answers another way than the matrix says, one a line."""
    found = []
    browser = client()
    for thing in THINGS:
        address = world.address(thing)
        answer = getattr(browser, thing.method.lower())(address)
        if answer.status_code not in codes(thing):
            found.append(f"{thing.method} {address}: {answer.status_code}, not {codes(thing)}")
        if answer.headers.get("Location", "").startswith(SIGN_IN) != asks_to_sign_in(thing):
            found.append(f"{thing.method} {address}: leads to {answer.headers.get('Location')}")
        if thing.method == "POST":
            world.made_anew()
        if thing.route in SIGNS_OUT:
            browser = client()
    return "\n".join(found)


def test_whoever_has_not_signed_in_sees_published_figures_alone(world: World) -> None:
    def asked(thing: Thing) -> bool:
        return thing.route == SECOND_STEP or not thing.is_public

    assert wrong(world, Client, Thing.codes_for_nobody, asked) == ""


def test_whoever_has_no_role_is_told_that_there_is_nothing_else(world: World) -> None:
    charlie = Account.objects.create(name="Charlie")
    assert wrong(world, lambda: client_of(charlie), lambda thing: thing.codes_for(None, here=False)) == ""


def test_a_local_administrator_with_a_data_session_sees_everything(world: World) -> None:
    answers = wrong(world, lambda: client_of(world.by), lambda thing: thing.codes_for_administrator(data_session=True))
    assert answers == ""


def test_a_local_administrator_without_one_is_asked_for_a_reason_first(world: World) -> None:
    def without() -> Client:
        client = client_of(world.by)
        data_sessions.end(by=world.by, now=timezone.now())
        return client

    assert wrong(world, without, lambda thing: thing.codes_for_administrator(data_session=False)) == ""


@pytest.mark.parametrize("role", GIVEN, ids=lambda role: role.id)
def test_a_role_opens_what_the_matrix_says_here_and_elsewhere(world: World, role: Role) -> None:
    today, now = timezone.localdate(), timezone.now()
    for here, places in ((True, world.here), (False, world.elsewhere)):
        person = Account.objects.create(name=f"{role.id} {here}")
        grant = give(Wanted(person, role.id, held_at(role, places), "A test.", today), by=world.by, now=now)

        def codes(thing: Thing, here: bool = here) -> tuple[int, ...]:
            return thing.codes_for(role, here=here)

        assert wrong(world, lambda person=person: client_of(person), codes) == ""  # type: ignore[misc]
        end(grant=grant, reason="A test.", by=world.by, now=now)
        assert wrong(world, lambda person=person: client_of(person), lambda t: t.codes_for(None, here=False)) == ""  # type: ignore[misc]
