"""A pupil with provision K or E has at least one ranked type of need (definitions C6)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM roll
WHERE sen_provision IN ('K', 'E') AND sen_type_1 IS NULL AND sen_type_2 IS NULL
  AND {not_reported("roll", "sen_type_1")} AND {not_reported("roll", "sen_type_2")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="provision_without_need",
    title="Provision without type of need",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The pupil has SEN support or a plan, but no type of need is given.",
    do="Fill in the first type of need. NSA says that no specialist has assessed it yet.",
    queries=(Query("roll", SQL, "sen_type_1"),),
)
