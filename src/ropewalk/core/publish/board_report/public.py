"""The version of a report for everybody: built anew from what may be public, field by field; nothing else comes along.

Public are published figures, figures of released editions as everyone sees them, the agreed words of the plan and how
its parts stand. Not public are values people wrote in, notes, decisions of meetings, asks of the board, drafts of
targets, how many share data, and money unless those who run the partnership say so each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ropewalk.core.publish.board_report.content import (
    Changed,
    Coverage,
    Kpi,
    Missing,
    Money,
    Part,
    Report,
    Source,
    Spent,
    Strand,
    Workstream,
)
from ropewalk.core.publish.board_report.standing import NOT_PUBLIC

SAFE = frozenset({"published", "released"})
LEFT_OUT = (
    Missing("Notes, decisions of meetings, and what the board is asked", "they are for members of the partnership."),
    Missing("Figures that are not published or released", "nobody outside may see them before their release."),
)
NO_MONEY = Missing("Money", "those who run the partnership have not made it public here.")
TYPED = "Its values are written in by people and are not published."
Plain = Callable[[str], str]


def public_version(report: Report, *, plain: Plain, money: bool = False) -> Report:
    """The version of a report for everybody; ``plain`` puts a role where a text names a person who is known here."""
    strands = tuple(_strand(one, plain) for one in report.strands)
    shown = {number for strand in strands for kpi in strand.kpis for number in kpi.sources}
    kept = [one for number, one in enumerate(report.sources, start=1) if number in shown]
    places = {number: place for place, number in enumerate(sorted(shown), start=1)}
    typed = {kpi.label for kpi in report.kpis if kpi.comes not in SAFE}
    return Report(
        public=True,
        code=report.code,
        place=report.place,
        made_up=report.made_up,
        plan=plain(report.plan),
        aim=plain(report.aim),
        state=report.state,
        day=report.day,
        meeting="",
        since=report.since,
        meetings_since="",
        rule=report.rule,
        strands=tuple(_renumbered(one, places) for one in strands),
        changed=tuple(Changed(plain(one.subject), one.before, one.after, one.day) for one in report.changed),
        outcomes=(),
        workstreams=tuple(_workstream(one, plain) for one in report.workstreams),
        money=_money(report.money, plain) if money else None,
        coverage=Coverage(report.coverage.members, report.coverage.schools, None),
        asks=(),
        sources=tuple(Source(one.title, one.edition, one.file, one.sha256, one.day) for one in kept),
        missing=(
            *(Missing(plain(one.what), one.why) for one in report.missing if one.what not in typed),
            *(Missing(label, TYPED) for label in sorted(typed & _with_values(report))),
            *LEFT_OUT,
            *(() if money else (NO_MONEY,)),
        ),
    )


def _with_values(report: Report) -> set[str]:
    return {kpi.label for kpi in report.kpis if kpi.comes}


def _strand(strand: Strand, plain: Plain) -> Strand:
    return Strand(
        strand.label,
        plain(strand.words),
        tuple(plain(one) for one in strand.objectives),
        tuple(_kpi(one, plain) for one in strand.kpis),
        tuple(
            Part(one.label, plain(one.words), one.who, one.due, one.status, one.late, "")
            for one in strand.parts
            if not one.minuted
        ),
    )


def _kpi(kpi: Kpi, plain: Plain) -> Kpi:
    if kpi.comes in SAFE:
        return Kpi(
            kpi.label,
            plain(kpi.words),
            kpi.title,
            kpi.comes,
            kpi.baseline,
            kpi.latest,
            kpi.when,
            kpi.interval,
            kpi.target,
            kpi.verdict,
            kpi.because,
            kpi.points,
            kpi.line,
            kpi.sources,
        )
    verdict, because = (NOT_PUBLIC, TYPED) if kpi.comes else (kpi.verdict, kpi.because)
    return Kpi(
        kpi.label, plain(kpi.words), "", kpi.comes, "", "", "", "", plain(kpi.target), verdict, because, (), (), ()
    )


def _renumbered(strand: Strand, places: dict[int, int]) -> Strand:
    """Sources that are not public have no number here."""
    return Strand(
        strand.label, strand.words, strand.objectives, tuple(_moved(one, places) for one in strand.kpis), strand.parts
    )


def _moved(kpi: Kpi, places: dict[int, int]) -> Kpi:
    points = tuple(replace(one, source=places[one.source]) for one in kpi.points)
    return replace(kpi, points=points, sources=tuple(places[one] for one in kpi.sources))


def _workstream(one: Workstream, plain: Plain) -> Workstream:
    return Workstream(plain(one.title), plain(one.question), one.stage, one.ends, one.late, one.next)


def _money(money: Money | None, plain: Plain) -> Money | None:
    if money is None:
        return None
    objectives = tuple(Spent(plain(one.objective), one.amount) for one in money.objectives)
    return Money(money.given, money.spent, money.left, objectives)
