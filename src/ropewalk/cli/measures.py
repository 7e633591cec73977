"""``ropewalk measures``."""

from __future__ import annotations

import click

from ropewalk.cli.options import json_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.core.measures import all_measures


@click.command()
@json_option
def measures(as_json: bool) -> None:
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
