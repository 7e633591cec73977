"""``ropewalk data-book``, ``workbook`` and ``slides``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.schema.places import Place, find_place
from ropewalk.core.use_cases.store import Reader, Store


def _document(command: Callable[..., Any]) -> Callable[..., Any]:
    """Arguments of every document: PLACE, -o FILE, --store."""
    command = click.option(
        "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write."
    )(command)
    return click.argument("place")(store_option(command))


def _write(make: Callable[..., bytes], place: str, output: Path, store: Store) -> None:
    wanted: Place = find_place(place)
    today = date.today()  # noqa: DTZ011 - the date printed on the cover is the reader's own day
    with ProgressBar() as progress:
        content = make(
            Reader(store), wanted, today=today, progress=lambda done, total, what: progress(what, done, total)
        )
    draft = output.with_name(output.name + ".part")
    draft.write_bytes(content)
    draft.replace(output)
    click.echo(f"Wrote {output} ({len(content) / 1024:,.0f} KiB).")


@click.command()
@_document
def data_book(place: str, output: Path, store: Store) -> None:
    """Write the data book of PLACE: an accessible PDF with every measure, chart, table and source."""
    from ropewalk.core.use_cases.documents import make_data_book  # noqa: PLC0415 - a PDF engine is slow to load

    _write(make_data_book, place, output, store)


@click.command()
@_document
def workbook(place: str, output: Path, store: Store) -> None:
    """Write the workbook of PLACE (XLSX): a cover, notes and one sheet for each measure."""
    from ropewalk.core.use_cases.documents import make_workbook  # noqa: PLC0415

    _write(make_workbook, place, output, store)


@click.command()
@_document
def slides(place: str, output: Path, store: Store) -> None:
    """Write slides on PLACE (PPTX) with charts that can be edited."""
    from ropewalk.core.use_cases.documents import make_slides  # noqa: PLC0415

    _write(make_slides, place, output, store)
