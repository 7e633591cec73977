"""The rows of a workbook as a tree of parts: which stands under which, and in which order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.plan.reading import Sheets
from ropewalk.site.agree.plan.rules import Node
from ropewalk.site.agree.plan.sheet_texts import (
    BASELINE,
    KEY,
    KPIS,
    NOW,
    NUMBER,
    PART_COLUMNS,
    PARTS,
    STANDING,
    VALUE,
    plain_text,
)

MOST_DEPTH = 5
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,9}")
READ_OF_KPIS = (KEY, NUMBER, BASELINE, NOW, STANDING, VALUE)
Texts = dict[str, str]


@dataclass(frozen=True)
class File:
    """The rows of the two sheets that are read, each with its number in the sheet."""

    parts: list[tuple[int, Texts]]
    kpis: list[tuple[int, Texts]]


@dataclass(eq=False)
class Row:
    """A part as a row says it: under which other row it stands, its order there where that changes, its new number."""

    number: int
    texts: Texts
    parent: "Row | None" = None
    order: int | None = None
    path: str = ""


def file_of(sheets: Sheets) -> File:
    """The sheets that are read. Raises InputRefused where one is missing, or a column of it."""
    if PARTS not in sheets:
        raise InputRefused([Problem(f"There is no sheet “{PARTS}”.", "Begin from the workbook of the plan.")])
    kpis = _table(sheets, KPIS, READ_OF_KPIS) if KPIS in sheets else []
    return File(_table(sheets, PARTS, PART_COLUMNS), kpis)


def _table(sheets: Sheets, name: str, columns: Sequence[str]) -> list[tuple[int, Texts]]:
    rows = sheets[name]
    head = [plain_text(cell) for cell in rows[0]] if rows else []
    missing = [one for one in columns if one not in head]
    if missing:
        found = [Problem(f"There is no column “{one}”.", "Leave the headings as they are.") for one in missing]
        raise InputRefused([Problem(one.what, one.do, file=f"sheet {name}", row=1) for one in found])
    places = {one: head.index(one) for one in columns}
    listed = [
        (number, {one: plain_text(row[at]) if at < len(row) else "" for one, at in places.items()})
        for number, row in enumerate(rows[1:], start=2)
    ]
    return [(number, texts) for number, texts in listed if any(texts.values())]


def rows_of(listed: Sequence[tuple[int, Texts]], nodes: Mapping[str, Node]) -> tuple[list[Row], list[Problem]]:
    """Parts, each after the one it stands under, and what is wrong with where they stand."""
    rows = [Row(number, texts) for number, texts in listed]
    problems = [*_wrong_numbers(rows), *_wrong_keys(rows, nodes)]
    if problems:
        return [], problems
    problems = _under(rows)
    if problems:
        return [], problems
    _in_order(rows, nodes)
    return sorted(rows, key=lambda row: [int(one) for one in row.path.split(".")]), []


def _problem(row: Row, what: str, do: str, column: str) -> Problem:
    return Problem(what, do, file=f"sheet {PARTS}", row=row.number, column=column)


def _wrong_numbers(rows: Sequence[Row]) -> list[Problem]:
    found = []
    for row in rows:
        number = row.texts[NUMBER]
        if not _NUMBER.fullmatch(number) or number.count(".") >= MOST_DEPTH:
            found.append(_problem(row, "This is no number of a part.", "Write such as 2 or 2.1.", NUMBER))
    return found


def _wrong_keys(rows: Sequence[Row], nodes: Mapping[str, Node]) -> list[Problem]:
    found, seen = [], set()
    for row in rows:
        key = row.texts[KEY]
        if key and key not in nodes:
            found.append(_problem(row, "No part of this plan has this key.", "Leave it empty for a new part.", KEY))
        elif key and key in seen:
            found.append(_problem(row, "Two rows have this key.", "Leave it empty for a new part.", KEY))
        seen.add(key)
    return found


def _under(rows: Sequence[Row]) -> list[Problem]:
    """Let each row stand under the one whose number it continues."""
    by_number: dict[str, list[Row]] = {}
    for row in rows:
        by_number.setdefault(row.texts[NUMBER], []).append(row)
    found = []
    for row in rows:
        above = row.texts[NUMBER].rpartition(".")[0]
        there = by_number.get(above, [])
        if not above:
            continue
        if len(there) != 1:
            what = f"There is no row {above}." if not there else f"There are {len(there)} rows {above}."
            found.append(_problem(row, what, "Give the part it stands under a number of its own.", NUMBER))
        else:
            row.parent = there[0]
    return found


def _in_order(rows: Sequence[Row], nodes: Mapping[str, Node]) -> None:
    """Say where each stands among its neighbours; only where that is another order than before."""
    under: dict[Row | None, list[Row]] = {}
    for row in rows:
        under.setdefault(row.parent, []).append(row)

    def go(parent: Row | None, path: str) -> None:
        ordered = sorted(under.get(parent, ()), key=lambda row: (_last(row), row.number))
        stays = _stays(ordered, parent, nodes)
        for place, row in enumerate(ordered, start=1):
            row.path = f"{path}.{place}" if path else str(place)
            row.order = None if stays else place
            go(row, row.path)

    go(None, "")


def _last(row: Row) -> int:
    return int(row.texts[NUMBER].rpartition(".")[2])


def _stays(ordered: Sequence[Row], parent: Row | None, nodes: Mapping[str, Node]) -> bool:
    """Whether parts that were here keep their order, and new ones only follow them."""
    key = parent.texts[KEY] if parent else ""
    known = [nodes.get(row.texts[KEY]) for row in ordered]
    here = [node is not None and str(node.item.parent_id or "") == key for node in known]
    if sorted(here, reverse=True) != here:
        return False
    places = [(node.item.number, node.item.pk) for node, is_here in zip(known, here, strict=True) if node and is_here]
    # New ones are given the next number as they are added; those that come from elsewhere are not.
    moved_in = any(node is not None and not is_here for node, is_here in zip(known, here, strict=True))
    return places == sorted(places) and not moved_in
