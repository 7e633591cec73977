"""A figure has a value or a reason; reasons and groups have words; the shape is that of the contract."""

from __future__ import annotations

import pytest

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.groups import GROUPS, group
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import Phase

SOURCE = Source("published", "lait", "Title", "2022/23", "file.csv", "0" * 64, 7)


def figure(value: float | None, missing: Missing | None) -> Figure:
    """A figure with a value, a reason, both or neither."""
    return Figure("E06000026", None, "neet", "all", "all", "2025", value, "percent", None, None, missing, "4.7", SOURCE)


@pytest.mark.parametrize(("value", "missing"), [(None, None), (4.7, Missing.LOW)])
def test_a_figure_needs_a_value_or_a_reason(value: float | None, missing: Missing | None) -> None:
    with pytest.raises(ValueError, match="a value or a reason"):
        figure(value, missing)


def test_zero_is_a_value() -> None:
    assert figure(0.0, None).as_json()["value"] == 0
    assert figure(None, Missing.SUPPRESSED).as_json()["missing"] == "suppressed"


def test_reasons_are_those_of_the_contract_and_have_words() -> None:
    wanted = {"suppressed", "not_applicable", "not_available", "low", "unreliable", "not_collected"}
    assert {reason.value for reason in Missing} == wanted
    assert all(reason.words for reason in Missing)


def test_phases_and_groups_of_the_contract_are_there() -> None:
    assert [phase.value for phase in Phase] == ["all", "primary", "secondary", "special", "alternative"]
    named = {
        "all", "disadvantaged", "not_disadvantaged", "fsm", "not_fsm", "sen_support", "ehcp", "no_sen", "looked_after",
        "children_in_need", "girls", "boys", "eal", *(f"year_{number}" for number in range(1, 14)),
    }  # fmt: skip
    assert named <= GROUPS.keys()
    with pytest.raises(NotFound):
        group("left_handed")
