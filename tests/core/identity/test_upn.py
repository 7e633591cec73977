"""Unique pupil numbers: ours and python-stdnum agree; temporary and damaged ones are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import ValidationError
from stdnum.gb import upn as second_opinion

from ropewalk.core.identity import upn

# Council numbers that exist in England: the second opinion looks them up.
COUNCILS = ("801", "879", "201", "330", "935")
numbers = st.builds(
    lambda council, digits, last: council + digits + last,
    st.sampled_from(COUNCILS),
    st.text("0123456789", min_size=8, max_size=8),
    st.sampled_from("0123456789" + upn.ALPHABET),
)


def agrees(number: str) -> bool:
    try:
        second_opinion.validate(number)
    except ValidationError:
        return False
    return True


@given(numbers, st.sampled_from(upn.ALPHABET))
def test_we_agree_with_the_second_opinion_on_every_check_letter(rest: str, letter: str) -> None:
    assert upn.is_valid(letter + rest) is agrees(letter + rest)
    assert upn.check_letter("A" + rest) == second_opinion.calc_check_digit(rest)


@given(st.text(max_size=16))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert upn.is_valid(upn.normalised(text)) <= upn.is_shaped(upn.normalised(text))


def test_the_worked_examples_of_the_definitions_hold() -> None:
    assert upn.is_valid("B801200005001")
    # A help page on the web gives Q for this sum; it is 266, and 266 is P.
    assert upn.ALPHABET[266 % 23] == "P"


def test_a_temporary_number_ends_with_a_letter() -> None:
    number = upn.check_letter("A80120000500A") + "80120000500A"
    assert upn.is_temporary(number) and upn.is_valid(number)
    assert not upn.is_temporary("B801200005001")


@pytest.mark.parametrize("text", ["b801200005001", " B801 2000 05001 ", "'B801200005001", "B801-2000-05001"])
def test_what_people_and_spreadsheets_put_around_a_number_is_taken_off(text: str) -> None:
    assert upn.normalised(text) == "B801200005001"


def test_letters_that_look_like_digits_are_never_used() -> None:
    assert not upn.is_shaped("I801200005001")
    assert not upn.is_shaped("B80120000500O")
    with pytest.raises(ValueError, match="last twelve"):
        upn.check_letter("B8012")


def test_the_council_that_gave_it_out_is_in_the_number() -> None:
    assert upn.council_number("B801200005001") == "801"
