"""Yes or no."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="yes_no",
    title="Yes or no",
    source="Ropewalk returns",
    codes=(
        Code("Y", "Yes"),
        Code("N", "No"),
    ),
)
