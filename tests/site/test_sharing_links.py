"""Pairs of records that may be one child's: shown beside each other, decided, taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.school_returns import beside
from ropewalk.site.foundation.accounts.models import Account

URN = 123456
LINKS = "/returns/links/"
HEAD = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date,postcode\n"
# The same child at two schools: once with a number, once without and with the forename cut short.
WITH_NUMBER = f"{HEAD}{URN},H011206719000,Quince,Ottoline,2014-05-01,F,8,C,2025-09-01,ZZ1 1AA\n"
WITHOUT = f"{HEAD}{URN + 1},,Quince,Otto,2014-05-01,F,8,G,2026-01-05,ZZ1 1AA\n"

KEY = b"k" * 32


@pytest.fixture
def facts(tmp_path: Path, settings: Settings) -> Facts:
    """A store that holds both rolls."""
    settings.ROPEWALK_STORE = tmp_path / "store"
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": KEY.decode()}
    facts = Facts(tmp_path / "store")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for number, text in enumerate((WITH_NUMBER, WITHOUT)):
        file = tmp_path / f"roll{number}.csv"
        file.write_text(text, encoding="utf-8")
        submit_files(
            facts,
            [file],
            by="alice",
            key=KEY,
            scratch=scratch,
            now=datetime(2026, 2, 1, tzinfo=UTC),
            year="2025/26",
        )
    return facts


@pytest.fixture
def alice(client: Client, db: None) -> Account:  # noqa: ARG001
    account = Account.objects.create(name="alice", is_local_administrator=True)
    client.force_login(account)
    return account


def page(client: Client) -> str:
    answer = client.get(LINKS)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    return answer.content.decode()


def test_a_pair_is_shown_confirmed_and_taken_back(client: Client, alice: Account, facts: Facts) -> None:  # noqa: ARG001
    assert "There is nothing to decide." in page(client)
    assert client.post(f"{LINKS}look/").headers["Location"] == LINKS
    [pair] = beside(facts, key=KEY)
    text = page(client)
    for word in ("Ottoline", "Otto <", "1 May 2014", "Girl", "ZZ1 1AA", "one child"):
        assert word in text
    client.post(f"{LINKS}decide/", {"record": pair.record, "other": pair.other, "same": "yes"})
    text = page(client)
    assert "There is nothing to decide." in text
    assert "Ottoline" not in text
    assert "a person confirmed it" in text
    link = text.split('name="link" value="')[1].split('"')[0]
    client.post(f"{LINKS}undo/", {"link": link})
    assert "No records are linked." in page(client)
    assert client.post(f"{LINKS}undo/", {"link": link}).status_code == 404


def test_a_pair_can_be_two_children(client: Client, alice: Account, facts: Facts) -> None:  # noqa: ARG001
    client.post(f"{LINKS}look/")
    [pair] = beside(facts, key=KEY)
    client.post(f"{LINKS}decide/", {"record": pair.record, "other": pair.other, "same": "no"})
    text = page(client)
    assert "There is nothing to decide." in text
    assert "No records are linked." in text


@pytest.mark.parametrize("said", [{}, {"record": "1"}, {"record": "x", "other": "y"}, {"record": "8", "other": "9"}])
def test_a_pair_that_is_none_is_not_found(
    client: Client,
    alice: Account,  # noqa: ARG001
    facts: Facts,  # noqa: ARG001
    said: dict[str, str],
) -> None:
    assert client.post(f"{LINKS}decide/", {**said, "same": "yes"}).status_code == 404


def test_without_the_key_the_page_says_what_is_missing_and_names_nobody(
    client: Client,
    alice: Account,  # noqa: ARG001
    facts: Facts,
    settings: Settings,
) -> None:
    client.post(f"{LINKS}look/")
    assert len(beside(facts, key=KEY)) == 1
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "another key than the one it was written with"}
    for answer in (client.get(LINKS), client.post(f"{LINKS}look/")):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "The identity key is not the one this store was written with" in text
        assert "Quince" not in text
        assert "There is nothing to decide." not in text
