"""The last steps of an import: gaps worked out, what was not collected named, superseded figures marked, all put in order."""

from __future__ import annotations

import duckdb

from ropewalk.core.measures import all_measures
from ropewalk.core.open_data.declaration import Publication, literal
from ropewalk.core.open_data.derive import resolve_places
from ropewalk.core.open_data.staging import STAGE, nothing_but_marks
from ropewalk.core.schema.periods import sort_key

GAP_CALCULATION = "value for '{of}' less value for '{less}', same place, phase and period"


def count_missing(con: duckdb.DuckDBPyConnection, publication: Publication, columns: tuple[str, ...]) -> int:
    """Staged rows that hold nothing but marks of missing values."""
    row = con.execute(f"SELECT count(*) FROM {STAGE} WHERE {nothing_but_marks(publication, columns)}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _place_of_registers(con: duckdb.DuckDBPyConnection) -> None:
    resolve_places(
        con,
        "SELECT place_ref AS ref FROM school UNION SELECT place_ref FROM neighbour UNION SELECT neighbour_ref FROM neighbour",
    )


def finish(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the figures into the form readers use: ``figure`` sorted by place, with ``current`` and ``sort``."""
    _order_periods(con)
    _mark_current(con, "figure", "figure_marked")
    _name_not_collected(con)
    _add_gaps(con)
    con.execute("DROP TABLE figure")
    con.execute("""CREATE TABLE figure AS SELECT * FROM figure_marked
        ORDER BY school IS NOT NULL, place, school, measure, phase, grp, period""")
    con.execute("DROP TABLE figure_marked")
    _settle_registers(con)


def _settle_registers(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``school_now`` (a row per URN from the newest register that holds it) and ``neighbour_of`` (by place code)."""
    _place_of_registers(con)
    con.execute("""CREATE OR REPLACE TABLE school_now AS
        SELECT s.urn, max(s.laestab) OVER same_school AS laestab, s.name, s.phase, s.type,
          coalesce(s.trust, max(s.trust) OVER same_school) AS trust, p.place,
          coalesce(s.postcode, max(s.postcode) OVER same_school) AS postcode, s.opened,
          coalesce(s.pupils, arg_max(s.pupils, s.as_of) OVER same_school) AS pupils, s.as_of
        FROM school s JOIN place_of p ON p.ref = s.place_ref WHERE s.urn IS NOT NULL AND s.name IS NOT NULL
        WINDOW same_school AS (PARTITION BY s.urn)
        QUALIFY row_number() OVER (PARTITION BY s.urn ORDER BY s.as_of DESC, s.edition DESC, s.row DESC) = 1
        ORDER BY place, name""")
    con.execute("""CREATE OR REPLACE TABLE neighbour_of AS
        SELECT a.place, n.position, b.place AS neighbour FROM neighbour n
        JOIN place_of a ON a.ref = n.place_ref JOIN place_of b ON b.ref = n.neighbour_ref
        WHERE n.edition = (SELECT max(edition) FROM neighbour)
        ORDER BY a.place, n.position""")


def _order_periods(con: duckdb.DuckDBPyConnection) -> None:
    periods = [period for (period,) in con.execute("SELECT DISTINCT period FROM figure").fetchall()]
    con.execute("CREATE OR REPLACE TABLE period (period VARCHAR, sort INTEGER)")
    if periods:
        con.executemany("INSERT INTO period VALUES (?, ?)", [(period, sort_key(period)) for period in periods])


def _mark_current(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Of figures for the same cell, the publication with precedence, then the later edition, is current; none is deleted."""
    columns = [
        name
        for (name,) in con.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
            [source],
        ).fetchall()
    ]
    kept = ", ".join(f"f.{name}" for name in columns if name not in {"current", "sort"})
    con.execute(f"""CREATE OR REPLACE TABLE {target} AS
        SELECT {kept}, row_number() OVER (
            PARTITION BY f.place, f.school, f.measure, f.phase, f.grp, f.period
            ORDER BY e.precedence DESC, f.calculation IS NULL DESC, f.edition DESC, f.row DESC) = 1 AS current, p.sort
        FROM (SELECT * FROM {source} WHERE NOT starts_with(measure, 'gap_')) f
        JOIN edition e ON e.id = f.edition JOIN period p ON p.period = f.period""")  # noqa: S608


def _add_gaps(con: duckdb.DuckDBPyConnection) -> None:
    for declared in all_measures().values():
        gap = declared.gap
        if gap is None:
            continue
        words = literal(GAP_CALCULATION.format(of=gap.of, less=gap.less))
        con.execute(f"""INSERT INTO figure_marked
            SELECT a.place, a.school, {literal(declared.id)}, a.phase, 'all', a.period, round(a.value - b.value, 6),
              a.raw || ' less ' || b.raw,
              CASE WHEN a.value IS NULL THEN a.missing WHEN b.value IS NULL THEN b.missing END,
              NULL, NULL, b.edition, b.row, {words}, true, a.sort
            FROM figure_marked a JOIN figure_marked b
              ON a.place = b.place AND a.phase = b.phase AND a.period = b.period AND a.school IS NOT DISTINCT FROM b.school
            WHERE a.measure = {literal(gap.measure)} AND b.measure = a.measure AND a.grp = {literal(gap.of)} AND b.grp = {literal(gap.less)}
              AND a.current AND b.current""")  # noqa: S608


def _name_not_collected(con: duckdb.DuckDBPyConnection) -> None:
    for declared in all_measures().values():
        if declared.not_collected:
            periods = ", ".join(literal(period) for period in declared.not_collected)
            con.execute(f"""UPDATE figure_marked SET missing = 'not_collected'
                WHERE measure = {literal(declared.id)} AND missing = 'not_available' AND period IN ({periods})""")  # noqa: S608
