"""Where one child was on roll: a bar for each stay, school by school, along the years."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from ropewalk.core.publish.charts.chart import GREY, INK, TEAL, Chart, drawn_from, finished
from ropewalk.core.publish.child_history_tables import stays_table
from ropewalk.core.publish.child_history_words import STATUS_WORDS, history_sentence
from ropewalk.core.publish.wording import long_date
from ropewalk.core.views.child_history import ONE_DAY, ChildHistory, Gap, GapKind, Stay, Stretch

NO_ROLL = "On no roll here"
ROW, LONGEST_NAME = 34, 26
# A registration elsewhere or in part is drawn as an outline, so that no colour carries the meaning alone.
OUTLINED = ("G", "S", "F", "O")
_DRAWN_GAPS = (GapKind.BETWEEN_ROLLS, GapKind.TO_BE_FOUND, GapKind.SAID_WHERE)


def child_rolls(history: ChildHistory) -> Chart:
    """Stays as bars and times on no roll below them; the table holds the same days."""
    gaps = [gap for gap in history.gaps if gap.kind in _DRAWN_GAPS]
    names = [_name(history, stay.school) for stay in history.stays]
    order = [*dict.fromkeys(names), *([NO_ROLL] if gaps else [])]
    bars = [_bar(history, stay, stretch) for stay in history.stays for stretch in stay.stretches]
    y = alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=190, ticks=False, domain=False))
    x = alt.X("first:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=6))
    tooltip = [alt.Tooltip("words:N", title="Roll")]
    layers: list[Any] = []
    looks: tuple[tuple[bool, dict[str, Any]], ...] = (
        (False, {"color": TEAL, "height": 16}),
        (True, {"filled": False, "stroke": INK, "strokeWidth": 2, "height": 14}),
    )
    for outlined, look in looks:
        rows = [bar for bar in bars if bar["outlined"] is outlined]
        if rows:
            layers.append(drawn_from(rows).mark_bar(**look).encode(x=x, x2="until:T", y=y, tooltip=tooltip))
    if gaps:
        rows = [_no_roll(gap) for gap in gaps]
        layers.append(drawn_from(rows).mark_bar(color=GREY, height=6).encode(x=x, x2="until:T", y=y, tooltip=tooltip))
    key = ["Filled: registered at this school alone, or here as the main one. Outlined: as a guest or subsidiary."]
    key += ["Thin: on no roll that we know of, outside the summer."] if gaps else []
    spec = finished(alt.layer(*layers), key=key, height=ROW * len(order))
    return Chart(f"Child {history.child}: rolls over time", history_sentence(history), spec, stays_table(history))


def _name(history: ChildHistory, urn: int) -> str:
    name = history.schools[urn].name
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _bar(history: ChildHistory, stay: Stay, stretch: Stretch) -> dict[str, Any]:
    first = stay.first if stretch is stay.stretches[0] else stretch.first
    last = max(first, min(stretch.last, history.day))
    way = STATUS_WORDS.get(stretch.row.status, str(stretch.row.status))
    words = f"{history.schools[stay.school].name}, {way}: {long_date(first)} to {long_date(last)}"
    return _part(_name(history, stay.school), first, last, words) | {"outlined": stretch.row.status in OUTLINED}


def _no_roll(gap: Gap) -> dict[str, Any]:
    return _part(NO_ROLL, gap.first, gap.last, f"{NO_ROLL}: {long_date(gap.first)} to {long_date(gap.last)}")


def _part(name: str, first: date, last: date, words: str) -> dict[str, Any]:
    return {"name": name, "first": first.isoformat(), "until": (last + ONE_DAY).isoformat(), "words": words}
