"""What documents of a plan show: its aim, parts, KPIs and who agreed it, all in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a plan; ``depth`` counts from 0, ``holds`` says that narrower parts are meant to stand under it."""

    label: str
    words: str
    depth: int
    holds: bool
    who: str = ""
    due: str = ""
    status: str = ""
    note: str = ""
    origin: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class PlanKpi:
    """A KPI with baseline, value now and target, each with its unit and period; ``standing`` by the stated rule."""

    label: str
    words: str
    baseline: str
    now: str
    target: str
    standing: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan as its documents show it on a day. ``rule`` says when a KPI is on track."""

    title: str
    place: str
    state: str
    aim: str
    day: dt.date
    rule: str
    parts: tuple[PlanPart, ...]
    kpis: tuple[PlanKpi, ...]
    agreed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def wide(self) -> tuple[PlanPart, ...]:
        """Strands and objectives."""
        return tuple(one for one in self.parts if one.holds)

    @property
    def late(self) -> tuple[PlanPart, ...]:
        """What should have been done by now."""
        return tuple(one for one in self.parts if one.is_late)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the figures come from, each source once with the KPIs it gives."""
        by_source: dict[str, list[str]] = {}
        for one in self.kpis:
            if one.source:
                by_source.setdefault(one.source, []).append(one.label)
        return tuple(f"{', '.join(labels)}: {source}" for source, labels in by_source.items())
