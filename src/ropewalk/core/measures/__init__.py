"""Measures: what a figure means. One file per measure in ``catalogue``; ``measure(id)`` looks one up."""

from ropewalk.core.measures.catalogue import all_measures, measure
from ropewalk.core.measures.declaration import Gap, Lait, Measure, Polarity, Question, Unit

__all__ = ["Gap", "Lait", "Measure", "Polarity", "Question", "Unit", "all_measures", "measure"]
