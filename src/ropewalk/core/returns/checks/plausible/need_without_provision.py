"""Types of need are recorded for pupils with provision K or E (definitions C6)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM roll
WHERE coalesce(sen_type_1, sen_type_2) IS NOT NULL AND coalesce(sen_provision, 'N') = 'N'
  AND {not_reported("roll", "sen_provision")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="need_without_provision",
    title="Type of need without provision",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="A type of special educational need is given, but the provision says none, or nothing.",
    do="Write K or E as the provision, or take the type of need away.",
    queries=(Query("roll", SQL, "sen_provision"),),
)
