"""Provision a pupil has for special educational needs."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="sen_provision",
    title="Special educational needs: provision",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("N", "No special educational need"),
        Code("K", "SEN support"),
        Code("E", "Education, health and care plan"),
    ),
)
