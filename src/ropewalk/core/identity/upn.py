"""Unique pupil numbers: shape, check letter, temporary numbers, the council that gave them out.

A number has 13 characters: check letter, council (3 digits), establishment (4), year (2), serial (3). A temporary one
ends with a letter. The check letter is the sum of digit times position for positions 2 to 13, modulo 23; a letter at
the end counts as its place in the alphabet without I, O and S (Department for Education, UPN guide).
"""

from __future__ import annotations

import re

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
LENGTH = 13
# The same shape for DuckDB's regexp_full_match, on a normalised number.
SHAPE = f"[{ALPHABET}][0-9]{{11}}[0-9{ALPHABET}]"
_SHAPE = re.compile(SHAPE)
# What spreadsheets and people put between or around the characters.
_NOISE = re.compile(r"[\s'\-]")


def normalised(text: str) -> str:
    """The number without blanks, hyphens and apostrophes, in capitals. It may still be no number at all."""
    return _NOISE.sub("", text).upper()


def is_shaped(number: str) -> bool:
    """Whether a normalised number has the right characters in the right places, whatever its check letter."""
    return _SHAPE.fullmatch(number) is not None


def is_temporary(number: str) -> bool:
    """Whether a well-shaped number is a temporary one: its last character is a letter."""
    return is_shaped(number) and number[-1] in ALPHABET


def check_letter(number: str) -> str:
    """The first letter a number of 13 characters should have, whatever it has.

    Raises ValueError when the other twelve characters are not those of a number.
    """
    if not is_shaped("A" + number[1:]):
        raise ValueError("the last twelve characters are not those of a unique pupil number")
    digits, last = number[1:-1], number[-1]
    values = [int(digit) for digit in digits] + [ALPHABET.index(last) if last in ALPHABET else int(last)]
    return ALPHABET[sum(value * position for position, value in enumerate(values, start=2)) % len(ALPHABET)]


def is_valid(number: str) -> bool:
    """Whether a normalised number is well shaped and has the right check letter."""
    return is_shaped(number) and check_letter(number) == number[0]


def council_number(number: str) -> str:
    """The three digits of the council that gave a well-shaped number out."""
    return number[1:4]
