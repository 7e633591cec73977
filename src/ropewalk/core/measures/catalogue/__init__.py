"""The catalogue: every module in this folder declares one measure as ``MEASURE``. Adding a file adds the measure."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ropewalk.core.errors import NotFound
from ropewalk.core.measures.declaration import Measure, Question


@cache
def all_measures() -> dict[str, Measure]:
    """Every declared measure by id, in the order of the questions and then of ``order`` and title."""
    found: list[Measure] = [
        importlib.import_module(f"{__name__}.{module.name}").MEASURE for module in pkgutil.iter_modules(__path__)
    ]
    questions = list(Question)
    ordered = sorted(found, key=lambda m: (questions.index(m.question), m.order, m.title))
    catalogue = {declared.id: declared for declared in ordered}
    if len(catalogue) != len(found):
        raise ValueError("two measures share an id")
    return catalogue


def measure(measure_id: str) -> Measure:
    """Look a measure up by id.

    Raises NotFound when the catalogue has no such measure.
    """
    try:
        return all_measures()[measure_id]
    except KeyError:
        near = [known for known in all_measures() if measure_id.split("_")[0] in known][:4]
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise NotFound(f"There is no measure '{measure_id}'.{hint}") from None
