"""The API: the contract's figures with the command's filters, in parts, kept by their ETag, with problems in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.fixtures import Settings

from ropewalk.cli.main import ropewalk

PLACE = "X06000001"
# As ../shared/contracts.md spells a figure out.
CONTRACT = {
    "place", "school", "measure", "phase", "group", "period", "value", "unit", "numerator", "denominator", "missing",
    "source", "definition",
}  # fmt: skip
API = "/api/v1/"


@pytest.fixture(autouse=True)
def store(made_up_store: Path, settings: Settings) -> Path:
    settings.ROPEWALK_STORE = made_up_store
    return made_up_store


def asked(address: str, status: int = 200) -> dict[str, Any]:
    answer = Client().get(API + address)
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def printed(store: Path, *arguments: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(ropewalk, [*arguments, "--json", "--store", str(store)], catch_exceptions=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", []),
        ("&measure=persistent_absence&phase=primary", ["--measure", "persistent_absence", "--phase", "primary"]),
        (
            "&measure=attainment8&measure=progress8&group=disadvantaged&period=2023/24",
            ["--measure", "attainment8", "--measure", "progress8", "--group", "disadvantaged", "--period", "2023/24"],
        ),
    ],
)
def test_figures_are_those_of_the_command(store: Path, query: str, options: list[str]) -> None:
    wanted = printed(store, "figures", "--place", PLACE, *options)
    found = asked(f"figures?place={PLACE}&limit=1000{query}")
    assert wanted
    assert found["figures"] == wanted[:1000]
    assert found["count"] == len(wanted)
    assert all(figure.keys() >= CONTRACT for figure in found["figures"])


def test_figures_of_a_school(store: Path) -> None:
    school = next(s for s in printed(store, "schools", PLACE) if s["pupils"])["urn"]
    wanted = printed(store, "figures", "--place", PLACE, "--school", school)
    assert wanted
    assert asked(f"figures?place={PLACE}&school={school}&limit=1000")["figures"] == wanted[:1000]


def test_places_schools_and_measures_are_those_of_the_commands(store: Path) -> None:
    assert asked("places?limit=1000")["places"] == printed(store, "places")
    assert asked(f"places/{PLACE}/schools?limit=1000")["schools"] == printed(store, "schools", PLACE)
    assert asked("measures")["measures"] == printed(store, "measures")


def test_parts_put_together_are_the_whole_in_the_same_order() -> None:
    whole = asked(f"figures?place={PLACE}&measure=persistent_absence&limit=1000")["figures"]
    found: list[dict[str, Any]] = []
    address: str | None = f"figures?place={PLACE}&measure=persistent_absence&limit=7"
    while address:
        part = asked(address.removeprefix(API))
        assert len(part["figures"]) <= 7
        found += part["figures"]
        address = part["next"]
    assert len(found) > 14
    assert found == whole


def test_answers_may_be_kept_and_are_asked_for_again_by_their_etag(settings: Settings) -> None:
    settings.PAGE_CACHE = True
    first = Client().get(f"{API}measures")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not first.cookies
    assert not [name for name in first.headers if name.lower().startswith("access-control")]
    again = Client().get(f"{API}measures", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_is_answered_as_get_is_without_the_content() -> None:
    for _ in range(2):
        answer = Client().head(f"{API}places?text=head")
        assert (answer.status_code, answer.content) == (200, b"")
        Client().get(f"{API}places?text=head")


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [
        ("get", "figures?place=Atlantis", 404, "There is no place called 'Atlantis'."),
        ("get", f"figures?place={PLACE}&measure=happiness", 404, "happiness"),
        ("get", f"figures?place={PLACE}&period=last%20year", 404, "Write an academic year as 2022/23"),
        ("get", f"figures?place={PLACE}&school=1", 404, "No school has the URN or LAESTAB '1'."),
        ("get", "nothing/here", 404, "/api/v1/ says which there are"),
        ("post", "places", 405, "Nothing can be changed"),
        ("get", "figures", 422, "Mend these parameters"),
    ],
)
def test_problems_are_told_in_plain_words(method: str, address: str, status: int, words: str) -> None:
    answer = getattr(Client(), method)(API + address)
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert words in told["detail"]
    assert "ropewalk " not in told["detail"]


def test_every_wrong_parameter_is_named_at_once() -> None:
    told = asked(f"figures?place={PLACE}&limit=0&offset=x&phase=infant", 422)
    assert {one["parameter"] for one in told["problems"]} == {"limit", "offset", "phase"}


def test_a_slip_of_the_pen_is_refused_and_does_not_give_everything() -> None:
    told = asked(f"figures?place={PLACE}&measures=attainment8&limit=1&limit=2", 422)
    assert [one["parameter"] for one in told["problems"]] == ["measures", "limit"]
    assert "measure, phase" in told["problems"][0]["detail"]


def test_a_host_that_is_not_ours_is_refused() -> None:
    assert Client().get(f"{API}measures", headers={"host": "elsewhere.example"}).status_code == 400


def test_the_page_that_explains_it_names_every_address_and_loads_nothing_from_elsewhere() -> None:
    page = Client().get(API).content.decode()
    document = asked("openapi.json")
    assert document["openapi"].startswith("3.1")
    assert document["paths"]
    assert not [path for path in document["paths"] if f"<code>{path}</code>" not in page]
    assert 'src="http' not in page
    assert "swagger" not in page.lower()


def test_without_figures_it_says_so(tmp_path: Path, settings: Settings) -> None:
    settings.ROPEWALK_STORE = tmp_path
    assert asked("places", 404)["detail"]
