"""Giving out one table of shares: protected with all that was given out before, and written into the ledger first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure.corrections import State, protected_among
from ropewalk.core.disclosure.ledger import Counted, Ledger
from ropewalk.core.disclosure.protect import Specification
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.safe_table import Audience, SafeTable
from ropewalk.core.disclosure.shares import GivenOut, Grouping, figures_given_out, specification_of
from ropewalk.core.disclosure.side_by_side import Rows
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Showing:
    """For whom; ``frame`` is a figure of the place whose place, measure, period, unit and source all figures share.

    ``counted`` says what the counts are of, for the ledger; ``beforehand`` may refuse a table that was never given out.
    """

    audience: Audience
    frame: Figure
    counted: Counted | None = None
    beforehand: Callable[[Specification, Rows], None] = lambda _of, _rows: None


def safe_shares(
    now: State,
    grouping: Grouping,
    ledger: Ledger,
    showing: Showing,
    progress: Progress = lambda _what, _done, _all: None,
    *,
    past: Sequence[State] = (),
) -> SafeTable:
    """The figures of the first of the shares of ``now`` that an audience may see, written into the ledger first.

    The other shares are the counts behind earlier releases of the ledger, which stands held; ``past`` are states of
    other counts with the releases that rest on them. Raises InputRefused when the same table was given out with other
    counts.
    """
    wanted = now.shares[0]
    specification = specification_of(wanted, grouping)
    made = protected_among(specification, past, now, progress)
    if made.rows is None:
        raise InputRefused([Problem(made.why, "Ask for what was known then, with --as-of.")])
    if not made.again:
        showing.beforehand(specification, made.rows)
        ledger.add(specification, made.rows, showing.counted)
    given = GivenOut(
        rows=made.rows,
        family=wanted.family,
        groups=wanted.groups,
        threshold=specification.threshold,
        frame=showing.frame,
    )
    return figures_given_out(showing.audience, [given])
