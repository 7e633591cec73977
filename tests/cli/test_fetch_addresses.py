"""What is downloaded from where: declared addresses, pages for the rest, and lists of one's own."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlsplit

import pytest

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.open_data.addresses import ADDRESSES, Address, plan, read_list
from ropewalk.core.open_data.recognise import all_publications

DAY = date(2026, 1, 31)
OFFICIAL = {"ea-edubase-api-prod.azurewebsites.net", "assets.publishing.service.gov.uk", "raw.githubusercontent.com"}


def test_every_publication_has_an_address_or_a_page() -> None:
    made = plan(day=DAY)
    covered = {download.id for download in made.downloads} | {page.publication for page in made.pages}
    assert covered == set(all_publications())
    assert made.downloads
    assert all(urlsplit(page.page).scheme == "https" for page in made.pages)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_declared_addresses_are_official(address: Address) -> None:
    parts = urlsplit(address.url)
    assert parts.scheme == "https"
    assert parts.hostname in OFFICIAL
    if parts.hostname == "raw.githubusercontent.com":
        assert parts.path.startswith("/dfe-analytical-services/")
    assert address.publication in all_publications()


def test_the_register_is_asked_for_by_day() -> None:
    (download,) = plan(day=DAY, only=["gias_links"]).downloads
    assert download.name == "links_edubasealldata20260131.csv"
    assert download.url.endswith("/links_edubasealldata20260131.csv")


def test_one_publication_without_an_address_gives_its_page() -> None:
    made = plan(day=DAY, only=["exclusions_by_place"])
    assert made.downloads == ()
    assert [page.publication for page in made.pages] == ["exclusions_by_place"]


def test_an_unknown_publication_is_not_found() -> None:
    with pytest.raises(NotFound, match="no publication 'lait2'"):
        plan(day=DAY, only=["lait2"])


def test_a_list_of_ones_own_overrides_and_adds() -> None:
    own = read_list(
        json.dumps(
            [
                {"id": "gias_links", "url": "https://example.org/files/links.csv?x=1"},
                {"id": "ours", "name": "ours.csv", "url": "http://127.0.0.1:8000/o", "sha256": "AB" * 32},
            ]
        ),
        file="list.json",
    )
    made = plan(day=DAY, own=own)
    assert [d.url for d in made.downloads if d.id == "gias_links"] == ["https://example.org/files/links.csv?x=1"]
    assert [d.name for d in made.downloads if d.id == "gias_links"] == ["links.csv"]
    assert [d.sha256 for d in made.downloads if d.id == "ours"] == ["AB" * 32]
    assert [d.name for d in plan(day=DAY, own=own, only=["ours"]).downloads] == ["ours.csv"]


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ({"url": "https://example.org/a.csv"}, "id is missing"),
        ({"id": "a"}, "not an address"),
        ({"id": "a", "url": "file:///etc/passwd"}, "not an address"),
        ({"id": "a", "url": "ftp://example.org/a.csv"}, "not an address"),
        ({"id": "a", "url": "https://ann:secret@example.org/a.csv"}, "not an address"),
        ({"id": "a", "url": "https://example.org/"}, "cannot be saved as"),
        ({"id": "a", "name": "../a.csv", "url": "https://example.org/a.csv"}, "cannot be saved as"),
        ({"id": "a", "name": "/etc/a.csv", "url": "https://example.org/a.csv"}, "cannot be saved as"),
        ({"id": "a", "name": ".a.csv", "url": "https://example.org/a.csv"}, "cannot be saved as"),
        ({"id": "a", "name": "fetched.json", "url": "https://example.org/a.csv"}, "cannot be saved as"),
        ({"id": "a", "name": "b.csv.part", "url": "https://example.org/a.csv"}, "cannot be saved as"),
        ({"id": "a", "url": "https://example.org/a.csv", "sha256": "abc"}, "64 hexadecimal"),
        ({"id": "a", "url": "https://example.org/a.csv", "sha1": "abc"}, "'sha1' is not understood"),
        ({"id": 7, "url": "https://example.org/a.csv"}, "not an object of texts"),
        ("https://example.org/a.csv", "not an object of texts"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(entry: object, word: str) -> None:
    good = {"id": "good", "url": "https://example.org/good.csv"}
    with pytest.raises(InputRefused) as refused:
        read_list(json.dumps([good, entry]), file="list.json")
    assert word in str(refused.value)
    assert {(problem.file, problem.row) for problem in refused.value.problems} == {("list.json", 2)}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "7"])
def test_a_file_that_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        read_list(text, file="list.json")


def test_two_files_of_one_name_are_refused() -> None:
    entries = [{"id": "a", "url": "https://example.org/1/X.csv"}, {"id": "b", "url": "https://example.org/2/x.csv"}]
    with pytest.raises(InputRefused, match="Two files would be saved as"):
        read_list(json.dumps(entries), file="list.json")
