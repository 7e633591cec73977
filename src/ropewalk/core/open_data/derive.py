"""From staged cells to figures and registers, as the publication's declaration says."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ropewalk.core.errors import InputRefused, NotFound, Problem, StoreFault
from ropewalk.core.open_data.cells import MOST_PROBLEMS
from ropewalk.core.open_data.declaration import (
    Column,
    Computed,
    Cut,
    Expression,
    Publication,
    Register,
    literal,
    quoted,
)
from ropewalk.core.open_data.staging import STAGE, insert
from ropewalk.core.open_data.store import FIGURE_COLUMNS, FIGURE_NAMES
from ropewalk.core.schema.periods import kind_of
from ropewalk.core.schema.places import normalised, place_aliases

# Columns of each register a publication may add to.
REGISTERS = {
    "school": (
        "urn",
        "laestab",
        "name",
        "phase",
        "type",
        "trust",
        "place_ref",
        "postcode",
        "opened",
        "pupils",
        "as_of",
    ),
    "school_link": ("urn", "linked_urn", "linked_name", "kind", "established"),
    "neighbour": ("place_ref", "position", "neighbour_ref", "closeness"),
}

# Macros that declarations may use.
MACROS = (
    r"""academic_year(t) AS CASE WHEN regexp_full_match(trim(t), '\d{6}')
        THEN substr(trim(t), 1, 4) || '/' || substr(trim(t), 5, 2) END""",
    r"""year_ending(t) AS CASE WHEN regexp_full_match(trim(t), '\d{4}')
        THEN (CAST(trim(t) AS INTEGER) - 1)::VARCHAR || '/' || substr(trim(t), 3, 2) END""",
    r"""whole_number(t) AS CASE WHEN regexp_full_match(trim(t), '\d{1,18}(\.0+)?')
        THEN CAST(split_part(trim(t), '.', 1) AS BIGINT) END""",
    """published_place(level, country, region, council) AS CASE level WHEN 'National' THEN country
        WHEN 'Regional' THEN nullif(trim(region), '') ELSE nullif(nullif(trim(council), ''), 'NA') END""",
)
# A value that is multiplied gets rid of the noise this leaves; any other value stands as published.
PLACES_OF_PRODUCTS = 6


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Define the macros and working tables for a session."""
    for macro in MACROS:
        con.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")
    con.execute("CREATE OR REPLACE TEMP TABLE place_of (ref VARCHAR, place VARCHAR)")
    con.execute(f"CREATE OR REPLACE TEMP TABLE staged_figure (place_ref VARCHAR, {FIGURE_COLUMNS})")


def resolve_places(con: duckdb.DuckDBPyConnection, refs: str) -> None:
    """Fill ``place_of`` for every distinct value that the SQL ``refs`` gives; unknown ones get no place."""
    found = [ref for (ref,) in con.execute(f"SELECT DISTINCT ref FROM ({refs}) WHERE ref IS NOT NULL").fetchall()]  # noqa: S608
    aliases = place_aliases()
    con.execute("DELETE FROM place_of")
    known = [(ref, aliases.get(ref.strip().upper()) or aliases.get(normalised(ref))) for ref in found]
    if known:
        insert(con, "place_of", pa.table({"ref": [ref for ref, _ in known], "place": [place for _, place in known]}))


def set_unknown_places_aside(con: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Add rows about a place that is not declared to ``stage_refused``."""
    if publication.place is None:
        return
    ref = publication.place.sql()
    resolve_places(con, f"SELECT {ref} AS ref FROM {STAGE}")  # noqa: S608
    con.execute(f"""
        INSERT INTO stage_refused
        SELECT row, 'no place is known as ' || coalesce('''' || s.ref || '''', 'blank')
        FROM (SELECT row, {ref} AS ref FROM {STAGE}) AS s
        LEFT JOIN place_of p ON p.ref = s.ref WHERE p.place IS NULL""")  # noqa: S608


def add_figures(
    con: duckdb.DuckDBPyConnection, file: str, publication: Publication, edition: int, columns: tuple[str, ...]
) -> None:
    """Insert the figures of the staged file, with their places resolved, into ``figure``.

    Raises InputRefused for rows whose period is none; StoreFault when a figure would have neither value nor reason, or
    both: the declaration is wrong then.
    """
    con.execute("DELETE FROM staged_figure")
    for cut in publication.cuts:
        if cut.value in columns:
            con.execute(_cut_sql(publication, cut, edition, columns))
    for computed in publication.computed:
        con.execute(_computed_sql(computed, edition))
    _refuse_odd_periods(con, file, publication)
    odd = con.execute(
        "SELECT measure, row FROM staged_figure "
        "WHERE (value IS NULL) = (missing IS NULL) OR NOT isfinite(value) LIMIT 1"
    ).fetchone()
    if odd:
        what = f"row {odd[1]} of '{publication.title}' gives '{odd[0]}' neither a value nor a reason"
        raise StoreFault(f"The declaration of a publication is wrong: {what}. Please report this.")
    resolve_places(con, "SELECT place_ref AS ref FROM staged_figure")
    names = ", ".join(FIGURE_NAMES)
    con.execute(f"""
        INSERT INTO figure ({names})
        SELECT p.place, f.* EXCLUDE (place_ref, place) FROM staged_figure f JOIN place_of p ON p.ref = f.place_ref
        WHERE p.place IS NOT NULL AND f.phase IS NOT NULL AND f.grp IS NOT NULL AND f.period IS NOT NULL""")  # noqa: S608


def _refuse_odd_periods(con: duckdb.DuckDBPyConnection, file: str, publication: Publication) -> None:
    """A value whose period cannot be told would be lost without a word; a mark without a period is no loss."""
    found = con.execute(
        "SELECT period, min(row) FROM staged_figure "
        "WHERE period IS NOT NULL OR (value IS NOT NULL AND phase IS NOT NULL AND grp IS NOT NULL) "
        "GROUP BY period ORDER BY min(row)"
    ).fetchall()
    column = publication.period.name if isinstance(publication.period, Column) else None
    problems = [
        Problem(
            what=f"'{period[:40]}' is not a period of time."
            if period
            else "No period of time can be told for this row.",
            do="Mend the cell or download the file again.",
            file=file,
            row=row,
            column=column,
        )
        for period, row in found
        if period is None or not _is_period(period)
    ]
    if problems:
        raise InputRefused(problems[:MOST_PROBLEMS])


def _is_period(text: str) -> bool:
    try:
        kind_of(text)
    except NotFound:
        return False
    return True


def _cut_sql(publication: Publication, cut: Cut, edition: int, columns: tuple[str, ...]) -> str:
    cell = f"trim({quoted(cut.value)})"
    reasons = " ".join(
        f"WHEN {literal(mark)} THEN {literal(reason.value)}" for mark, reason in publication.marks.items()
    )

    def count(column: str | None) -> str:
        return f"whole_number({quoted(column)})" if column and column in columns else "NULL"

    def said(own: Expression | None, shared: Expression | None) -> str:
        expression = own or shared
        return expression.sql() if expression else "NULL"

    conditions = [f"({condition})" for condition in (publication.where, cut.where) if condition]
    where = " AND ".join([f"edition = {edition}", f"{quoted(cut.value)} IS NOT NULL", *conditions])
    # The table itself, not the view of all its columns: a view of hundreds of columns costs more than the rows.
    return f"""
        INSERT INTO staged_figure
        SELECT {said(cut.place, publication.place)}, NULL, {said(cut.school, publication.school)},
          {literal(cut.measure)}, {said(cut.phase, publication.phase)}, {said(cut.group, publication.group)},
          {said(cut.period, publication.period)}, {_value_sql(publication, cut, cell)}, {cell},
          CASE {cell} {reasons} END, {count(cut.numerator)}, {count(cut.denominator)}, {edition}, row, NULL
        FROM {quoted(f"published_{publication.id}")} AS {STAGE} WHERE {where}"""  # noqa: S608


def _value_sql(publication: Publication, cut: Cut, cell: str) -> str:
    """The cell as a number; a mark is never one, not even a mark that looks like it (NaN; the 9 of Ofsted)."""
    marks = ", ".join(literal(mark) for mark in publication.marks)
    number = f"CASE WHEN {cell} NOT IN ({marks}) THEN TRY_CAST(rtrim(replace({cell}, '%', '')) AS DOUBLE) END"
    if cut.times == 1 and cut.places is None:
        return number
    # Written out and read again: the database's own round() goes by a product, which makes 4.055 of 4.05499….
    places = PLACES_OF_PRODUCTS if cut.places is None else cut.places
    return f"CAST(format('{{:.{places}f}}', {number} * {cut.times}) AS DOUBLE) + 0.0"


def _computed_sql(computed: Computed, edition: int) -> str:
    return f"""
        INSERT INTO staged_figure
        SELECT place_ref, NULL, NULL, measure, phase, grp, period, value, CAST(value AS VARCHAR),
          CASE WHEN value IS NULL THEN 'not_available' END, numerator, denominator, {edition}, row,
          {literal(computed.calculation)}
        FROM ({computed.select.format(t=STAGE)})"""  # noqa: S608


def add_registers(con: duckdb.DuckDBPyConnection, publication: Publication, edition: int) -> None:
    """Insert the rows the staged file adds to the registers of schools, links and neighbours."""
    for register in publication.registers:
        con.execute(_register_sql(register, edition))


def _register_sql(register: Register, edition: int) -> str:
    columns = ", ".join(REGISTERS[register.register])
    select = register.select.format(t=STAGE)
    return f"INSERT INTO {register.register} ({columns}, edition, row) SELECT {columns}, {edition}, row FROM ({select})"  # noqa: S608
