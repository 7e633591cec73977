"""Printing: JSON, CSV and plain tables."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from ropewalk.core.publish.table_files import guarded


def print_json(content: Any) -> None:
    """JSON, one line per entry of a list so that long lists stay readable and stream well."""
    if isinstance(content, list) and content:
        click.echo("[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in content) + "\n]")
    else:
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """CSV with a header row; texts that a spreadsheet would run as a formula are made harmless."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def print_table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A plain table; numbers stand to the right."""
    texts = [
        [("" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)) for cell in row] for row in rows
    ]
    widths = [
        max(len(name), *(len(row[index]) for row in texts)) if texts else len(name) for index, name in enumerate(header)
    ]
    right = [all(isinstance(row[index], (int, float, type(None))) for row in rows) for index in range(len(header))]
    for line in ([*header], *texts):
        click.echo(
            "  ".join(
                cell.rjust(width) if to_right else cell.ljust(width)
                for cell, width, to_right in zip(line, widths, right, strict=True)
            ).rstrip()
        )
