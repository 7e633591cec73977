"""``ropewalk places`` and ``ropewalk schools``."""

from __future__ import annotations

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.figures import list_places, list_schools
from ropewalk.core.use_cases.store import Reader, Store


@click.command()
@click.argument("text", default="")
@store_option
@json_option
def places(text: str, store: Store, as_json: bool) -> None:
    """List places with figures; TEXT may be part of a name, a code, a council number or a school's postcode."""
    found = list_places(Reader(store), text)
    if as_json:
        print_json(
            [
                {
                    "code": p.code,
                    "number": p.number,
                    "name": p.name,
                    "kind": p.kind.value,
                    "region": p.region,
                    "abolished": p.last_year,
                    "made_up": p.made_up,
                }
                for p in found
            ]
        )
    elif found:
        print_table(("code", "number", "name", "kind"), [(p.code, p.number, p.name, p.kind.value) for p in found])
    if not found:
        raise NotFound(f"No place with figures fits '{text}'. Try 'ropewalk places' for the list.")


@click.command()
@click.argument("place")
@store_option
@json_option
def schools(place: str, store: Store, as_json: bool) -> None:
    """List the schools of PLACE."""
    found = list_schools(Reader(store), place)
    if as_json:
        print_json(
            [
                {
                    "urn": s.urn,
                    "laestab": s.laestab,
                    "name": s.name,
                    "phase": s.phase,
                    "type": s.type,
                    "trust": s.trust,
                    "place": s.place,
                    "postcode": s.postcode,
                    "opened": s.opened,
                    "pupils": s.pupils,
                    "as_of": s.as_of,
                }
                for s in found
            ]
        )
    else:
        print_table(
            ("urn", "name", "phase", "trust", "pupils"), [(s.urn, s.name, s.phase, s.trust, s.pupils) for s in found]
        )
