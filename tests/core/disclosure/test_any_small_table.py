"""Random small tables: what is given out can be shown to be safe, and is right."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ropewalk.core.disclosure as package
from ropewalk.core.disclosure.audit import audit, read_released
from ropewalk.core.disclosure.ledger import as_csv
from ropewalk.core.disclosure.protect import Released, Rollup, Specification, protect

UNITS = tuple("ABCDE")
COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 12))


@st.composite
def tables(draw):
    """A specification and counts over two or three dimensions."""
    values = [UNITS[: draw(st.integers(2, 5))], ("x", "y", "z")[: draw(st.integers(1, 3))]]
    if draw(st.booleans()):
        values.append(("p", "q"))
    dimensions = ("unit", "kind", "term")[: len(values)]
    counts = {point: draw(COUNTS) for point in product(*values)}
    rollups = []
    for name in ("trust", "phase"):
        if draw(st.booleans()):
            members = {unit: draw(st.sampled_from(("one", "two", ""))) for unit in values[0]}
            rollups.append(Rollup("unit", name, {unit: member for unit, member in members.items() if member}))
    insiders = draw(st.sampled_from(((), ("unit",), ("kind",), tuple(r.name for r in rollups))))
    threshold = draw(st.integers(2, 6))
    return Specification(dimensions, tuple(rollups), threshold, threshold, insiders), counts


def released(made, name="release"):
    return read_released(name, as_csv(made.specification.dimensions, made.rows()), made.specification.as_json())


def audiences(specification, counts):
    """What each audience knows: the public nothing, insiders their own rows."""
    yield {}
    for name in specification.insiders:
        of = next((r.of for r in specification.rollups if r.name == name), None)
        axis = 0 if of is not None else specification.dimensions.index(name)
        names = {point: of.get(point[axis]) if of is not None else point[axis] for point in counts}
        for member in sorted({one for one in names.values() if one}):
            yield {point: count for point, count in counts.items() if names[point] == member}


def true_count(cell, counts, specification):
    def inside(point):
        for dimension, text, value in zip(specification.dimensions, cell, point, strict=True):
            members = {f"{r.name}={r.of.get(value)}" for r in specification.rollups if r.dimension == dimension}
            if text not in {"*", value, *members}:
                return False
        return True

    return sum(count for point, count in counts.items() if inside(point))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_nobody_narrows_a_small_count_down_and_what_is_shown_is_right(wanted):
    specification, counts = wanted
    made = protect(specification, counts)
    for cell, value in made.rows().items():
        count = true_count(cell, counts, specification)
        assert value in (None, count)
        assert value is None or not 0 < count < specification.threshold
    for known in audiences(specification, counts):
        found = audit([released(made)], truth=counts, knows=known)
        assert not [one for one in found.findings if not one.safe]
    again = protect(specification, dict(sorted(counts.items(), reverse=True)))
    assert as_csv(specification.dimensions, again.rows()) == as_csv(specification.dimensions, made.rows())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.data())
def test_two_releases_are_as_safe_as_one(wanted, data):
    specification, counts = wanted
    kept = data.draw(st.lists(st.sampled_from(specification.dimensions), min_size=1, unique=True))
    members = {unit: data.draw(st.sampled_from(("east", "west"))) for unit in UNITS}
    rollups = (Rollup("unit", "side", members),) if "unit" in kept else ()
    insiders = tuple(name for name in specification.insiders if name in kept)
    second = Specification(tuple(kept), rollups, specification.threshold, specification.width, insiders)
    first = protect(specification, counts)
    earlier = [Released("0001", specification, first.rows())]
    made = protect(second, counts, specification.dimensions, earlier)
    both = [released(first, "first"), released(made, "second")]
    for known in audiences(specification, counts):
        narrow = [one for one in audit(both, truth=counts, knows=known).findings if not one.safe]
        # A new grouping may have been given away before it was thought of; that is said, and nothing else may be.
        assert not [one for one in narrow if one.table == "first"]
        assert made.known_already or not narrow
    for cell, value in made.rows().items():
        where = dict(zip(second.dimensions, cell, strict=True))
        name = tuple(where.get(dimension, "*") for dimension in specification.dimensions)
        if name in first.rows():
            assert value == first.rows()[name]


@pytest.mark.parametrize(("part", "other"), [("audit", "protect"), ("protect", "audit")])
def test_protection_and_attack_share_no_code(part, other):
    folder = Path(package.__file__).parent / part
    allowed = (f"ropewalk.core.disclosure.{part}", "ropewalk.core.errors")
    names = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names.add(node.module)
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
    ours = {name for name in names if name.startswith("ropewalk")}
    assert ours
    assert all(name.startswith(allowed) for name in ours), other
