"""Bars 1, 2 and 5: a second attack, written here with another library, finds no small count; certificates add up."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from ropewalk.core.disclosure.audit import audit
from ropewalk.core.disclosure.audit.checking import faults
from ropewalk.core.disclosure.audit.writing import certificates_as_json
from ropewalk.core.disclosure.ledger import as_csv

PRIME = 1_000_003
DIMENSIONS = ("school", "sen", "disadv")


class Stranger:
    """Knows what was released, what the roll-ups mean and, as an insider, the counts of one school."""

    def __init__(self, rows, specification, counts):
        said = json.loads(specification.as_json())
        self.counts, self.dimensions = counts, said["dimensions"]
        values = [sorted({point[axis] for point in counts}) for axis in range(len(self.dimensions))]
        self.points = list(product(*values))
        self.groupings = {name: said["rollups"].get(name, []) for name in self.dimensions}
        self.matrix = np.array([[self._inside(cell, point) for point in self.points] for cell in rows], dtype=float)
        self.truth = np.array([counts.get(point, 0) for point in self.points], dtype=float)
        self.shown = np.array([value is not None for value in rows.values()])
        self.values = np.array([value or 0 for value in rows.values()], dtype=float)

    def _inside(self, cell, point):
        return all(
            text in ("*", value)
            or any(text == f"{one['name']}={one['of'].get(value)}" for one in self.groupings[dimension])
            for dimension, text, value in zip(self.dimensions, cell, point, strict=True)
        )

    def narrow(self, own=None, *, threshold=5, width=5):
        """Sensitive cells that can be narrowed down too far by whoever knows the rows of ``own``."""
        known = np.array([point[0] == own for point in self.points])
        ends = [(value, value) if mine else (0, None) for value, mine in zip(self.truth, known, strict=True)]
        equations = np.unique(np.column_stack([self.matrix, self.values])[self.shown], axis=0)
        found = []
        for row in np.unique(self.matrix, axis=0):
            count = row @ self.truth
            if not 0 < count < threshold or not row[~known].any():
                continue
            high = linprog(-row, A_eq=equations[:, :-1], b_eq=equations[:, -1], bounds=ends, method="highs")
            if high.status == 3 or -high.fun - count >= width - 1e-6:
                continue
            low = linprog(row, A_eq=equations[:, :-1], b_eq=equations[:, -1], bounds=ends, method="highs")
            if -high.fun - low.fun < width - 1e-6:
                found.append((row, low.fun, -high.fun))
        return found


def test_the_public_narrows_down_no_small_count(twenty, public):
    assert not Stranger(public.rows(), public.specification, twenty.counts).narrow()


def test_whoever_believes_that_no_nought_is_hidden_finds_no_small_count_out_either(twenty, public, given_out):
    # Bar 1 asks that this attacker be reported besides: counts of 1 to 4 are narrowed down further, and none is known.
    found = audit([given_out(public)], truth=twenty.counts, zeros_shown=True)
    assert len(found.findings) == 98
    assert found.exact == 0


@pytest.mark.slow
def test_no_school_that_knows_its_own_rows_narrows_down_a_small_count(twenty, proof_against_schools):
    made = proof_against_schools
    stranger = Stranger(made.rows(), made.specification, twenty.counts)
    for own in (None, *sorted({point[0] for point in twenty.counts})):
        assert not stranger.narrow(own), own


def test_the_second_attack_does_find_what_hiding_small_counts_alone_gives_away(twenty, public):
    table = public.joined.table
    rows = {
        name: None if 0 < count < 5 else int(count)
        for names, count in zip(table.names, table.counts, strict=True)
        for name in names
    }
    found = Stranger(rows, public.specification, twenty.counts).narrow(width=1)
    assert len(found) == 69


def test_certificates_of_every_small_count_hold_by_addition(twenty, public, given_out):
    found = audit([given_out(public)], truth=twenty.counts)
    assert (len(found.findings), found.narrow) == (98, 0)
    text = certificates_as_json(found, lambda one: dict(zip(DIMENSIONS, one.coordinates, strict=True)))
    files = {"release": (as_csv(public.specification.dimensions, public.rows()), public.specification.as_json())}
    assert not faults(text, files)
    said = json.loads(text)
    assert len(said["cells"]) == 98
    stranger = Stranger(public.rows(), public.specification, twenty.counts)
    assert [tuple(point) for point in said["finest"]] == stranger.points or set(map(tuple, said["finest"])) == set(
        stranger.points
    )
    place = [said["finest"].index(list(point)) for point in stranger.points]
    for table in said["tables"]:
        assert all(type(count) is int and count >= 0 for count in table)
        sums = stranger.matrix @ np.array(table)[place]
        assert (sums[stranger.shown] == stranger.values[stranger.shown]).all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: said["tables"][0].__setitem__(0, said["tables"][0][0] + 1), "is not"),
        (lambda said: said["tables"][0].__setitem__(0, -1), "not whole"),
        (lambda said: said["cells"][0].__setitem__("first", said["cells"][0]["second"]), "too close"),
        (lambda said: said["finest"][0].__setitem__(0, "s99"), "not in the releases"),
    ],
)
def test_a_certificate_that_was_changed_does_not_hold(twenty, public, given_out, change, says):
    found = audit([given_out(public)], truth=twenty.counts)
    said = json.loads(certificates_as_json(found, lambda one: dict(zip(DIMENSIONS, one.coordinates, strict=True))))
    change(said)
    files = {"release": (as_csv(public.specification.dimensions, public.rows()), public.specification.as_json())}
    assert any(says in fault for fault in faults(json.dumps(said), files))


def test_no_small_count_is_a_sum_or_difference_of_what_is_shown(public):
    table = public.joined.table
    rows = table.matrix.toarray().astype(np.int64)
    basis: list[tuple[int, np.ndarray]] = []

    def reduced(row):
        row = row % PRIME
        for pivot, other in basis:
            row = (row - row[pivot] * other) % PRIME
        return row

    for cell in np.flatnonzero(public.shown):
        row = reduced(rows[cell])
        if row.any():
            pivot = int(np.flatnonzero(row)[0])
            basis.append((pivot, row * pow(int(row[pivot]), PRIME - 2, PRIME) % PRIME))
    small = np.flatnonzero((table.counts > 0) & (table.counts < 5))
    assert len(small) == 98
    assert all(reduced(rows[cell]).any() for cell in small)
