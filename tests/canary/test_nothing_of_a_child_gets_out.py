"""Bar 10: one child is planted, and every byte that anybody is served is searched for it.

Every address of the site is asked for, by somebody who is not signed in, by somebody who is and may see nothing, by the
head of another school, and by the local administrator. All but the last must be served the same bytes whether the child
is there or not: then no count, no order and no size can tell. The administrator sees counts, and must still meet no
name, number or date of birth except where records of children are put together by hand. What commands print and what is
logged is searched too.
"""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from tests.canary.conftest import CHILD, PLACE, SECRETS, UPN, YEAR, Planted, Route, all_routes, known_parts

from ropewalk.cli.main import ropewalk
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import name_organisation
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import trust_on
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.matrix import THINGS
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.see.live.states import STATES

# Tokens against forged requests, the moment, and names of receipts, which are made from what was sent.
_DIFFERS_EACH_TIME = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|(?<=Expires: )[^\n]*|R2026\d{4}-[0-9A-Z]{5}'
    # One's own secret address for a calendar program.
    rb"|(?<=/partnerships/calendar/)[\w-]{43}(?=/)"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|R2026\d{4}-[0-9A-Z]{5}")
# The administrator decides there whether two records are one child's, and has to see whose they are.
SHOWS_NAMES = ("/returns/links/",)
# Of published figures alone, and known to nobody's account: searched once, for they take a quarter of a minute each.
HEAD = "head of another school"
# A secret made up each time, and who looked when: searched, and not compared.
NEVER_THE_SAME = ("mfa_activate_totp", "mfa_add_webauthn", "sharing:who-looked", "sharing:who-looked-csv")
PUBLIC_DOCUMENTS = ("scorecard:data-book", "scorecard:slides")
DOCUMENTS = ("application/pdf", "application/vnd.openxmlformats")


@pytest.fixture(autouse=True)
def as_on_one_machine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    settings.RATE_LIMITS = {}
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "k" * 32}
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ROPEWALK_IDENTITY_KEY", "k" * 32)


def body(answer: HttpResponse) -> bytes:
    """The content that is served, streamed or not."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content if isinstance(content, bytes) else str(content).encode()


def headers(answer: HttpResponse) -> bytes:
    """What stands above the content."""
    return "\n".join(f"{name}: {said}" for name, said in sorted(answer.headers.items())).encode()


def words(answer: HttpResponse) -> str:
    """What somebody can read of an answer, whatever kind of file it is."""
    content, kind = body(answer), answer.headers.get("Content-Type", "")
    text = content.decode("utf-8", errors="replace")
    if kind.startswith(DOCUMENTS[0]):
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif kind.startswith(DOCUMENTS[1]):
        text = unpacked(content)
    return f"{answer.headers} {text}"


def unpacked(content: bytes) -> str:
    """The parts of a document, and of the workbooks behind its charts, without moment and receipt."""
    if not content.startswith(b"PK"):
        return _MOMENT.sub("", content.decode("utf-8", errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(f"{name} {unpacked(parts.read(name))}" for name in parts.namelist())


def told(text: str) -> list[str]:
    """Which secrets a text tells."""
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def asked(client: Client, route: Route, parts: dict[str, list[str]]) -> Iterator[tuple[str, HttpResponse]]:
    """What a route answers: read, and sent to without what it needs."""
    for address in route.addresses(parts):
        yield f"GET {address}", client.get(address)
    if "<" not in route.text or "<slug:trust>" in route.text:
        # Pages that are told in the query what they are about.
        query = urlencode({"place": PLACE, "school": parts["urn"][0], "measure": "persistent_absence", "period": YEAR})
        yield f"GET {address}?{query}", client.get(f"{address}?{query}")
    yield f"POST {address}", client.post(address)


def outsider(who: str, own: str) -> Client:
    """Somebody who may see nothing of the child's school; a head sees another school, ``own``."""
    client = Client(raise_request_exception=False)
    if who != "not signed in":
        account, _ = Account.objects.get_or_create(name="Charlie")
        if who == HEAD:
            where = name_organisation(kind=OrganisationKind.SCHOOL, key=own, name=f"School {own}")
            giver, _ = Account.objects.get_or_create(name="Giver", is_local_administrator=True)
            if not Grant.objects.filter(account=account).exists():
                wanted = Wanted(account, "head", where, "It is their work.", timezone.localdate())
                give(wanted, by=giver, now=timezone.now())
        client.force_login(account)
    return client


def another_school(planted: Planted) -> str:
    """A school of the same return that is not the child's."""
    found = receipts(Facts(planted.store))[0].schools
    return next(str(urn) for urn in found if str(urn) != planted.school)


def administrator() -> Client:
    """A local administrator who has said why they look at data, where the site asks for that."""
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.create(name="Alice", is_local_administrator=True))
    leads = client.get("/live/").headers.get("Location")
    if leads:
        client.post(leads, {"reason": "Looking for one child on every page"})
    assert client.get("/live/").status_code == 200
    return client


def served(
    who: str, settings: Settings, store: Planted, schools: tuple[str, str]
) -> dict[str, tuple[int, str, bytes | str]]:
    """By what was asked: status, where it leads, and all that is served; documents as what can be read of them.

    ``schools`` are the child's and another one.
    """
    settings.ROPEWALK_STORE = store.store
    found: dict[str, tuple[int, str, bytes | str]] = {}
    client = outsider(who, schools[1])
    parts = known_parts(store, schools[0])
    parts["urn"] = list(schools)
    for route in all_routes():
        known_to_nobody = who != "not signed in" and route.name in PUBLIC_DOCUMENTS
        if known_to_nobody or route.name.startswith("accounts:sign-out"):
            continue
        for what, answer in asked(client, route, parts):
            name = what.replace(store.receipt, "RECEIPT")
            said = words(answer) if store.school else ""
            assert not told(said), name
            if route.name in NEVER_THE_SAME:
                continue
            packed = answer.headers.get("Content-Type", "").startswith(DOCUMENTS[1])
            content = unpacked(body(answer)) if packed else _DIFFERS_EACH_TIME.sub(b"", headers(answer) + body(answer))
            found[name] = answer.status_code, answer.headers.get("Location", ""), content
    return found


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["not signed in", "wrong person", HEAD])
def test_outsiders_are_served_the_same_bytes_whether_the_child_is_there_or_not(
    who: str, settings: Settings, planted: Planted, without: Planted
) -> None:
    schools = planted.school, another_school(planted)
    with_child = served(who, settings, planted, schools)
    none = served(who, settings, without, schools)
    if who == HEAD:
        assert with_child[f"GET /live/schools/{schools[1]}/"][0] == 200
        assert with_child[f"GET /live/schools/{schools[0]}/"][0] == 404
    assert with_child.keys() == none.keys()
    assert len(with_child) > 200
    changed = [
        what
        for what, (status, leads, content) in with_child.items()
        if (status, content) != (none[what][0], none[what][2])
        or leads.replace(planted.receipt, "") != none[what][1].replace(without.receipt, "")
    ]
    assert not changed


@pytest.mark.slow
@pytest.mark.django_db
def test_the_administrator_meets_no_name_number_or_birthday_and_nothing_of_it_is_logged(
    settings: Settings, planted: Planted, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.ROPEWALK_STORE = planted.store
    client = administrator()
    answered = set()
    with caplog.at_level(logging.DEBUG):
        # Pages of one's own account last: some of them end the session.
        for route in sorted(all_routes(), key=lambda one: one.text.startswith("/accounts/")):
            # Signing out would end the walk.
            if route.name.startswith("accounts:sign-out") or route.name in PUBLIC_DOCUMENTS:
                continue
            for what, answer in asked(client, route, known_parts(planted, planted.school)):
                if answer.status_code == 200:
                    answered.add(route.name)
                assert answer.status_code != 500, what
                if not route.text.startswith(SHOWS_NAMES):
                    assert not told(words(answer)), what
    # The pages on which a child could be met were there to be searched.
    assert {
        "live:place", "live:place-table", "live:place-measure", "live:place-measure-table", "live:place-chart-spec",
        "live:movement", "live:figure", "live:school", "live:school-measure", "sharing:coverage",
        "sharing:coverage-csv",
        "sharing:school", "sharing:receipt", "sharing:links", "scorecard:place", "scorecard:workbook",
        "scorecard:school",
    } <= answered  # fmt: skip
    printed = capfd.readouterr()
    logged = "\n".join(record.getMessage() + (record.exc_text or "") for record in caplog.records)
    assert not told(printed.out + printed.err + logged)


# Who works with the child's school, is told counts and may meet no name: role, where it is held, and a page each sees.
INSIDERS = (
    ("trust_leader", "trust", "live:trust"),
    ("coordinator", "place", "sharing:coverage"),
    ("council_officer", "council", "sharing:coverage"),
)


@pytest.fixture
def insiders(settings: Settings, planted: Planted, db: None) -> dict[str, Organisation | Place]:  # noqa: ARG001
    """The child's trust, place and council."""
    settings.ROPEWALK_STORE = planted.store
    on = timezone.localdate()
    bring_in(reader=Reader(Store(planted.store)), place=PLACE, by="Dana", now=timezone.now(), on=on)
    trust = trust_on(Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=planted.school), on)
    assert trust is not None
    council = Organisation.objects.get(kind=OrganisationKind.COUNCIL, key=PLACE)
    return {"trust": trust, "place": Place.objects.get(code=PLACE), "council": council}


@pytest.mark.parametrize(("role", "at", "sees"), INSIDERS, ids=[role for role, _, _ in INSIDERS])
def test_who_is_told_counts_of_the_childs_school_meets_no_name_number_or_birthday(
    planted: Planted, insiders: dict[str, Organisation | Place], role: str, at: str, sees: str
) -> None:
    account = Account.objects.create(name=role)
    giver = Account.objects.create(name="Giver", is_local_administrator=True)
    give(Wanted(account, role, insiders[at], "Their work.", timezone.localdate()), by=giver, now=timezone.now())
    client = Client(raise_request_exception=False)
    client.force_login(account)
    parts = known_parts(planted, planted.school)
    state = STATES.get(None)
    parts["trust"] = [one.id for one in state.trusts(state.place(PLACE)) if one.name == insiders["trust"].name]
    # What everybody is served is searched elsewhere.
    public = {thing.route for thing in THINGS if thing.is_public}
    answered = set()
    for route in all_routes():
        if route.name in public or route.text.startswith("/accounts/"):
            continue
        for what, answer in asked(client, route, parts):
            assert answer.status_code != 500, what
            assert not told(words(answer)), what
            if answer.status_code == 200:
                answered.add(route.name)
    assert sees in answered


def test_no_letter_the_site_sends_speaks_of_the_child(
    settings: Settings,
    planted: Planted,
    db: None,  # noqa: ARG001
    mailoutbox: list[EmailMessage],
) -> None:
    settings.ROPEWALK_STORE = planted.store
    settings.MAIL = {"EMAIL_HOST": "here"}
    client = administrator()
    client.post("/accounts/invitations/", {"name": "Bob", "email": "bob@school.example"})
    for route in all_routes():
        if "POST" in {thing.method for thing in THINGS if thing.route == route.name} and "sign-out" not in route.name:
            for address in route.addresses(known_parts(planted, planted.school)):
                client.post(address, {"reason": "A test.", "urn": planted.school, "place": PLACE})
    assert mailoutbox
    for letter in mailoutbox:
        assert not told(letter.message().as_string())


API = "/api/v1/"


def test_the_api_tells_nothing_of_the_child_and_the_same_without_it(
    settings: Settings, planted: Planted, without: Planted
) -> None:
    asked_for = (
        "places", f"places/{PLACE}/schools", "measures", f"figures?place={PLACE}&limit=1000",
        f"figures?place={PLACE}&school={planted.school}", f"figures?place={PLACE}&school={UPN}",
        f"figures?place={PLACE}&period={YEAR}", f"figures?place={PLACE}&group=looked_after",
        f"places?text={CHILD['postcode']}",
    )  # fmt: skip
    said: list[list[bytes]] = []
    for store in (planted, without):
        settings.ROPEWALK_STORE = store.store
        said.append([body(Client().get(API + address)) for address in asked_for])
    assert said[0] == said[1]
    for address, answer in zip(asked_for, said[0], strict=True):
        # What somebody typed themselves may be said back to them.
        assert not [secret for secret in told(answer.decode()) if secret not in address]


def test_no_file_of_the_store_can_be_read_for_the_child(planted: Planted) -> None:
    sent = "".join(file.read_text(encoding="utf-8") for file in planted.files)
    assert told(sent) == list(SECRETS)
    files = [path for path in planted.store.rglob("*") if path.is_file()]
    assert any("identity" in path.parts for path in files)
    for path in files:
        assert not told(path.read_bytes().decode("latin-1")), path.name


def run(store: Path, *arguments: str | Path) -> str:
    """All that a command prints, errors too."""
    done = CliRunner().invoke(ropewalk, [*map(str, arguments), "--store", str(store)])
    return done.output + (done.stderr if done.stderr not in done.output else "") + str(done.exception or "")


FIGURES = ("figures", "--place", PLACE, "--period", YEAR, "--measure", "persistent_absence")


@pytest.mark.parametrize(
    "command",
    [
        ("figures", "--place", PLACE, "--json"),
        ("figures", "--place", PLACE, "--format", "csv"),
        (*FIGURES, "--audience", "partners", "--group", "ehcp", "--json"),
        (*FIGURES, "--audience", "everyone", "--group", "looked_after", "--format", "csv"),
        ("returns", "status", PLACE, "--json"),
        ("returns", "list", "--json"),
        ("figures", "--place", PLACE, "--school", UPN),
    ],
    ids=lambda command: " ".join(command[:1] + command[5:]) or command[0],
)
def test_commands_print_nothing_of_the_child(planted: Planted, command: tuple[str, ...]) -> None:
    said = run(planted.store, *command)
    assert said
    # What somebody typed themselves may be said back to them.
    assert not [secret for secret in told(said) if secret not in command]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("date_of_birth", "31/02/2012"), ("sex", "X"), ("year_group", "199"), ("upn", f"{UPN}9"), ("ethnicity", "ABCD")],
)
def test_a_return_that_is_wrong_is_refused_without_saying_whose_line_it_is(
    planted: Planted, tmp_path: Path, column: str, wrong: str
) -> None:
    roll = next(file for file in planted.files if file.stem == "roll")
    header, *lines = roll.read_text(encoding="utf-8").splitlines()
    (own,) = [line for line in lines if CHILD["surname"] in line]
    values = dict(zip(header.split(","), own.split(","), strict=True)) | {column: wrong}
    damaged = tmp_path / "roll.csv"
    damaged.write_text("\n".join([header, ",".join(values.values())]) + "\n", encoding="utf-8")
    for command in (("check",), ("check", "--json")):
        said = run(planted.store, "returns", *command, damaged)
        assert "roll.csv" in said
        assert not told(said)
        assert f'"{wrong}"' not in said
        assert f"'{wrong}'" not in said


def test_counts_of_the_one_child_are_hidden_from_partners_and_nothing_moves_when_it_is_gone(
    planted: Planted, without: Planted
) -> None:
    asked_for = (*FIGURES, "--audience", "partners", "--group", "looked_after", "--json")
    both = [json.loads(run(one.store, *asked_for)) for one in (planted, without)]
    order = [[(f["school"], f["phase"], f["group"], f["period"]) for f in found] for found in both]
    assert order[0] == order[1]
    mine = [[f for f in found if f["school"] == planted.school] for found in both]
    assert mine[0]
    for figure in (*mine[0], *mine[1]):
        assert (figure["missing"], figure["value"], figure["numerator"]) == ("suppressed", None, None)
