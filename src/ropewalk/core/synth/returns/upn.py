"""Unique pupil numbers: thirteen characters, the first a check letter over the others.

Made-up numbers name councils 011 to 022, which do not exist, so that none can be a real child's.
"""

from __future__ import annotations

from ropewalk.core.identity.upn import ALPHABET, check_letter


def permanent(laestab: str, year: int, serial: int) -> str:
    """The number a school (seven digits) gave in a calendar year; ``serial`` 0 to 999."""
    rest = f"{laestab}{year % 100:02d}{serial:03d}"
    return check_letter(f"A{rest}") + rest


def temporary(laestab: str, year: int, serial: int) -> str:
    """A number given for a time: its last character is a letter. ``serial`` 0 to 2299."""
    rest = f"{laestab}{year % 100:02d}{serial // len(ALPHABET):02d}{ALPHABET[serial % len(ALPHABET)]}"
    return check_letter(f"A{rest}") + rest
