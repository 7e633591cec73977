"""Two stores that are the same but for one child, who is found by nobody; and every address the site has."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from ropewalk.core.identity.upn import check_letter
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_published_files, make_up_returns
from ropewalk.core.use_cases.returns import receipts, submit_files
from ropewalk.core.use_cases.store import Store

PLACE, YEAR = "X06000001", "2025/26"
NOW = datetime(2026, 3, 21, 12, tzinfo=UTC)
DIGITS = "886204025917"
UPN = check_letter(f"A{DIGITS}") + DIGITS
# What nobody else in the made-up place has. None of it is anybody's.
CHILD = {
    "upn": UPN,
    "surname": "Quexwythe",
    "forename": "Zephyrindra",
    "date_of_birth": "2012-02-29",
    "postcode": "ZZ99 8QX",
    "sex": "F",
    "sen_provision": "E",
    "ethnicity": "WROM",
    "looked_after": "Y",
}
SECRETS = (UPN, CHILD["surname"], CHILD["forename"], CHILD["postcode"], CHILD["date_of_birth"])


@dataclass(frozen=True)
class Planted:
    """A store, the return behind it, the child's school and the receipt."""

    store: Path
    files: list[Path]
    school: str
    receipt: str


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("canary-published")
    written = make_up_published_files(folder, seed=1, progress=lambda *_: None)
    return [file for file in written if file.name.startswith(("spc_", "lait", "statistical"))]


@pytest.fixture(scope="session")
def without(tmp_path_factory: pytest.TempPathFactory, published: list[Path]) -> Planted:
    """Returns of six schools."""
    return _store(tmp_path_factory.mktemp("canary-without"), published, planted=False)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory, published: list[Path]) -> Planted:
    """The same returns, and the child in one of them: of unique characteristics, mostly absent, suspended once."""
    return _store(tmp_path_factory.mktemp("canary-with"), published, planted=True)


def _store(folder: Path, published: list[Path], *, planted: bool) -> Planted:
    store, scratch, sent = folder / "store", folder / "scratch", folder / "returns"
    scratch.mkdir()
    import_open_data(Store(store), published, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    wanted = PlaceWanted(
        schools=6, pupils=300, years=1, last_year=YEAR, until=date(2026, 3, 20), mistakes=0, by_school=False, seed=3
    )
    make_up_returns(sent, wanted, progress=lambda *_: None)
    files = sorted((sent / YEAR.replace("/", "-")).glob("*.csv"))
    school = _plant(files) if planted else ""
    submit_files(Facts(store), files, by="Alice", key=b"k" * 32, scratch=scratch, now=NOW, place=PLACE)
    return Planted(store, files, school, receipts(Facts(store))[0].id)


def _plant(files: list[Path]) -> str:
    """Write the child into the files of a return; the school."""
    named = {file.stem: file for file in files}
    with named["roll"].open(encoding="utf-8", newline="") as file:
        pupils = [row for row in csv.DictReader(file) if row["start_date"] <= "2025-09-30" and not row["leaving_date"]]
    like = next(row for row in pupils if row["year_group"] in {"8", "9"})
    _add(named["roll"], [{**like, **CHILD}])
    with named["register"].open(encoding="utf-8", newline="") as file:
        weeks = [row for row in csv.DictReader(file) if row["upn"] == like["upn"]]
    absent = [{**row, "upn": UPN, "marks": row["marks"].replace("/", "O").replace("\\", "O")} for row in weeks]
    _add(named["register"], absent)
    _add(
        named["suspensions"],
        [
            {
                "urn": like["urn"],
                "upn": UPN,
                "category": "SUSP",
                "start_date": "2025-11-04",
                "sessions": "17",
                "reason_1": "TH",
                "in_alternative_provision": "N",
                "cancelled": "N",
            }
        ],
    )
    return like["urn"]


def _add(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open(encoding="utf-8", newline="") as read:
        columns = next(csv.reader(read))
    with file.open("a", encoding="utf-8", newline="") as write:
        csv.DictWriter(write, columns, restval="", lineterminator="\n").writerows(rows)


_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
# For a part of an address that nobody has told this test about.
ANYTHING = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "path": "any/thing"}


@dataclass(frozen=True)
class Route:
    """An address as the site declares it, with its parts in angle brackets."""

    name: str
    text: str

    def addresses(self, known: dict[str, list[str]]) -> Iterator[str]:
        """The address with all that is known to fit its parts, and with something where nothing is known."""
        parts = [(kind, name) for kind, name in _PART.findall(self.text)]
        for values in product(*(known.get(name, [ANYTHING.get(kind, "anything")]) for kind, name in parts)):
            given = iter(values)
            yield _PART.sub(lambda _part, given=given: next(given), self.text)  # type: ignore[misc]


def all_routes() -> list[Route]:
    """Every route of the URLconf: a new page is among them by itself."""
    return list(_routes(get_resolver().url_patterns, "/", ()))


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        assert isinstance(pattern.pattern, RoutePattern), f"this test cannot write addresses for {pattern.pattern}"
        text = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _routes(pattern.url_patterns, text, inside)
        else:
            yield Route(":".join([*spaces, pattern.name or text]), text)


def known_parts(of: Planted, school: str) -> dict[str, list[str]]:
    """What parts of addresses can be, so that pages are met where the child would be seen."""
    return {
        "code": [PLACE],
        "urn": [school],
        "reference": [school],
        "measure_id": ["persistent_absence"],
        "ending": ["csv", "xlsx"],
        "receipt": [of.receipt],
        "kind": ["roll"],
        "phase": ["secondary"],
        "number": ["1"],
        "name": ["over-time", "measures"],
    }
