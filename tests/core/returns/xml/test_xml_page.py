"""The page on XML files names every element the readers know, and the limits they keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ropewalk.core.returns import safe_xml, school_census, transfer_file

PAGE = (Path(__file__).parents[4] / "docs/returns/xml-files.md").read_text(encoding="utf-8")
CENSUS, TRANSFER = PAGE.split("## School Census\n")[1].split("## Common Transfer File\n")
NAMES = {
    CENSUS: [
        school_census.COLUMNS, school_census.YES_NO, school_census.MODULES, school_census.SHAPED, school_census.EVENTS,
        school_census.EVENT, school_census.CATEGORY, school_census.REASON, school_census.REASONS, school_census.STARTED,
        school_census.SESSIONS, school_census.EVENT_LEFT, school_census.NOT_READ, school_census.NOT_READ_OUTSIDE,
    ],
    TRANSFER: [
        transfer_file.COLUMNS, transfer_file.MODULES, transfer_file.SHAPED, transfer_file.NOT_READ,
        transfer_file.NOT_READ_OUTSIDE,
    ],
}  # fmt: skip


@pytest.mark.parametrize("part", NAMES, ids=["census", "transfer"])
def test_every_element_that_is_known_stands_on_the_page(part: str) -> None:
    said = {name for quoted in re.findall(r"`([^`]+)`", part) for name in re.findall(r"\w+", quoted)}
    assert {name for known in NAMES[part] for name in known} - said == set()


def test_assessments_and_limits_stand_on_the_page() -> None:
    assert all(f"| {assessment.id} | {assessment.stage} |" in TRANSFER for assessment in transfer_file.ASSESSMENTS)
    limits = (
        f"{safe_xml.LARGEST_FILE // 2**20} MB", f"{safe_xml.MOST_ELEMENTS:,} elements", f"{safe_xml.DEEPEST} levels",
        f"{safe_xml.LONGEST_TEXT:,} characters", f"{safe_xml.MOST_IN_RECORD:,} elements",
        f"{safe_xml.MOST_NAMES:,} different names", f"more than {safe_xml.LONGEST_NAME} characters",
        f"first {safe_xml.PROLOGUE // 2**10} kB", f"{safe_xml.LARGEST_RECORD // 2**20} MB",
    )  # fmt: skip
    assert [limit for limit in limits if limit not in PAGE] == []
