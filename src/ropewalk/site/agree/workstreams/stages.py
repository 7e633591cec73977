"""The four stages of a workstream and their gates. Pure: a state and a move give a state, or the reasons why not."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.foundation.numbers import long_date


class Stage(StrEnum):
    """Where a workstream stands; each follows the one before."""

    BASELINE = "baseline"
    THINK_TANK = "think_tank"
    TASK = "task"
    IMPACT = "impact"
    OVER = "over"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _STAGES[self]

    @property
    def number(self) -> int:
        """Counted from one; what is over counts as five."""
        return list(Stage).index(self) + 1


_STAGES = {
    Stage.BASELINE: "Baseline",
    Stage.THINK_TANK: "Think Tank",
    Stage.TASK: "Task and finish",
    Stage.IMPACT: "Impact",
    Stage.OVER: "Decided",
}


class Move(StrEnum):
    """What takes a workstream on, or is done within one stage only."""

    SUBMIT = "submit"
    SET_MEASURE = "set_measure"
    FREEZE = "freeze"
    SIGN = "sign"
    PROPOSE = "propose"
    SHORTLIST = "shortlist"
    BEGIN = "begin"
    EXTEND = "extend"
    CLOSE = "close"
    DECIDE = "decide"


WITHIN = {
    Move.SUBMIT: Stage.BASELINE,
    Move.SET_MEASURE: Stage.BASELINE,
    Move.FREEZE: Stage.BASELINE,
    Move.SIGN: Stage.BASELINE,
    Move.PROPOSE: Stage.THINK_TANK,
    Move.SHORTLIST: Stage.THINK_TANK,
    Move.BEGIN: Stage.THINK_TANK,
    Move.EXTEND: Stage.TASK,
    Move.CLOSE: Stage.TASK,
    Move.DECIDE: Stage.IMPACT,
}


@dataclass(frozen=True)
class State:
    """What is there of a workstream; its stage follows from it."""

    measure_set: bool = False
    frozen: bool = False
    signed: bool = False
    shortlisted: bool = False
    begins: date | None = None
    ends: date | None = None
    closed: bool = False
    decided: bool = False

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.decided:
            return Stage.OVER
        if self.closed:
            return Stage.IMPACT
        if self.begins is not None:
            return Stage.TASK
        return Stage.THINK_TANK if self.signed else Stage.BASELINE

    def is_late(self, on: date) -> bool:
        """Whether its end date has passed and nobody closed it."""
        return self.stage is Stage.TASK and self.ends is not None and self.ends < on


@dataclass(frozen=True)
class Asked:
    """A move on a day; ``whole`` says that with this signature nobody's is missing."""

    move: Move
    on: date
    begins: date | None = None
    ends: date | None = None
    because: str = ""
    whole: bool = False


def moved(state: State, asked: Asked) -> State:
    """The state after a move. Raises InputRefused with every gate that stands in its way."""
    if problems := in_the_way(state, asked):
        raise InputRefused(problems)
    changes: dict[Move, dict[str, object]] = {
        Move.SET_MEASURE: {"measure_set": True},
        Move.FREEZE: {"frozen": True},
        Move.SIGN: {"signed": asked.whole},
        Move.SHORTLIST: {"shortlisted": True},
        Move.BEGIN: {"begins": asked.begins, "ends": asked.ends},
        Move.EXTEND: {"ends": asked.ends},
        Move.CLOSE: {"closed": True},
        Move.DECIDE: {"decided": True},
    }
    return replace(state, **changes.get(asked.move, {}))  # type: ignore[arg-type]


def in_the_way(state: State, asked: Asked) -> list[Problem]:
    """Why a move cannot be made; nothing when it can."""
    stage = WITHIN[asked.move]
    if state.stage is not stage:
        where = f"This belongs to the stage “{stage.words}”; the workstream is at “{state.stage.words}”."
        return [Problem(where, "Do what comes next there, as its page says.")]
    return [*_of_baseline(state, asked), *_of_task(state, asked)]


def _of_baseline(state: State, asked: Asked) -> list[Problem]:
    found = []
    if asked.move is Move.SIGN and not state.frozen:
        found.append(Problem("There is no frozen picture to sign.", "Freeze the baseline first."))
    if asked.move in {Move.FREEZE, Move.SIGN, Move.BEGIN} and not state.measure_set:
        found.append(Problem("No measure is set.", "Set beforehand by which measure the work is judged."))
    if asked.move is Move.BEGIN and not state.signed:
        found.append(Problem("The baseline is not signed.", "Let every contributor sign it first."))
    if asked.move is Move.BEGIN and not state.shortlisted:
        found.append(Problem("No idea is shortlisted.", "Decide first which ideas are tried."))
    return found


def _of_task(state: State, asked: Asked) -> list[Problem]:
    found = []
    if asked.move is Move.BEGIN and (asked.begins is None or asked.ends is None or asked.ends <= asked.begins):
        found.append(Problem("There is no end date after the first day.", "Write both: the work is time-limited."))
    if asked.move is Move.EXTEND:
        if not asked.because.strip():
            found.append(Problem("There is no reason.", "Write why more time is needed."))
        last = max(state.ends or asked.on, asked.on)
        if asked.ends is None or asked.ends <= last:
            found.append(Problem(f"The new end date is not after {long_date(last)}.", "Choose a later day."))
    if asked.move in {Move.CLOSE, Move.DECIDE} and state.ends is None:
        found.append(Problem("There is no end date.", "Begin the stage with one."))
    if asked.move is Move.CLOSE and state.begins is not None and asked.on < state.begins:
        found.append(Problem("The work has not begun yet.", "Close it once it was done."))
    return found


def next_words(state: State, *, on: date) -> str:
    """What is to be done next and who does it; there are words for every state."""
    if state.stage is Stage.BASELINE:
        return _FROZEN if state.frozen and state.measure_set else _SUBMIT if state.measure_set else _MEASURE
    if state.stage is Stage.THINK_TANK:
        return _CHARTER if state.shortlisted else _IDEAS
    if state.stage is Stage.TASK:
        return _LATE if state.is_late(on) else _WORK
    return _IMPACT if state.stage is Stage.IMPACT else _OVER


_MEASURE = "The chair sets the measure by which the work will be judged, and contributors submit their figures."
_SUBMIT = "Contributors submit figures and reconcile definitions; the coordinator then freezes the picture."
_FROZEN = "Every contributor signs the frozen picture, each by a named person."
_IDEAS = "Contributors bring ideas and vote; the chair then decides in words which are shortlisted."
_CHARTER = "The chair writes the charter with members, a first day and an end date."
_WORK = "Members do the work; the chair closes it by the end date, or extends it formally with a reason."
_LATE = "The end date has passed: the chair closes the work, or extends it formally with a reason."
_IMPACT = "Contributors compare the frozen baseline with now; the chair decides: adopted, adapted or stopped."
_OVER = "Nothing: the work is decided. What was learnt goes into next year’s plan."
