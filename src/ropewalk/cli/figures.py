"""``ropewalk figures``."""

from __future__ import annotations

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.output import print_csv, print_json, print_table
from ropewalk.core.measures import measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.use_cases.figures import Wanted, select_figures
from ropewalk.core.use_cases.store import Reader, Store

_CSV = (
    "place",
    "school",
    "measure",
    "phase",
    "group",
    "period",
    "value",
    "unit",
    "numerator",
    "denominator",
    "missing",
    "raw",
    "source_title",
    "source_edition",
    "source_file",
    "source_sha256",
    "source_row",
    "calculation",
)


@click.command()
@click.option("--place", required=True, help="ONS code, council number or name.")
@click.option("--school", help="URN or LAESTAB; its predecessors are followed.")
@click.option(
    "--measure", "measures", multiple=True, help="Measure id ('ropewalk measures' lists them); may be repeated."
)
@click.option(
    "--phase", "phases", multiple=True, help="all, primary, secondary, special or alternative; may be repeated."
)
@click.option("--group", "groups", multiple=True, help="all, disadvantaged, fsm, ehcp …; may be repeated.")
@click.option(
    "--period", "periods", multiple=True, help="2022/23, '2024/25 autumn', 2025-W37 or 2025; may be repeated."
)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@store_option
def figures(  # noqa: PLR0913 - one argument for each option of the contract
    place: str,
    school: str | None,
    measures: tuple[str, ...],
    phases: tuple[str, ...],
    groups: tuple[str, ...],
    periods: tuple[str, ...],
    form: str,
    as_json: bool,
    store: Store,
) -> None:
    """Figures of a place or a school, newest period first, each with its source."""
    wanted = Wanted(place=place, school=school, measures=measures, phases=phases, groups=groups, periods=periods)
    released = select_figures(Reader(store), wanted)
    if as_json or form == "json":
        print_json([figure.as_json() for figure in released])
    elif form == "csv":
        print_csv(_CSV, (_cells(figure) for figure in released))
    else:
        print_table(
            ("period", "measure", "phase", "group", "school", "value", "source"), [_line(figure) for figure in released]
        )


def _cells(figure: Figure) -> tuple[object, ...]:
    source = figure.source
    return (
        figure.place,
        figure.school,
        figure.measure,
        figure.phase,
        figure.group,
        figure.period,
        figure.value,
        figure.unit,
        figure.numerator,
        figure.denominator,
        figure.missing,
        figure.raw,
        source.title,
        source.edition,
        source.file,
        source.sha256,
        source.row,
        source.calculation,
    )


def _line(figure: Figure) -> tuple[object, ...]:
    declared = measure(figure.measure)
    value = figure.missing.words if figure.missing else f"{figure.value:,.{declared.digits}f}"
    return (
        figure.period,
        figure.measure,
        figure.phase,
        figure.group,
        figure.school or "",
        value,
        f"{figure.source.file} row {figure.source.row}",
    )
