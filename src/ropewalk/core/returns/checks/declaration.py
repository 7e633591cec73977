"""How a check is declared: one rule, what it finds, how much it matters, and what to do about it.

A check is SQL over the tables of a return being read (see ``staging``): each row it gives is one problem,
with the columns ``file`` and ``line`` and, where it helps, ``detail``: a number or date that says nothing of a child.
What a check prints is its own sentence and where it found the problem; values that identify a child never are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Stage(Enum):
    """When a check runs. Each stage relies on what the ones before it made sure of."""

    READABLE = ("readable", "Can the file be read?")
    SHAPED = ("shaped", "Does it have the columns of a return?")
    VALID = ("valid", "Does each cell hold what it should?")
    PLAUSIBLE = ("plausible", "Can it be so?")
    CONSISTENT = ("consistent", "Does it agree with what was sent before?")

    def __init__(self, slug: str, words: str) -> None:
        """Keep the name and the question the stage asks."""
        self.slug = slug
        self.words = words


class Severity(StrEnum):
    """How much a problem matters.

    REFUSED: the line cannot be counted and is set aside. WRONG: the line is kept, and should be corrected and sent
    again. QUESTION: it may well be right; somebody should look.
    """

    REFUSED = "refused"
    WRONG = "wrong"
    QUESTION = "question"

    @property
    def words(self) -> str:
        """The severity as a school office reads it."""
        return {"refused": "Set aside", "wrong": "To correct", "question": "To look at"}[self.value]


@dataclass(frozen=True, slots=True)
class Query:
    """SQL that finds the problems of a check in one kind of return, and the column they are about, if it is one.

    The SQL gives ``file`` and ``line`` (of the kind's table), and may give ``detail`` as text.
    """

    kind: str
    sql: str
    column: str | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule. ``says`` is what is wrong and ``do`` what to do, both as a school office would say it.

    ``whole_file`` marks a problem that stops the file from being read. A check without ``queries`` is reported by
    the reader, which meets the problem before there are tables.
    """

    id: str
    title: str
    stage: Stage
    severity: Severity
    says: str
    do: str
    queries: tuple[Query, ...] = ()
    whole_file: bool = False

    def __post_init__(self) -> None:
        """Refuse a rule without an id or words."""
        if not self.id.isidentifier() or not all(text.strip() for text in (self.title, self.says, self.do)):
            raise ValueError(f"check '{self.id}' needs an id of letters and underscores, a title, and words")
