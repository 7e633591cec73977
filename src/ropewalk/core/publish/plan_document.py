"""A plan as a Word document: all its parts, KPIs, who agreed it, and what was changed since."""

from __future__ import annotations

from ropewalk.core.publish.plan_sheet import PlanPart, PlanSheet
from ropewalk.core.publish.word_files import WordFile
from ropewalk.core.publish.wording import long_date

_PARTS = ("Part", "Who", "Due", "How it stands")
_KPIS = ("KPI", "Baseline", "Now", "Target", "Standing")


def write_plan_document(sheet: PlanSheet) -> bytes:
    """The document as bytes."""
    out = WordFile(sheet.title, day=sheet.day)
    out.heading(sheet.title, 0)
    out.text(f"Plan of {sheet.place}, {sheet.state}. As it stood on {long_date(sheet.day)}.")
    out.text(sheet.aim)
    out.heading("What it wants, and who promised it")
    out.table(_PARTS, [_part(one) for one in sheet.parts], nothing="Nothing stands in it yet.")
    out.heading("How it is measured")
    rows = [
        (f"{one.label}: {one.words}", one.baseline, one.now, one.target, f"{one.standing}. {one.because}")
        for one in sheet.kpis
    ]
    out.table(_KPIS, rows, nothing="It is not said yet how this plan is measured.")
    out.text(sheet.rule)
    for heading, lines, nothing in (
        ("Where the figures come from", sheet.sources, "No figure stands here."),
        ("Who agrees it", sheet.agreed, "Nobody has been asked yet."),
        ("What was changed after it was agreed", sheet.changed, "Nothing."),
    ):
        out.heading(heading)
        out.listed(lines, nothing=nothing)
    return out.bytes()


def _part(one: PlanPart) -> tuple[str, ...]:
    origin = f" (from {one.origin})" if one.origin else ""
    due = f"{one.due}, late" if one.is_late else one.due
    note = f"{one.status}. {one.note}" if one.note else one.status
    return (f"{one.label}: {one.words}{origin}", one.who, due, note)
