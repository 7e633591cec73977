"""Who the pupils of a return are: from what the school calls them to record numbers.

A usable unique pupil number stands for the child everywhere. Any other number, and a child without one, is known to
the school alone: by what it wrote, or by name, date of birth and sex. Nothing of it leaves the book of who is who.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from ropewalk.core.facts.filling import fill
from ropewalk.core.identity import upn
from ropewalk.core.identity.book import Book, Number, Person
from ropewalk.core.identity.links import add_former_numbers
from ropewalk.core.identity.pseudonyms import LOCAL, NATIONAL, written

# Pupil key, school, surname, forename, date of birth, sex, date of entry.
_Nameless = tuple[str, int, str | None, str | None, str | None, str | None, str | None]
TYPED = ("roll", "register", "suspensions", "moves", "results")
_PUPILS = " UNION ".join(f"SELECT pupil FROM {kind}" for kind in TYPED)  # noqa: S608 - our own names
_NAMELESS = """
SELECT pupil, min(urn), min(upper(trim(surname))), min(upper(trim(forename))), min(CAST(date_of_birth AS VARCHAR)),
  min(sex), min(CAST(start_date AS VARCHAR))
FROM roll WHERE upn IS NULL GROUP BY pupil ORDER BY min(file), min(line)"""
_PERSONS = """
WITH said AS (SELECT * FROM roll
  WHERE coalesce(surname, forename, CAST(date_of_birth AS VARCHAR), postcode) IS NOT NULL)
SELECT record, arg_max(surname, start_date), arg_max(forename, start_date),
  CAST(arg_max(date_of_birth, start_date) AS VARCHAR), arg_max(sex, start_date), arg_max(postcode, start_date)
FROM said JOIN pupil_record USING (pupil) GROUP BY record ORDER BY record
"""


def number_of(text: str) -> Number:
    """The number that a usable unique pupil number, or a school's own name for a pupil, stands for."""
    if not upn.is_shaped(text):
        return Number(written(LOCAL, text), "local")
    if upn.is_temporary(text):
        return Number(written(NATIONAL, text), "temporary")
    return Number(written(NATIONAL, text), "national" if upn.is_valid(text) else "doubtful")


def find_pupils(con: duckdb.DuckDBPyConnection, book: Book, key: bytes) -> None:
    """Fill ``pupil_record`` with what the book knows already; records of others stay NULL."""
    numbers = _numbers(con)
    known = book.find(set(numbers.values()), key)
    _fill(con, {pupil: known.get(number.written) for pupil, number in numbers.items()})


def identify_pupils(
    con: duckdb.DuckDBPyConnection, book: Book, key: bytes, *, by: str, recorded_at: str, receipt: str
) -> None:
    """Fill ``pupil_record`` for every pupil of the return, and keep in the book what the return says of them."""
    numbers = _numbers(con)
    former = con.execute(
        "SELECT DISTINCT pupil, former_upn FROM roll WHERE former_upn IS NOT NULL AND former_upn <> pupil"
    ).fetchall()
    pairs = [(numbers[pupil], number_of(before)) for pupil, before in former if upn.is_shaped(before)]
    records = book.identify({*numbers.values(), *(before for _, before in pairs)}, key)
    _fill(con, {pupil: records[number.written] for pupil, number in numbers.items()})
    book.keep_persons((Person(*row) for row in con.execute(_PERSONS).fetchall()), receipt, key)
    add_former_numbers(
        book,
        ((records[now.written], records[before.written]) for now, before in pairs),
        by=by,
        recorded_at=recorded_at,
        submission=receipt,
    )


def _numbers(con: duckdb.DuckDBPyConnection) -> dict[str, Number]:
    """The number of each pupil key of the return."""
    nameless = _without_number(con.execute(_NAMELESS).fetchall())
    pupils = [pupil for (pupil,) in con.execute(_PUPILS).fetchall()]
    return {pupil: nameless.get(pupil) or number_of(pupil) for pupil in pupils}


def _without_number(
    rows: Iterable[tuple[str, int, str | None, str | None, str | None, str | None, str | None]],
) -> dict[str, Number]:
    """Numbers of children on the roll without any: the same child gets the same number in the next return too."""
    found: dict[str, Number] = {}
    met: dict[str, int] = {}
    for pupil, urn, surname, forename, born, sex, start in rows:
        known = "|".join(part or "" for part in (surname, forename, born, sex))
        text = f"{urn} child {known}"
        if not (surname and forename and born):
            # Too little to tell two children apart: they are told apart by entry, and by their order.
            text = f"{text}|{start or ''}"
            met[text] = met.get(text, 0) + 1
            text = f"{text}|{met[text]}"
        found[pupil] = Number(written(LOCAL, text), "local")
    return found


def _fill(con: duckdb.DuckDBPyConnection, records: dict[str, int | None]) -> None:
    con.execute("DELETE FROM pupil_record")
    fill(con, "pupil_record", {"pupil": ("VARCHAR", list(records)), "record": ("INTEGER", records.values())}, new=False)
