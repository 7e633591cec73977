"""Bars 6 and 7: two releases stay safe together, and no more is hidden than must be."""

from __future__ import annotations

import numpy as np
import pytest

from ropewalk.core.disclosure.audit import audit
from ropewalk.core.disclosure.ledger import Ledger, as_csv
from ropewalk.core.disclosure.protect import Released, Rollup, Specification, protect
from ropewalk.core.disclosure.protect.cells import make_table
from ropewalk.core.disclosure.protect.exact import cheapest_pattern
from ropewalk.core.disclosure.protect.protecting import _cost
from ropewalk.core.errors import InputRefused


def earlier(made, name="0001"):
    return Released(name, made.specification, made.rows())


def test_a_second_release_alone_gives_counts_away_and_with_the_ledger_none(twenty, public, given_out):
    clusters = twenty.specification("cluster")
    alone = protect(clusters, twenty.counts)
    together = audit([given_out(public, "first"), given_out(alone, "second")], truth=twenty.counts, certify=False)
    assert together.narrow > 0
    remembered = protect(clusters, twenty.counts, earlier=[earlier(public)])
    safe = audit([given_out(public, "first"), given_out(remembered, "second")], truth=twenty.counts)
    assert (safe.narrow, safe.exact) == (0, 0)
    first, second = public.rows(), remembered.rows()
    assert all(first[name] == second[name] for name in first.keys() & second.keys())


def test_a_release_never_changes_one_in_the_ledger(twenty, public, tmp_path):
    book = Ledger(tmp_path)
    book.add(public.specification, public.rows())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    made = protect(twenty.specification("cluster"), twenty.counts, earlier=book.releases())
    book.add(made.specification, made.rows())
    book.add(made.specification, made.rows())
    assert len(list(tmp_path.glob("*-released.csv"))) == 2
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_a_table_by_another_characteristic_is_protected_with_the_first(twenty, given_out):
    by_need = {}
    by_both = twenty.counts
    for (school, need, _), count in by_both.items():
        by_need[school, need] = by_need.get((school, need), 0) + count
    first = protect(Specification(("school", "sen")), by_need)
    second = protect(
        Specification(("school", "disadv")), by_both, columns=("school", "sen", "disadv"), earlier=[earlier(first)]
    )
    # Every finest cell counts, also those in which the two releases only meet.
    found = audit([given_out(first, "first"), given_out(second, "second")], truth=by_both)
    assert any(one.table == "finest cells" for one in found.findings)
    assert found.narrow == 0


def test_other_counts_than_those_released_are_refused(twenty, public):
    changed = {**twenty.counts, ("s0", "a0", "b0"): 80}
    with pytest.raises(InputRefused, match="A revision would tell"):
        protect(twenty.specification("cluster"), changed, earlier=[earlier(public)])


def test_a_release_by_a_column_the_counts_lack_is_refused(twenty, public):
    by_school = {(point[0],): 10 for point in twenty.counts}
    with pytest.raises(InputRefused, match="no such column"):
        protect(Specification(("school",)), by_school, earlier=[earlier(public)])


def test_a_roll_up_may_not_change_its_meaning(twenty, public):
    other = Specification(("school", "sen", "disadv"), (Rollup("school", "mat", {"s0": "new"}),))
    with pytest.raises(InputRefused, match="meant something else"):
        protect(other, twenty.counts, earlier=[earlier(public)])


def test_no_more_of_the_reference_table_is_hidden_than_is_known_to_do(public, proof_against_schools):
    assert public.secondary <= 60
    assert proof_against_schools.secondary <= 90
    for made in (public, proof_against_schools):
        assert all(value is not None for name, value in made.rows().items() if name[0] == "*")


def two_way(schools, groups, seed):
    rng = np.random.default_rng([seed, schools, groups])
    size, means = rng.lognormal(0, 0.4, schools), rng.gamma(1.2, 4.5, groups) + 1
    counts = {
        (f"S{i:03d}", f"g{j:02d}"): int(rng.poisson(size[i] * means[j])) for i in range(schools) for j in range(groups)
    }
    trusts = {f"S{i:03d}": f"T{rng.integers(max(3, schools // 6))}" for i in range(schools)}
    return Specification(("school", "group"), (Rollup("school", "trust", trusts),)), counts


@pytest.mark.parametrize(("schools", "groups", "seed"), [(20, 6, 1), (20, 6, 3), (40, 8, 2)])
def test_two_way_tables_cost_at_most_a_twentieth_more_than_the_best(schools, groups, seed, given_out):
    specification, counts = two_way(schools, groups, seed)
    made = protect(specification, counts)
    table = made.joined.table
    cost = np.log1p(table.counts) + 0.1
    small = (table.counts > 0) & (table.counts < 5)
    best = cheapest_pattern(table, small, cost)
    assert best is not None
    assert cost[~made.shown].sum() <= 1.05 * cost[best].sum()
    assert audit([given_out(made)], truth=counts).narrow == 0


def test_the_quick_way_for_tables_of_two_dimensions_is_near_the_best_as_well():
    specification, counts = two_way(20, 6, 3)
    table = make_table(specification, counts, [sorted({point[axis] for point in counts}) for axis in (0, 1)])
    with pytest.raises(ValueError, match="more than"):
        cheapest_pattern(_large(), np.zeros(0, dtype=bool), np.zeros(0))
    small = (table.counts > 0) & (table.counts < 5)
    best = cheapest_pattern(table, small, _cost(table))
    assert best is not None
    assert best[small].all()


def _large():
    counts = {(f"S{i:04d}",): 7 for i in range(1_600)}
    return make_table(Specification(("school",)), counts, [sorted(point[0] for point in counts)])


def test_the_same_counts_give_the_same_bytes(twenty, public):
    again = protect(twenty.specification("mat", "phase"), dict(reversed(twenty.counts.items())))
    dimensions = public.specification.dimensions
    assert as_csv(dimensions, again.rows()) == as_csv(dimensions, public.rows())
