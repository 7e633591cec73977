"""What a drawing of a measure shows, in sentences: the alternative text of its chart.

Kept apart from the drawing so that a page can say it without loading what draws.
"""

from __future__ import annotations

from collections.abc import Sequence

from ropewalk.core.publish.charts.series import every_period
from ropewalk.core.publish.wording import figure_words, heading_words, listed, period_words, value_words
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.phases import Phase
from ropewalk.core.views.measure_detail import GroupRow, MeasureDetail


def trend_description(detail: MeasureDetail) -> str:
    """First, newest, lowest and highest value, who is drawn beside the place, and where its line breaks."""
    axis = every_period(point.period for point in detail.trend)
    own = [(p.period, p.own.value) for p in detail.trend if p.own and p.own.value is not None]
    heading = heading_words(detail.measure, detail.phase, detail.group)
    first, last = own[0], own[-1]
    said = [
        f"{heading} in {detail.place.name}: {value_words(first[1], detail.measure)} in {period_words(first[0])}, "
        f"{value_words(last[1], detail.measure)} in {period_words(last[0])}."
    ]
    values = [value for _, value in own]
    lowest, highest = own[values.index(min(values))], own[values.index(max(values))]
    said.append(
        f"Lowest {value_words(lowest[1], detail.measure)} in {period_words(lowest[0])}, highest "
        f"{value_words(highest[1], detail.measure)} in {period_words(highest[0])}."
    )
    beside = [detail.others.region.name] if detail.others.region else []
    beside += [detail.others.country.name] if detail.others.country != detail.place else []
    near = ["the range and median of its statistical neighbours"] if detail.others.neighbours else []
    if beside or near:
        said.append(f"Drawn beside {listed([*beside, *near])}.")
    gaps = [period for period in axis if period not in {p for p, _ in own}]
    if gaps:
        missing = listed([period_words(period) for period in gaps])
        said.append(f"No value of {detail.place.name} for {missing}: the line breaks there.")
    return " ".join(said)


def phase_description(detail: MeasureDetail) -> str:
    """Each phase with its value."""
    measure = detail.measure
    heading, period = heading_words(measure, "all", detail.group), period_words(detail.phases_period)
    said = ", ".join(f"{Phase(f.phase).words.lower()} {figure_words(f, measure)}" for f in detail.by_phase)
    return f"{heading} in {detail.place.name} by phase in {period}: {said}."


def drawn_groups(rows: Sequence[GroupRow]) -> list[GroupRow]:
    """Rows worth a line: each pair once, from the side that stands first; only groups with a value."""
    drawn: list[GroupRow] = []
    pairs: set[frozenset[str]] = set()
    compared: set[str] = set()
    for row in rows:
        pair = frozenset((row.group, row.other.group)) if row.other else frozenset((row.group,))
        # No special need is what the others are compared with; a line of its own would say the same again.
        if row.own.value is None or pair in pairs or (row.group in compared and row.group != "all"):
            continue
        pairs.add(pair)
        if row.other:
            compared.add(row.other.group)
        drawn.append(row)
    return drawn


def group_description(detail: MeasureDetail) -> str:
    """Each group with its value and the value it is compared with."""
    measure = detail.measure
    parts = []
    for row in drawn_groups(detail.by_group):
        words = f"{GROUPS[row.group].words}: {figure_words(row.own, measure)}"
        if row.other and row.gap is not None:
            words += f", against {value_words(row.other.value, measure)} of {GROUPS[row.other.group].words.lower()}"
        parts.append(words)
    heading = heading_words(measure, detail.phase, "all")
    return f"{heading} in {detail.place.name} by group in {period_words(detail.groups_period)}. {'; '.join(parts)}."


def strip_description(detail: MeasureDetail) -> str:
    """Where the place, its neighbours and all councils lie."""
    measure, total = detail.measure, len(detail.strip)
    own = next((p for p in detail.strip if p.role == "own"), None)
    heading = heading_words(measure, detail.phase, detail.group)
    said = [f"{heading} in {period_words(detail.period)} for {total} councils."]
    if own:
        said.append(f"{detail.place.name}: {figure_words(own.figure, measure)}.")
    near = [p.figure.value for p in detail.strip if p.role == "neighbour" and p.figure.value is not None]
    if near:
        low, high = value_words(min(near), measure), value_words(max(near), measure)
        said.append(f"Its {len(near)} statistical neighbours lie between {low} and {high}.")
    whole = detail.all_councils
    if whole:
        low, high = value_words(whole.lowest, measure), value_words(whole.highest, measure)
        said.append(
            f"All councils lie between {low} and {high}, with a median of {value_words(whole.median, measure)}."
        )
    return " ".join(said)
