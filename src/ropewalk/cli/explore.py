"""``ropewalk explore``: rounded counts for analysts."""

from __future__ import annotations

import importlib
import os
from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.output import print_csv, print_json, print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.site_database import ready
from ropewalk.core.use_cases.store import Store

_CSV = (
    *("place", "level", "unit", "measure", "group", "period"),
    *("counted", "counted_from", "counted_to", "out_of", "out_of_from", "out_of_to", "share", "missing", "as_of"),
)


@click.command()
@click.argument("place")
@click.option("--measure", required=True, help="Measure id; it must count pupils, as persistent_absence does.")
@click.option("--period", required=True, help="A year or term that is over, as 2024/25 or '2024/25 autumn'.")
@click.option("--by", "family", help="One kind of group: sex, sen, disadvantaged, fsm, year_group, ethnicity …")
@click.option("--level", default="place", show_default=True, help="place, phase, trust or school.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@store_option
def explore(  # noqa: PLR0913 - one argument for each option
    place: str, measure: str, period: str, family: str | None, level: str, form: str, store: Store
) -> None:
    """Shares of pupils of PLACE in rounded counts, for people who know no school's own numbers.

    Every count is rounded to a step of six or more, so that nobody can narrow a count down with all that was explored
    or released before. Where terms are in force, only schools that share for figures of the place are counted. The
    answer is remembered in the store: the same question has the same answer, and later ones fit it.
    """
    exploring = importlib.import_module("ropewalk.core.use_cases.exploring")
    found_place = importlib.import_module("ropewalk.core.schema.places").find_place(place)
    now = datetime.now(UTC)
    wanted = exploring.ExploreWanted(
        place=found_place.code,
        measure=measure,
        period=period,
        family=family,
        level=level,
        schools=_sharing(store, found_place.code, now),
    )
    facts = importlib.import_module("ropewalk.site.foundation.facts_store").open_facts(store.folder, os.environ)
    engine = os.environ.get("ROPEWALK_ENGINE", "").strip() or "duckdb"
    known = importlib.import_module("ropewalk.core.use_cases.returns_figures").Known(today=now.date(), engine=engine)
    with ProgressBar() as progress:
        found = exploring.explore(facts, wanted, known, now, progress)
    _print(found, form)


def _sharing(store: Store, code: str, now: datetime) -> tuple[int, ...] | None:
    """The schools that may be counted; None, which is all, while the place has no terms."""
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from ropewalk.site.foundation.terms.purposes import Purpose  # noqa: PLC0415
    from ropewalk.site.foundation.terms.sharing import schools_sharing, terms_in_force  # noqa: PLC0415

    if terms_in_force(code, at=now) is None:
        return None
    return tuple(sorted(schools_sharing(code, Purpose.PLACE_FIGURES, at=now)))


def _print(found: Any, form: str) -> None:
    rows = [_cells(line, found.answer) for line in found.lines]
    if form == "json":
        print_json([dict(zip(_CSV, row, strict=True)) for row in rows])
    elif form == "csv":
        print_csv(_CSV, rows)
    else:
        print_table(("unit", "group", "counted", "out of", "share"), [_line(line) for line in found.lines])
        click.echo("Counts are rounded to the middle of a step, each by itself; a share is made of the two middles.")


def _cells(line: Any, answer: Any) -> tuple[object, ...]:
    figure = line.figure
    ends = [(band.low, band.high) if band else (None, None) for band in (line.counted, line.of)]
    return (
        *(figure.place, line.level, line.unit, figure.measure, figure.group, figure.period),
        *(figure.numerator, *ends[0], figure.denominator, *ends[1]),
        *(figure.value, figure.missing, answer.as_of),
    )


def _line(line: Any) -> tuple[object, ...]:
    figure = line.figure
    counts = [band.words if band else "withheld" for band in (line.counted, line.of)]
    share = figure.missing.words if figure.missing else f"about {figure.value:.0f}%"
    return (line.unit, figure.group, *counts, share)
