"""Which records may be one child's: Splink (the Fellegi-Sunter model) on DuckDB proposes, people decide.

Only pairs with a record whose number is no valid permanent one are looked at. How much each agreement and
disagreement weighs is set here and not learnt, so that a small place and a large one are treated alike, and the same
records always give the same pairs. Slow to import: only the command that looks for pairs does so.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.comparison_library import ExactMatch, JaroWinklerAtThresholds, LevenshteinAtThresholds
from splink.internals.comparison_creator import ComparisonCreator

from ropewalk.core.identity.book import Book, Person, persons, standings
from ropewalk.core.identity.comparing import FIELDS, comparable, is_exact

LEAST_PROBABILITY = 0.5
CLOSE_NAMES = (0.92, 0.85)
# Chance of each outcome (the same, close …, different) for two records of one child, and for two of two children.
# Weights of common sense, near those Splink's authors publish for names and dates of birth of English records.
_NAME_M, _NAME_U = [0.90, 0.05, 0.02, 0.03], [0.005, 0.003, 0.012, 0.98]
_BORN_M, _BORN_U = [0.95, 0.03, 0.02], [0.0003, 0.004, 0.9957]
_SEX_M, _SEX_U = [0.99, 0.01], [0.5, 0.5]
_POSTCODE_M, _POSTCODE_U = [0.70, 0.05, 0.25], [0.001, 0.004, 0.995]
# A pair is looked at when one of these holds; comparing all with all would take too long.
_BLOCKS = (
    "l.date_of_birth = r.date_of_birth",
    "l.surname = r.surname AND l.forename = r.forename",
    "l.postcode = r.postcode AND l.forename = r.forename",
    "l.surname = r.surname AND substr(l.date_of_birth, 1, 7) = substr(r.date_of_birth, 1, 7)",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and how likely it is that they are one child's; ``is_exact`` when nothing speaks against it.

    That is when every field is known of both and agrees, and no third record could be meant instead.
    """

    record: int
    other: int
    probability: float
    is_exact: bool


def likely_pairs(book: Book, key: bytes | None) -> list[Pair]:
    """Pairs that are more likely one child's than not, the likeliest first."""
    known, standing = persons(book, key), standings(book)
    doubtful = {record for record in known if standing.get(record) != "national"}
    if not doubtful or len(known) < 2:
        return []
    scored = _scored(known, doubtful)
    exact = {(one, other) for one, other, _ in scored if is_exact(known[one], known[other])}
    partners = Counter(record for pair in exact for record in pair)
    return [
        Pair(one, other, probability, (one, other) in exact and partners[one] == partners[other] == 1)
        for one, other, probability in scored
    ]


def _scored(known: dict[int, Person], doubtful: set[int]) -> list[tuple[int, int, float]]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect(config={"threads": 2}) as con:
        database = DuckDBAPI(con)
        table = database.register(_table(known.values(), doubtful))
        linker = Linker(table, _settings(len(known)), log_level=logging.ERROR)
        found = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY).as_record_list()
    pairs = [
        (min(row["record_l"], row["record_r"]), max(row["record_l"], row["record_r"]), float(row["match_probability"]))
        for row in found
    ]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))


def _table(people: Iterable[Person], doubtful: set[int]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {"record": person.record, "doubtful": person.record in doubtful, **comparable(person)} for person in people
    ]
    schema = pa.schema([("record", pa.int32()), ("doubtful", pa.bool_()), *((name, pa.string()) for name in FIELDS)])
    return pa.Table.from_pylist(rows, schema=schema)


def _settings(records: int) -> SettingsCreator:
    def name(column: str) -> ComparisonCreator:
        return JaroWinklerAtThresholds(column, list(CLOSE_NAMES)).configure(
            # A rare name in common says more than a frequent one.
            term_frequency_adjustments=True,
            m_probabilities=_NAME_M,
            u_probabilities=_NAME_U,
        )

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        # About every second record without a usable number has a partner.
        probability_two_random_records_match=1 / (2 * records),
        comparisons=[
            name("surname"),
            name("forename"),
            LevenshteinAtThresholds("date_of_birth", 1).configure(m_probabilities=_BORN_M, u_probabilities=_BORN_U),
            ExactMatch("sex").configure(m_probabilities=_SEX_M, u_probabilities=_SEX_U),
            LevenshteinAtThresholds("postcode", 1).configure(m_probabilities=_POSTCODE_M, u_probabilities=_POSTCODE_U),
        ],
        blocking_rules_to_generate_predictions=[
            {"blocking_rule": f"{block} AND (l.doubtful OR r.doubtful)", "sql_dialect": "duckdb"} for block in _BLOCKS
        ],
        retain_matching_columns=False,
    )
