"""Marks as single bytes while a register is being made, and as text when it is written."""

from __future__ import annotations

from ropewalk.core.schema.attendance_codes import NEW_CODES

FREE = 0
# A code of two characters has a byte of its own; all others are the byte of their letter.
_TWO = {"C1": "1", "C2": "2", "J1": "3", "Y4": "4"}
# What was written before August 2024 for codes that came then.
_OLD = {"C2": "C", "C1": "C", "J1": "J", "Y4": "Y", "K": "B"}


def sign(code: str, year: str) -> int:
    """The byte of a code in an academic year such as ``2024/25``; for years before, of the code used then."""
    known = _OLD.get(code, code) if year < NEW_CODES else code
    return ord(_TWO.get(known, known))


_TEXTS = {ord(short): code for code, short in _TWO.items()}


def week_text(signs: bytes) -> str:
    """Ten bytes as a register shows them: codes with single spaces between."""
    return " ".join(_TEXTS.get(one, chr(one)) for one in signs)
