"""Places: found by whatever a publication or a person writes for them."""

from __future__ import annotations

from collections import Counter

import pytest

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import PlaceKind, all_places, find_place, place_by_code, search_places


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("E06000026", "Plymouth"),
        ("879", "Plymouth"),
        (" plymouth ", "Plymouth"),
        ("E08000020", "Gateshead"),  # its code until 2013
        ("E08000037", "Gateshead"),
        ("Bristol, City of", "Bristol"),
        ("City of London", "City of London"),
        ("London", "London"),
        ("970", "England"),
        ("Yorkshire and the Humber", "Yorkshire and The Humber"),
        ("St. Helens", "St Helens"),
        ("Telford & Wrekin", "Telford and Wrekin"),
    ],
)
def test_a_place_is_found(text: str, name: str) -> None:
    assert find_place(text).name == name


def test_every_place_is_found_by_its_code_number_and_name() -> None:
    for place in all_places():
        assert place_by_code(place.code) is place
        assert find_place(place.code) == place
        assert find_place(place.number) == place
        assert find_place(place.name) == place


def test_codes_and_numbers_are_given_once() -> None:
    for listed in ([place.code for place in all_places()], [place.number for place in all_places()]):
        assert max(Counter(listed).values()) == 1


def test_every_council_lies_in_a_region() -> None:
    regions = {place.code for place in all_places() if place.kind is PlaceKind.REGION}
    assert all(place.region in regions for place in all_places() if place.kind is PlaceKind.COUNCIL)


def test_a_place_that_is_not_there_suggests_near_names() -> None:
    with pytest.raises(NotFound, match="Did you mean"):
        find_place("Yorks")
    with pytest.raises(NotFound, match="ropewalk places"):
        find_place("Atlantis")


def test_search_puts_the_place_itself_first() -> None:
    assert search_places("bath")[0].name == "Bath and North East Somerset"
    assert search_places("879")[0].name == "Plymouth"
    assert search_places("no such place") == []
