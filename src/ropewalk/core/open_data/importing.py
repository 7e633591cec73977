"""Importing published files: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data import derive, finishing
from ropewalk.core.open_data.declaration import Publication
from ropewalk.core.open_data.files import PublishedFile, find_files, fingerprint
from ropewalk.core.open_data.recognise import recognise
from ropewalk.core.open_data.records import header_of
from ropewalk.core.open_data.staging import counted, delete_refused, stage
from ropewalk.core.open_data.store import Draft, Store

# Part of the name of every file that ``core/synth`` writes.
MADE_UP = "made_up"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class FileReport:
    """What became of one file. ``read`` = ``kept`` + ``refused`` + ``missing``."""

    file: str
    publication: str
    title: str
    edition: str
    sha256: str
    read: int
    kept: int
    refused: int
    missing: int
    already_there: bool
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What an import did: known files in order, names of files of other kinds, generation of the store after it."""

    files: tuple[FileReport, ...]
    unknown: tuple[str, ...]
    generation: int


@dataclass(frozen=True)
class _Known:
    file: PublishedFile
    publication: Publication
    sha256: str
    length: int


def import_open_data(store: Store, paths: Sequence[Path], *, now: str, progress: Progress) -> ImportReport:
    """Import every published file found under the paths; ``now`` is recorded as the time of import.

    Raises InputRefused with the problems of all files; the store is then as it was.
    """
    known, unknown = _recognised(paths, progress)
    with store.writing(lambda: progress("waiting for another import to end", 0, len(known))):
        manifest = store.manifest
        present = {edition["sha256"] for edition in manifest.editions}
        new: dict[str, _Known] = {}
        for item in known:
            if item.sha256 not in present:
                new.setdefault(item.sha256, item)
        reports: dict[str, FileReport] = {}
        if new:
            with store.replacing(manifest) as draft:
                reports = _import_all(draft, list(new.values()), now, progress)
                progress("putting figures in order", len(new), len(new))
                finishing.finish(draft.con)
                draft.publish()
            manifest = store.manifest
        # The same file under a second name was read once: the second is reported as already there.
        there = [
            reports[item.sha256] if new.get(item.sha256) is item else _already(item, manifest.editions)
            for item in known
        ]
        return ImportReport(tuple(there), tuple(unknown), manifest.generation)


def _recognised(paths: Sequence[Path], progress: Progress) -> tuple[list[_Known], list[str]]:
    files, unknown = find_files(paths)
    known: list[_Known] = []
    problems: list[Problem] = []
    for index, file in enumerate(files):
        progress(f"looking at {file.name}", index, len(files))
        try:
            publication = recognise(file, header_of(file))
            if publication is None:
                unknown.append(file.name)
            else:
                known.append(_Known(file, publication, *fingerprint(file)))
        except InputRefused as error:
            problems += error.problems
    if problems:
        raise InputRefused(problems)
    return known, sorted(unknown)


def _already(item: _Known, editions: Sequence[dict[str, object]]) -> FileReport:
    edition = next(edition for edition in editions if edition["sha256"] == item.sha256)
    read, kept, refused, missing = (int(str(edition[name])) for name in ("read", "kept", "refused", "missing"))
    return FileReport(
        item.file.name,
        item.publication.id,
        str(edition["title"]),
        str(edition["edition"]),
        item.sha256,
        read,
        kept,
        refused,
        missing,
        already_there=True,
    )


def _import_all(draft: Draft, new: Sequence[_Known], now: str, progress: Progress) -> dict[str, FileReport]:
    derive.prepare(draft.con)
    reports: dict[str, FileReport] = {}
    problems: list[Problem] = []
    for index, item in enumerate(new):
        progress(f"reading {item.file.name}", index, len(new))
        try:
            reports[item.sha256] = _import_one(draft.con, item, now)
        except InputRefused as error:
            problems += error.problems
    if problems:
        raise InputRefused(problems)
    return reports


def _import_one(con: duckdb.DuckDBPyConnection, item: _Known, now: str) -> FileReport:
    publication = item.publication
    row = con.execute("SELECT coalesce(max(id), 0) + 1 FROM edition").fetchone()
    edition = int(row[0]) if row else 1
    staged = stage(con, item.file, publication, edition)
    derive.set_unknown_places_aside(con, publication)
    delete_refused(con, publication, edition)
    staged = counted(con, item.file, staged.columns, staged.ignored_columns, staged.read)
    derive.add_figures(con, item.file.name, publication, edition, staged.columns)
    derive.add_registers(con, publication, edition)
    con.execute("INSERT INTO refused SELECT ?, row, reason FROM stage_refused", [edition])
    name = publication.edition or _periods_of(con, edition)
    con.execute(
        "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            edition,
            publication.id,
            *_origin(publication, item.file),
            name,
            item.file.name,
            item.sha256,
            item.length,
            staged.read,
            staged.kept,
            staged.set_aside,
            staged.missing,
            publication.precedence,
            now,
        ],
    )
    return FileReport(
        item.file.name,
        publication.id,
        _origin(publication, item.file)[0],
        name,
        item.sha256,
        staged.read,
        staged.kept,
        staged.set_aside,
        staged.missing,
        already_there=False,
        ignored_columns=staged.ignored_columns,
    )


def _origin(publication: Publication, file: PublishedFile) -> tuple[str, str, str, str]:
    """Title, publisher, page and licence; a made-up file borrows the layout of a publication, never its name."""
    if MADE_UP in file.base_name:
        return (
            f"Made up, in the layout of: {publication.title}",
            "Nobody: made up by Ropewalk",
            "",
            "none, it is made up",
        )
    return publication.title, publication.publisher, publication.page, publication.licence


def _periods_of(con: duckdb.DuckDBPyConnection, edition: int) -> str:
    row = con.execute("SELECT min(period), max(period) FROM figure WHERE edition = ?", [edition]).fetchone()
    first, last = row or (None, None)
    if first is None:
        return "not stated"
    return str(first) if first == last else f"{first} to {last}"
