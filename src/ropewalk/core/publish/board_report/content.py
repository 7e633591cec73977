"""What a board report says: one content, from which page, PDF and slides are drawn, and its canonical bytes. Pure.

No person is named in it by the program: people stand by their role. What people wrote themselves (notes, decisions)
stands as they wrote it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import typing
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from; ``day`` is when the file was imported, or the day on which somebody wrote it in."""

    title: str
    edition: str
    file: str
    sha256: str
    day: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a KPI: ``at`` is its position in time, ``source`` its place among the report's sources, from one."""

    when: str
    at: float
    value: float
    words: str
    lower: float | None
    upper: float | None
    interval: str
    source: int


@dataclass(frozen=True, slots=True)
class End:
    """One end of the line from the baseline to the target."""

    when: str
    at: float
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI from baseline to target. ``comes`` is ``published``, ``released`` or ``typed``; empty without a measure."""

    label: str
    words: str
    title: str
    comes: str
    baseline: str
    latest: str
    when: str
    interval: str
    target: str
    verdict: str
    because: str
    points: tuple[Point, ...]
    line: tuple[End, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An action or milestone. ``status`` is one of ``STATUSES``; ``due`` a day as people write it, or empty.

    ``minuted`` says that it came from the minutes of a meeting, whose words are not for everybody.
    """

    label: str
    words: str
    who: str
    due: str
    status: str
    late: bool
    note: str
    minuted: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """A strand, or what stands under none (then it has no label)."""

    label: str
    words: str
    objectives: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A target that was agreed or changed."""

    subject: str
    before: str
    after: str
    day: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision or an action of a meeting; ``standing`` says how an action stands."""

    kind: str
    words: str
    body: str
    day: str
    standing: str


@dataclass(frozen=True, slots=True)
class Workstream:
    """A workstream with its stage and what comes next."""

    title: str
    question: str
    stage: str
    ends: str
    late: bool
    next: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Money for one objective, in words."""

    objective: str
    amount: str


@dataclass(frozen=True, slots=True)
class Money:
    """Sums in words, and what was spent by objective."""

    given: str
    spent: str
    left: str
    objectives: tuple[Spent, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many schools of the place are in the partnership, and how many share data (none where it is not said)."""

    members: int
    schools: int
    sharing: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not said, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``public`` says that it is the version for everybody; ``since`` is when the one before was made.

    ``meetings_since`` is the day of the board meeting from which on decisions are told; empty before there was one.
    """

    public: bool
    code: str
    place: str
    made_up: bool
    plan: str
    aim: str
    state: str
    day: str
    meeting: str
    since: str
    meetings_since: str
    rule: str
    strands: tuple[Strand, ...]
    changed: tuple[Changed, ...]
    outcomes: tuple[Outcome, ...]
    workstreams: tuple[Workstream, ...]
    money: Money | None
    coverage: Coverage
    asks: tuple[str, ...]
    sources: tuple[Source, ...]
    missing: tuple[Missing, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{'Public report' if self.public else 'Board report'}: {self.plan}"

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The KPIs of all strands."""
        return tuple(kpi for strand in self.strands for kpi in strand.kpis)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The actions and milestones of all strands."""
        return tuple(part for strand in self.strands for part in strand.parts)


def canonical(report: Report) -> str:
    """The report as it is kept and hashed: JSON, keys in order, no spaces."""
    return json.dumps(dataclasses.asdict(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """SHA-256 of canonical content in UTF-8."""
    return hashlib.sha256(content.encode()).hexdigest()


def read(content: str) -> Report:
    """The report that ``canonical`` wrote. Raises ValueError for anything else."""
    try:
        return _as(Report, json.loads(content))
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("This is no board report.") from problem


def _as(kind: type[T], given: Any) -> T:  # noqa: ANN401 - whatever JSON holds
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: _value(hints[field.name], given[field.name]) for field in dataclasses.fields(kind)})  # type: ignore[arg-type]


def _value(hint: Any, given: Any) -> Any:  # noqa: ANN401
    if typing.get_origin(hint) is tuple:
        return tuple(_value(typing.get_args(hint)[0], one) for one in given)
    inner = [one for one in typing.get_args(hint) if one is not type(None)]
    if inner:
        return None if given is None else _value(inner[0], given)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _as(hint, given)
    return given
