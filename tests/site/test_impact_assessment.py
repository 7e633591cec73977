"""The impact assessment says what the declarations and the table of attempts say, and marks what they cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ropewalk.site.foundation.permissions.roles import ROLES
from ropewalk.site.foundation.retention.assessment import impact_assessment
from ropewalk.site.foundation.retention.record import GAP, record_of_processing

SECURITY = (Path(__file__).resolve().parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
PARTS = re.compile(r"^## (\d)\. ", re.MULTILINE)


def test_every_attempt_and_everything_not_covered_is_in_it() -> None:
    page = impact_assessment(SECURITY)
    tried, _, left = SECURITY.partition("## What is not covered")
    attempts = [line.split(" | ")[0] for line in tried.splitlines() if line.startswith("| ") and "tries" not in line]
    assert len(attempts) > 30
    assert [one for one in attempts if one not in page] == []
    bold = re.findall(r"\*\*(.+?)\*\*", left)
    assert bold
    assert [one for one in bold if one not in page] == []


def test_each_part_leaves_to_the_controller_what_is_theirs() -> None:
    page = impact_assessment(SECURITY)
    assert PARTS.findall(page) == [str(number) for number in range(1, 8)]
    for part in PARTS.split(page)[2::2]:
        assert GAP in part


def test_without_the_part_about_what_is_left_there_is_no_assessment() -> None:
    with pytest.raises(LookupError, match="What is not covered"):
        impact_assessment(SECURITY.replace("## What is not covered", "## Else"))


def test_the_record_names_every_role_and_who_must_fill_in_the_rest() -> None:
    page = record_of_processing()
    assert [role.title for role in ROLES.values() if f"| {role.title} |" not in page] == []
    assert page.count(GAP) == 2
    assert "`surname`" in page and "accounts.Account" in page
