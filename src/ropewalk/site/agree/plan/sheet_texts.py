"""How a plan stands in the cells of a workbook, the same for writing and for reading back."""

import re
from datetime import date, datetime
from decimal import Decimal

from ropewalk.core.publish.table_files import guarded
from ropewalk.site.agree.plan.models import Item, Kpi
from ropewalk.site.agree.plan.rules import Node

PARTS, KPIS = "Parts", "KPIs"
# Columns of parts; “Key” is how a part is known again, so that it can be moved and reworded.
KEY, NUMBER, KIND, WORDS = "Key", "Number", "What it is", "In words"
PERSON, ORGANISATION, BEGINS, DUE = "Person", "Organisation", "First day", "Day due"
STATUS, NOTE, COST, WAITS = "Status", "How it stands", "Cost in pounds", "Waits for"
PART_COLUMNS = (NUMBER, KIND, WORDS, PERSON, ORGANISATION, BEGINS, DUE, STATUS, NOTE, COST, WAITS, KEY)
FROM, BASELINE, NOW, TARGET, STANDING, WHY = "Measured from", "Baseline", "Now", "Target", "Standing", "Why"
VALUE = "Target as a number"
KPI_COLUMNS = (NUMBER, WORDS, FROM, BASELINE, NOW, TARGET, STANDING, WHY, VALUE, KEY)
# What no file of a workbook keeps as it is.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Cell = str | float


def plain_text(cell: object) -> str:
    """A cell as it is compared: what spreadsheets change in texts and dates on their way is evened out."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if isinstance(cell, int | float | Decimal):
        return format(Decimal(str(cell)).normalize(), "f")
    text = str(cell or "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", _ESCAPED.sub("", text)).strip()


def bare(text: str) -> str:
    """A text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def row_of(node: Node, paths: dict[int, str]) -> dict[str, Cell]:
    """A part of a plan by column."""
    item = node.item
    return {
        NUMBER: node.path,
        KIND: item.sort.words,
        WORDS: guarded(item.words),
        PERSON: guarded(item.owner.name) if item.owner else "",
        ORGANISATION: guarded(item.organisation.name) if item.organisation else "",
        BEGINS: item.begins.isoformat() if item.begins else "",
        DUE: item.due.isoformat() if item.due else "",
        STATUS: item.standing.words,
        NOTE: guarded(item.note),
        COST: "" if item.pence is None else item.pence / 100,
        WAITS: paths.get(item.waits_for_id or 0, ""),
        KEY: str(item.pk),
    }


def target_of(kpi: Kpi) -> Cell:
    """The target of a KPI as a number."""
    return "" if kpi.target is None else float(kpi.target)


def texts(row: dict[str, Cell]) -> dict[str, str]:
    """A row as it is compared."""
    return {name: plain_text(cell) for name, cell in row.items()}


def named(item: Item) -> str:
    """A part of the plan as a person finds it in a list."""
    return f"“{item.words}”"
