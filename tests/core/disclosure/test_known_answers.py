"""Bars 3 and 4: what is known to fail is caught, what is known to be best is found."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from ropewalk.core.disclosure.audit import ReleasedTable, audit
from ropewalk.core.disclosure.protect import Rollup, Specification, protect
from ropewalk.core.disclosure.protect.audience import audiences
from ropewalk.core.disclosure.protect.cells import make_table
from ropewalk.core.disclosure.protect.elimination import shown_by_elimination
from ropewalk.core.disclosure.protect.exact import cheapest_pattern
from ropewalk.core.disclosure.protect.reopening import Reopening
from ropewalk.core.disclosure.protect.repair import Repair


def read(path, *columns, count):
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        counts[key] = counts.get(key, 0) + (int(row[count]) if count else 1)
    return counts, rows


def table_of(specification, counts):
    return make_table(specification, counts, [sorted({k[a] for k in counts}) for a in range(len(next(iter(counts))))])


def with_all(counts, hidden, dimensions=("v1", "v2"), threshold=5):
    """A released two-way table in which some finest cells are hidden."""
    cells = {point: None if point in hidden else count for point, count in counts.items()}
    for axis in (0, 1):
        for value in {point[axis] for point in counts}:
            total = sum(count for point, count in counts.items() if point[axis] == value)
            cells[(value, "*") if axis == 0 else ("*", value)] = total
    cells["*", "*"] = sum(counts.values())
    return ReleasedTable("release", dimensions, cells, {name: {} for name in dimensions}, threshold, threshold)


def intervals(found):
    return {one.coordinates: (one.low, one.high) for one in found.findings}


def test_nine_holes_with_two_in_every_row_and_column_still_give_one_away(reference):
    counts, rows = read(reference / "sdctable_4x4_nine_primaries.csv", "v1", "v2", count="freq")
    primary = {(row["v1"], row["v2"]) for row in rows if row["primary"] == "1"}
    bare = intervals(audit([with_all(counts, primary)]))
    assert bare["w", "b"] == (47, 47)
    assert bare["w", "a"] == (25, 94)
    assert bare["z", "d"] == (585, 770)
    assert intervals(audit([with_all(counts, {*primary, ("x", "d")})]))["w", "b"] == (0, 78)


def test_one_more_hidden_cell_is_enough_for_the_nine_holes(reference):
    counts, rows = read(reference / "sdctable_4x4_nine_primaries.csv", "v1", "v2", count="freq")
    primary = {(row["v1"], row["v2"]) for row in rows if row["primary"] == "1"}
    table = table_of(Specification(("v1", "v2"), width=1), counts)
    sensitive = np.array([names[0] in primary for names in table.names])
    shown = hidden_quickly(table, sensitive)
    assert (~shown).sum() == 10
    best = cheapest_pattern(table, sensitive, table.counts.astype(float))
    assert best is not None
    assert {table.names[cell][0] for cell in np.flatnonzero(best & ~sensitive)} == {("x", "d")}


def hidden_quickly(table, sensitive):
    """The steps of protection with sensitive cells named one by one."""
    nothing = np.zeros(len(sensitive), dtype=bool)
    shown = shown_by_elimination(table, sensitive, nothing, ~nothing)
    cost, everybody = table.counts.astype(float), audiences(table, public=True)
    repair = Repair(table, shown, nothing, cost, sensitive)
    repair.against(everybody)
    assert not repair.failed
    hidden = np.flatnonzero(~shown & ~sensitive)
    Reopening(table, shown, sensitive, everybody).run(sorted(hidden.tolist(), key=lambda cell: -cost[cell]))
    return shown


def linked(reference, *rollups):
    counts, rows = read(reference / "sdctable_linked_county_group.csv", "region", count="n")
    parts = [Rollup("region", name, {row["region"]: row[name] for row in rows}) for name in rollups]
    return counts, Specification(("region",), tuple(parts), threshold=4, width=4)


def bare_release(counts, specification, *, hidden=()):
    table = table_of(specification, counts)
    cells = {
        name: None if 0 < count < specification.threshold or name in hidden else int(count)
        for names, count in zip(table.names, table.counts, strict=True)
        for name in names
    }
    members: dict[str, dict[str, frozenset[str]]] = {name: {} for name in specification.dimensions}
    for rollup in specification.rollups:
        for member in set(rollup.of.values()):
            inside = frozenset(value for value, of in rollup.of.items() if of == member)
            members[rollup.dimension][f"{rollup.name}={member}"] = inside
    return ReleasedTable(
        "/".join(r.name for r in specification.rollups),
        specification.dimensions,
        cells,
        members,
        specification.threshold,
        specification.width,
    )


def test_two_tables_safe_alone_give_a_count_away_together(reference):
    counts, by_county = linked(reference, "county")
    _, by_group = linked(reference, "group")
    county, group = bare_release(counts, by_county), bare_release(counts, by_group)
    assert intervals(audit([county]))["K",] == (0, 9)
    assert intervals(audit([group]))["K",] == (0, 7)
    assert intervals(audit([county, group]))["K",] == (3, 3)
    more = [bare_release(counts, by_county, hidden={("N",)}), bare_release(counts, by_group, hidden={("N",)})]
    assert intervals(audit(more))["K",] == (0, 10)


def test_linked_tables_are_protected_together_by_hiding_one_more(reference):
    counts, both = linked(reference, "county", "group")
    rows = protect(both, counts).rows()
    assert {name for (name,), value in rows.items() if value is None} == {"A", "B", "K", "L", "M", "N"}


@pytest.mark.parametrize(
    ("total", "shown", "zeros_shown", "proven"),
    [(0, {"C": 0}, False, (0, 0)), (15, {"C": 10, "D": 5}, False, (0, 0)), (15, {"C": 10, "D": 3}, True, (1, 1))],
)
def test_noughts_and_ones_that_follow_are_found(total, shown, zeros_shown, proven):
    cells = {("*",): total, ("A",): None, ("B",): None} | {(name,): value for name, value in shown.items()}
    found = audit([ReleasedTable("release", ("a",), cells, {"a": {}}, 5, 5)], zeros_shown=zeros_shown)
    assert intervals(found) == {("A",): proven, ("B",): proven}
    assert found.narrow == found.exact == 2


def test_hiding_small_counts_alone_gives_69_of_98_away(twenty, public):
    found = audit([bare_release(twenty.counts, public.specification)], truth=twenty.counts, certify=False)
    assert (len(found.findings), found.exact) == (98, 69)


def test_the_cheapest_pattern_of_z1_is_found(reference):
    counts, _ = read(reference / "ssbtools_z1.csv", "region", "hovedint", count="ant")
    rows = protect(Specification(("region", "hovedint"), threshold=4, width=5), counts).rows()
    hidden = {name for name, value in rows.items() if value is None}
    assert hidden == {(region, reason) for region in "BDH" for reason in ("annet", "arbeid")}
    assert sum(counts[name] for name in hidden) == 35


def test_three_more_cells_protect_the_one_small_count_of_microdata1(reference):
    counts, _ = read(reference / "sdctable_microdata1.csv", "region", "gender", count="")
    assert counts["A", "female"] == 2
    specification = Specification(("region", "gender"), threshold=3, width=3)
    table = table_of(specification, counts)
    sensitive = (table.counts > 0) & (table.counts < 3)
    best = cheapest_pattern(table, sensitive, table.counts.astype(float))
    assert best is not None
    assert {table.names[cell][0] for cell in np.flatnonzero(best)} == {
        (region, gender) for region in "AC" for gender in ("female", "male")
    }
    rows = protect(specification, counts).rows()
    assert sum(value is not None for value in rows.values()) == 11


@pytest.mark.parametrize(
    ("file", "columns", "count"),
    [
        ("ssbtools_z2.csv", ("region", "fylke", "kostragr", "hovedint"), "ant"),
        ("sdctable_issue133_linked.csv", ("region", "county", "group"), "n"),
    ],
)
def test_linked_hierarchies_come_out_safe(reference, given_out, file, columns, count):
    region, *coarse = columns
    other = [name for name in coarse if name == "hovedint"]
    counts, rows = read(reference / file, region, *other, count=count)
    rollups = [Rollup(region, name, {r[region]: r[name] for r in rows}) for name in coarse if name not in other]
    made = protect(Specification((region, *other), tuple(rollups), threshold=4, width=4), counts)
    found = audit([given_out(made)], truth=counts)
    assert found.findings
    assert found.narrow == 0
    assert json.loads(made.specification.as_json())["threshold"] == 4


def test_whoever_knows_that_noughts_are_shown_narrows_single_children_down(reference):
    counts, _ = read(reference / "sdctable_issue135_singletons.csv", "var1", "var2", count="values")
    bare = bare_release(counts, Specification(("var1", "var2"), threshold=3, width=3))
    assert set(intervals(audit([bare], truth=counts)).values()) == {(0, 3)}
    assert max(one.width for one in audit([bare], truth=counts, zeros_shown=True).findings) < 3
