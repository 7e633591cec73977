"""The tables of an edition: pages and files are written from these same objects."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ropewalk.core.disclosure import Audience, SafeTable
from ropewalk.core.measures import Measure, measure
from ropewalk.core.publish.shown_table import Cell, Column, ShownTable, count_cell, figure_cell, missing_cell, text_cell
from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.editions import Edition

ALL = "all"
# What the words in place of a value mean in an edition.
MEANS = {
    Missing.SUPPRESSED: "So few children are counted that one could be recognised, or the number would give such a "
    "number away.",
    Missing.NOT_AVAILABLE: "Nobody has sent what is counted here.",
    Missing.NOT_APPLICABLE: "There is nobody to count here.",
}
# Who is counted: phase and group.
Who = tuple[str, str]


@dataclass(frozen=True)
class Compared:
    """A school's own figures, what partners will see of them, and what stood there before, each by (measure, group)."""

    own: SafeTable
    partners: SafeTable
    before: SafeTable | None = None
    before_words: str = ""


def place_tables(edition: Edition) -> list[ShownTable]:
    """The figures of the place and its phases, as everyone sees them: a table for each measure."""
    released = edition.figures(Audience.EVERYONE)
    return [_by_who(declared, figures, released) for declared, figures in _by_measure(released)]


def school_tables(edition: Edition, names: Mapping[int, str], *, without: frozenset[int]) -> list[ShownTable]:
    """The figures of each school, as partners see them; those in ``without`` have withdrawn and are left out."""
    released = edition.figures(Audience.PARTNERS).only(
        lambda figure: figure.school is not None and int(figure.school) not in without
    )
    return [_by_school(declared, figures, released, names) for declared, figures in _by_measure(released)]


def own_tables(compared: Compared) -> list[ShownTable]:
    """A school's own figures beside what partners will see, and what was said before."""
    partners, before = _at(compared.partners), _at(compared.before or ())
    headings = ["Your figure", "Partners will see", "Counted", "Out of"]
    headings += [compared.before_words] if compared.before is not None else []
    columns = [Column("Pupils"), *(Column(heading, numeric=True) for heading in headings)]
    made = []
    for declared, figures in _by_measure(compared.own):
        rows = []
        for figure in figures:
            at = (figure.measure, figure.group)
            name, own, *counts = _counted(text_cell(group(figure.group).words), figure, declared)
            earlier = [_plain(before.get(at), declared)] if compared.before is not None else []
            rows.append((name, own, _plain(partners.get(at), declared), *counts, *earlier))
        made.append(_table(declared, figures[0].period, columns, rows, compared.own))
    return made


def combined(title: str, tables: Sequence[ShownTable]) -> ShownTable:
    """The tables of several measures as one, for a file: the measure stands first in each row."""
    headings = dict.fromkeys(column for table in tables for column in table.columns[1:])
    rows = [
        (text_cell(table.title), row[0], *_in_order(headings, table, row)) for table in tables for row in table.rows
    ]
    first = tables[0].columns[0] if tables else Column("Pupils")
    released = tables[0].released if tables else None
    if released is None:
        raise ValueError("There is no table.")
    return ShownTable(title, (Column("Measure"), first, *headings), tuple(rows), released, period=tables[0].period)


def measures_of(edition: Edition) -> tuple[Measure, ...]:
    """The measures of an edition, each once."""
    return tuple(measure(name) for name in dict.fromkeys(cut.measure for cut in edition.wanted.cuts))


def _in_order(headings: Iterable[Column], table: ShownTable, row: Sequence[Cell]) -> list[Cell]:
    by_column = dict(zip(table.columns[1:], row[1:], strict=True))
    return [by_column.get(column, missing_cell(Missing.NOT_APPLICABLE)) for column in headings]


def _by_measure(released: Iterable[Figure]) -> list[tuple[Measure, list[Figure]]]:
    """Figures by measure, each once: tables of two families both hold all pupils."""
    found: dict[str, dict[tuple[str | None, str, str], Figure]] = {}
    for figure in released:
        at = (figure.school, figure.phase, figure.group)
        kept = found.setdefault(figure.measure, {})
        # A table that was protected later may show what an earlier one had to hide, and never less.
        if at not in kept or kept[at].value is None:
            kept[at] = figure
    return [(measure(name), list(figures.values())) for name, figures in found.items()]


def _by_who(declared: Measure, figures: Sequence[Figure], released: SafeTable) -> ShownTable:
    columns = [Column("Pupils"), Column("Figure", numeric=True), Column("Counted", numeric=True)]
    rows = [_counted(text_cell(_who(figure)), figure, declared) for figure in sorted(figures, key=_phases_in_order())]
    return _table(declared, figures[0].period, [*columns, Column("Out of", numeric=True)], rows, released)


def _by_school(
    declared: Measure, figures: Sequence[Figure], released: SafeTable, names: Mapping[int, str]
) -> ShownTable:
    groups = list(dict.fromkeys(figure.group for figure in figures))
    at = {(int(figure.school or 0), figure.group): figure for figure in figures}
    schools = sorted({urn for urn, _ in at}, key=lambda urn: (names.get(urn, "").casefold(), urn))
    columns = [Column("School"), *(Column(group(one).words, numeric=True) for one in groups)]
    rows = [
        (text_cell(names.get(urn, f"School {urn}")), *(figure_cell(at.get((urn, one)), declared) for one in groups))
        for urn in schools
    ]
    return _table(declared, figures[0].period, columns, rows, released)


def _table(
    declared: Measure,
    period: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    released: SafeTable,
) -> ShownTable:
    return ShownTable(declared.title, tuple(columns), tuple(rows), released, period=period_words(period))


def _counted(name: Cell, figure: Figure, declared: Measure) -> tuple[Cell, ...]:
    counts = (figure.numerator, figure.denominator)
    hidden = missing_cell(figure.missing) if figure.missing else missing_cell()
    return (
        name,
        figure_cell(figure, declared),
        *(hidden if one is None else count_cell(one) for one in counts),
    )


def _plain(figure: Figure | None, declared: Measure) -> Cell:
    """A figure of another table than the one that is shown."""
    return replace(figure_cell(figure, declared), figure=None) if figure else text_cell("not shown")


def _at(figures: Iterable[Figure]) -> dict[tuple[str, str], Figure]:
    found: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        kept = found.get((figure.measure, figure.group))
        if kept is None or kept.value is None:
            found[figure.measure, figure.group] = figure
    return found


def _who(figure: Figure) -> str:
    parts = [] if figure.phase == ALL else [Phase(figure.phase).words]
    parts += [] if figure.group == ALL else [group(figure.group).words]
    return ": ".join(parts) or "All pupils"


def _phases_in_order() -> Callable[[Figure], int]:
    phases = [phase.value for phase in Phase]
    return lambda figure: phases.index(figure.phase)
