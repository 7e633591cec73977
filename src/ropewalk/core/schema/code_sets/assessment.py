"""Assessments whose results schools send."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="assessment",
    title="Assessments",
    source="Department for Education, assessment and performance measures",
    codes=(
        Code("GLD", "Good level of development at the end of Reception (1 reached, 0 not)"),
        Code("PHONICS", "Phonics screening check, mark out of 40"),
        Code("KS2_READING", "Key stage 2 reading, scaled score"),
        Code("KS2_WRITING", "Key stage 2 writing, teacher assessment (1 expected standard reached, 0 not)"),
        Code("KS2_MATHS", "Key stage 2 mathematics, scaled score"),
        Code("KS4_A8", "Attainment 8 score of a pupil"),
        Code("KS4_ENGLISH", "GCSE grade in English, the better of language and literature"),
        Code("KS4_MATHS", "GCSE grade in mathematics"),
    ),
)
