"""The last steps of an import: gaps worked out, superseded figures marked, reasons completed, all put in order."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ropewalk.core.measures import all_measures
from ropewalk.core.open_data.declaration import literal
from ropewalk.core.open_data.derive import resolve_places
from ropewalk.core.open_data.staging import insert
from ropewalk.core.open_data.store import FIGURE_NAMES
from ropewalk.core.schema.made_up_places import MADE_UP_COUNTRY
from ropewalk.core.schema.periods import sort_key
from ropewalk.core.schema.places import ENGLAND

GAP_CALCULATION = "value for '{of}' less value for '{less}', same place, phase and period"
_CELL = "place, school, measure, phase, grp, period"


def finish(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the figures into the form readers use: ``figure`` sorted by place, with ``current`` and ``sort``."""
    con.execute("DELETE FROM figure WHERE starts_with(measure, 'gap_')")
    _settle_registers(con)
    _place_schools(con)
    _order_periods(con)
    _find_superseded(con)
    _work_out_gaps(con)
    _put_in_order(con)


def _place_schools(con: duckdb.DuckDBPyConnection) -> None:
    """Files that say no council leave a school's figures under the country; a register that came later knows it."""
    con.execute(f"""UPDATE figure SET place = s.place FROM school_now s
        WHERE figure.place IN ({literal(ENGLAND)}, {literal(MADE_UP_COUNTRY)}) AND figure.school = s.urn""")  # noqa: S608


def _order_periods(con: duckdb.DuckDBPyConnection) -> None:
    periods = [period for (period,) in con.execute("SELECT DISTINCT period FROM figure").fetchall()]
    con.execute("CREATE OR REPLACE TABLE period (period VARCHAR, sort INTEGER)")
    insert(
        con,
        "period",
        pa.table({"period": pa.array(periods, pa.string()), "sort": pa.array(map(sort_key, periods), pa.int32())}),
    )


def _find_superseded(con: duckdb.DuckDBPyConnection) -> None:
    """Of figures for the same cell one is current, none is deleted.

    The publication with precedence wins, then a published figure over one worked out, then the edition that reaches
    further in time, then the one imported later.
    """
    con.execute("""CREATE OR REPLACE TEMP TABLE reach AS
        SELECT e.id, e.precedence, coalesce(max(p.sort), 0) AS reach
        FROM edition e LEFT JOIN figure f ON f.edition = e.id LEFT JOIN period p USING (period) GROUP BY ALL""")
    con.execute(f"""CREATE OR REPLACE TEMP TABLE superseded AS
        WITH contested AS (SELECT hash({_CELL}) AS cell FROM figure GROUP BY cell HAVING count(*) > 1)
        SELECT id FROM (
            SELECT f.rowid AS id, row_number() OVER (
                PARTITION BY {_CELL}
                ORDER BY e.precedence DESC, calculation IS NULL DESC, e.reach DESC, edition DESC, row DESC
            ) AS place_in_line
            FROM figure f JOIN reach e ON e.id = f.edition WHERE hash({_CELL}) IN (SELECT cell FROM contested)
        ) WHERE place_in_line > 1""")  # noqa: S608


def _work_out_gaps(con: duckdb.DuckDBPyConnection) -> None:
    names = ", ".join(FIGURE_NAMES)
    con.execute(f"CREATE OR REPLACE TEMP TABLE gap_figure AS SELECT {names} FROM figure LIMIT 0")  # noqa: S608
    for declared in all_measures().values():
        gap = declared.gap
        if gap is None:
            continue
        words = literal(GAP_CALCULATION.format(of=gap.of, less=gap.less))
        con.execute(f"""
            WITH side AS (
                SELECT * REPLACE ({_reason()} AS missing) FROM figure f WHERE measure = {literal(gap.measure)}
                AND grp IN ({literal(gap.of)}, {literal(gap.less)}) AND rowid NOT IN (SELECT id FROM superseded))
            INSERT INTO gap_figure
            SELECT a.place, a.school, {literal(declared.id)}, a.phase, 'all', a.period, round(a.value - b.value, 6),
              a.raw || ' less ' || b.raw,
              CASE WHEN a.value IS NULL THEN a.missing WHEN b.value IS NULL THEN b.missing END,
              NULL, NULL, b.edition, b.row, {words}
            FROM side a JOIN side b ON a.place = b.place AND a.phase = b.phase AND a.period = b.period
              AND a.school IS NOT DISTINCT FROM b.school
            WHERE a.grp = {literal(gap.of)} AND b.grp = {literal(gap.less)}""")  # noqa: S608


def _put_in_order(con: duckdb.DuckDBPyConnection) -> None:
    names = ", ".join(FIGURE_NAMES)
    con.execute(f"""CREATE TABLE figure_in_order AS
        SELECT f.* REPLACE ({_reason()} AS missing), p.sort
        FROM (
            SELECT {names}, rowid NOT IN (SELECT id FROM superseded) AS current FROM figure
            UNION ALL SELECT {names}, true FROM gap_figure
        ) f JOIN period p USING (period)
        ORDER BY f.school IS NOT NULL, f.place, f.school, f.measure, f.phase, f.grp, f.period""")  # noqa: S608
    con.execute("DROP TABLE figure")
    con.execute("ALTER TABLE figure_in_order RENAME TO figure")


def _reason() -> str:
    """What stands for a missing value: in periods in which nobody collected the measure, that."""
    cases = " ".join(
        f"WHEN f.measure = {literal(declared.id)} AND f.period IN ({', '.join(map(literal, declared.not_collected))}) "
        "THEN 'not_collected'"
        for declared in all_measures().values()
        if declared.not_collected
    )
    return f"CASE WHEN f.missing IS DISTINCT FROM 'not_available' THEN f.missing {cases} ELSE f.missing END"


def _settle_registers(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``school_now`` (a row per URN from the newest register that has it) and ``neighbour_of`` (by place code)."""
    resolve_places(
        con,
        "SELECT place_ref AS ref FROM school UNION SELECT place_ref FROM neighbour "
        "UNION SELECT neighbour_ref FROM neighbour",
    )
    con.execute("""CREATE OR REPLACE TABLE school_now AS
        SELECT s.urn, max(s.laestab) OVER same_school AS laestab, s.name, s.phase, s.type,
          coalesce(s.trust, max(s.trust) OVER same_school) AS trust, p.place,
          coalesce(s.postcode, max(s.postcode) OVER same_school) AS postcode,
          coalesce(s.opened, arg_max(s.opened, s.as_of) OVER same_school) AS opened,
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
