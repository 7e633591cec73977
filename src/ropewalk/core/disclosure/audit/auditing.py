"""The attack itself: for every hidden cell the interval that can be proven, and a certificate where it is wide."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure.audit.certificate import Certificate, Witnesses
from ropewalk.core.disclosure.audit.parameters import Impossible, parameters
from ropewalk.core.disclosure.audit.puzzle import Puzzle, Unknowns, lay_out
from ropewalk.core.disclosure.audit.released import ReleasedTable
from ropewalk.core.disclosure.audit.solver import UNBOUNDED, Solver
from ropewalk.core.errors import InputRefused, Problem

CLOSE = 1e-6
FINEST = "finest cells"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an attacker can prove of a hidden cell: it lies from ``low`` to ``high`` (None: no upper end).

    ``safe`` says whether that leaves at least the width the specification asks for; ``proof`` shows it.
    """

    table: str
    coordinates: tuple[str, ...]
    low: int
    high: int | None
    safe: bool
    proof: Certificate | None

    @property
    def width(self) -> int | None:
        """How many steps the interval spans."""
        return None if self.high is None else self.high - self.low


@dataclass(frozen=True)
class Findings:
    """All findings, and the puzzle for whoever wants to check their proofs."""

    findings: tuple[Finding, ...]
    puzzle: Puzzle
    width: int

    @property
    def narrow(self) -> int:
        """Cells that can be narrowed down too far."""
        return sum(not finding.safe for finding in self.findings)

    @property
    def exact(self) -> int:
        """Cells that can be worked out exactly."""
        return sum(finding.width == 0 for finding in self.findings)


def audit(
    tables: Sequence[ReleasedTable],
    *,
    knows: Mapping[tuple[str, ...], int] | None = None,
    truth: Mapping[tuple[str, ...], int] | None = None,
    zeros_shown: bool = False,
    certify: bool = True,
    progress: Progress = lambda _what, _done, _all: None,
) -> Findings:
    """Attack released tables.

    ``knows`` are finest counts the audience knows (an insider's rows). With ``truth`` only cells with a small true
    count are looked at, else every hidden cell. ``zeros_shown`` attacks as somebody who believes that a nought is never
    hidden. Raises InputRefused when no table fits what was given out.
    """
    puzzle = lay_out(tables, knows)
    if puzzle.contradictions:
        raise _contradiction()
    width, threshold = max(table.width for table in tables), max(table.threshold for table in tables)
    targets = _targets(puzzle, truth, threshold)
    certify = certify and not zeros_shown
    try:
        found = parameters(puzzle)
        witnesses = Witnesses(puzzle, found)
        solver = Solver(found, dict.fromkeys(puzzle.hidden, 1) if zeros_shown else None)
        intervals = {}
        for index, unknowns in enumerate(targets):
            intervals[unknowns] = _interval(solver, unknowns, witnesses)
            progress("hidden cells attacked", index + 1, len(targets))
    except Impossible as error:
        raise _contradiction(zeros_shown=zeros_shown) from error
    findings = []
    open_cells = {one for one, (low, high) in intervals.items() if high == UNBOUNDED or high - low >= width}
    # Proofs last: most cells are proven by tables that were found for others.
    if certify:
        witnesses.prepare(sorted(open_cells, key=sorted), width)
    for index, (unknowns, (low, high)) in enumerate(intervals.items()):
        wide = unknowns in open_cells
        proof = witnesses.prove(unknowns, width) if wide and certify else None
        top = None if high == UNBOUNDED else int(high)
        findings.append(Finding(*targets[unknowns], int(low), top, wide and bool(proof or not certify), proof))
        progress("certificates", index + 1, len(intervals))
    return Findings(tuple(findings), puzzle, width)


def _contradiction(*, zeros_shown: bool = False) -> InputRefused:
    problem = Problem("The releases contradict each other: no counts fit them.", "Check that they belong together.")
    if zeros_shown:
        what = "No counts fit the releases if a nought is never hidden."
        problem = Problem(what, "Whoever believes that is wrong and proves nothing.")
    return InputRefused([problem])


def _interval(solver: Solver, unknowns: Unknowns, witnesses: Witnesses) -> tuple[float, float]:
    """Whole numbers between which a sum must lie."""
    low, lowest = solver.end(unknowns, highest=False)
    high, highest = solver.end(unknowns, highest=True)
    witnesses.offer(lowest)
    witnesses.offer(highest)
    return math.ceil(low - CLOSE), high if high == UNBOUNDED else math.floor(high + CLOSE)


def _targets(
    puzzle: Puzzle, truth: Mapping[tuple[str, ...], int] | None, threshold: int
) -> dict[Unknowns, tuple[str, tuple[str, ...]]]:
    """Hidden cells to attack: all, or those whose true count is small, finest cells that were never named included."""
    secret = {u: where for u, where in puzzle.hidden.items() if not u <= puzzle.known.keys()}
    if truth is None:
        return secret
    counts = [truth.get(point, 0) for point in puzzle.finest]
    small = {u: where for u, where in secret.items() if 0 < sum(counts[one] for one in u) < threshold}
    for index, point in enumerate(puzzle.finest):
        alone = frozenset([index])
        if 0 < counts[index] < threshold and alone not in puzzle.equations and index not in puzzle.known:
            small.setdefault(alone, (FINEST, point))
    return small
