"""Shares of pupils from schools' returns, protected: by school and one family of groups, with trusts, phases and place.

A share is two counts: the pupils it counts, and those it is out of. Both, and the pupils it does not count, are cells
of one table (counted: yes, no and both together), so no share can be shown whose parts are hidden. Every school and
every trust is taken to know its own pupils. Earlier releases about the same pupils, by other families or measures, are
protected together with the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import highspy
import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect import Released, Rollup, Specification, join, protect_joined
from ropewalk.core.disclosure.protect.cells import TOTAL, Coordinates, Table
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver
from ropewalk.core.disclosure.rates import DEFAULT_THRESHOLD, Parts, rate_may_be_shown
from ropewalk.core.disclosure.safe_table import Audience, SafeTable, protected_for
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import Phase

ALL = "all"
# Pupils who are in none of a family's groups; counted so that groups add up, never shown as a figure.
OTHER = "other"
YES, NO = "yes", "no"
SCHOOL, TRUST, PHASE = "school", "trust", "phase"
Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Counts of a measure. ``cells`` has for a school (URN) and a group the pupils counted and those they are out of.

    The group ``all`` is there for each school; a group that is not there has no pupils. ``family`` is None where
    pupils are not cut any further. Raises InputRefused for counts that are no share: more than they are out of, or
    groups that overlap.
    """

    measure: str
    family: str | None
    groups: tuple[str, ...]
    cells: Mapping[tuple[str, str], Pair]

    def __post_init__(self) -> None:
        """Refuse what cannot be a share of pupils."""
        for school in self.schools:
            parts = [self.part(school, group) for group in self.values]
            if any(not 0 <= counted <= of for counted, of in (*parts, self.cells[school, ALL])):
                raise InputRefused([self._odd(school)])

    def _odd(self, school: str) -> Problem:
        what = f"Pupils counted for {self.measure} at school {school} are not part of those they are out of."
        return Problem(what, "Such figures cannot be protected; ask for another measure or period.")

    @property
    def schools(self) -> tuple[str, ...]:
        """URNs in order."""
        return tuple(sorted({school for school, _ in self.cells}))

    @property
    def values(self) -> tuple[str, ...]:
        """The groups, and the rest; none where pupils are not cut."""
        return (*self.groups, OTHER) if self.family else ()

    def part(self, school: str, group: str) -> Pair:
        """Pupils of a group, or of the rest."""
        if group != OTHER:
            return self.cells.get((school, group), (0, 0))
        parts = [self.cells.get((school, one), (0, 0)) for one in self.groups]
        counted, of = self.cells[school, ALL]
        return counted - sum(part[0] for part in parts), of - sum(part[1] for part in parts)

    def sums(self, school: str) -> Iterator[tuple[dict[str, str], int]]:
        """What is known of a school: values by column, and how many pupils have them all."""
        for group in self.values or (TOTAL,):
            counted, of = self.part(school, group) if self.family else self.cells[school, ALL]
            at = {self.family: group} if self.family else {}
            yield {**at, self.measure: YES}, counted
            yield {**at, self.measure: NO}, of - counted


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Trust and phase of each school by URN; a school without a trust is in none."""

    trusts: Mapping[str, str]
    phases: Mapping[str, str]


def asked_before(earlier: Sequence[Released]) -> list[tuple[str, str | None]]:
    """Measure and family of each release of a ledger."""
    names = (release.specification.dimensions for release in earlier)
    return [(name[-1], name[1] if len(name) > 2 else None) for name in names]


@dataclass(frozen=True, kw_only=True)
class GivenOut:
    """A protected table with what figures are made of: its rows, the groups of its family, a frame.

    ``schools`` are those whose own figures partners see (None: all); ``trusts`` those that have figures of their own.
    """

    rows: Mapping[Coordinates, int | None]
    family: str | None
    groups: tuple[str, ...]
    threshold: int
    frame: Figure
    schools: frozenset[str] | None = None
    trusts: frozenset[str] = frozenset()


def figures_given_out(audience: Audience, tables: Iterable[GivenOut]) -> SafeTable:
    """The figures of protected tables that an audience may see; a part of a table that is shown whole to partners."""
    return protected_for(audience, [figure for table in tables for figure in _figures(table, audience)])


def specification_of(wanted: Shares, grouping: Grouping, threshold: int = DEFAULT_THRESHOLD) -> Specification:
    """What the table of a measure looks like: every school and trust is taken to know its own pupils."""
    here = set(wanted.schools)
    known = ((TRUST, grouping.trusts), (PHASE, grouping.phases))
    of = {name: {school: member for school, member in members.items() if school in here} for name, members in known}
    rollups = tuple(Rollup(SCHOOL, name, members) for name, members in of.items() if members)
    insiders = (SCHOOL, TRUST) if of[TRUST] else (SCHOOL,)
    dimensions = (SCHOOL, *([wanted.family] if wanted.family else []), wanted.measure)
    return Specification(dimensions, rollups, threshold, threshold, insiders)


def protected_rows(
    specification: Specification, shares: Sequence[Shares], earlier: Sequence[Released], progress: Progress
) -> Mapping[Coordinates, int | None]:
    """The table of the first of ``shares``, protected with all ``earlier`` releases, which rest on the other shares."""
    columns, counts = made_up_together(shares)
    try:
        joined = join(specification, counts, columns, earlier, crossed=False)
    except InputRefused as error:
        what = "Figures of this period were given out before, from returns, trusts or phases that have changed since."
        do = "What changed would tell of single children. Ask for what was known then, with --as-of."
        raise InputRefused([Problem(what, do)]) from error
    again = next((release for release in earlier if release.specification == specification), None)
    if again:
        return again.rows
    measures = frozenset(one.measure for one in shares)
    return protect_joined(specification, joined.guarding(lambda table: nobody(table, measures)), progress).rows()


def nobody(table: Table, measures: frozenset[str], places: frozenset[str] = frozenset({TOTAL})) -> np.ndarray:
    """Flags of cells below the place that hold nobody although there are pupils: they tell of each of these."""
    axes = [axis for axis, name in enumerate(table.specification.dimensions) if name in measures]
    cell_of = {name: cell for cell, names in enumerate(table.names) for name in names}
    found = np.zeros(len(table.counts), dtype=bool)
    for cell in np.flatnonzero(table.counts == 0):
        names = table.names[cell]
        if any(name[0] in places for name in names):
            continue
        for name, axis in product(names, axes):
            together = cell_of.get((*name[:axis], TOTAL, *name[axis + 1 :]))
            found[cell] |= together is not None and table.counts[together] > 0
    return found


def made_up_together(shares: Sequence[Shares]) -> tuple[tuple[str, ...], dict[Coordinates, int]]:
    """Columns, and for every combination of their values pupils, made up so that all counts of all shares come out.

    Nobody counted how many pupils are in a group of each family at once, and whoever attacks knows it no better: one
    way to fill in what is not known stands for all. Raises InputRefused where there is none.
    """
    families = {one.family: one.values for one in shares if one.family}
    values = {**families, **dict.fromkeys((one.measure for one in shares), (YES, NO))}
    columns = (SCHOOL, *values)
    points = list(product(*values.values()))
    if any(one.schools != shares[0].schools for one in shares):
        raise InputRefused([_other_pupils()])
    counts: dict[Coordinates, int] = {}
    for school in shares[0].schools:
        known = [entry for one in shares for entry in one.sums(school)]
        rows = [
            [all(dict(zip(values, point, strict=True))[c] == v for c, v in at.items()) for point in points]
            for at, _ in known
        ]
        filled = _filled(np.array(rows, dtype=float), np.array([count for _, count in known], dtype=float))
        counts |= {(school, *point): count for point, count in zip(points, filled, strict=True)}
    return columns, _without_empty(columns, counts)


def _filled(rows: np.ndarray, sums: np.ndarray) -> list[int]:
    """Whole numbers from 0 with these sums. Raises InputRefused where there are none."""
    size = rows.shape[1]
    model = quiet_solver()
    model.setOptionValue("presolve", "on")
    limits = np.zeros(size), np.full(size, INFINITY)
    model.passModel(as_rows(sparse.csr_matrix(rows), limits, (sums, sums)))
    kinds = np.full(size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    model.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kinds)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise InputRefused([_other_pupils()])
    return [round(value) for value in model.getSolution().col_value]


def _other_pupils() -> Problem:
    what = (
        "These figures and those given out before are not about the same pupils, so they cannot be protected together."
    )
    return Problem(what, "Ask for another measure or period.")


def _without_empty(columns: Sequence[str], counts: Mapping[Coordinates, int]) -> dict[Coordinates, int]:
    """Without the rest of a family to which no pupil of any school belongs."""
    empty = {
        axis
        for axis in range(1, len(columns))
        if not any(count for point, count in counts.items() if point[axis] == OTHER)
    }
    return {point: count for point, count in counts.items() if not any(point[axis] == OTHER for axis in empty)}


def _figures(given: GivenOut, audience: Audience) -> Iterator[Figure]:
    for unit in dict.fromkeys(name[0] for name in given.rows):
        at = _of_unit(unit, given)
        if at is None or (audience is Audience.EVERYONE and (at.school or unit.startswith(f"{TRUST}="))):
            continue
        for group in (ALL, *given.groups):
            cut = ([TOTAL if group == ALL else group]) if given.family else []
            parts = given.rows[unit, *cut, YES], given.rows[unit, *cut, TOTAL]
            yield _figure(replace(at, group=group), parts, given.threshold, of_place=unit == TOTAL)


def _of_unit(unit: str, given: GivenOut) -> Figure | None:
    """A figure's frame for a unit of the table; None for one that has no figures here."""
    frame = given.frame
    if unit == TOTAL:
        return frame
    if unit.startswith(f"{TRUST}="):
        trust = unit.removeprefix(f"{TRUST}=")
        # Figures of two trusts of a place have nothing else that tells them apart.
        named = replace(frame.source, title=f"{frame.source.title}: {trust}")
        return replace(frame, source=named) if trust in given.trusts else None
    if unit.startswith(f"{PHASE}="):
        return replace(frame, phase=Phase(unit.removeprefix(f"{PHASE}=")).value)
    return replace(frame, school=unit) if given.schools is None or unit in given.schools else None


def _figure(frame: Figure, parts: tuple[int | None, int | None], threshold: int, *, of_place: bool) -> Figure:
    counted, of = parts
    if of == 0:
        return replace(frame, value=None, numerator=0, denominator=0, missing=Missing.NOT_APPLICABLE)
    shown = (
        counted is not None
        and of is not None
        and rate_may_be_shown(counted, of, Parts(of_place=of_place), threshold=threshold)
    )
    if counted is None or of is None or not shown:
        return replace(frame, value=None, numerator=None, denominator=of, missing=Missing.SUPPRESSED)
    return replace(frame, value=100 * counted / of, numerator=counted, denominator=of, missing=None)
