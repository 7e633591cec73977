"""Which schools sent what at all: having sent nothing is not the same as having none."""

from __future__ import annotations

from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.layout import MOVES, SUSPENSIONS
from ropewalk.core.returns.receipts import receipt_of


def sent_by(snapshot: Snapshot) -> frozenset[tuple[int, str]]:
    """Schools, and the suspensions and moves they sent; an empty file says that there were none."""
    tables = {SUSPENSIONS.id, MOVES.id}
    found = {(one.school, one.table) for one in snapshot.coverage if one.table in tables}
    for submission in snapshot.submissions:
        receipt = receipt_of(submission.receipt)
        kinds = tables & {file.kind for file in receipt.files}
        found |= {(school, kind) for school in receipt.schools for kind in kinds}
    return frozenset(found)
