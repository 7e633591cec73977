"""A made-up place whose schools share on terms, with the people who make, challenge, check and release editions."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import copy_store

from ropewalk.core.use_cases.editions import Cut, EditionWanted, draft_edition, release_edition
from ropewalk.core.use_cases.editions import Edition as Released
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.terms import actions as terms
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import terms_in_force
from ropewalk.site.foundation.terms.wording import THRESHOLD, first_wording
from ropewalk.site.see.editions.models import RELEASED, Draft, Edition
from ropewalk.site.see.editions.standing import Found, find

CODE = "X06000001"
CUTS = (("persistent_absence", "disadvantaged"),)
BOTH = (Purpose.PLACE_FIGURES, Purpose.PARTNER_FIGURES)


@dataclass(frozen=True)
class Stores:
    """The store before anything was released, and after two editions; the second corrects the first."""

    before: Path
    after: Path
    first: Released
    second: Released


@dataclass
class World:
    """The place, its schools (URNs, by name), and people by name."""

    place: Place
    urns: list[int]
    people: dict[str, Account] = field(default_factory=dict)

    def person(self, name: str, role: str, where: Organisation | Place) -> Account:
        """Somebody with a role, made once."""
        if name not in self.people:
            self.people[name] = Account.objects.create(name=name)
            wanted = Wanted(self.people[name], role, where, "A test.", timezone.localdate())
            give(wanted, by=self.people["Dana"], now=timezone.now())
        return self.people[name]

    def head(self, urn: int) -> Account:
        """The head of a school."""
        school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn))
        return self.person(f"head of {urn}", "head", school)

    def answer(self, urn: int, purposes: Iterable[Purpose]) -> None:
        """A school answers the terms in force."""
        held = terms_in_force(CODE, at=timezone.now())
        assert held is not None
        said = terms.Said(urn, list(purposes), held.digest)
        terms.answer(said, place=self.place, by=self.head(urn), now=timezone.now())

    def client(self, name: str) -> Client:
        """A browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.people[name])
        return client

    def drafted(self, made: Released) -> Edition:
        """An edition whose figures were computed by Cora, as its rows would stand."""
        wanted = made.wanted
        edition = self._edition(wanted, until=timezone.localdate() + timedelta(days=14))
        Draft.objects.create(
            edition=edition,
            number=1,
            schools=list(wanted.schools),
            partners=list(wanted.partners),
            threshold=wanted.threshold,
            as_of=wanted.as_of,
            by=self.people["Cora"],
            at=timezone.now(),
            digest=made.digest,
            content=made.content,
        )
        return edition

    def released(self, made: Released) -> Edition:
        """An edition that stands released in the store, as its row would stand."""
        ended = {"state": RELEASED, "digest": made.digest, "ended_by": self.people["Olu"], "ended_at": timezone.now()}
        return self._edition(made.wanted, **ended)

    def _edition(self, wanted: EditionWanted, **more: object) -> Edition:
        return Edition.objects.create(
            place=CODE,
            number=wanted.number,
            period=wanted.period,
            cuts=[[cut.measure, cut.family] for cut in wanted.cuts],
            replaces=wanted.replaces,
            reason=wanted.reason,
            made_by=self.people["Cora"],
            made_at=timezone.now(),
            **more,
        )


def release_two(store: Path) -> tuple[Released, Released]:
    """Two released editions in a store; the second corrects the first."""
    _, absent, *others = urns = school_urns(store)
    first = EditionWanted(
        place=CODE,
        number=1,
        period="2024/25",
        cuts=tuple(Cut(measure=measure, family=family) for measure, family in CUTS),
        schools=tuple(urn for urn in urns if urn != absent),
        partners=tuple(others),
        threshold=THRESHOLD,
        as_of="2026-04-01T00:00:00.000000Z",
    )
    second = replace(first, number=2, replaces=1, reason="A school had sent last year's file.")
    one, two = (_release(Facts(store), wanted) for wanted in (first, second))
    return one, two


def _release(facts: Facts, wanted: EditionWanted) -> Released:
    draft = draft_edition(facts, wanted)
    release_edition(facts, wanted, expected=draft.digest)
    return draft


def school_urns(store: Path) -> list[int]:
    """Schools that have sent returns."""
    return sorted({urn for one in receipts(Facts(store)) for urn in one.schools})


def make_world(store: Path) -> World:
    """Everybody, and every school but two sharing for both purposes: one for figures of the place alone, one not."""
    dana = Account.objects.create(name="Dana", is_local_administrator=True)
    now = timezone.now()
    place = bring_in(reader=Reader(Store(store)), place=CODE, by="Dana", now=now, on=timezone.localdate()).place
    world = World(place, school_urns(store), {"Dana": dana})
    council = Organisation.objects.get(kind=OrganisationKind.COUNCIL, key=CODE)
    cora = world.person("Cora", "coordinator", place)
    world.person("Olu", "council_officer", council)
    world.person("Petra", "council_officer", council)
    draft = terms.write_draft(place=place, wording=first_wording(place.name), expected="", by=cora, now=now)
    terms.put_in_force(place=place, expected=draft.digest, by=cora, now=now)
    silent, absent, *others = world.urns
    assert absent not in others
    world.answer(silent, [Purpose.PLACE_FIGURES])
    for urn in others:
        world.answer(urn, BOTH)
    return world


def own_store(store: Path, folder: Path, settings: Settings) -> Path:
    """A copy of a store for this test alone, shown by the site."""
    store = copy_store(store, folder / "store")
    settings.ROPEWALK_STORE = store
    settings.ROPEWALK_UPLOADS = folder / "uploads"
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "k" * 32}
    return store


def computed(edition: Edition) -> Edition:
    """Wait until the newest draft of an edition is computed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = stands(edition)
        if not found.is_computing:
            assert found.draft.digest, found.fault
            return Edition.objects.get(pk=edition.pk)
        time.sleep(0.05)
    raise AssertionError("It is still being computed.")


def stands(edition: Edition) -> Found:
    """Where an edition stands now."""
    return find(Edition.objects.get(pk=edition.pk), today=timezone.localdate())


def let_the_window_pass(edition: Edition) -> None:
    """Its last day for challenges was yesterday."""
    row = Edition.objects.get(pk=edition.pk)
    row.until = timezone.localdate() - timedelta(days=1)
    row.save(update_fields=["until"])
