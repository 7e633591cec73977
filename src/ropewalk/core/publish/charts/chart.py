"""What a chart is, how all charts look, and how one is drawn as SVG."""

from __future__ import annotations

import json
import textwrap
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import vl_convert

from ropewalk.core.measures import Measure, Unit
from ropewalk.core.publish.charts.lighter import lighter
from ropewalk.core.publish.shown_table import ShownTable

VEGA_LITE = "6.4"
WIDTH, HEIGHT, NARROW = 500, 260, 200
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
LETTER = 13
# Drawings are measured with Liberation Sans; DejaVu Sans, which many machines show instead, is a sixth wider.
ROOM_FOR_WIDER_LETTERS = 48
# Every colour used for text has a contrast of at least 4.5 to 1 on white; none carries meaning alone.
INK, GREY, TEAL, RUST, BLUE, PALE, MIST = "#12233f", "#4d5663", "#0f6b66", "#a8410f", "#1b4f91", "#c9ced6", "#e4e8ee"
# Okabe and Ito's colours, darkened until they can be read as text, each with a dash and a shape of its own.
LINES: tuple[tuple[str, tuple[int, ...], str], ...] = (
    ("#12233f", (), "circle"),
    ("#a8410f", (6, 3), "square"),
    ("#0f6b66", (2, 2), "triangle-up"),
    ("#7a3a78", (8, 3, 2, 3), "diamond"),
    ("#1b66a5", (10, 4), "triangle-down"),
    ("#7a5200", (4, 4), "cross"),
    ("#4d5663", (1, 3), "circle"),
    ("#9b1d4a", (12, 3), "square"),
    ("#3d6b1f", (6, 2, 2, 2, 2, 2), "triangle-up"),
    ("#5a4fa0", (3, 6), "diamond"),
    ("#006d86", (14, 2), "triangle-down"),
    ("#8a3b2e", (2, 5), "cross"),
    ("#000000", (1, 1), "circle"),
)
CONFIG: dict[str, Any] = {
    # The whole drawing is described once; its marks are not read out one by one.
    "aria": False,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": LETTER,
        "titleFontSize": LETTER,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": MIST,
        "domainColor": GREY,
        "tickColor": GREY,
    },
    "title": {"fontSize": LETTER, "fontWeight": "normal", "color": GREY, "anchor": "start", "frame": "group"},
    "text": {"fontSize": LETTER, "color": INK},
}


@dataclass(frozen=True)
class Chart:
    """A drawing with what stands beside it.

    ``description`` is a full sentence that says what the drawing shows (the alternative text). ``spec`` is a
    Vega-Lite specification. ``table`` holds every value drawn.
    """

    title: str
    description: str
    spec: dict[str, Any]
    table: ShownTable


def drawn_from(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """The start of a drawing of these rows.

    The rows travel through Altair as one text, in the place of a name: Altair copies and checks every value of rows
    it is given many times over, which takes longer than the drawing. ``finished`` puts them where they belong.
    """
    return alt.Chart(alt.NamedData(name=json.dumps(rows)))


def _unpack(part: Any, datasets: dict[str, Any]) -> None:  # noqa: ANN401 - any part of a specification
    """Move rows that travel as names into the datasets of the specification."""
    if isinstance(part, dict):
        data = part.get("data")
        if isinstance(data, dict) and str(data.get("name", "")).startswith("["):
            known = {json.dumps(rows): name for name, rows in datasets.items()}
            name = known.get(data["name"], f"rows_{len(datasets) + 1}")
            datasets[name] = json.loads(data["name"])
            part["data"] = {"name": name}
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        if inner is not datasets:
            _unpack(inner, datasets)


def finished(
    layered: alt.LayerChart | alt.FacetChart, *, key: Sequence[str] = (), height: int = HEIGHT, width: int = WIDTH
) -> dict[str, Any]:
    """An Altair chart as a specification in the house's look; ``key`` are lines that explain the marks."""
    spec: dict[str, Any] = layered.to_dict(validate=False)
    # Set here and not through Altair, which would copy the whole drawing to change two numbers.
    spec |= {"width": width, "height": height, "datasets": {}}
    _unpack(spec, spec["datasets"])
    spec["config"] = CONFIG
    if any(_is_end_label(layer) for layer in spec.get("layer", ())):
        spec["padding"] = {"left": 5, "top": 5, "bottom": 5, "right": ROOM_FOR_WIDER_LETTERS}
    if key:
        spec["title"] = {"text": list(key), "offset": 12}
    return spec


def _is_end_label(layer: dict[str, Any]) -> bool:
    """Whether a layer writes to the right of the drawing, where wider letters would be cut off."""
    mark = layer.get("mark")
    return isinstance(mark, dict) and mark.get("type") == "text" and mark.get("align") == "left"


def svg(chart: Chart, *, narrow: bool = False) -> str:
    """The chart as SVG with its title and description; the same chart gives the same text.

    ``narrow`` draws it for a telephone, where the wide drawing scaled down could not be read.
    """
    return drawing(chart.title, chart.description, _narrowed(chart.spec) if narrow else chart.spec)


def drawing(title: str, description: str, spec: dict[str, Any]) -> str:
    """A specification as SVG with its title and description."""
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    # Names that stay apart when several drawings stand in one page.
    mark = f"{zlib.crc32((title + description).encode()):08x}"
    opening, _, rest = lighter(drawn).partition(">")
    words = (
        f'<title id="t{mark}">{escape(title, quote=False)}</title>'
        f'<desc id="d{mark}">{escape(description, quote=False)}</desc>'
    )
    return f'{opening} role="img" aria-labelledby="t{mark} d{mark}">{words}{rest}'


def _narrowed(spec: dict[str, Any]) -> dict[str, Any]:
    """The same drawing in a narrower frame, its explaining lines broken into shorter ones."""
    narrow = {**spec, "width": NARROW}
    if "title" in spec:
        lines = [piece for line in spec["title"]["text"] for piece in textwrap.wrap(line, 44)]
        narrow["title"] = {**spec["title"], "text": lines}
    return narrow


def axis_title(measure: Measure) -> str:
    """What stands at the axis of values."""
    units = {Unit.PERCENT: "per cent", Unit.POINTS: "percentage points", Unit.SCORE_POINTS: "points"}
    units |= {Unit.COUNT: "number", Unit.RATE_PER_10000: "per 10,000", Unit.GRADE: "grade", Unit.RANK: "rank"}
    return units.get(measure.unit, "score")


def starts_at_nought(measure: Measure) -> bool:
    """Whether an axis of the measure's values starts at 0: all but scores and grades."""
    return measure.unit not in (Unit.SCORE, Unit.GRADE, Unit.RANK)


def domain(values: Sequence[float], measure: Measure) -> tuple[float, float]:
    """Lowest and highest value of an axis: with nought for rates, with a little room at both ends."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    if not starts_at_nought(measure):
        return low - room, high + room
    return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)


def kept_apart(wanted: Sequence[float], low: float, high: float, height: int, least: float = 17) -> list[float]:
    """Where labels go so that none covers another: near ``wanted`` (values of the axis), ``least`` pixels apart.

    The order of the labels is the order of the values.
    """
    step = (high - low) * least / height
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    placed: dict[int, float] = {}
    below = float("-inf")
    for place in order:
        below = max(wanted[place], below + step)
        placed[place] = below
    above = high
    for place in reversed(order):
        placed[place] = min(placed[place], above)
        above = placed[place] - step
    return [placed[place] for place in range(len(wanted))]
