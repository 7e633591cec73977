"""What a plan is made of, how its parts stand, and through which states it goes."""

from enum import StrEnum


class ItemKind(StrEnum):
    """A part of a plan, from the widest to the narrowest; one stands under a wider one or under none."""

    STRAND = "strand"
    OBJECTIVE = "objective"
    KPI = "kpi"
    ACTION = "action"
    MILESTONE = "milestone"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return "KPI" if self is ItemKind.KPI else self.value

    def may_stand_under(self, other: "ItemKind") -> bool:
        """Whether it may be a part of the other; steps in between may be left out."""
        order = list(ItemKind)
        return order.index(other) < order.index(self)


class Status(StrEnum):
    """How a part of a plan stands."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    AT_RISK = "at_risk"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value.replace("_", " ")

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self in {Status.DONE, Status.STOPPED}


class State(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    PUT = "put"
    AGREED = "agreed"
    LIVE = "live"
    REVIEW = "review"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _STATES[self]

    @property
    def is_in_force(self) -> bool:
        """Whether the plan holds now: it was agreed, was begun, and is not closed."""
        return self in IN_FORCE

    @property
    def next(self) -> tuple["State", ...]:
        """Where whoever runs the plan may take it from here. Only those who are asked make it agreed."""
        return _NEXT[self]


IN_FORCE = frozenset({State.LIVE, State.REVIEW})
_STATES = {
    State.DRAFT: "draft",
    State.PUT: "put to those who agree it",
    State.AGREED: "agreed",
    State.LIVE: "live",
    State.REVIEW: "under review",
    State.CLOSED: "closed",
}
_NEXT = {
    State.DRAFT: (),
    State.PUT: (State.DRAFT,),
    State.AGREED: (State.LIVE,),
    State.LIVE: (State.REVIEW, State.CLOSED),
    State.REVIEW: (State.LIVE, State.CLOSED),
    State.CLOSED: (),
}


class EvidenceKind(StrEnum):
    """What shows that something was done."""

    LINK = "link"
    VISIT = "visit"
    MINUTES = "minutes"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value


class Comes(StrEnum):
    """Where the value of a KPI comes from."""

    PUBLISHED = "published"
    RELEASED = "released"
    TYPED = "typed"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _COMES[self]


_COMES = {
    Comes.PUBLISHED: "published statistics",
    Comes.RELEASED: "released editions of the place",
    Comes.TYPED: "written in by people, where nothing measures it",
}
