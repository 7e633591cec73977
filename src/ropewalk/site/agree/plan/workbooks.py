"""A plan as a workbook to take along: its parts, its KPIs, and what was changed."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from ropewalk.site.agree.plan.models import Kpi, Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.measuring import measured
from ropewalk.site.agree.plan.selectors.plans import PlanPage

PARTS = (
    *("Number", "What it is", "In words", "Person", "Organisation", "First day", "Day due"),
    *("Status", "How it stands", "Cost in pounds", "Waits for"),
)
KPIS = ("Number", "In words", "Measured from", "Baseline", "Now", "Target", "Standing", "Why")
CHANGES = ("Day", "Change", "When")
WIDEST = 60


def workbook(plan: Plan, page: PlanPage) -> bytes:
    """The workbook. Every text is written as text, so that no spreadsheet takes it for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _sheet(book, "Parts", PARTS, _parts(page))
    _sheet(book, "KPIs", KPIS, _kpis(page))
    changed = [(one.day.isoformat(), one.words, "after it was agreed" if one.later else "") for one in told(plan)]
    _sheet(book, "Changes", CHANGES, changed)
    book.close()
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Sequence[tuple[str | float, ...]]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    for column, words in enumerate(head):
        sheet.write_string(0, column, words, bold)
        longest = max((len(str(row[column])) for row in rows), default=0)
        sheet.set_column(column, column, min(WIDEST, max(len(words), longest) + 2))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value)
    sheet.freeze_panes(1, 0)


def _parts(page: PlanPage) -> list[tuple[str | float, ...]]:
    paths = {line.item.pk: line.node.path for line in page.lines}
    return [
        (
            line.node.path,
            line.item.sort.words,
            line.item.words,
            line.item.owner.name if line.item.owner else "",
            line.item.organisation.name if line.item.organisation else "",
            _day(line.item.begins),
            _day(line.item.due),
            line.item.standing.words,
            line.item.note,
            "" if line.item.pence is None else line.item.pence / 100,
            paths.get(line.item.waits_for_id or 0, ""),
        )
        for line in page.lines
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _kpis(page: PlanPage) -> list[tuple[str, ...]]:
    paths = {line.item.pk: line.node.path for line in page.lines}
    rows = Kpi.objects.filter(item__in=list(paths)).select_related("item__plan__place")
    found: list[tuple[str, ...]] = []
    for kpi in sorted(rows, key=lambda one: list(paths).index(one.item_id)):
        shown = measured(kpi)
        now = f"{shown.latest.words}, {shown.latest.when}" if shown.latest else ""
        standing = (str(shown.judged.verdict), shown.judged.because)
        said = (paths[kpi.item_id], kpi.item.words, kpi.source.words, shown.baseline, now, shown.target)
        found.append((*said, *standing))
    return found
