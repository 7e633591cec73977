"""Everything held about a child in one zip of open formats, to be handed over, with a page that explains it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime

import duckdb

from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.layout import FACT_TABLES, FactTable
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.rewriting import of_records
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import SUBMISSION, quoted
from ropewalk.core.publish.table_files import guarded
from ropewalk.core.returns.receipts import receipt_of
from ropewalk.core.use_cases.shredding import Held

README = "README.txt"
_OPENING = """Everything Ropewalk holds about one child, as of {day}.

who.json                    each record believed this child's: the school's number for it, names, birthday, postcode
facts/*.csv                 what schools sent, a file for each subject; the columns are explained below
lines-set-aside.json        lines schools sent that could not be counted, as they were sent
links.json                  which records were held to be one child, and when, or were not
receipts.json               the submissions all this came with
{more}
In facts, "receipt" is the submission a row came with, "recorded_at" when it came (UTC), and "replaced" says yes where
a later submission said something else, which then counts instead. Half days are called sessions. "school" is the
number of the school in the Department for Education's register (URN).

The files as schools sent them are not kept. Counts in receipts, and figures that were published, are of many children
and are not in here, nor are the names of those who sent, decided or looked. Codes are those of the Department for
Education: search for "CBDS", or ask the school.
"""


def child_export(facts: Facts, held: Held, *, now: datetime, more: Mapping[str, tuple[str, bytes]]) -> bytes:
    """The zip. ``more`` are further files by name, each with what it is: what is known of the child outside the store.

    Keep it as you keep the child's own file: it names the child.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, closing(in_memory()) as con:
        packed.writestr(README, _readme(now, more))
        packed.writestr("who.json", _json(_who(held)))
        snapshot = facts.snapshot()
        for table in FACT_TABLES.values():
            if table.id in held.tables:
                packed.writestr(f"facts/{table.id}.csv", _facts_csv(con, facts, snapshot, (table, held)))
        packed.writestr("lines-set-aside.json", _json(list(_lines(held))))
        packed.writestr("links.json", _json(_links(held)))
        packed.writestr("receipts.json", _json(_receipts(snapshot, held)))
        for name, (_, content) in more.items():
            packed.writestr(name, content)
    return out.getvalue()


def _readme(now: datetime, more: Mapping[str, tuple[str, bytes]]) -> str:
    further = "".join(f"{name:<27} {what}\n" for name, (what, _) in more.items())
    columns = [
        f"\nfacts/{table.id}.csv: {table.row}\n"
        + "".join(f"  {column.name:<25} {column.says}\n" for column in table.columns)
        for table in FACT_TABLES.values()
    ]
    return _OPENING.format(day=f"{now.day} {now:%B %Y}", more=further) + "".join(columns)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _who(held: Held) -> dict[str, object]:
    return {
        "unique pupil numbers": list(held.child.numbers),
        "records": [{"record": record, "number is": held.standings.get(record)} for record in held.child.records],
        "persons": [asdict(person) for person in held.persons],
    }


def _facts_csv(con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, what: tuple[FactTable, Held]) -> str:
    table, held = what
    files = ", ".join(quoted(facts.folder / file.path) for file in snapshot.files if file.table == table.id)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    # All records are one child's: a row is replaced by one with the same key, whichever record that is of.
    key = ", ".join(f'"{name}"' for name in table.key if name != "record")
    rows = con.execute(
        f"SELECT {SUBMISSION}, {SUBMISSION} < max({SUBMISSION}) OVER (PARTITION BY {key}), {columns} "  # noqa: S608
        f"FROM read_parquet([{files}]) WHERE {of_records(held.child.records)(table)} ORDER BY 1, {columns}"
    ).fetchall()
    came = {one.sequence: (one.id, one.recorded_at) for one in snapshot.submissions}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["receipt", "recorded_at", "replaced", *(column.name for column in table.columns)])
    for sequence, replaced, *cells in rows:
        writer.writerow([*came[sequence], "yes" if replaced else "no", *map(_harmless, cells)])
    return out.getvalue()


def _harmless(cell: object) -> object:
    return guarded(cell) if isinstance(cell, str) else cell


def _lines(held: Held) -> Iterator[dict[str, object]]:
    for one in held.lines:
        yield {"receipt": one.receipt, "file": one.file, "header": one.lines.header, "lines": list(one.lines.about)}


def _links(held: Held) -> list[dict[str, object]]:
    """Links and decisions; not who at a school made them."""
    told = ("record", "other", "kind", "probability", "recorded_at", "submission")
    return [{name: getattr(link, name) for name in told} for link in held.links]


def _receipts(snapshot: Snapshot, held: Held) -> Sequence[dict[str, object]]:
    """The submissions; not who sent them, nor their counts, which are of other people."""
    return [
        {"id": one.id, "recorded_at": one.recorded_at, "files": [file.kind for file in receipt_of(one.receipt).files]}
        for one in snapshot.submissions
        if one.id in held.receipts
    ]
