"""``ropewalk measures``."""

from __future__ import annotations

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.core.measures import all_measures
from ropewalk.core.use_cases.store import Store


@click.command()
@store_option
@json_option
def measures(store: Store, as_json: bool) -> None:  # noqa: ARG001 - every command takes a store; this one needs none
    """List the measures with their definitions."""
    known = all_measures().values()
    if as_json:
        print_json(
            [
                {
                    "id": m.id,
                    "version": m.version,
                    "title": m.title,
                    "question": m.question.words,
                    "unit": m.unit.value,
                    "better": m.better.value,
                    "definition": m.definition,
                    "source": m.source,
                    "source_url": m.source_url,
                }
                for m in known
            ]
        )
    else:
        print_table(("id", "title", "unit", "better"), [(m.id, m.title, m.unit.value, m.better.value) for m in known])
