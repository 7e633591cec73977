"""Where a figure comes from: publication, edition, file, checksum, row as published, definition, how to quote it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ropewalk.core.disclosure import already_published
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, measure
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.publish.wording import how_to_quote
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.views.provenance import Provenance


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Which figure is meant: place code, measure, phase, group, period, and the school's id where it is a school's."""

    place: str
    measure: str
    phase: str
    group: str
    period: str
    school: str | None = None


def cell_of(figure: Figure) -> Cell:
    """The cell a figure stands in."""
    return Cell(
        place=figure.place,
        measure=figure.measure,
        phase=figure.phase,
        group=figure.group,
        period=figure.period,
        school=figure.school,
    )


def provenance(reader: Reader, cell: Cell) -> Provenance:
    """Trace one figure.

    Raises NotFound when there is no such figure.
    """
    declared = measure(cell.measure)
    wanted = Selection(
        places=[cell.place],
        schools=[cell.school] if cell.school else None,
        measures=[cell.measure],
        phases=[cell.phase],
        groups=[cell.group],
        periods=[cell.period],
    )
    found = reader.figures(wanted)
    if not found:
        raise NotFound("There is no such figure any more. Go back to the place and choose it again.")
    figure = found[0]
    edition = next(e for e in reader.editions.values() if e.sha256 == figure.source.sha256)
    cells = reader.published_row(edition, figure.source.row) if figure.source.row else []
    where = place_by_code(figure.place)
    quote = how_to_quote(figure, where, declared, edition)
    parts = _parts(reader, figure, declared)
    before = tuple(reader.figures(replace(wanted, superseded=True)))
    released = already_published([figure, *parts, *before])
    return Provenance(figure, where, declared, edition, tuple(cells), quote, parts, before, released)


def _parts(reader: Reader, figure: Figure, declared: Measure) -> tuple[Figure, ...]:
    if declared.gap is None:
        return ()
    sides = (declared.gap.of, declared.gap.less)
    found = reader.figures(
        Selection(
            places=[figure.place],
            schools=[figure.school] if figure.school else None,
            measures=[declared.gap.measure],
            phases=[figure.phase],
            groups=sides,
            periods=[figure.period],
        )
    )
    return tuple(sorted(found, key=lambda part: sides.index(part.group)))
