"""/ is present in the morning, \\ in the afternoon (definitions C2). Often a mark is missing and the rest moved."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

_WRONG = " OR ".join(f"codes[{place}] = '{'/' if place % 2 == 0 else chr(92)}'" for place in range(1, 11))

SQL = f"SELECT file, line FROM register WHERE {_WRONG}"  # noqa: S608 - our own SQL

CHECK = Check(
    id="mark_in_wrong_session",
    title="Morning mark in the afternoon",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="A mark of the morning (/) stands in an afternoon, or one of the afternoon (\\) in a morning.",
    do=(
        "Check that the ten marks are in order: Monday morning, Monday afternoon, Tuesday morning … A "
        "missing mark moves the rest."
    ),
    queries=(Query("register", SQL, "marks"),),
)
