"""What the page of a measure shows: sentence, choices of phase and group, tables, charts, addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ropewalk.core.publish import descriptions, tables, wording
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.periods import BEFORE_PANDEMIC, year_before
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.overview import change
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import MeasureRow

# The parts of the page, by the names they have in addresses.
TABLES = {
    "trend": tables.trend_table,
    "by-phase": tables.phase_table,
    "by-group": tables.group_table,
    "councils": tables.strip_table,
}
DESCRIPTIONS = {
    "trend": descriptions.trend_description,
    "by-phase": descriptions.phase_description,
    "by-group": descriptions.group_description,
    "councils": descriptions.strip_description,
}


@dataclass(frozen=True)
class Choice:
    """A link that shows the same page for another phase or group."""

    words: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Family:
    """Groups of one kind, such as sex or ethnicity."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Part:
    """A chart with its table and the addresses of both."""

    name: str
    table: ShownTable
    alt: str
    query: str
    base: str

    @property
    def spec(self) -> str:
        """Address of the chart's specification."""
        return f"{self.base}charts/{self.name}.json{self.query}"

    @property
    def image(self) -> str:
        """Address of the drawing."""
        return f"{self.base}charts/{self.name}.svg{self.query}"

    @property
    def csv(self) -> str:
        """Address of the table as CSV."""
        return f"{self.base}tables/{self.name}.csv{self.query}"

    @property
    def xlsx(self) -> str:
        """Address of the table as a workbook."""
        return f"{self.base}tables/{self.name}.xlsx{self.query}"


def base_of(detail: MeasureDetail) -> str:
    """Address of the page without phase and group."""
    return f"/places/{detail.place.code}/measures/{detail.measure.id}/"


def query_of(phase: str, group_id: str) -> str:
    """The part of an address that names phase and group, always both: it stays the same when headlines change."""
    return f"?phase={phase}&group={group_id}"


def names_shown(detail: MeasureDetail) -> list[str]:
    """Which parts have something to show: one phase alone is no comparison, nor is one group."""
    shown = ["trend"]
    if len([figure for figure in detail.by_phase if figure.value is not None]) > 1:
        shown.append("by-phase")
    if len([row for row in detail.by_group if row.own.value is not None]) > 1:
        shown.append("by-group")
    if len(detail.strip) > 1:
        shown.append("councils")
    return shown


def part(detail: MeasureDetail, name: str) -> Part:
    """One part of the page."""
    alt = f"Chart. {DESCRIPTIONS[name](detail)} Every value drawn is in the table below it."
    return Part(name, TABLES[name](detail), alt, query_of(detail.phase, detail.group), base_of(detail))


def split_councils(table: ShownTable, detail: MeasureDetail) -> tuple[ShownTable, ShownTable]:
    """The table of councils in two: the place with its neighbours, and the others."""
    near = sum(point.role != "other" for point in detail.strip)
    return replace(table, rows=table.rows[:near]), replace(table, rows=table.rows[near:])


def sentence(detail: MeasureDetail) -> str:
    """The newest figure in plain words, as the place page says it for headline measures."""
    latest = detail.latest
    if latest is None:
        return ""
    points = {point.period: point for point in detail.trend}
    now = points[latest.period]

    def since(period: str | None) -> object:
        earlier = points.get(period or "")
        return change(latest, earlier.own, detail.measure.better) if earlier else None

    before = year_before(latest.period)
    row = MeasureRow(
        detail.measure,
        detail.phase,
        detail.group,
        latest,
        since(before),  # type: ignore[arg-type]
        since(BEFORE_PANDEMIC),  # type: ignore[arg-type]
        now.country,
        now.region,
        now.neighbours,
        tuple(point.own for point in detail.trend if point.own),
    )
    return wording.row_sentence(row, detail.place)


def phase_choices(reader: Reader, detail: MeasureDetail) -> list[Choice]:
    """Phases to choose from; the group is kept wherever it is published for the phase."""
    known = _known(reader, detail)
    return [
        _choice(detail, Phase(p).words, _nearest(known, [(p, detail.group), (p, "all")], 0, p)) for p in detail.phases
    ]


def group_choices(reader: Reader, detail: MeasureDetail) -> list[Family]:
    """Groups to choose from, by kind; the phase is kept wherever it is published for the group."""
    known = _known(reader, detail)
    families: dict[str, list[Choice]] = {}
    for group_id in detail.groups:
        group = GROUPS[group_id]
        cut = _nearest(known, [(detail.phase, group_id), ("all", group_id)], 1, group_id)
        words = "Everybody" if group.family == "all" else group.family.capitalize()
        families.setdefault(words, []).append(_choice(detail, group.words, cut))
    return [Family(words, tuple(choices)) for words, choices in families.items()]


def _choice(detail: MeasureDetail, words: str, cut: tuple[str, str]) -> Choice:
    return Choice(words, f"{base_of(detail)}{query_of(*cut)}", cut == (detail.phase, detail.group))


def _known(reader: Reader, detail: MeasureDetail) -> list[tuple[str, str]]:
    return [
        (phase, group) for measure, phase, group, _ in reader.cuts(detail.place.code) if measure == detail.measure.id
    ]


def _nearest(known: list[tuple[str, str]], wanted: Iterable[tuple[str, str]], side: int, name: str) -> tuple[str, str]:
    """The first cut wanted that is known, else any with this phase or group."""
    return next((cut for cut in wanted if cut in known), next(cut for cut in known if cut[side] == name))
