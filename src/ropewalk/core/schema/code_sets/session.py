"""The two sessions of a school day."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="session",
    title="Sessions",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("AM", "Morning"),
        Code("PM", "Afternoon"),
    ),
)
