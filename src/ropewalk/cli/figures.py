"""``ropewalk figures``."""

from __future__ import annotations

import importlib
import os
from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.output import print_csv, print_json, print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.measures import measure
from ropewalk.core.schema.figure import Figure, Source
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
    "source_submissions",
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
    "--period",
    "periods",
    multiple=True,
    help="2022/23, '2024/25 autumn', '2024/25 autumn 1', 2025-W37, '2025/26 to 2026-W10' or 2025; may be repeated.",
)
@click.option(
    "--audience",
    type=click.Choice(["partners", "everyone"]),
    help="Figures from returns that these may see: one measure, one period, groups of one kind. Small counts are "
    "hidden; what is given out is written down in the store, so that later figures are hidden to fit.",
)
@click.option("--as-of", metavar="DAY", help="What schools' returns said by the end of a day, as 2026-03-01.")
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
    audience: str | None,
    as_of: str | None,
    form: str,
    as_json: bool,
    store: Store,
) -> None:
    """Figures of a place or a school, newest period first, each with its source.

    Published figures, and those counted from what schools have sent to this store.
    """
    wanted = Wanted(place=place, school=school, measures=measures, phases=phases, groups=groups, periods=periods)
    released = _protected(store, wanted, as_of, audience) if audience else _released(store, wanted, as_of)
    show_figures(released, "json" if as_json else form)


def show_figures(released: SafeTable, form: str) -> None:
    """Print figures as ``json``, ``csv`` or a table to read."""
    if form == "json":
        print_json([figure.as_json() for figure in released])
    elif form == "csv":
        print_csv(_CSV, (_cells(figure) for figure in released))
    else:
        print_table(
            ("period", "measure", "phase", "group", "school", "value", "source"), [_line(figure) for figure in released]
        )


def _released(store: Store, wanted: Wanted, as_of: str | None) -> SafeTable:
    """With figures from returns where there are any; whoever has none does not wait for what counts them."""
    if not (store.folder / "facts").is_dir():
        return select_figures(Reader(store), wanted)
    opening = importlib.import_module("ropewalk.site.foundation.facts_store")
    counting = importlib.import_module("ropewalk.core.use_cases.returns_figures")
    facts = opening.open_facts(store.folder, os.environ)
    released: SafeTable = counting.select_with_returns(store, facts, wanted, _known(as_of))
    return released


def _protected(store: Store, wanted: Wanted, as_of: str | None, audience: str) -> SafeTable:
    """Figures from returns for an audience; what it may not see is hidden, or not there."""
    if len(wanted.measures) != 1 or len(wanted.periods) != 1:
        problem = Problem("Figures for an audience are of one measure and one period.", "Give --measure and --period.")
        raise InputRefused([problem])
    opening = importlib.import_module("ropewalk.site.foundation.facts_store")
    protecting = importlib.import_module("ropewalk.core.use_cases.safe_figures")
    chosen = protecting.SafeWanted(
        place=wanted.place,
        school=wanted.school,
        measure=wanted.measures[0],
        period=wanted.periods[0],
        phases=wanted.phases,
        groups=wanted.groups,
        audience=protecting.Audience(audience),
    )
    facts = opening.open_facts(store.folder, os.environ)
    with ProgressBar() as progress:
        released: SafeTable = protecting.safe_returns_figures(facts, chosen, _known(as_of), progress)
    return released


def _known(as_of: str | None) -> Any:
    counting = importlib.import_module("ropewalk.core.use_cases.returns_figures")
    engine = os.environ.get("ROPEWALK_ENGINE", "").strip() or "duckdb"
    return counting.Known(today=datetime.now(UTC).date(), as_of=as_of, engine=engine)


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
        " ".join(source.submissions) or None,
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
        _origin(figure.source),
    )


def _origin(source: Source) -> str:
    return f"{source.title}, {source.edition}" if source.kind == "returns" else f"{source.file} row {source.row}"
