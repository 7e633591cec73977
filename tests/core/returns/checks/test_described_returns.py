"""The documentation of returns names every check, column and code, in words that blame nobody."""

from __future__ import annotations

import re

import pytest

from ropewalk.core.returns.checks import Stage, all_checks
from ropewalk.core.returns.describing import checks_page, returns_page
from ropewalk.core.schema.attendance_codes import CODES
from ropewalk.core.schema.code_sets import all_code_sets
from ropewalk.core.schema.returns import RETURN_FILES

BLAME = re.compile(r"off-?roll|illegal|unlawful|cheat|fraud|fake|abus|fault|guilt|suspicious", re.IGNORECASE)


def test_every_check_stands_in_its_page_once() -> None:
    page = checks_page()
    for check in all_checks().values():
        assert page.count(f"\n`{check.id}` · ") == 1, check.id
    assert [stage.words for stage in Stage] == re.findall(r"^## (.*)$", page, re.MULTILINE)


@pytest.mark.parametrize("check", all_checks().values(), ids=lambda check: check.id)
def test_words_of_a_check_are_sentences_that_blame_nobody(check) -> None:
    assert not BLAME.search(f"{check.title} {check.says} {check.do}")
    assert check.says[0].isupper()
    assert check.says.endswith(".")
    assert check.do.endswith(".")
    assert not check.title.endswith(".")


@pytest.mark.parametrize("check", all_checks().values(), ids=lambda check: check.id)
def test_a_check_looks_at_columns_that_are_declared(check) -> None:
    for query in check.queries:
        assert query.kind in RETURN_FILES
        assert query.column is None or query.column in RETURN_FILES[query.kind].columns


def test_titles_tell_checks_apart() -> None:
    titles = [check.title for check in all_checks().values()]
    assert len(titles) == len(set(titles))


def test_every_file_column_and_code_stands_in_its_page() -> None:
    page = returns_page()
    for declared in RETURN_FILES.values():
        section = page.split(f"`{declared.id}.csv`\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(declared.columns)
    codes = page.split("\n## Codes")[1]
    declared_codes = [code.code for code_set in all_code_sets().values() for code in code_set.codes]
    assert re.findall(r"^\| `(.*?)` \|", codes, re.MULTILINE) == [*declared_codes, *(mark.code for mark in CODES)]


def test_links_in_the_page_lead_to_headings() -> None:
    page = returns_page()
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^### (.*)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([a-z0-9-]+)\)", page)) <= headings


def test_every_row_of_a_table_has_the_cells_of_its_header() -> None:
    for page in (checks_page(), returns_page()):
        for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table
