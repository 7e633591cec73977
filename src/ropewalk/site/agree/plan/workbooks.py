"""A plan as a workbook to take along, to change and to read back: its parts, its KPIs, and what was changed."""

import io
from collections.abc import Sequence

import xlsxwriter

from ropewalk.core.publish.table_files import guarded
from ropewalk.site.agree.plan.kinds import ItemKind, Status
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.measuring import measured_kpis
from ropewalk.site.agree.plan.selectors.plans import PlanPage
from ropewalk.site.agree.plan.sheet_texts import KPI_COLUMNS, KPIS, PART_COLUMNS, PARTS, Cell, row_of, target_of

CHANGES = ("Day", "Change", "When")
WIDEST = 60
HOW = (
    "One row is one part of the plan. Change rows, add rows, or take rows out; then read the workbook back on "
    "the page of the plan. It shows what would change before anything does.",
    "Number: 2.1 stands under 2. A new row may bear the number of the one it comes before or after: "
    "rows of one number stand in their order here.",
    f"What it is: one of {', '.join(kind.words for kind in ItemKind)}. It cannot be changed afterwards.",
    "Person: somebody with an account here, by name. Organisation: one of the place, by name.",
    "First day, Day due: as 2026-03-12, or as a date of the spreadsheet.",
    f"Status: one of {', '.join(status.words for status in Status)}. Whoever changes it says how it stands beside it.",
    "Waits for: the number of the part that comes first.",
    "Key: leave it as it is; it is how a part is known again. A new row has none.",
    "Sheet KPIs: “Target as a number” can be changed. What is measured cannot, and neither can a baseline that "
    "was agreed.",
)


def workbook(plan: Plan, page: PlanPage) -> bytes:
    """The workbook. Every text is written as text, so that no spreadsheet takes it for a formula."""
    paths = {line.item.pk: line.node.path for line in page.lines}
    parts = [row_of(line.node, paths) for line in page.lines]
    changed = [(one.day.isoformat(), one.words, "after it was agreed" if one.later else "") for one in told(plan)]
    return _book(
        (PARTS, PART_COLUMNS, [[row[name] for name in PART_COLUMNS] for row in parts]),
        (KPIS, KPI_COLUMNS, _kpis(plan, page, paths)),
        ("Changes", CHANGES, changed),
        ("How to fill it in", ("How",), [(words,) for words in HOW]),
    )


def template() -> bytes:
    """An empty workbook to fill in from nothing, with how that is done."""
    return _book((PARTS, PART_COLUMNS, ()), ("How to fill it in", ("How",), [(words,) for words in HOW]))


def _book(*sheets: tuple[str, Sequence[str], Sequence[Sequence[Cell]]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, head, rows in sheets:
        _sheet(book, name, head, rows)
    book.close()
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
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


def _kpis(plan: Plan, page: PlanPage, paths: dict[int, str]) -> list[list[Cell]]:
    found = {one.kpi.item_id: one for one in measured_kpis(plan)}
    rows: list[list[Cell]] = []
    for line in page.lines:
        shown = found.get(line.item.pk)
        if shown is None:
            continue
        kpi, latest = shown.kpi, shown.latest
        now = f"{latest.words}, {latest.when}" if latest else ""
        said = (paths[kpi.item_id], kpi.item.words, kpi.source.words, shown.baseline, now, shown.target)
        texts = (*said, str(shown.judged.verdict), shown.judged.because)
        rows.append([*map(guarded, texts), target_of(kpi), str(kpi.item_id)])
    return rows
