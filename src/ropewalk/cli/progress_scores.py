"""``ropewalk progress-scores``."""

from __future__ import annotations

import importlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.store import Store


@click.command(name="progress-scores")
@click.argument("place")
@click.option(
    "--national",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="CSV of the national table: year, prior_from, attainment8, standard_deviation; one row for each band.",
)
@click.option("--year", help="Academic year of the Attainment 8 scores, as 2022/23. Default: the newest sent.")
@click.option("--as-of", metavar="DAY", help="What schools' returns said by the end of a day, as 2026-03-01.")
@json_option
@store_option
def progress_scores(
    place: str, national: Path, year: str | None, as_of: str | None, as_json: bool, store: Store
) -> None:
    """Progress-8-style scores of a place and its schools, from results in returns and a national table of yours.

    Each pupil's Attainment 8 less the national mean of pupils with the same prior attainment (mean of the key stage 2
    scaled scores in reading and mathematics), divided by 10. Years without Progress 8 say why.
    """
    # What counts and what opens the store take time to load: help and mistakes do without them.
    scoring = importlib.import_module("ropewalk.core.use_cases.progress_scores")
    tables = scoring.read_national_tables(national)
    code = find_place(place).code
    opening = importlib.import_module("ropewalk.site.foundation.facts_store")
    counting = importlib.import_module("ropewalk.core.use_cases.live_state")
    facts = opening.open_facts(store.folder, os.environ)
    state = counting.LiveState(facts, today=datetime.now(UTC).date(), as_of=as_of)
    try:
        scores = scoring.place_progress_scores(state, state.place(code), tables, year)
    finally:
        state.close()
    if as_json:
        print_json([_as_json(code, one) for one in scores])
    else:
        print_table(("school", "name", "pupils", "score", "in words"), [_line(one) for one in scores])


def _as_json(code: str, one: Any) -> dict[str, object]:
    score = one.score
    return {
        "place": code,
        "school": None if one.urn is None else str(one.urn),
        "name": one.name,
        "period": score.year,
        "value": score.value,
        "interval": [score.interval.lower, score.interval.upper] if score.interval else None,
        "pupils": score.pupils,
        "without_prior": score.without_prior,
        "without_result": score.without_result,
        "reason": score.reason,
    }


def _line(one: Any) -> tuple[object, ...]:
    value = None if one.score.value is None else round(one.score.value, 2)
    return ("all" if one.urn is None else str(one.urn), one.name, one.score.pupils, value, one.score.words)
