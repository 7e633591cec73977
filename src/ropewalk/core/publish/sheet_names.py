"""Names of sheets: at most 31 characters, none of those a spreadsheet forbids, no two alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 31
_KINDS = ("phases", "groups", "councils")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A name for each title, in order: its number first, so that two never are alike, then as much as fits.

    What tells the sheets of one measure apart (phases, groups, councils, after a comma) is kept whole.
    """
    names = []
    for number, title in enumerate(titles, start=1):
        clean = _FORBIDDEN.sub(" ", title)
        head, comma, tail = clean.rpartition(", ")
        room = LONGEST - len(f"{number} ")
        ending = f", {tail}" if comma and tail in _KINDS else ""
        start = head if ending else clean
        names.append(f"{number} {start[: room - len(ending)].rstrip(' ,')}{ending}")
    return names
