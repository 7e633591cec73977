"""SQL for rows that are about the same thing: the columns of a kind's key, once their texts are understood.

These checks look only at lines no other rule set aside, so that a bad line never takes the place of a good one.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Query
from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind, ReturnFile

_DATES = frozenset({FieldKind.DATE, FieldKind.MONDAY})
# Marks one by one are many: pupil's weeks in which a session comes twice are looked for first, by counting.
_ONLY_WEEKS_WITH_TWO = """
JOIN (SELECT u.id, s.urn, d.monday FROM raw_marks AS s JOIN upn_text AS u ON u.text = s.upn
      JOIN day_text AS d ON d.text = s.date GROUP BY u.id, s.urn, d.monday
      HAVING count(*) <> bit_count(bit_or(1 << (d.sessions_before + CAST(upper(s.session) = 'PM' AS INTEGER))))) AS two
ON two.id = u.id AND two.urn = r.urn AND two.monday = d0.monday
"""


def repeated_rows(*, same: bool) -> tuple[Query, ...]:
    """Lines whose key an earlier line has: with the same content in all other columns, or with another."""
    return tuple(_query(declared, same=same) for declared in RETURN_FILES.values())


def _query(declared: ReturnFile, *, same: bool) -> Query:
    key_fields = [declared.field(name) for name in declared.key]
    dates = [field.name for field in key_fields if field.kind in _DATES]
    others = [f'r."{name}"' for name in declared.columns if name not in declared.key]
    content = f"row({', '.join(others)})"
    key = ", ".join(_understood(field, dates, content) for field in key_fields)
    joins = "LEFT JOIN upn_text AS u ON u.text = r.upn " + " ".join(
        f'LEFT JOIN day_text AS d{place} ON d{place}.text = r."{name}"' for place, name in enumerate(dates)
    )
    only = _ONLY_WEEKS_WITH_TWO if declared.id == "marks" else ""
    compared = "IS NOT DISTINCT FROM" if same else "IS DISTINCT FROM"
    return Query(
        declared.id,
        f"WITH keyed AS (SELECT r.file, r.line, {content} AS content, row({key}) AS key "  # noqa: S608
        f"FROM raw_{declared.id} AS r {joins} {only}), "
        "twice AS (SELECT key, min(row(file, line)) AS first FROM keyed GROUP BY key HAVING count(*) > 1), "
        "firsts AS (SELECT k.key, k.content, t.first FROM keyed AS k JOIN twice AS t "
        "ON k.key = t.key AND row(k.file, k.line) = t.first) "
        "SELECT k.file, k.line FROM keyed AS k JOIN firsts AS f ON k.key = f.key "
        f"WHERE row(k.file, k.line) <> f.first AND k.content {compared} f.content",
    )


def _understood(field: Field, dates: list[str], content: str) -> str:
    """SQL for what a cell of the key means."""
    if field.kind in _DATES:
        return f"d{dates.index(field.name)}.day"
    if field.kind is FieldKind.URN:
        return f'left(r."{field.name}", 6)'
    if field.kind is FieldKind.UPN:
        # Children without a number are told apart by all that is known of them.
        return f"coalesce(u.upn, CAST({content} AS VARCHAR))"
    return f'understood_year(r."{field.name}")' if field.name == "year" else f'upper(r."{field.name}")'
