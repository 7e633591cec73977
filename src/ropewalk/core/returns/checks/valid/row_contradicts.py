"""Two rows that contradict each other."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_keys import repeated_rows

CHECK = Check(
    id="row_contradicts",
    title="Two rows that contradict each other",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says=(
        "An earlier row is about the same pupil and time and says something else. The first was kept, this one "
        "was set aside."
    ),
    do="Decide which of them is right, and send that one only.",
    queries=repeated_rows(same=False),
)
