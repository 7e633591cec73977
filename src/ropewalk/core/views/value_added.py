"""Value added of the schools of a place, from results that schools sent: how pupils did beside like pupils here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.compare.intervals import Interval
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.views.live import Known, Scope


class Stage(StrEnum):
    """From which earlier results to which later ones."""

    KS2_KS4 = "ks2-ks4"
    PHONICS_KS2 = "phonics-ks2"
    GLD_PHONICS = "gld-phonics"


@dataclass(frozen=True, slots=True)
class StageResults:
    """The results a stage compares: assessments whose mean is taken, before and after, with words for each."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    title: str
    before_words: str
    after_words: str
    unit: str


STAGES = {
    Stage.KS2_KS4: StageResults(
        ("KS2_READING", "KS2_MATHS"),
        ("KS4_A8",),
        "Key stage 2 to key stage 4",
        "the mean of the scaled scores in key stage 2 reading and mathematics",
        "the Attainment 8 score",
        "Attainment 8 points",
    ),
    Stage.PHONICS_KS2: StageResults(
        ("PHONICS",),
        ("KS2_READING", "KS2_MATHS"),
        "Phonics to key stage 2",
        "the mark in the phonics screening check",
        "the mean of the scaled scores in key stage 2 reading and mathematics",
        "scaled score points",
    ),
    Stage.GLD_PHONICS: StageResults(
        ("GLD",),
        ("PHONICS",),
        "Reception to phonics",
        "a good level of development at the end of Reception, reached or not",
        "the mark in the phonics screening check",
        "marks",
    ),
}


@dataclass(frozen=True, slots=True)
class Results:
    """Pupils of a year with the later results, those of them with the earlier ones too, and schools of the latter."""

    after: int
    both: int
    schools: int


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school: its pupils in the model, the shrunken estimate with its 95 per cent interval, and where it stands.

    Without an estimate ``words`` say why.
    """

    urn: int
    name: str
    pupils: int
    value: float | None
    interval: Interval | None
    words: str


@dataclass(frozen=True, slots=True)
class PlaceValueAdded:
    """Value added in a place for a stage and the academic year of the later results.

    ``reason`` says why there is none; ``schools`` are in order of name. ``used`` and ``left_out`` are parts of the
    context in words: in the model, and known for too few pupils or the same for all. ``pupils`` are in the model;
    ``between`` is the share of what remains that lies between schools, in per cent.
    """

    scope: Scope
    known: Known
    stage: Stage
    year: str
    years: tuple[str, ...]
    results: Results
    reason: str | None
    schools: tuple[SchoolLine, ...]
    used: tuple[str, ...]
    left_out: tuple[str, ...]
    pupils: int
    without_context: int
    between: float | None
    released: SafeTable
