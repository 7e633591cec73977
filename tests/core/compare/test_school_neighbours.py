"""Statistical neighbours of schools: properties of a distance, filters, missing values, and real schools."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.compare.school_neighbours import (
    CONTEXT,
    Filters,
    Region,
    SchoolContext,
    Variable,
    distance,
    kilometres,
    scale_of,
    school_neighbours,
)

VALUES = st.none() | st.integers(0, 100).map(float)
CONTEXTS = st.lists(st.fixed_dictionaries({v.id: VALUES for v in CONTEXT}), min_size=2, max_size=20).map(
    lambda found: [
        SchoolContext(number, values, "secondary", "South West", False) for number, values in enumerate(found)
    ]
)
WEIGHTS = st.lists(st.integers(0, 4), min_size=len(CONTEXT), max_size=len(CONTEXT)).map(
    lambda found: [Variable(v.id, v.words, float(weight)) for v, weight in zip(CONTEXT, found, strict=True)]
)
COLUMNS = {
    "disadvantaged": "PPPerc",
    "eal": "PercentEAL",
    "sen_support": "PercentSchSupport",
    "ehcp": "PercentageStatementOrEHP",
    "stability": "PStability",
    "idaci": "IdaciPupils",
    "pupils": "NumberOfPupils",
    "prior_attainment": "KS2MRP",
}
SIR_JOHN_HUNT = 113533


def school(
    number: int, *, region: str | None = "South West", east: float | None = None, **values: float
) -> SchoolContext:
    return SchoolContext(number, values, "secondary", region, False, east, None if east is None else 0.0)


@pytest.fixture(scope="module")
def schools(shared_data: Path) -> list[SchoolContext]:
    """1,393 real secondary schools of the Department's similar-schools data."""
    file = shared_data / "characteristics" / "secondary_school_context_sample.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
        return [
            SchoolContext(
                int(row["URN"]),
                {name: None if row[column] == "NA" else float(row[column]) for name, column in COLUMNS.items()},
                "secondary",
            )
            for row in csv.DictReader(rows)
        ]


def test_neighbours_of_sir_john_hunt_are_like_it(schools: list[SchoolContext]) -> None:
    """Far above average disadvantage, hardly any pupils with another first language, small for a secondary school."""
    answer = school_neighbours(SIR_JOHN_HUNT, schools)
    assert (len(schools), answer.considered, len(answer.nearest)) == (1393, 1392, 10)
    assert answer.missing == answer.without_use == ()
    by_number = {one.school: one for one in schools}
    own = by_number[SIR_JOHN_HUNT].values
    near = [by_number[one.school].values for one in answer.nearest]
    for variable in CONTEXT:
        spread = answer.scale.deviations[variable.id]
        gaps = [abs((values[variable.id] or 0.0) - (own[variable.id] or 0.0)) / spread for values in near]
        assert sum(gaps) / len(gaps) < 0.6, variable.id
        assert max(gaps) < 1.5, variable.id
    assert all(one.distance < 0.5 for one in answer.nearest)
    assert [one.distance for one in answer.nearest] == sorted(one.distance for one in answer.nearest)


def test_distances_of_real_schools_are_those_numpy_finds(schools: list[SchoolContext]) -> None:
    whole = [one for one in schools if None not in one.values.values()]
    table = np.array([[one.values[v.id] for v in CONTEXT] for one in whole], dtype=float)
    scaled = (table - table.mean(axis=0)) / table.std(axis=0)
    own = next(place for place, one in enumerate(whole) if one.school == SIR_JOHN_HUNT)
    apart = np.sqrt(((scaled - scaled[own]) ** 2).mean(axis=1))
    order = [place for place in np.argsort(apart, kind="stable") if place != own][:10]
    found = school_neighbours(SIR_JOHN_HUNT, whole).nearest
    assert [one.school for one in found] == [whole[place].school for place in order]
    assert [one.distance for one in found] == pytest.approx([float(apart[place]) for place in order])


def test_a_real_school_without_a_value_is_compared_by_the_others_and_said(schools: list[SchoolContext]) -> None:
    lacking = [one.school for one in schools if one.values["disadvantaged"] is None]
    assert len(lacking) == 5
    answer = school_neighbours(lacking[0], schools)
    assert answer.missing == ("disadvantaged",)
    assert "Not known for this school: pupils who are disadvantaged." in answer.words
    assert all(one.not_compared == ("disadvantaged",) for one in answer.nearest)


@given(CONTEXTS, WEIGHTS)
def test_distances_are_the_same_both_ways_and_nought_to_itself(
    found: list[SchoolContext], variables: list[Variable]
) -> None:
    scale = scale_of(found, variables)
    for one in found:
        for other in found:
            there, back = distance(one, other, variables, scale), distance(other, one, variables, scale)
            assert (there is None) == (back is None)
            if there is not None and back is not None:
                assert there.distance == back.distance >= 0
                assert there.not_compared == back.not_compared
        same = distance(one, one, variables, scale)
        assert same is None or same.distance == 0


@given(st.lists(st.lists(st.integers(0, 100), min_size=8, max_size=8), min_size=3, max_size=9), WEIGHTS)
def test_a_detour_is_never_shorter(rows: list[list[int]], variables: list[Variable]) -> None:
    found = [
        SchoolContext(n, {v.id: float(x) for v, x in zip(CONTEXT, row, strict=True)}) for n, row in enumerate(rows)
    ]
    scale = scale_of(found, variables)
    first, second, third = found[:3]
    legs = [distance(a, b, variables, scale) for a, b in ((first, third), (first, second), (second, third))]
    if None not in legs:
        direct, one, two = (leg.distance for leg in legs if leg is not None)
        assert direct <= one + two + 1e-9


@given(CONTEXTS, WEIGHTS, st.integers(2, 5))
def test_weights_count_against_each_other_only(
    found: list[SchoolContext], variables: list[Variable], factor: int
) -> None:
    heavier = [Variable(v.id, v.words, v.weight * factor) for v in variables]
    before = school_neighbours(0, found, variables=variables).nearest
    after = school_neighbours(0, found, variables=heavier).nearest
    assert [one.distance for one in before] == pytest.approx([one.distance for one in after])


@given(CONTEXTS)
def test_every_school_considered_is_compared_or_said_to_be_too_little_known(found: list[SchoolContext]) -> None:
    answer = school_neighbours(0, found, count=len(found))
    assert len(answer.nearest) + answer.too_little_known == answer.considered == len(found) - 1


def test_a_weight_of_nought_leaves_a_variable_out() -> None:
    found = [school(1, a=1, b=9), school(2, a=1, b=1), school(3, a=2, b=9), school(4, a=9, b=9)]
    both = (Variable("a", "first"), Variable("b", "second"))
    first_only = (Variable("a", "first", 2.0), Variable("b", "second", 0.0))
    assert school_neighbours(1, found, variables=both).nearest[0].school == 3
    answer = school_neighbours(1, found, variables=first_only)
    assert answer.nearest[0].school == 2
    assert "Compared by first (weight 2)." in answer.words


def test_filters_decide_who_may_be_a_neighbour_and_are_said() -> None:
    near, far = school(2, a=1, east=3_000), school(3, a=1, east=90_000)
    own, elsewhere = school(1, a=0, east=0), school(4, a=1, region="London", east=300_000)
    grammar = SchoolContext(5, {"a": 1.0}, "secondary", "South West", True, 1_000, 0.0)
    primary = SchoolContext(6, {"a": 1.0}, "primary", "South West", False, 1_000, 0.0)
    nowhere = school(7, a=1, region=None)
    found = [own, near, far, elsewhere, grammar, primary, nowhere]
    variables = (Variable("a", "first"),)

    def names(filters: Filters) -> set[object]:
        return {one.school for one in school_neighbours(1, found, variables=variables, filters=filters).nearest}

    assert names(Filters()) == {2, 3, 4, 7}
    assert names(Filters(same_phase=False, same_selection=False)) == {2, 3, 4, 5, 6, 7}
    assert names(Filters(region=Region.SAME)) == {2, 3}
    assert names(Filters(region=Region.OTHER)) == {4}
    assert names(Filters(farthest_km=50)) == {2}
    assert names(Filters(nearest_km=50, farthest_km=100)) == {3}
    answer = school_neighbours(1, found, variables=variables, filters=Filters(region=Region.SAME, farthest_km=100))
    assert answer.words == (
        "The 2 nearest of 2 schools: of the same phase, selective or not, as this school is, in the same region, "
        "at most 100 km away. Compared by first (weight 1). "
        "Neighbours are alike in circumstances, not in results, and are no ranking."
    )


def test_a_variable_nobody_differs_in_is_not_used_and_said() -> None:
    found = [school(1, a=1, b=4), school(2, a=2, b=4)]
    answer = school_neighbours(
        1, found, variables=(Variable("a", "first"), Variable("b", "second"), Variable("c", "c"))
    )
    assert answer.without_use == ("b", "c")
    assert answer.scale.known == {"a": 2, "b": 2, "c": 0}


def test_a_school_that_is_not_there_and_a_negative_weight_are_refused() -> None:
    with pytest.raises(KeyError):
        school_neighbours(9, [school(1, a=1)])
    with pytest.raises(ValueError, match="0 or more"):
        Variable("a", "first", -1.0)
    assert kilometres(school(1, east=0.0), school(2, east=3_000)) == 3
