"""How a plan to begin from is declared."""

from dataclasses import dataclass

from ropewalk.site.agree.plan.kinds import ItemKind


@dataclass(frozen=True)
class Part:
    """A part of a plan, with what it holds."""

    kind: ItemKind
    words: str
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Way:
    """A plan to begin from: what it is called, whom it suits, its aim and parts."""

    id: str
    title: str
    suits: str
    aim: str
    parts: tuple[Part, ...]


def strand(words: str, *parts: Part) -> Part:
    """A strand."""
    return Part(ItemKind.STRAND, words, parts)


def objective(words: str, *parts: Part) -> Part:
    """An objective."""
    return Part(ItemKind.OBJECTIVE, words, parts)


def kpi(words: str) -> Part:
    """A KPI; how it is measured is said on the plan."""
    return Part(ItemKind.KPI, words)


def action(words: str, *parts: Part) -> Part:
    """An action."""
    return Part(ItemKind.ACTION, words, parts)


def milestone(words: str) -> Part:
    """A milestone."""
    return Part(ItemKind.MILESTONE, words)
