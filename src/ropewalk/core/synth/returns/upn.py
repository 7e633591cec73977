"""Unique pupil numbers: thirteen characters, the first a check letter over the others.

Made-up numbers name councils 011 to 022, which do not exist, so that none can be a real child's.
"""

from __future__ import annotations

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def check_letter(rest: str) -> str:
    """The letter that belongs before twelve characters; a letter among them counts as its place in the alphabet used.

    Source: Department for Education, UPN guide: each character times its position, 2 to 13, modulo 23.
    """
    values = (LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in rest)
    return LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % len(LETTERS)]


def permanent(laestab: str, year: int, serial: int) -> str:
    """The number a school (seven digits) gave in a calendar year; ``serial`` 0 to 999."""
    rest = f"{laestab}{year % 100:02d}{serial:03d}"
    return check_letter(rest) + rest


def temporary(laestab: str, year: int, serial: int) -> str:
    """A number given for a time: its last character is a letter. ``serial`` 0 to 2299."""
    rest = f"{laestab}{year % 100:02d}{serial // len(LETTERS):02d}{LETTERS[serial % len(LETTERS)]}"
    return check_letter(rest) + rest
