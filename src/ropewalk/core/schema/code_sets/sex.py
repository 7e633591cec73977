"""Sex as schools record it."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="sex",
    title="Sex",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("F", "Female"),
        Code("M", "Male"),
    ),
)
