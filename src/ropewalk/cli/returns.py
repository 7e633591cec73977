"""``ropewalk returns``: templates, checking, submitting, receipts, who sent what."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.returns_links import link
from ropewalk.cli.returns_words import print_receipt, print_report, print_status
from ropewalk.core.use_cases.returns import (
    ReturnReport,
    check_files,
    receipt,
    receipts,
    refused_files,
    status,
    submit_files,
)
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.facts_store import identity_key, open_facts

WRONG_INPUT = 2
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
YEAR = click.option("--year", help="Academic year the roll describes, as 2025/26. Default: told from the files.")


@click.group()
def returns() -> None:
    """What schools send: templates, checks, submissions, receipts."""


returns.add_command(link)


@returns.command()
@click.argument("kind")
@click.option("--year", required=True, help="Academic year, as 2025/26.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
def template(kind: str, year: str, output: Path) -> None:
    """Write an empty return with instructions: KIND is roll, register, marks, suspensions, moves, results, or all.

    A FILE that ends with .xlsx is a workbook with a sheet for each kind; any other is CSV of one kind.
    """
    templates = importlib.import_module("ropewalk.core.use_cases.templates")
    output.write_bytes(templates.template(kind, year=year, workbook=output.suffix.lower() == ".xlsx"))
    click.echo(f"{output}")


@returns.command()
@FILES
@YEAR
@store_option
@json_option
def check(files: tuple[Path, ...], year: str | None, store: Store, as_json: bool) -> None:
    """Check FILES and store nothing; ends with 2 when any line would be set aside or a file cannot be read."""
    facts = open_facts(store.folder, os.environ)
    key = identity_key(facts, os.environ, make=False)
    with ProgressBar() as bar, tempfile.TemporaryDirectory(prefix="ropewalk-") as scratch:
        found = check_files(
            facts,
            files,
            scratch=Path(scratch),
            today=datetime.now(UTC).date(),
            year=year,
            key=key,
            progress=Steps(bar),
        )
    if as_json:
        print_json(asdict(found))
    else:
        print_report(found)
    _end(found)


def _end(found: ReturnReport) -> None:
    if found.has_whole_file_problem or found.refused:
        sys.exit(WRONG_INPUT)


@returns.command()
@FILES
@click.option("--by", required=True, metavar="USER", help="Who sends the files.")
@YEAR
@click.option("--place", help="Place of schools that the published register does not know: code, number or name.")
@click.option("--again", is_flag=True, help="Record the files as new though the same were received before.")
@store_option
@json_option
def submit(  # noqa: PLR0913 - each is an option of the command
    files: tuple[Path, ...], by: str, year: str | None, place: str | None, again: bool, store: Store, as_json: bool
) -> None:
    """Check FILES and store what can be counted; prints the receipt and every problem.

    Lines that cannot be counted are set aside and the rest is stored. A file that cannot be read at all ends the
    command with 2, and nothing is stored. The same files again change nothing and give the receipt they had.
    """
    facts = open_facts(store.folder, os.environ)
    key = identity_key(facts, os.environ)
    with ProgressBar() as bar, tempfile.TemporaryDirectory(prefix="ropewalk-") as scratch:
        done = submit_files(
            facts,
            files,
            by=by,
            key=key or b"",
            scratch=Path(scratch),
            now=datetime.now(UTC),
            year=year,
            place=place,
            again=again,
            progress=Steps(bar),
        )
    if as_json:
        given, found = done.receipt, done.report
        print_json(
            {
                "receipt": asdict(given) if given else None,
                "new": done.is_new,
                "report": asdict(found) if found else None,
            }
        )
    else:
        if done.report is not None:
            print_report(done.report)
        print_receipt(done.receipt, is_new=done.is_new)
    if done.receipt is None:
        sys.exit(WRONG_INPUT)
    if done.is_new:
        # After the receipt: whoever stops the command here loses nothing but time.
        with ProgressBar() as bar:
            importlib.import_module("ropewalk.core.use_cases.year_sums").keep_year_sums(facts, progress=Steps(bar))


@returns.command(name="status")
@click.argument("place")
@store_option
@json_option
def status_(place: str, store: Store, as_json: bool) -> None:
    """Who has sent what in PLACE, what is missing, and how many schools and pupils are covered."""
    found = status(open_facts(store.folder, os.environ), place)
    if as_json:
        print_json(asdict(found))
    else:
        print_status(found)


@returns.command(name="receipt")
@click.argument("receipt_id", metavar="ID")
@store_option
@json_option
def receipt_(receipt_id: str, store: Store, as_json: bool) -> None:
    """Print a receipt; ends with 4 when there is none of that name."""
    found = receipt(open_facts(store.folder, os.environ), receipt_id)
    if as_json:
        print_json(asdict(found))
    else:
        print_receipt(found, is_new=True)


@returns.command(name="list")
@click.option("--school", type=int, metavar="URN", help="Only receipts that speak of this school.")
@store_option
@json_option
def list_(school: int | None, store: Store, as_json: bool) -> None:
    """List all receipts, newest first."""
    found = receipts(open_facts(store.folder, os.environ), school=school)
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        rows = [
            (one.id, one.recorded_at[:16].replace("T", " "), one.by, len(one.schools), one.pupils, one.refused)
            for one in found
        ]
        print_table(("receipt", "recorded (UTC)", "by", "schools", "pupils", "lines set aside"), rows)


@returns.command()
@click.argument("receipt_id", metavar="RECEIPT")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@store_option
def refused(receipt_id: str, output: Path, store: Store) -> None:
    """Write the lines a submission set aside into FOLDER, as they were sent, to be mended and sent again.

    They may name children: keep them as you keep the files you sent.
    """
    facts = open_facts(store.folder, os.environ)
    found = refused_files(facts, receipt_id, key=identity_key(facts, os.environ, make=False))
    output.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in found:
        file = output / name
        file.touch(mode=0o600)
        file.write_bytes(content)
        click.echo(str(file))
    if not found:
        click.echo("No line was set aside.")


class Steps:
    """A progress bar for steps whose number is not known beforehand."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar
        self._done = 0

    def __call__(self, what: str) -> None:
        self._done += 1
        # Reading with all checks tells of about a hundred steps.
        self._bar(what, self._done, max(110, self._done))
