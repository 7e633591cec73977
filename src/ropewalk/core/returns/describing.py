"""The documentation of returns, written from their declarations: the files schools send, and the checks of them."""

from __future__ import annotations

from collections.abc import Iterator

from ropewalk.core.returns.checks import Check, Severity, Stage, all_checks
from ropewalk.core.schema.attendance_codes import CODES
from ropewalk.core.schema.code_sets import all_code_sets
from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind, ReturnFile, Span

# What a severity means for a line, in the words of a school office.
SEVERITIES = {
    Severity.REFUSED: "the line cannot be counted; it is given back as it was sent",
    Severity.WRONG: "the line is kept; please correct it and send it again",
    Severity.QUESTION: "it may well be right; somebody should look",
}
SPANS = {
    Span.ACADEMIC_YEAR: "all that was sent before of that pupil at that school in that academic year",
    Span.WEEK: "what was sent before of that pupil at that school in that week",
    Span.EVENT: "what was sent before of the same event: the same {key}",
}
KINDS = {
    FieldKind.TEXT: "text",
    FieldKind.URN: "six digits",
    FieldKind.UPN: "13 letters and digits",
    FieldKind.DATE: "date",
    FieldKind.MONDAY: "date, a Monday",
    FieldKind.CODE: "code",
    FieldKind.WHOLE: "whole number",
    FieldKind.DECIMAL: "number",
    FieldKind.MARKS: "ten attendance codes",
    FieldKind.MARK: "attendance code",
    FieldKind.POSTCODE: "postcode",
}


def checks_page() -> str:
    """Every check by stage, as Markdown: what it says, what to do, where it looks."""
    return "\n".join(_checks_lines()) + "\n"


def _checks_lines() -> Iterator[str]:
    yield "# Checks of returns\n"
    yield (
        "Written from the declarations by `make docs`; edit `src/ropewalk/core/returns/checks/` instead: one file for "
        "each rule.\n"
    )
    yield (
        f"A return goes through {len(all_checks())} checks in five stages. All problems are reported at once, by file "
        "and line. What a cell holds is never printed back.\n"
    )
    yield "| in the report | means |\n|---|---|"
    for severity, words in SEVERITIES.items():
        yield f"| {severity.words} | {words} |"
    for stage in Stage:
        found = [check for check in all_checks().values() if check.stage is stage]
        if found:
            yield f"\n## {stage.words}"
        for check in found:
            yield from _one_check(check)


def _one_check(check: Check) -> Iterator[str]:
    yield f"\n### {check.title}\n"
    severity = "The whole file is set aside" if check.whole_file else check.severity.words
    yield f"`{check.id}` · {severity}{_where(check)}\n"
    yield f"{_plain(check.says)} {_plain(check.do)}"


def _where(check: Check) -> str:
    """The files and columns a check looks at; nothing where it looks at all of them."""
    found: dict[str, list[str]] = {}
    for query in check.queries:
        columns = found.setdefault(query.kind, [])
        if query.column and query.column not in columns:
            columns.append(query.column)
    parts = [f"{kind} ({', '.join(columns)})" if columns else kind for kind, columns in found.items()]
    return f" · {'; '.join(parts)}" if parts else ""


def returns_page() -> str:
    """The files schools send, as Markdown: columns, instructions, codes."""
    return "\n".join(_returns_lines()) + "\n"


def _returns_lines() -> Iterator[str]:
    yield "# Files schools send\n"
    yield (
        "Written from the declarations by `make docs`; edit `src/ropewalk/core/schema/returns/` and "
        "`src/ropewalk/core/schema/code_sets/` instead.\n"
    )
    yield (
        "Each kind is a CSV file (UTF-8 or Windows-1252) with a header row, or a sheet of one XLSX workbook. Columns "
        "may stand in any order; columns not named here are reported and ignored. Dates are written 2025-09-08 or "
        "08/09/2025."
    )
    for declared in RETURN_FILES.values():
        yield from _one_file(declared)
    yield "\n## Codes"
    yield from _code_lines()


def _one_file(declared: ReturnFile) -> Iterator[str]:
    yield f"\n## {declared.title}: `{declared.id}.csv`\n"
    yield f"One row is {declared.row}. {declared.what_for}\n"
    key = ", ".join(f"`{name}`" for name in declared.key)
    yield f"- Rows are told apart by {key}"
    yield f"- A newer row takes the place of {SPANS[declared.span].format(key=key)}\n"
    yield "| column | holds | must be filled in | what to write | example |\n|---|---|---|---|---|"
    for field in declared.fields:
        yield _one_field(field)


def _one_field(field: Field) -> str:
    needed = "yes" if field.needed else ""
    example = f"`{_cell(field.example)}`" if field.example else ""
    return f"| `{field.name}` | {_holds(field)} | {needed} | {_cell(_plain(field.says))} | {example} |"


def _holds(field: Field) -> str:
    """What a cell may hold: kind, codes, limits."""
    if field.code_set is not None:
        return f"[code](#{field.code_set.replace('_', '-')})"
    if field.kind in (FieldKind.MARK, FieldKind.MARKS):
        return f"[{KINDS[field.kind]}](#attendance-codes)"
    limits = f", {field.lowest} to {field.highest}" if field.lowest is not None and field.highest is not None else ""
    return KINDS[field.kind] + limits


def _code_lines() -> Iterator[str]:
    for code_set in all_code_sets().values():
        yield f"\n### {code_set.id.replace('_', ' ').capitalize()}\n"
        yield f"{code_set.title}. Source: {code_set.source}.\n"
        yield "| code | means | may be used |\n|---|---|---|"
        for code in code_set.codes:
            yield f"| `{_cell(code.code)}` | {_cell(code.words)} | {_years(code.since, code.until)} |"
    yield "\n### Attendance codes\n"
    yield "Source: Department for Education, national attendance and absence codes; changed on 19 August 2024.\n"
    yield "| code | means | counts as | may be used |\n|---|---|---|---|"
    for mark in CODES:
        years = _years(mark.since, mark.until)
        yield f"| `{_cell(mark.code)}` | {_cell(mark.words)} | {mark.category.words} | {years} |"


def _years(since: str | None, until: str | None) -> str:
    if since is None and until is None:
        return "in all years"
    return " ".join(part for part in (f"from {since}" if since else "", f"until {until}" if until else "") if part)


def _cell(text: str) -> str:
    """Text that cannot end a cell of a Markdown table."""
    return text.replace("|", "\\|")


def _plain(text: str) -> str:
    """Text in which no mark of the register is taken for Markdown."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_").replace("#", "\\#").replace("<", "&lt;")
