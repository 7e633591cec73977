"""Places side by side and regions pooled, against what is published for the regions themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.open_data.reading import Selection
from ropewalk.core.schema.councils import COUNCILS
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.comparing import MOST_PLACES, compare_places, is_whole, places_to_compare
from ropewalk.core.use_cases.store import Reader, Store

NORTH_WEST = find_place("North West")
REGIONS = [f"E1200000{number}" for number in range(1, 10)]


@pytest.fixture(scope="module")
def reader(everything: Path) -> Iterator[Reader]:
    """A reader of every real published file."""
    opened = Reader(Store(everything))
    yield opened
    opened.close()


def names_of(region: str, year: int) -> set[str]:
    """Codes of the councils a region had on 1 September of a year."""
    there = [council for council in COUNCILS if council.region == region]
    return {c.code for c in there if (c.first_year or 0) <= year and (c.last_year or 9999) > year}


def test_places_are_found_by_name_number_and_code_each_once(reader: Reader) -> None:
    places, region = places_to_compare(["Plymouth", " 879 ", "", "E06000009", "blackpool"], None, reader)
    assert [place.name for place in places] == ["Plymouth", "Blackpool"]
    assert region is None


def test_every_problem_is_said_at_once_with_the_line_it_is_about(reader: Reader) -> None:
    with pytest.raises(InputRefused) as refused:
        places_to_compare(["Plymouth", "", "Atlantis", "Lyonesse"], None, reader)
    assert [(problem.row, problem.what) for problem in refused.value.problems] == [
        (3, "There is no place called 'Atlantis'."),
        (4, "There is no place called 'Lyonesse'."),
    ]
    assert "ropewalk" not in str(refused.value)


@pytest.mark.parametrize(("count", "said"), [(0, "You chose no places."), (1, "You chose one place.")])
def test_fewer_than_two_places_are_no_comparison(reader: Reader, count: int, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        places_to_compare(["Plymouth"] * count, None, reader)


def test_more_than_twelve_places_are_too_many(reader: Reader) -> None:
    codes = sorted(names_of(NORTH_WEST.code, 2024))[: MOST_PLACES + 1]
    with pytest.raises(InputRefused, match="You chose 13 places"):
        places_to_compare(codes, None, reader)
    places, _ = places_to_compare(codes[:MOST_PLACES], None, reader)
    assert len(places) == MOST_PLACES


def test_only_a_region_is_compared_as_a_region(reader: Reader) -> None:
    with pytest.raises(NotFound, match="Plymouth is not a region"):
        places_to_compare([], "Plymouth", reader)


def test_the_comparison_shows_the_published_figures(reader: Reader) -> None:
    places, _ = places_to_compare(["Plymouth", "Blackpool", "Oldham"], None, reader)
    comparison = compare_places(reader, places, None, "persistent_absence")
    assert len(comparison.rows) > 20
    for row in comparison.rows:
        for place, figure in row.figures:
            published = reader.figures(
                Selection(
                    places=[place.code],
                    measures=[row.measure.id],
                    phases=[row.phase],
                    groups=[row.group],
                    periods=[row.period],
                )
            )
            assert ([figure] if figure else []) == published
    assert set(comparison.series) == {*(place.code for place in places), "E92000001"}
    for series in comparison.series.values():
        assert [f.period for f in series] == sorted(f.period for f in series)


def test_a_measure_that_is_not_compared_is_said(reader: Reader) -> None:
    places, _ = places_to_compare(["Plymouth", "Blackpool"], None, reader)
    for unknown in ("no_such_measure", "ofsted_overall"):
        with pytest.raises(NotFound):
            compare_places(reader, places, None, unknown)


@pytest.mark.parametrize("region", REGIONS)
def test_a_pooled_region_is_what_is_published_for_it(reader: Reader, region: str) -> None:
    """Persistent and severe absence 2022/23, from the counts of all councils: equal to the region's own figure."""
    places, whole = places_to_compare([], region, reader)
    lines = {line.measure.id: line for line in compare_places(reader, places, whole).baseline}
    for measure in ("persistent_absence", "severe_absence"):
        line = lines[measure]
        assert line.period == "2022/23"
        assert line.region is not None
        assert line.pooled.value == pytest.approx(line.region.value, abs=0.0051)
        assert {part.place for part in line.parts} == names_of(region, 2022)


def test_a_pool_counts_each_council_once_from_one_publication(reader: Reader) -> None:
    places, whole = places_to_compare([], "North West", reader)
    baseline = compare_places(reader, places, whole).baseline
    assert len(baseline) > 5
    for line in baseline:
        assert len({part.place for part in line.parts}) == len(line.parts) == line.pooled.places
        assert len({part.source.publication for part in line.parts}) == 1
        assert line.pooled.numerator == sum(part.numerator or 0 for part in line.parts)
        assert is_whole(NORTH_WEST, {part.place for part in line.parts}, int(line.period[:4]))


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("year", [2006, 2012, 2018, 2020, 2022, 2023, 2025])
def test_a_region_is_whole_with_the_councils_of_its_year_and_not_without_one(region: str, year: int) -> None:
    place = find_place(region)
    there = names_of(region, year)
    assert is_whole(place, there, year)
    for code in there:
        assert not is_whole(place, there - {code}, year)


def test_a_region_is_not_whole_with_one_of_its_councils_or_none() -> None:
    made_up = find_place("X12000001")
    assert not is_whole(made_up, {"X06000001"}, 2022)
    assert not is_whole(find_place("Inner London"), set(), 2022)


def test_old_and_new_councils_are_never_pooled_together() -> None:
    before, after = names_of(NORTH_WEST.code, 2022), names_of(NORTH_WEST.code, 2023)
    assert before != after
    assert not is_whole(NORTH_WEST, before | after, 2022)
    # Figures of the year in which Cumbria was replaced may be given by the old councils or by the new.
    assert is_whole(NORTH_WEST, after, 2022)
    assert not is_whole(NORTH_WEST, after, 2021)
    assert not is_whole(NORTH_WEST, before, 2023)
