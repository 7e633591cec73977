"""Moves and part-time arrangements; terms as the statutory guidance of 26 July 2026 uses them."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="move_kind",
    title="Kinds of move",
    source="Department for Education, suspension and permanent exclusion guidance",
    codes=(
        Code("managed_move", "Managed move: an agreed and permanent transfer"),
        Code("off_site_direction", "Off-site direction: a placement for a time to improve behaviour"),
        Code("part_time_timetable", "Part-time timetable"),
        Code("alternative_provision", "Placement in alternative provision"),
        Code("moved_to_home_education", "Moved to home education"),
        Code("missing_education", "Missing education"),
        Code("in_year_transfer", "Transfer to another school during the year"),
    ),
)
