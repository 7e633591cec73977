"""Where schools came from: links of the register, in files of the register's own layout and in the real one."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.school_detail import school_detail, what_became_of
from ropewalk.core.use_cases.school_history import MOST_STEPS, How, Lineage, identities
from ropewalk.core.use_cases.store import Reader, Store

Link = tuple[str, str, str, str]
HEADER = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Callable[[Iterable[Link]], Reader]]:
    """A reader of a store that holds these links (URN, linked URN, kind, date) and nothing else."""
    opened: list[Reader] = []

    def reader(links: Iterable[Link]) -> Reader:
        file = tmp_path / "links_edubasealldata.csv"
        with file.open("w", encoding="cp1252", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            writer.writerow(HEADER)
            writer.writerows((urn, other, f"School {other}", kind, date) for urn, other, kind, date in links)
        store = Store(tmp_path / "store")
        import_open_data(store, [file], now="2026-09-01T00:00:00Z", progress=lambda *_: None)
        opened.append(Reader(store))
        return opened[-1]

    yield reader
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def real(everything: Path) -> Iterator[Reader]:
    """A reader of every real published file."""
    reader = Reader(Store(everything))
    yield reader
    reader.close()


def test_a_school_under_a_new_number_is_followed_over_several_changes(linked: Callable[..., Reader]) -> None:
    reader = linked(
        [
            ("100003", "100002", "Predecessor", "01-09-2019"),
            ("100002", "100003", "Successor", "31-08-2019"),
            ("100002", "100001", "Predecessor", "01-04-2011"),
        ]
    )
    found = Lineage(reader, ["100003"]).predecessors("100003")
    assert [(one.urn, one.into, one.established, one.how, one.followed) for one in found] == [
        ("100002", "100003", "2019-09-01", How.CONTINUED, True),
        ("100001", "100002", "2011-04-01", How.CONTINUED, True),
    ]


def test_a_link_known_only_at_the_old_school_is_found(linked: Callable[..., Reader]) -> None:
    lineage = Lineage(linked([("100001", "100002", "Successor", "01-09-2015")]), ["100002"])
    assert lineage.numbers("100002") == ["100002", "100001"]


def test_two_schools_that_became_one_are_a_merger_also_where_the_register_calls_each_a_predecessor(
    linked: Callable[..., Reader],
) -> None:
    reader = linked(
        [
            ("100003", "100001", "Predecessor", ""),
            ("100003", "100002", "Predecessor", ""),
            ("100004", "100003", "Predecessor", "01-09-2016"),
        ]
    )
    lineage = Lineage(reader, ["100004"])
    assert {one.urn: (one.how, one.followed) for one in lineage.predecessors("100004")} == {
        "100003": (How.CONTINUED, True),
        "100001": (How.MERGED, False),
        "100002": (How.MERGED, False),
    }
    assert lineage.numbers("100004") == ["100004", "100003"]


def test_a_small_school_merged_into_a_lasting_one_does_not_hide_the_lasting_one(linked: Callable[..., Reader]) -> None:
    reader = linked(
        [
            ("100003", "100001", "Predecessor", "01-09-2016"),
            ("100003", "100002", "Predecessor - merged", "01-01-2020"),
        ]
    )
    assert Lineage(reader, ["100003"]).numbers("100003") == ["100003", "100001"]


def test_a_link_past_the_school_between_is_no_merger(linked: Callable[..., Reader]) -> None:
    reader = linked(
        [
            ("100003", "100002", "Predecessor", "01-09-2019"),
            ("100003", "100001", "Predecessor", "01-04-2011"),
            ("100002", "100001", "Predecessor", "01-04-2011"),
            ("100001", "100003", "Successor", "01-04-2011"),
        ]
    )
    assert Lineage(reader, ["100003"]).numbers("100003") == ["100003", "100002", "100001"]


@pytest.mark.parametrize("kind", ["Successor", "Successor - Split School"])
def test_a_school_that_was_split_is_not_followed(linked: Callable[..., Reader], kind: str) -> None:
    reader = linked([("100001", "100002", kind, "01-09-2016"), ("100001", "100003", kind, "01-09-2016")])
    (before,) = Lineage(reader, ["100002"]).predecessors("100002")
    assert (before.urn, before.how, before.followed) == ("100001", How.SPLIT, False)


def test_other_links_say_nothing_of_the_past(linked: Callable[..., Reader]) -> None:
    reader = linked([("100001", "100002", "Sixth Form Centre Link", ""), ("100001", "100003", "Expansion", "")])
    assert Lineage(reader, ["100001"]).predecessors("100001") == []


@pytest.mark.parametrize("ring", [("100001", "100002"), ("100001", "100002", "100003"), ("100001",)])
def test_links_in_a_circle_come_to_an_end(linked: Callable[..., Reader], ring: tuple[str, ...]) -> None:
    links = [(urn, ring[(place + 1) % len(ring)], "Predecessor", "") for place, urn in enumerate(ring)]
    found = [one.urn for one in Lineage(linked(links), ["100001"]).predecessors("100001")]
    assert sorted(found) == sorted(set(ring) - {"100001"})


def test_any_links_end_and_name_each_school_once(linked: Callable[..., Reader]) -> None:
    random = Random(7)  # noqa: S311 - not a secret
    urns = [str(100001 + number) for number in range(60)]
    kinds = ["Predecessor", "Successor", "Predecessor - merged", "Successor - Split School", "Other"]
    links = [(random.choice(urns), random.choice(urns), random.choice(kinds), "01-09-2015") for _ in range(300)]
    lineage = Lineage(linked(links), urns)
    for urn in urns:
        found = [one.urn for one in lineage.predecessors(urn)]
        assert urn not in found
        assert len(found) == len(set(found))
        assert len(lineage.numbers(urn)) <= MOST_STEPS + 1


def suspensions(data: Path, laestab: str, year: str) -> list[str]:
    """Rates as published, straight from the file."""
    name = data / "exclusions" / "exclusions_by_geographic_level_200607_to_201617.csv.gz"
    with gzip.open(name, "rt", encoding="utf-8", newline="") as file:
        return [
            row["fixed_excl_rate"]
            for row in csv.DictReader(file)
            if row["laestab"] == laestab and row["time_period"] == year
        ]


@pytest.mark.parametrize(
    ("urn", "old_urn", "laestab"),
    [
        # Stoke Damerel kept its LAESTAB when it became an academy in 2011; Marine Academy did not, in 2020.
        ("136626", "113547", "8794190"),
        ("147967", "136166", "8796906"),
    ],
)
def test_the_suspensions_of_2016_17_of_a_school_that_changed_its_number_are_found(
    real: Reader, shared_data: Path, urn: str, old_urn: str, laestab: str
) -> None:
    detail = school_detail(real, urn)
    assert old_urn in {before.urn for before in detail.predecessors if before.followed}
    assert laestab in identities(real, detail.school)
    (figure,) = [f for f in detail.by_measure["suspension_rate"] if f.period == "2016/17"]
    assert figure.school == laestab
    assert [figure.raw] == suspensions(shared_data, laestab, "201617")
    assert laestab[:3] in detail.stood_under[laestab]


@pytest.mark.parametrize("old", ["113547", "136166", "8796906", "113546"])
def test_an_old_number_leads_to_the_school_of_today(real: Reader, old: str) -> None:
    (one,) = what_became_of(real, old)
    assert one.school.urn == ("136626" if old == "113547" else "147967")


def test_schools_that_merged_are_named_and_their_figures_left_out(real: Reader) -> None:
    detail = school_detail(real, "142849")
    merged = {one.name for one in detail.predecessors if one.how is How.MERGED}
    assert merged == {"Montpelier Infants' School", "Montpelier Junior School"}
    assert {f.school for f in detail.released if f.school} <= {"142849", "134803", "8793768"}
