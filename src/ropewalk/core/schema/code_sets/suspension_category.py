"""What kind of suspension or exclusion an entry is."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="suspension_category",
    title="Suspension category",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("SUSP", "Suspension"),
        Code("PERM", "Permanent exclusion"),
        Code("LNCH", "Lunchtime suspension"),
    ),
)
