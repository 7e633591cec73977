"""How a pupil is registered at a school."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="enrolment_status",
    title="Enrolment status",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("C", "Current: registered at this school only"),
        Code("M", "Current main: registered at two schools, this is the main one"),
        Code("S", "Current subsidiary: registered at two schools, this is the other one"),
        Code("G", "Guest: not registered here"),
        Code("F", "Further education college"),
        Code("O", "Other provider"),
        Code("P", "Previous: no longer on roll"),
    ),
)
