"""National curriculum year a pupil is taught in; N1, N2 are nursery years, R is Reception."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="year_group",
    title="Year group",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("N1", "First nursery year"),
        Code("N2", "Second nursery year"),
        Code("R", "Reception"),
        Code("1", "Year 1"),
        Code("2", "Year 2"),
        Code("3", "Year 3"),
        Code("4", "Year 4"),
        Code("5", "Year 5"),
        Code("6", "Year 6"),
        Code("7", "Year 7"),
        Code("8", "Year 8"),
        Code("9", "Year 9"),
        Code("10", "Year 10"),
        Code("11", "Year 11"),
        Code("12", "Year 12"),
        Code("13", "Year 13"),
        Code("14", "Year 14"),
    ),
)
