"""Rounding for free exploration, and what a stranger with a solver can make of it."""

from __future__ import annotations

import pytest

from ropewalk.core.disclosure.audit import ReleasedTable
from ropewalk.core.disclosure.exploring import audit_rounded, midpoint, rounded, spanned
from ropewalk.core.errors import InputRefused


def test_counts_are_shown_as_the_middle_of_six():
    assert [midpoint(count) for count in (0, 1, 6, 7, 12, 13, 18, 19)] == [0, 3, 3, 9, 9, 15, 15, 21]
    for count in range(500):
        low, high = spanned(midpoint(count))
        assert low <= count <= high
    with pytest.raises(ValueError, match="at least 0"):
        midpoint(-1)


@pytest.mark.parametrize("shown", [1, 5, 6, -3])
def test_a_figure_that_no_count_is_shown_as_is_refused(shown):
    with pytest.raises(ValueError, match="no count"):
        spanned(shown)


def one_way(counts, total):
    cells = rounded({("*",): total} | {(name,): count for name, count in counts.items()})
    return ReleasedTable("table", ("kind",), cells, {"kind": {}}, 5, 5)


def test_what_totals_give_away_of_rounded_parts_is_found():
    # 1 + 1 + 1 + 1 + 1 + 1 = 6 is shown as 3, so no part can be more than 1.
    found = {one.coordinates: one for one in audit_rounded([one_way(dict.fromkeys("abcdef", 1), 6)])}
    assert (found["a",].low, found["a",].high, found["a",].safe) == (1, 1, False)
    found = {one.coordinates: one for one in audit_rounded([one_way({"a": 4, "b": 5}, 9)])}
    assert (found["a",].low, found["a",].high, found["a",].safe) == (1, 6, True)


def test_figures_that_no_counts_fit_are_refused():
    cells = {("*",): 3, ("a",): 9}
    with pytest.raises(InputRefused, match="contradict"):
        audit_rounded([ReleasedTable("table", ("kind",), cells, {"kind": {}}, 5, 5)])
    with pytest.raises(InputRefused, match="not rounded"):
        audit_rounded([ReleasedTable("table", ("kind",), {("a",): 8}, {"kind": {}}, 5, 5)])


def test_the_reference_table_rounded_leaves_two_steps_for_every_figure(twenty, public):
    table = public.joined.table
    cells = {name: int(count) for names, count in zip(table.names, table.counts, strict=True) for name in names}
    members = {
        f"{name}={member}": frozenset(unit for unit, of in twenty.of[name].items() if of == member)
        for name in ("mat", "phase")
        for member in set(twenty.of[name].values())
    }
    release = ReleasedTable(
        "release", ("school", "sen", "disadv"), rounded(cells), {"school": members, "sen": {}, "disadv": {}}, 5, 5
    )
    small = {name for name, count in cells.items() if 0 < count < 5}
    found = [one for one in audit_rounded([release]) if one.coordinates in small]
    assert found
    assert all(one.safe for one in found)
    for one in found:
        assert one.low <= cells[one.coordinates] <= one.high
