"""The report as sections of words, lists, tables and drawings: the one order in which every face tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropewalk.core.publish.board_report.content import Kpi, Report, Strand
from ropewalk.core.publish.board_report.standing import STATUSES, by_status, several, standing

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``numbers`` are the columns that hold numbers, counted from nought."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A KPI over time with the line to its target."""

    kpi: Kpi


Block = Words | Items | Table | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under its heading."""

    slug: str
    title: str
    blocks: tuple[Block, ...]


def sections(report: Report) -> tuple[Section, ...]:
    """Every section of a report that has something to say, in order."""
    found = [
        Section("standing", "Where the plan stands", (Words(tuple(standing(report))), _strands(report))),
        Section("asks", "What needs a decision", _asks(report)),
        Section("kpis", "Each KPI", tuple(_kpis(report))),
        Section("strands", "Each strand", tuple(_parts(report))),
        Section("targets", _since("Targets agreed and changed", report.since), _changed(report)),
        Section("decisions", "Decisions and actions of meetings", _outcomes(report)),
        Section("workstreams", "Workstreams", _workstreams(report)),
        Section("money", "Money", _money(report)),
        Section("sources", "Where the figures come from", _sources(report)),
        Section("missing", "What is missing, and why", _missing(report)),
    ]
    return tuple(one for one in found if one.blocks)


def _since(words: str, day: str) -> str:
    return f"{words} since {day}" if day else words


def _strands(report: Report) -> Table:
    head = ("Strand", "Parts", *(one.capitalize() for one in STATUSES), "Late")
    rows = []
    for strand in report.strands:
        counted = by_status(strand.parts)
        late = sum(part.late for part in strand.parts)
        row = (len(strand.parts), *(counted[status] for status in STATUSES), late)
        rows.append((_name(strand), *(f"{one:,}" for one in row)))
    return Table("Actions and milestones of each strand", head, tuple(rows), tuple(range(1, len(head))))


def _name(strand: Strand) -> str:
    return f"{strand.label}: {strand.words}" if strand.label else strand.words


def _asks(report: Report) -> tuple[Block, ...]:
    if report.public:
        return ()
    return (Items(report.asks),) if report.asks else (Words(("Nothing asks for a decision of the board.",)),)


def _kpis(report: Report) -> Iterator[Block]:
    if not report.kpis:
        yield Words(("The plan has no KPI.",))
        return
    head = ("KPI", "Baseline", "Latest", "95% interval", "Target", "Stands", "Sources")
    rows = tuple(
        (
            f"{one.label}: {one.words}",
            one.baseline or NOTHING,
            f"{one.latest}, {one.when}" if one.latest else NOTHING,
            one.interval or ("no counts" if one.latest else NOTHING),
            one.target or NOTHING,
            one.verdict,
            ", ".join(map(str, one.sources)) or NOTHING,
        )
        for one in report.kpis
    )
    yield Table("KPIs from baseline to target", head, rows)
    yield Words((report.rule,))
    for one in report.kpis:
        yield Drawing(one)


def _parts(report: Report) -> Iterator[Block]:
    head = ("Part", "Who", "Due", "Status", *(() if report.public else ("How it stands",)))
    for strand in report.strands:
        if strand.objectives:
            yield Words((f"{_name(strand)}. Objectives: {'; '.join(strand.objectives)}.",))
        if not strand.parts:
            continue
        rows = tuple(
            (
                f"{one.label}: {one.words}",
                one.who or "nobody yet",
                one.due or "no day",
                f"{one.status}, late" if one.late else one.status,
                *(() if report.public else (one.note or "nothing said",)),
            )
            for one in strand.parts
        )
        yield Table(_name(strand), head, rows)
    if not report.parts:
        yield Words(("The plan has no actions or milestones.",))


def _changed(report: Report) -> tuple[Block, ...]:
    if not report.changed:
        return (Words(("No target was agreed or changed.",)),)
    rows = tuple((one.subject, one.before or NOTHING, one.after, one.day) for one in report.changed)
    return (Table("Targets that were agreed or changed", ("KPI", "Before", "After", "Day"), rows),)


def _outcomes(report: Report) -> tuple[Block, ...]:
    if report.public:
        return ()
    first = (
        f"From the meeting of the board on {report.meetings_since} on."
        if report.meetings_since
        else "The board has not met yet: these are of all meetings so far."
    )
    if not report.outcomes:
        return (Words((first, "Nothing was decided.")),)
    rows = tuple((one.kind, one.words, one.body, one.day, one.standing) for one in report.outcomes)
    head = ("What", "In words", "Body", "Meeting on", "How it stands")
    return (Words((first,)), Table("Decisions and actions of meetings", head, rows))


def _workstreams(report: Report) -> tuple[Block, ...]:
    if not report.workstreams:
        return (Words(("There is no workstream.",)),)
    rows = tuple(
        (
            f"{one.title}: {one.question}",
            f"{one.stage}, end date passed" if one.late else one.stage,
            one.ends or NOTHING,
            one.next,
        )
        for one in report.workstreams
    )
    return (Table("Workstreams with their stage", ("Workstream", "Stage", "Ends", "Next"), rows),)


def _money(report: Report) -> tuple[Block, ...]:
    found = report.money
    if found is None:
        return ()
    words = f"{found.given} was given, {found.spent} spent; {found.left} is left."
    if not found.objectives:
        return (Words((words,)),)
    rows = tuple((one.objective, one.amount) for one in found.objectives)
    return (
        Words((words,)),
        Table("What was spent for each objective", ("Objective", "Spent"), (*rows, ("In all", found.spent)), (1,)),
    )


def _sources(report: Report) -> tuple[Block, ...]:
    if not report.sources:
        return (Words(("No figure stands in this report.",)),)
    rows = tuple(
        (str(number), one.title, one.edition or NOTHING, one.file or NOTHING, one.sha256 or NOTHING, one.day)
        for number, one in enumerate(report.sources, start=1)
    )
    head = ("Number", "Publication", "Edition", "File", "SHA-256 of the file", "Taken in on")
    return (Table(several(len(rows), "source"), head, rows),)


def _missing(report: Report) -> tuple[Block, ...]:
    lines = tuple(f"{one.what}: {one.why}" for one in report.missing)
    return (Items(lines),) if lines else (Words(("Nothing that this report asks for is missing.",)),)


def kpi_sentence(kpi: Kpi) -> str:
    """How a KPI stands and why: what stands under its drawing."""
    return f"{kpi.verdict[:1].upper()}{kpi.verdict[1:]}. {kpi.because}".strip()


def drawn_words(kpi: Kpi) -> str:
    """What the drawing of a KPI shows: every value, and where the line goes."""
    values = "; ".join(f"{one.words} in {one.when}" for one in kpi.points) or "no value"
    line = f" The line goes from {kpi.line[0].words} to {kpi.line[1].words} in {kpi.line[1].when}." if kpi.line else ""
    return f"{kpi.title or kpi.words}: {values}.{line}"


def as_lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Everything that blocks say, as plain lines."""
    for block in blocks:
        if isinstance(block, Drawing):
            yield f"{block.kpi.label}: {block.kpi.words}. {kpi_sentence(block.kpi)} {drawn_words(block.kpi)}"
        elif isinstance(block, Table):
            yield f"{block.caption} ({'; '.join(block.head)})"
            yield from ("; ".join(row) for row in block.rows)
        else:
            yield from block.lines
