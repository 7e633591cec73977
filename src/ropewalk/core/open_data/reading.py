"""Reading the store: figures with their provenance, schools, links, neighbours, rows as published."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.open_data.cuts import Cut, Kept
from ropewalk.core.open_data.store import Store
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing

_COLUMNS = (
    "place, school, measure, phase, grp, period, value, raw, missing, numerator, denominator, edition, row, calculation"
)


# Measure, phase and group.
CutName = tuple[str, str, str]
# Kept in memory: about a quarter of a megabyte for each cut, a twentieth for what is known of a place.
MOST_CUTS = 96
MOST_PLACES = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """One imported file."""

    id: int
    publication: str
    title: str
    publisher: str
    page: str
    licence: str
    edition: str
    file: str
    sha256: str
    read: int
    kept: int
    refused: int
    missing: int
    imported_at: str


@dataclass(frozen=True, slots=True)
class School:
    """A school as the newest register that holds it describes it. ``pupils`` is a headcount; ``as_of`` says when."""

    urn: str
    laestab: str | None
    name: str
    phase: str | None
    type: str | None
    trust: str | None
    place: str
    postcode: str | None
    opened: str | None
    pupils: int | None
    as_of: str


@dataclass(frozen=True, slots=True)
class SchoolLink:
    """A link of the register from one school to another; ``kind`` as published, such as 'Predecessor'."""

    urn: str
    linked_urn: str
    linked_name: str
    kind: str
    established: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which figures are wanted; an empty filter lets everything through.

    Without ``schools`` and ``every_school`` only figures of places; with them only figures of those schools.
    ``newest`` keeps of each place or school, measure, phase and group the newest figure with a value, or the newest
    reason where there was never a value. ``counted`` asks for figures with numerator and denominator, also where a
    publication without them stands before: a cell can then come more than once. ``superseded`` asks for the figures
    that gave way to current ones instead.
    """

    places: Sequence[str] = ()
    schools: Sequence[str] | None = None
    every_school: bool = False
    measures: Sequence[str] = ()
    phases: Sequence[str] = ()
    groups: Sequence[str] = ()
    periods: Sequence[str] = ()
    newest: bool = False
    counted: bool = False
    superseded: bool = False


class Reader:
    """Questions to one generation of the store. Cheap to keep; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Open the live database.

        Raises NotFound when the store is empty.
        """
        manifest, connection = store.open_live()
        self._store, self._database = store, manifest.database or ""
        self._connection: duckdb.DuckDBPyConnection | None = connection
        self._opening = threading.Lock()
        self.generation = manifest.generation
        self.editions = {
            row[0]: Edition(*row)
            for row in self._rows(
                "SELECT id, publication, title, publisher, page, licence, edition, file, sha256, read, kept, refused, "
                "missing, imported_at FROM edition"
            )
        }

        self._cuts: Kept[CutName, Cut] = Kept(MOST_CUTS)
        self._every_cut: Kept[tuple[str, str], list[Figure]] = Kept(MOST_CUTS)
        self._known_cuts: Kept[str, list[tuple[str, str, str, str]]] = Kept(MOST_PLACES)
        self._neighbours: Kept[str, list[str]] = Kept(MOST_PLACES)

    def close(self) -> None:
        """Let the database go, and keep what was read; the next question opens the same database again.

        An open database does not survive the fork of a process: whoever forks closes first.
        """
        with self._opening:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._connection is None:
                self._connection = self._store.open_database(self._database)
            return self._connection.cursor()

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        cursor = self._cursor()
        try:
            return cursor.execute(sql, list(values)).fetchall()
        finally:
            cursor.close()

    def figures(self, wanted: Selection) -> list[Figure]:
        """Current figures, newest period first."""
        which = "NOT current" if wanted.superseded else "current"
        conditions, values = ["numerator IS NOT NULL AND denominator > 0" if wanted.counted else which], []
        if wanted.schools is not None:
            conditions.append(_in("school", wanted.schools))
            values += list(wanted.schools)
        else:
            conditions.append("school IS NOT NULL" if wanted.every_school else "school IS NULL")
        filters = (
            ("place", wanted.places),
            ("measure", wanted.measures),
            ("phase", wanted.phases),
            ("grp", wanted.groups),
            ("period", wanted.periods),
        )
        for column, listed in filters:
            if listed:
                conditions.append(_in(column, listed))
                values += list(listed)
        order = "sort DESC, measure, phase, grp, place, school"
        where = " AND ".join(conditions)
        if wanted.newest:
            where += (
                " QUALIFY row_number() OVER (PARTITION BY place, school, measure, phase, grp"
                " ORDER BY value IS NULL, sort DESC) = 1"
            )
        return [
            self._figure(row)
            for row in self._rows(f"SELECT {_COLUMNS} FROM figure WHERE {where} ORDER BY {order}", values)  # noqa: S608
        ]

    def values_of_schools(self, measure_id: str, period: str) -> dict[str, float]:
        """Current values of a measure for all pupils of every school in a period, by the school's number."""
        rows = self._rows(
            "SELECT school, value FROM figure WHERE current AND school IS NOT NULL AND value IS NOT NULL "
            "AND measure = ? AND period = ? AND grp = 'all'",
            [measure_id, period],
        )
        return dict(rows)

    def cuts_of_places(self, names: Sequence[CutName]) -> list[Cut]:
        """For each measure, phase and group the current figures of all places; quick from the second time on."""
        return self._cuts.get(names, self._read_cuts)

    def _read_cuts(self, names: list[CutName]) -> dict[CutName, Cut]:
        wanted = ", ".join(["(?, ?, ?)"] * len(names))
        measures = sorted({name[0] for name in names})
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM figure JOIN (VALUES {wanted}) w(m, p, g) ON measure = m AND phase = p AND grp = g "  # noqa: S608
            f"WHERE current AND school IS NULL AND {_in('measure', measures)} ORDER BY sort DESC",
            [*(part for name in names for part in name), *measures],
        )
        found = {name: Cut(self._figure) for name in names}
        for row in rows:
            found[row[2], row[3], row[4]].add(row[0], row[5], row)
        return found

    def every_cut(self, place: str, measure_id: str) -> list[Figure]:
        """Current figures of a place itself for a measure, every phase and group, newest period first."""
        return self._every_cut.get([(place, measure_id)], self._read_every_cut)[0]

    def _read_every_cut(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], list[Figure]]:
        return {(place, name): self.figures(Selection(places=[place], measures=[name])) for place, name in wanted}

    def _figure(self, row: tuple[Any, ...]) -> Figure:
        (
            place,
            school,
            measure_id,
            phase,
            group,
            period,
            value,
            raw,
            missing,
            numerator,
            denominator,
            edition,
            line,
            calculation,
        ) = row
        declared = measure(measure_id)
        origin = self.editions[edition]
        source = Source(
            "published", origin.publication, origin.title, origin.edition, origin.file, origin.sha256, line, calculation
        )
        return Figure(
            place,
            school,
            measure_id,
            phase,
            group,
            period,
            value,
            declared.unit.value,
            numerator,
            denominator,
            Missing(missing) if missing else None,
            raw,
            source,
            declared.version,
        )

    def places_with_figures(self) -> set[str]:
        """Codes of all places that have any figure."""
        return {
            code
            for (code,) in self._rows("SELECT DISTINCT place FROM figure WHERE school IS NULL AND value IS NOT NULL")
        }

    def cuts(self, place: str) -> list[tuple[str, str, str, str]]:
        """Measure, phase, group and newest period of everything known of a place itself."""
        return self._known_cuts.get([place], self._read_known_cuts)[0]

    def _read_known_cuts(self, places: list[str]) -> dict[str, list[tuple[str, str, str, str]]]:
        sql = (
            "SELECT measure, phase, grp, arg_max(period, sort) FROM figure "
            "WHERE place = ? AND school IS NULL AND current AND value IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )
        return {place: [(m, p, g, period) for m, p, g, period in self._rows(sql, [place])] for place in places}

    def neighbours(self, place: str) -> list[str]:
        """Codes of the statistical neighbours of a council, nearest first."""
        return self._neighbours.get([place], self._read_neighbours)[0]

    def _read_neighbours(self, places: list[str]) -> dict[str, list[str]]:
        sql = "SELECT neighbour FROM neighbour_of WHERE place = ? ORDER BY position"
        return {place: [code for (code,) in self._rows(sql, [place])] for place in places}

    def schools(self, *, place: str | None = None, ids: Sequence[str] = (), text: str = "") -> list[School]:
        """Schools of a place, by URN or LAESTAB, or by words of the name or the start of the postcode; by name."""
        conditions, values = ["true"], []
        if place:
            conditions.append("place = ?")
            values.append(place)
        if ids:
            conditions.append(f"({_in('urn', ids)} OR {_in('laestab', ids)})")
            values += [*ids, *ids]
        if text:
            words = text.split()
            conditions.append(
                "("
                + " AND ".join(["contains(lower(name), ?)"] * len(words))
                + " OR starts_with(replace(postcode, ' ', ''), ?))"
            )
            values += [*(word.lower() for word in words), "".join(words).upper()]
        rows = self._rows(
            "SELECT urn, laestab, name, phase, type, trust, place, postcode, opened, pupils, as_of "  # noqa: S608
            f"FROM school_now WHERE {' AND '.join(conditions)} ORDER BY name, urn LIMIT 30000",
            values,
        )
        return [School(*row) for row in rows]

    def school(self, reference: str) -> School:
        """The school with a URN or LAESTAB.

        Raises NotFound when no register holds it.
        """
        cleaned = reference.strip().replace("/", "")
        found = self.schools(ids=[cleaned])
        exact = [school for school in found if school.urn == cleaned] or found
        if not exact:
            raise NotFound(
                f"No school has the URN or LAESTAB '{reference}'. Try 'ropewalk schools PLACE' for the list."
            )
        return exact[0]

    def laestabs_of(self, urns: Sequence[str]) -> set[str]:
        """Every LAESTAB any register gives these URNs."""
        return {
            code
            for (code,) in self._rows(
                f"SELECT DISTINCT laestab FROM school WHERE {_in('urn', urns)} AND laestab IS NOT NULL",  # noqa: S608
                list(urns),
            )
        }

    def laestabs_by_urn(self, urns: Sequence[str]) -> dict[str, set[str]]:
        """Every LAESTAB any register gives each of these URNs; URNs without one are left out."""
        found: dict[str, set[str]] = {}
        for urn, laestab in self._rows(
            f"SELECT DISTINCT urn, laestab FROM school WHERE {_in('urn', urns)} AND laestab IS NOT NULL",  # noqa: S608
            list(urns),
        ):
            found.setdefault(urn, set()).add(laestab)
        return found

    def urns_of(self, laestab: str) -> set[str]:
        """Every URN any register gives this LAESTAB."""
        return {urn for (urn,) in self._rows("SELECT DISTINCT urn FROM school WHERE laestab = ?", [laestab]) if urn}

    def links(self, urns: Sequence[str]) -> list[SchoolLink]:
        """Links of the register that start or end at these schools."""
        if not urns:
            return []
        return [
            SchoolLink(*row)
            for row in self._rows(
                "SELECT DISTINCT urn, linked_urn, linked_name, kind, established FROM school_link "  # noqa: S608
                f"WHERE {_in('urn', urns)} OR {_in('linked_urn', urns)}",
                [*urns, *urns],
            )
        ]

    def published_row(self, edition: Edition, row: int) -> list[tuple[str, str]]:
        """The cells of one row as published: column and text."""
        table = f'"published_{edition.publication}"'
        cursor = self._cursor()
        found = cursor.execute(f"SELECT * FROM {table} WHERE edition = ? AND row = ?", [edition.id, row]).fetchone()  # noqa: S608
        names = [column[0] for column in cursor.description or ()]
        cursor.close()
        return [
            (name, cell)
            for name, cell in zip(names, found or (), strict=False)
            if name not in {"edition", "row"} and cell is not None
        ]

    def refused(self, edition: Edition) -> list[tuple[int, str]]:
        """Rows of a file that were set aside, and why."""
        return [
            (row, reason)
            for row, reason in self._rows(
                "SELECT row, reason FROM refused WHERE edition = ? ORDER BY row", [edition.id]
            )
        ]


def _in(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})" if values else "false"
