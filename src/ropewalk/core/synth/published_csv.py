"""Writing a made-up file in the layout of a publication: its declared columns, the same bytes for the same rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ropewalk.core.open_data.recognise import all_publications
from ropewalk.core.schema.made_up_places import MADE_UP_COUNTRY, MADE_UP_REGION
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.synth.world import World

Cell = str | int | float
Row = Mapping[str, Cell]

COUNTRY = place_by_code(MADE_UP_COUNTRY)
REGION = place_by_code(MADE_UP_REGION)


def write(path: Path, publication: str, rows: Iterable[Row], *, also: Sequence[str] = ()) -> Path:
    """Write rows as a file of a publication; ``also`` are optional columns it has this year.

    Declared columns a row does not name are blank texts and, where numbers belong, z (does not apply).
    Raises ValueError for a column nobody declared.
    """
    declared = all_publications()[publication]
    columns = [*declared.text, *declared.numbers, *also]
    for column in also:
        if not declared.knows(column):
            raise ValueError(f"'{publication}' has no column '{column}'")
    blanks: dict[str, Cell] = {name: "z" if declared.is_number(name) else "" for name in columns}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**blanks, **row} for row in rows)
    return path


def geography(world: World, council: int | None, level: str) -> dict[str, Cell]:
    """The columns that say where, as Explore Education Statistics writes them."""
    found: dict[str, Cell] = {
        "geographic_level": level,
        "country_code": MADE_UP_COUNTRY,
        "country_name": COUNTRY.name,
    }
    if level == "National":
        return found
    found |= {"region_code": MADE_UP_REGION, "region_name": REGION.name}
    if council is not None:
        place = world.councils[council]
        found |= {"old_la_code": place.number, "new_la_code": place.code, "la_name": place.name}
    return found


def number(value: float, digits: int) -> str:
    """A number as published: rounded, without zeros at the end."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
