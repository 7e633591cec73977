"""Unusual movement: what is told, what is not, and words that never accuse."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.compare.funnel import Standing
from ropewalk.core.compare.movement import Look, Movement, SchoolMovement, near_limit, unusual_movement

COUNTS = st.none() | st.integers(0, 40)
SCHOOLS = st.lists(
    st.builds(
        SchoolMovement,
        school=st.integers(100_000, 149_999),
        pupils=st.none() | st.integers(0, 1500),
        joiners=COUNTS,
        leavers=COUNTS,
        destination_unknown=COUNTS,
        year_10=st.none() | st.integers(0, 250),
        year_10_to_11_leavers=COUNTS,
        on_no_roll=COUNTS,
        part_time=COUNTS,
        past_review=COUNTS,
        suspended_repeatedly=COUNTS,
        past_most_days=COUNTS,
        near_most_days=COUNTS,
    ),
    max_size=25,
    unique_by=lambda school: school.school,
)
ACCUSING = ("off-roll", "offroll", "illegal", "blame", "fault", "suspicious", "gaming", "hiding", "worst", "poor")


def words(movement: Movement) -> list[str]:
    return [row.words for row in movement.rows]


def city(count: int = 20) -> list[SchoolMovement]:
    return [
        SchoolMovement(100_000 + n, pupils=1000, leavers=20 + n % 5, joiners=18, year_10=180, year_10_to_11_leavers=4)
        for n in range(count)
    ]


def test_leavers_to_be_found_are_told_as_they_are() -> None:
    found = unusual_movement([SchoolMovement(113533, leavers=9, destination_unknown=5)])
    assert words(found) == ["4 of 9 leavers went to a school we know; 5 are to be found."]
    assert (found.rows[0].look, found.rows[0].count, found.rows[0].out_of) == (Look.DESTINATION_UNKNOWN, 5, 9)


def test_each_count_has_its_own_words_for_one_and_for_many() -> None:
    one = SchoolMovement(
        1,
        leavers=1,
        destination_unknown=1,
        on_no_roll=1,
        part_time=1,
        past_review=1,
        suspended_repeatedly=1,
        past_most_days=1,
        near_most_days=1,
    )
    many = SchoolMovement(
        2,
        leavers=None,
        destination_unknown=3,
        on_no_roll=2,
        part_time=6,
        past_review=2,
        suspended_repeatedly=4,
        past_most_days=2,
        near_most_days=3,
    )
    assert words(unusual_movement([one])) == [
        "1 of 1 leavers is to be found.",
        "1 child last seen here is on no roll that we know of, and is to be found.",
        "1 of 1 part-time timetable is past the day its review was due.",
        "1 child was suspended three times or more in the year.",
        "1 child was suspended for more than 45 days in the year, over all schools.",
        "1 child was suspended for 35 to 45 days in the year, over all schools.",
    ]
    assert words(unusual_movement([many])) == [
        "3 children left and are to be found.",
        "2 children last seen here are on no roll that we know of, and are to be found.",
        "2 of 6 part-time timetables are past the day their reviews were due.",
        "4 children were suspended three times or more in the year.",
        "2 children were suspended for more than 45 days in the year, over all schools.",
        "3 children were suspended for 35 to 45 days in the year, over all schools.",
    ]


def test_a_school_far_above_the_others_is_told_and_the_others_are_not() -> None:
    schools = [
        *city(),
        SchoolMovement(113533, pupils=800, leavers=80, joiners=15, year_10=150, year_10_to_11_leavers=24),
    ]
    found = unusual_movement(schools)
    assert [(row.school, row.look) for row in found.rows] == [
        (113533, Look.LEAVERS),
        (113533, Look.YEAR_10_TO_11),
    ]
    assert all(row.standing is Standing.ABOVE_OUTER for row in found.rows)
    assert found.rows[1].words == (
        "24 of 150 children left between Year 10 and Year 11: more than chance alone would give, where 2.8% is usual. "
        "The number does not say why."
    )


def test_with_few_schools_nothing_is_compared_and_that_is_said() -> None:
    found = unusual_movement(city(5))
    assert found.rows == ()
    assert found.notes[1] == (
        "Leavers are not compared: fewer than ten schools are known with counts, or none counted any."
    )


def test_rows_stand_in_the_order_of_the_schools_and_not_of_the_counts() -> None:
    schools = [SchoolMovement(3, on_no_roll=1), SchoolMovement(1, on_no_roll=9), SchoolMovement(2, on_no_roll=4)]
    assert [row.school for row in unusual_movement(schools).rows] == [3, 1, 2]


def test_what_is_not_known_is_neither_told_nor_taken_for_none() -> None:
    found = unusual_movement([*city(9), SchoolMovement(1, pupils=1000)])
    assert all(row.school != 1 for row in found.rows)
    assert len(found.notes) == 3


def test_days_of_suspension_are_half_the_sessions() -> None:
    found = near_limit({1: 91, 2: 90, 3: 70, 4: 69, 5: 0})
    assert (found.past, found.near) == (1, 2)


@given(SCHOOLS)
def test_no_words_accuse_and_every_row_has_a_count(schools: list[SchoolMovement]) -> None:
    found = unusual_movement(schools)
    for row in found.rows:
        assert row.count > 0
        assert row.words.endswith(".")
        assert not any(word in row.words.lower() for word in ACCUSING)
    assert len({(row.school, row.look) for row in found.rows}) == len(found.rows)
