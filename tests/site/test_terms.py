"""Terms of a place: drafted, put in force, answered by heads alone, withdrawn; receipts that can be checked."""

from __future__ import annotations

import csv
import hashlib
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, QuerySet
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.site.conftest import Page

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.config import settings as of_site
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.actions import make_place, name_place
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.demonstration import make_people
from ropewalk.site.foundation.terms.actions import Said, answer, put_in_force, write_draft
from ropewalk.site.foundation.terms.demonstration import make_terms
from ropewalk.site.foundation.terms.headcounts import Headcount, coverage
from ropewalk.site.foundation.terms.models import Answer, Terms
from ropewalk.site.foundation.terms.purposes import Purpose, that_stand
from ropewalk.site.foundation.terms.rules import Said as SaidThen
from ropewalk.site.foundation.terms.rules import latest, shared_for
from ropewalk.site.foundation.terms.selectors import effect_of, own_places
from ropewalk.site.foundation.terms.sending import why_not
from ropewalk.site.foundation.terms.sharing import (
    schools_sharing,
    sharing_by_school,
    terms_in_force,
    threshold_of,
)
from ropewalk.site.foundation.terms.wording import Wording, digest_of, first_wording, problems_with
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.upload_folder import CHECKED, UploadFolder

PLACE, BOTH = Purpose.PLACE_FIGURES, frozenset(Purpose)
ASH, BEECH, OAK = 990201, 990202, 990203
CODE = "south-harbour"
NOW = timezone.now() - timedelta(days=1)
TERMS = f"/terms/places/{CODE}/"
ANSWER = f"{TERMS}schools/{ASH}/answer/"


# What terms say.


def changed(wording: Wording, purpose: Purpose, **fields: object) -> Wording:
    """A wording in which something about one purpose is different."""
    article = replace(wording.articles[purpose], **fields)  # type: ignore[arg-type]
    return replace(wording, articles={**wording.articles, purpose: article})


def test_the_first_draft_is_read_in_two_minutes_and_could_be_put_in_force() -> None:
    first = first_wording("Bournemouth, Christchurch and Poole")
    assert first.words < 400
    assert first.minutes == 2
    assert problems_with(first) == []
    said = " ".join([first.summary, *(f"{one.words} {one.recipients}" for one in first.articles.values())])
    assert "{" not in said
    for purpose in Purpose:
        assert set(first.articles[purpose].columns) == set(RETURN_FILES)
    partners = first.articles[Purpose.PARTNER_FIGURES].columns["roll"]
    assert not {"surname", "forename", "date_of_birth", "postcode"} & set(partners)


FIRST = first_wording("South Harbour")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(FIRST, summary=" "), "no summary"),
        (replace(FIRST, threshold=2), "2 is not a threshold"),
        (replace(FIRST, threshold=21), "21 is not a threshold"),
        (replace(FIRST, challenge_days=0), "time to challenge"),
        (replace(FIRST, articles={}), "no purpose"),
        (changed(FIRST, PLACE, basis=""), "does not say the lawful basis"),
        (changed(FIRST, PLACE, recipients=" "), "does not say who gets it"),
        (changed(FIRST, PLACE, retention_days=0), "how long what was sent is kept"),
        (changed(FIRST, PLACE, columns={"roll": ("upn", "shoe_size")}), "roll.shoe_size, which no return has"),
        (changed(FIRST, PLACE, columns={"diary": ("upn",)}), "diary.upn, which no return has"),
        (changed(FIRST, PLACE, columns={}), "names nothing that is used"),
        (changed(FIRST, PLACE, special_basis=""), "special category data without saying why it may"),
        (
            replace(FIRST, articles={Purpose.PARTNER_FIGURES: FIRST.articles[Purpose.PARTNER_FIGURES]}),
            "makes no sense without “Figures of the place”",
        ),
    ],
)
def test_a_wording_that_cannot_hold_says_why(wrong: Wording, says: str) -> None:
    found = [str(one) for one in problems_with(wrong)]
    assert len(found) == 1
    assert says in found[0]


def test_without_special_columns_no_basis_for_them_is_needed() -> None:
    plain = changed(FIRST, PLACE, columns={"register": ("urn", "upn", "marks")}, special_basis="")
    assert problems_with(plain) == []


def test_the_digest_is_that_of_the_text_and_of_nothing_else() -> None:
    whole = digest_of(CODE, 1, FIRST)
    assert digest_of(CODE, 1, first_wording("South Harbour")) == whole
    others = [
        digest_of("elsewhere", 1, FIRST),
        digest_of(CODE, 2, FIRST),
        digest_of(CODE, 1, replace(FIRST, threshold=6)),
        digest_of(CODE, 1, changed(FIRST, PLACE, past="Nothing happens.")),
        digest_of(CODE, 1, changed(FIRST, PLACE, columns={"register": ("marks",)})),
    ]
    assert len({whole, *others}) == 6


# What follows from answers.

ANSWERS = st.lists(st.tuples(st.integers(1, 3), st.frozensets(st.sampled_from(list(Purpose)))), min_size=1, max_size=8)


@given(ANSWERS, st.randoms(), st.integers(0, 8))
def test_the_latest_answer_counts_whatever_the_order_in_which_they_are_told(
    given_: list[tuple[int, frozenset[Purpose]]], shuffle: object, seen: int
) -> None:
    start = datetime(2026, 9, 1, tzinfo=UTC)
    history = [SaidThen(n, start + timedelta(hours=n), version, said) for n, (version, said) in enumerate(given_)]
    told = list(history)
    shuffle.shuffle(told)  # type: ignore[attr-defined]
    moment = start + timedelta(hours=seen)
    by_then = history[: seen + 1]
    assert latest(told, at=moment) == by_then[-1]
    versions = {1: FIRST, 2: changed(FIRST, Purpose.PARTNER_FIGURES, words="Other words."), 3: FIRST}
    shared = shared_for(latest(told, at=moment), versions, 3)
    kept = by_then[-1].purposes - ({Purpose.PARTNER_FIGURES} if by_then[-1].version == 2 else set())
    assert shared == that_stand(kept)
    assert PLACE in shared or shared == frozenset()


@pytest.mark.parametrize(
    ("later", "goes_on"),
    [
        (FIRST, BOTH),
        (replace(FIRST, summary="Other words for the whole."), BOTH),
        (replace(FIRST, threshold=10, challenge_days=20), BOTH),
        (replace(FIRST, threshold=4), frozenset()),
        (replace(FIRST, challenge_days=9), frozenset()),
        (changed(FIRST, Purpose.PARTNER_FIGURES, recipients="Everybody."), frozenset({PLACE})),
        (changed(FIRST, Purpose.PARTNER_FIGURES, retention_days=400), frozenset({PLACE})),
        (changed(FIRST, Purpose.PARTNER_FIGURES, past="It is kept for ever."), frozenset({PLACE})),
        # What stands on another purpose falls with it.
        (changed(FIRST, PLACE, words="Other words."), frozenset()),
    ],
)
def test_what_was_accepted_goes_on_where_nothing_has_changed_to_the_schools_cost(
    later: Wording, goes_on: frozenset[Purpose]
) -> None:
    said = SaidThen(1, NOW, 1, BOTH)
    assert shared_for(said, {1: FIRST, 2: later}, 2) == goes_on


def test_coverage_counts_schools_that_accepted_and_sent_and_says_what_is_not_known() -> None:
    shared = {ASH: BOTH, BEECH: frozenset({PLACE}), OAK: frozenset[Purpose]()}
    known = {ASH: Headcount(300, has_sent=True), BEECH: Headcount(200), OAK: Headcount(1_500, has_sent=True)}
    place, partners = coverage(BOTH, shared, known)
    assert (place.accepted, place.of_schools) == (2, "1 of 3 schools")
    assert place.of_pupils == "300 of 2,000 pupils (15.0%)"
    assert partners.accepted == 1
    assert place.roughly == "about 15% of pupils"
    unknown = coverage(frozenset({PLACE}), shared, {ASH: Headcount(300, has_sent=True)})
    assert [one.of_pupils for one in unknown] == ["300 pupils, of how many is not known"]
    assert [one.roughly for one in unknown] == [""]


# A place with three schools and its people.


@dataclass
class Cast:
    """Who is there: heads of two schools, a data lead, a coordinator, and who looks after the site."""

    place: Place
    alice: Account
    bob: Account
    dora: Account
    carla: Account
    keeper: Account

    def force(self, wording: Wording = FIRST, *, now: datetime = NOW) -> Terms:
        """Terms with a wording, put in force."""
        draft = Terms.objects.filter(place=self.place, begins_at=None).first()
        expected = draft.digest if draft else ""
        made = write_draft(place=self.place, wording=wording, expected=expected, by=self.carla, now=now)
        return put_in_force(place=self.place, expected=made.digest, by=self.carla, now=now)

    def says(self, by: Account, urn: int, *purposes: Purpose, now: datetime | None = None) -> Answer:
        """An answer to the terms in force."""
        at = now or timezone.now()
        terms = terms_in_force(CODE, at=at)
        assert terms is not None
        return answer(Said(urn, frozenset(purposes), terms.digest), place=self.place, by=by, now=at)


@pytest.fixture
def cast(db: None, empty_store: Path) -> Cast:  # noqa: ARG001
    return made_cast()


def made_cast() -> Cast:
    """The place and its people."""
    keeper = Account.objects.create(name="Keeper", is_local_administrator=True)
    schools = [(ASH, "Ash School"), (BEECH, "Beech School"), (OAK, "Oak School")]
    day = timezone.localtime(NOW).date()
    place = make_place(name="South Harbour", schools=schools, within=None, begins=day, by="Keeper", now=NOW)

    def person(name: str, role: str, where: Organisation | Place) -> Account:
        account = Account.objects.create(name=name)
        give(Wanted(account, role, where, "A test.", day), by=keeper, now=NOW)
        return account

    ash, beech = (Organisation.objects.get(key=str(urn)) for urn in (ASH, BEECH))
    return Cast(
        place,
        person("Alice", "head", ash),
        person("Bob", "head", beech),
        person("Dora", "data_lead", ash),
        person("Carla", "coordinator", place),
        keeper,
    )


def test_without_terms_nothing_is_shared_and_nothing_is_asked_for(cast: Cast) -> None:
    at = timezone.now()
    assert terms_in_force(CODE, at=at) is None
    assert schools_sharing(CODE, PLACE, at=at) == frozenset()
    assert threshold_of(CODE, at=at) == 5
    assert why_not(ASH, at=at) == ""
    assert cast.place.terms.count() == 0


def test_a_draft_holds_nowhere_and_a_version_in_force_is_never_changed(cast: Cast) -> None:
    draft = write_draft(place=cast.place, wording=FIRST, expected="", by=cast.carla, now=NOW)
    assert terms_in_force(CODE, at=timezone.now()) is None
    put_in_force(place=cast.place, expected=draft.digest, by=cast.carla, now=NOW)
    # Even from a copy that was read while it was a draft.
    draft.threshold = 3
    in_force = Terms.objects.get()
    in_force.summary = "Something else."
    given_ = cast.says(cast.alice, ASH, *BOTH)
    given_.purposes = []
    rows: QuerySet[Answer] = Answer.objects.for_system_job("a test")
    for attempt in (
        draft.save,
        in_force.save,
        in_force.delete,
        Terms.objects.all().delete,
        lambda: Terms.objects.update(threshold=3),
        given_.save,
        given_.delete,
        rows.delete,
        lambda: rows.update(purposes=[]),
    ):
        with pytest.raises(ProtectedError):
            attempt()
    assert Terms.objects.get().wording == FIRST
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Terms).update(threshold=2)


def test_versions_follow_one_another_and_each_holds_at_its_time(cast: Cast) -> None:
    cast.force(replace(FIRST, threshold=10))
    cast.says(cast.alice, ASH, *BOTH, now=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    second = changed(replace(FIRST, threshold=10), Purpose.PARTNER_FIGURES, recipients="The council alone.")
    draft = write_draft(place=cast.place, wording=second, expected="", by=cast.carla, now=later)
    effects = effect_of(draft, viewer=cast.carla, at=later)
    assert [(one.purpose, one.schools, one.words.split()[0]) for one in effects] == [
        (PLACE, 1, "stays"),
        (Purpose.PARTNER_FIGURES, 1, "changes:"),
    ]
    made = put_in_force(place=cast.place, expected=draft.digest, by=cast.carla, now=later)
    assert made.number == 2
    before, after = later - timedelta(seconds=1), later + timedelta(seconds=1)
    assert [terms_in_force(CODE, at=at).number for at in (before, after)] == [1, 2]  # type: ignore[union-attr]
    assert threshold_of(CODE, at=after) == 10
    assert sharing_by_school(CODE, at=before)[ASH] == BOTH
    assert sharing_by_school(CODE, at=after)[ASH] == {PLACE}
    cast.says(cast.alice, ASH, *BOTH, now=later + timedelta(hours=1))
    assert sharing_by_school(CODE, at=later + timedelta(hours=1))[ASH] == BOTH


def test_two_who_draft_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    draft = write_draft(place=cast.place, wording=FIRST, expected="", by=cast.carla, now=NOW)
    with pytest.raises(InputRefused, match="changed the text"):
        write_draft(place=cast.place, wording=FIRST, expected="", by=cast.keeper, now=NOW)
    newer = replace(FIRST, threshold=8)
    write_draft(place=cast.place, wording=newer, expected=draft.digest, by=cast.keeper, now=NOW)
    with pytest.raises(InputRefused, match="changed the text"):
        put_in_force(place=cast.place, expected=draft.digest, by=cast.carla, now=NOW)
    assert Terms.objects.get().threshold == 8
    with pytest.raises(InputRefused, match="There is no draft"):
        cast.force(newer)
        put_in_force(place=cast.place, expected=draft.digest, by=cast.carla, now=NOW)


def test_a_region_has_no_terms(cast: Cast) -> None:
    region = name_place(kind=PlaceKind.REGION, code="E12000009", name="South West")
    with pytest.raises(InputRefused, match="not with a region"):
        write_draft(place=region, wording=FIRST, expected="", by=cast.keeper, now=NOW)


def test_only_the_head_answers_for_a_school(cast: Cast) -> None:
    cast.force()
    ash = Organisation.objects.get(key=str(ASH))
    give(Wanted(cast.keeper, "head", ash, "A test.", timezone.localtime(NOW).date()), by=cast.keeper, now=NOW)
    for nobody in (cast.bob, cast.dora, cast.carla, cast.keeper):
        with pytest.raises(NotAllowed):
            cast.says(nobody, ASH, *BOTH)
    for somebody in (cast.alice, cast.dora):
        with pytest.raises(NotAllowed):
            write_draft(place=cast.place, wording=FIRST, expected="", by=somebody, now=NOW)
    assert not Answer.objects.for_system_job("a test").exists()
    cast.says(cast.alice, ASH, *BOTH)
    assert schools_sharing(CODE, PLACE, at=timezone.now()) == {ASH}


def test_an_answer_is_to_the_text_that_was_read(cast: Cast) -> None:
    read_ = cast.force()
    cast.force(replace(FIRST, threshold=3), now=NOW + timedelta(hours=1))
    with pytest.raises(InputRefused, match="changed the text"):
        answer(Said(ASH, BOTH, read_.digest), place=cast.place, by=cast.alice, now=timezone.now())
    with pytest.raises(InputRefused, match="makes no sense without"):
        cast.says(cast.alice, ASH, Purpose.PARTNER_FIGURES)


def test_withdrawing_holds_from_then_on_and_can_be_undone(cast: Cast) -> None:
    cast.force()
    hours = [NOW + timedelta(hours=n) for n in range(1, 5)]
    cast.says(cast.alice, ASH, *BOTH, now=hours[0])
    cast.says(cast.bob, BEECH, PLACE, now=hours[0])
    cast.says(cast.alice, ASH, now=hours[1])
    assert schools_sharing(CODE, PLACE, at=hours[0]) == {ASH, BEECH}
    assert schools_sharing(CODE, Purpose.PARTNER_FIGURES, at=hours[0]) == {ASH}
    assert schools_sharing(CODE, PLACE, at=hours[1]) == {BEECH}
    assert "Its head" in why_not(ASH, at=hours[1])
    cast.says(cast.alice, ASH, PLACE, now=hours[2])
    assert schools_sharing(CODE, PLACE, at=hours[2]) == {ASH, BEECH}
    assert schools_sharing(CODE, Purpose.PARTNER_FIGURES, at=hours[3]) == frozenset()
    # What held at a moment is the same whenever it is asked.
    assert schools_sharing(CODE, PLACE, at=hours[1]) == {BEECH}
    assert why_not(ASH, at=hours[2]) == ""


def test_a_school_that_left_the_place_shares_nothing_with_it(cast: Cast) -> None:
    cast.force()
    cast.says(cast.alice, ASH, *BOTH, now=NOW)
    yesterday = timezone.localdate() - timedelta(days=1)
    PlaceMembership.objects.filter(organisation__key=str(ASH)).update(until=yesterday)
    assert schools_sharing(CODE, PLACE, at=timezone.now()) == frozenset()
    with pytest.raises(InputRefused, match="does not belong"):
        cast.says(cast.alice, ASH, *BOTH)


def test_a_school_of_two_places_may_send_when_it_shares_with_one(cast: Cast) -> None:
    now = timezone.now()
    day = timezone.localdate()
    other = make_place(name="West", schools=[(ASH, "Ash School")], within=None, begins=day, by="Keeper", now=now)
    draft = write_draft(place=other, wording=FIRST, expected="", by=cast.keeper, now=now)
    put_in_force(place=other, expected=draft.digest, by=cast.keeper, now=now)
    cast.force()
    assert "South Harbour or West" in why_not(ASH, at=timezone.now())
    cast.says(cast.alice, ASH, PLACE)
    assert why_not(ASH, at=timezone.now()) == ""
    assert schools_sharing("west", PLACE, at=timezone.now()) == frozenset()


def test_everything_done_stands_in_the_audit_log(cast: Cast) -> None:
    terms = cast.force()
    given_ = cast.says(cast.alice, ASH, PLACE)
    assert [
        (one.thing, one.who, one.school, one.place, one.about)
        for one in Entry.objects.filter(thing__startswith="terms:")
    ] == [
        ("terms:draft", "Carla", None, CODE, "draft of version 1"),
        ("terms:put-in-force", "Carla", None, CODE, f"version 1, {terms.digest}"),
        ("terms:answer", "Alice", ASH, CODE, f"version 1: Figures of the place; {given_.receipt}"),
    ]


# Pages.


def client_of(account: Account) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(account)
    return client


def draft_fields(wording: Wording = FIRST) -> dict[str, object]:
    """A draft as the form sends it."""
    found: dict[str, object] = {
        "summary": wording.summary,
        "threshold": wording.threshold,
        "challenge_days": wording.challenge_days,
        "expected": "",
    }
    for purpose, article in wording.articles.items():
        texts = ("words", "recipients", "basis", "special_basis", "retention", "retention_days")
        found |= {f"{purpose.value}-{name}": getattr(article, name) for name in texts}
        found |= {f"{purpose.value}-columns_{kind}": list(names) for kind, names in article.columns.items()}
        found[f"{purpose.value}-named"] = "on"
    return found


def test_a_coordinator_drafts_reads_and_puts_in_force(cast: Cast) -> None:
    carla = client_of(cast.carla)
    assert "No terms are in force" in carla.get(TERMS).content.decode()
    page = carla.get(f"{TERMS}draft/").content.decode()
    assert FIRST.summary in page
    assert 'value="surname" checked' in page
    wrong = carla.post(f"{TERMS}draft/", {**draft_fields(), "threshold": "2"})
    assert wrong.status_code == 422
    assert "2 is not a threshold" in wrong.content.decode()
    strange = carla.post(f"{TERMS}draft/", {**draft_fields(), "place_figures-columns_roll": ["upn", "shoe_size"]})
    assert "No such column: shoe_size" in strange.content.decode()
    saved = carla.post(f"{TERMS}draft/", draft_fields())
    assert saved.headers["Location"] == f"{TERMS}versions/1/"
    assert Terms.objects.get().wording == FIRST
    assert "This is a draft" in carla.get(f"{TERMS}versions/1/").content.decode()
    # Nobody else sees a draft.
    assert client_of(cast.alice).get(f"{TERMS}versions/1/").status_code == 404
    assert client_of(cast.alice).get(f"{TERMS}versions/1.json").status_code == 404
    confirm = carla.get(f"{TERMS}put-in-force/").content.decode()
    assert "is new: schools share for it once they have accepted it" in confirm
    assert carla.post(f"{TERMS}put-in-force/", {"digest": "of another text"}).status_code == 422
    done = carla.post(f"{TERMS}put-in-force/", {"digest": Terms.objects.get().digest})
    assert done.headers["Location"] == TERMS
    page = carla.get(TERMS).content.decode()
    assert "0 of 3 schools" in page
    assert "It takes 2 minutes to read" in page


def test_a_head_accepts_in_part_and_withdraws_and_is_told_what_becomes_of_the_past(cast: Cast) -> None:
    terms = cast.force()
    alice = client_of(cast.alice)
    assert "not yet" in alice.get("/terms/").content.decode()
    asked = {"digest": terms.digest, "choice": "part", "purposes": ["place_figures"], "note": "For a year."}
    confirm = alice.post(ANSWER, asked)
    assert confirm.status_code == 200
    assert not Answer.objects.for_system_job("a test").exists()
    done = alice.post(ANSWER, {**asked, "confirmed": "yes"})
    receipt = alice.get(done.headers["Location"]).content.decode()
    for words in (f"{CODE}-0001", "Alice, as head", "For a year.", terms.digest, "Not accepted"):
        assert words in receipt
    assert "in part" in alice.get("/terms/").content.decode()
    # Less than before: the page says first what becomes of the past.
    less = alice.post(ANSWER, {"digest": terms.digest, "choice": "none"}).content.decode()
    assert "Confirm that your school stops sharing" in less
    assert Purpose.PLACE_FIGURES.declared.past.split(";")[0] in less
    assert "It stops sharing for: Figures of the place" in less
    assert "It stops sharing for: The school" not in less
    done = alice.post(ANSWER, {"digest": terms.digest, "choice": "none", "confirmed": "yes"})
    receipt = alice.get(done.headers["Location"]).content.decode()
    assert "The school shares nothing from then on" in receipt
    until = timezone.localtime() + timedelta(days=365)
    assert f"until {until.day} {until:%B %Y}" in receipt


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"choice": "part"}, "Choose what your school shares for"),
        ({}, "Choose what your school shares"),
        ({"choice": "all", "digest": "of another text"}, "changed the text"),
        ({"choice": "part", "purposes": ["partner_figures"]}, "makes no sense without"),
        ({"choice": "part", "purposes": ["shoe_sizes"]}, "Select a valid choice"),
        ({"choice": "all", "note": "a" * 501}, "at most 500 characters"),
    ],
)
def test_an_answer_that_says_too_little_is_refused_in_words(cast: Cast, sent: dict[str, object], says: str) -> None:
    terms = cast.force()
    refused = client_of(cast.alice).post(ANSWER, {"digest": terms.digest, **sent, "confirmed": "yes"})
    assert refused.status_code == 422
    assert says in refused.content.decode()


def test_a_receipt_can_be_checked_by_whoever_has_the_files(cast: Cast) -> None:
    terms = cast.force()
    given_ = cast.says(cast.alice, ASH, *BOTH)
    alice = client_of(cast.alice)
    text = alice.get(f"/terms/receipts/{given_.pk}.txt").content
    file = alice.get(f"{TERMS}versions/1.json").content
    assert hashlib.sha256(file).hexdigest() == terms.digest
    assert terms.digest in text.decode()
    assert "Ash School (URN 990201)" in text.decode()
    # The same to the byte after all that can change has changed.
    cast.alice.name = "Alice Under Another Name"
    cast.alice.save()
    cast.force(replace(FIRST, threshold=3), now=timezone.now())
    assert alice.get(f"/terms/receipts/{given_.pk}.txt").content == text
    assert alice.get(f"{TERMS}versions/1.json").content == file
    assert client_of(cast.bob).get(f"/terms/receipts/{given_.pk}/").status_code == 404
    assert client_of(cast.bob).get(f"{TERMS}schools/{ASH}/").status_code == 404


def test_a_new_version_says_to_each_school_what_it_must_answer_anew(cast: Cast) -> None:
    cast.force()
    cast.says(cast.alice, ASH, *BOTH)
    cast.says(cast.bob, BEECH, PLACE)
    cast.force(changed(FIRST, Purpose.PARTNER_FIGURES, words="Other words."), now=timezone.now())
    page = client_of(cast.alice).get(f"{TERMS}schools/{ASH}/").content.decode()
    assert "accepted in version 1, and nothing about it has changed since" in page
    assert "version 2 says something else than what was accepted" in page
    answers = client_of(cast.carla).get(f"{TERMS}answers/").content.decode()
    assert "2 of 3 schools have still to answer version 2" in answers
    file = client_of(cast.carla).get(f"{TERMS}answers.csv").content.decode("utf-8-sig")
    rows = {row["School"]: row for row in csv.DictReader(io.StringIO(file))}
    assert [rows[f"{name} School"]["Answer"] for name in ("Ash", "Beech", "Oak")] == [
        "must answer anew",
        "in part",
        "not yet",
    ]
    assert rows["Beech School"]["Figures of the place"] == "yes"


def test_a_note_never_becomes_a_formula(cast: Cast) -> None:
    terms = cast.force()
    said = Said(ASH, BOTH, terms.digest, note="=HYPERLINK(1)")
    answer(said, place=cast.place, by=cast.alice, now=timezone.now())
    assert "'=HYPERLINK(1)" in client_of(cast.carla).get(f"{TERMS}answers.csv").content.decode()


def test_files_of_a_school_that_shares_nothing_are_refused_unread(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.ROPEWALK_UPLOADS = tmp_path / "uploads"
    dora = client_of(cast.dora)
    send = f"/returns/schools/{ASH}/send/"
    cast.force()
    refused = dora.post(send, {"files": io.BytesIO(b"urn,upn\n")})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "No files were read" in page
    assert f"{TERMS}schools/{ASH}/" in page
    assert not Upload.objects.for_system_job("a test").exists()
    letter = client_of(cast.carla).get(f"/returns/schools/{ASH}/reminder/").content.decode()
    assert "the head must answer the data-sharing terms of South Harbour" in letter
    assert not (tmp_path / "uploads").exists()
    cast.says(cast.alice, ASH, PLACE)
    assert "data-sharing terms" not in client_of(cast.carla).get(f"/returns/schools/{ASH}/reminder/").content.decode()
    # Now it is the files that are looked at.
    taken = dora.post(send, {})
    assert "No files were read" not in taken.content.decode()
    assert "Send files" in taken.content.decode()


def test_files_checked_before_a_withdrawal_are_not_submitted_after_it(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.ROPEWALK_UPLOADS = tmp_path / "uploads"
    cast.force()
    cast.says(cast.alice, ASH, PLACE)
    upload = Upload.objects.create(urn=ASH, by=cast.dora, at=timezone.now(), files=1)
    folder = UploadFolder(tmp_path / "uploads", upload.id)
    folder.make()
    found = {"stopped": False, "files": [{"accepted": 1}], "problems": [], "changes": [], "schools": [ASH]}
    folder.write(CHECKED, found)
    cast.says(cast.alice, ASH)
    refused = client_of(cast.dora).post(f"/returns/uploads/{upload.id}/submit/")
    assert refused.status_code == 422
    assert f"School {ASH}: No files were read" in refused.content.decode()
    assert not folder.is_running


@pytest.fixture
def demo(live_store: Path, db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[int]:  # noqa: ARG001
    """The made-up place with its people and terms: the URNs of its schools that sent returns."""
    monkeypatch.setenv("DATABASE_URL", database_of(live_store))
    settings.ROPEWALK_STORE = live_store
    settings.FACTS_ENVIRONMENT = {}
    Account.objects.create(name="demo", is_local_administrator=True)
    reader = Reader(Store(live_store))
    urns = [int(one.urn) for one in reader.schools(place="X06000001")]
    now = timezone.now()
    make_people(reader=reader, place="X06000001", urn=urns[0], by="demo", now=now)
    make_terms(place="X06000001", head="head", by="coordinator", now=now)
    return urns


def test_the_demo_has_terms_in_force_and_coverage_by_purpose_is_a_headline(
    demo: list[int], read: Callable[..., Page], client: Client
) -> None:
    by_school = sharing_by_school("X06000001", at=timezone.now())
    assert [sum(shared == said for shared in by_school.values()) for said in (BOTH, {PLACE}, set())] == [
        len(demo) - 2,
        1,
        1,
    ]
    client.force_login(Account.objects.get(name="coordinator"))
    page = read("/returns/?place=X06000001")
    assert "Sharing for: Figures of the place" in page.words
    file = client.get("/returns/coverage.csv?place=X06000001").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    said = {row["Shares for"] for row in rows}
    assert said == {"everything", "Figures of the place", "nothing yet"}
    # What the headline says follows from the rows of the file.
    sent = [row for row in rows if row["Roll"] and row["Register"] and row["Shares for"] != "nothing yet"]
    pupils, everyone = (sum(int(row["Pupils"]) for row in some) for some in (sent, rows))
    assert sent
    words = f"{len(sent)} of {len(rows)} schools {pupils:,} of {everyone:,} pupils ({100 * pupils / everyone:.1f}%)"
    assert words in page.words
    assert words in read("/terms/places/X06000001/").words
    client.force_login(Account.objects.get(name="head"))
    # How many children are on roll is for whoever may see coverage.
    told = read("/terms/places/X06000001/").words
    assert f"{len(sent)} of {len(rows)} schools about {100 * pupils / everyone:.0f}% of pupils;" in told
    assert f"{pupils:,} of" not in told
    assert "Data-sharing terms" in read(f"/returns/schools/{demo[0]}/").words


def test_pages_ask_no_more_of_the_database_for_more_schools(
    cast: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    cast.force()
    client = client_of(cast.carla)
    with_few = _queries(client, f"{TERMS}answers/")
    more = [(990300 + n, f"School {n}") for n in range(20)]
    make_place(name="More", schools=more, within=None, begins=timezone.localdate(), by="Keeper", now=NOW)
    for one in Organisation.objects.filter(kind=OrganisationKind.SCHOOL, key__startswith="9903"):
        PlaceMembership.objects.create(
            organisation=one, place=cast.place, begins=timezone.localdate(), by="Keeper", at=NOW
        )
    with django_assert_max_num_queries(with_few):
        client.get(f"{TERMS}answers/")
    asked = _queries(client_of(cast.keeper), "/terms/")
    for n in range(10):
        make_place(name=f"Place {n}", schools=more, within=None, begins=timezone.localdate(), by="Keeper", now=NOW)
    assert len(own_places(viewer=cast.keeper, at=timezone.now())) == 12
    keeper = client_of(cast.keeper)
    with django_assert_max_num_queries(asked):
        keeper.get("/terms/")


def _queries(client: Client, address: str) -> int:
    """How many questions a page asks of the database."""
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    of_site.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="SQLITE WRITES ONE AFTER THE OTHER: raced on PostgreSQL, where the site's tests run once more",
)
def test_answers_at_once_take_turns_and_the_highest_number_counts(empty_store: Path) -> None:  # noqa: ARG001
    cast = made_cast()
    cast.force()
    start, told = threading.Barrier(6), []

    def say(purposes: frozenset[Purpose]) -> None:
        try:
            start.wait(20)
            told.append(cast.says(cast.alice, ASH, *purposes).number)
        finally:
            connection.close()

    racing = [threading.Thread(target=say, args=([BOTH, frozenset({PLACE}), frozenset()][n % 3],)) for n in range(6)]
    for one in racing:
        one.start()
    for one in racing:
        one.join(60)
    assert sorted(told) == [1, 2, 3, 4, 5, 6]
    last = Answer.objects.for_system_job("a test").get(number=6)
    assert sharing_by_school(CODE, at=timezone.now() + timedelta(minutes=1))[ASH] == last.accepted
