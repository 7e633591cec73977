"""Pupils on roll throughout the year."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Movement, RollMovement

MEASURE = Measure(
    id="stability",
    title="On roll throughout the year",
    question=Question.WHO,
    summary="Share of pupils who were on roll in October, in January and in May.",
    definition=(
        "Pupils on roll on all three census days of the academic year (first Thursday of October, third "
        "Thursday of January, third Thursday of May), divided by pupils on roll on any of them, times 100. "
        "Counted are pupils registered at the school only, or as their main school."
    ),
    source="Ropewalk: no single official formula",
    source_url="",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="pupils on roll on all three days",
    denominator="pupils on roll on any of the three days",
    order=68,
    on_place_page=False,
    meaning=RollMovement(Movement.STABILITY),
)
