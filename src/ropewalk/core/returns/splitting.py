"""One physical line into its cells, exactly: for the few lines on which a quote does more than stand around a cell.

Cells may be quoted (RFC 4180: a quote inside is doubled), with spaces around. A cell cannot go on in the next line, so
a quote that is not closed makes a bad line, and only that line.
"""

from __future__ import annotations

import re
from functools import cache

QUOTE = '"'


class UnclosedQuote(Exception):
    """The line ends inside quotes."""


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of a line, without their quotes and the spaces around them.

    Raises UnclosedQuote.
    """
    if QUOTE not in line:
        return [cell.strip() for cell in line.split(delimiter)]
    cells: list[str] = []
    position = 0
    cell_at = _cell(delimiter)
    while position <= len(line):
        found = cell_at.match(line, position)
        if found is None:
            raise UnclosedQuote
        quoted, plain = found.group("quoted"), found.group("plain")
        cells.append((quoted.replace('""', QUOTE) if quoted is not None else plain).strip())
        position = found.end() + 1
    return cells


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell up to the delimiter or the end: quoted as a whole, or plain and not beginning with a quote."""
    border = re.escape(delimiter)
    space = "[ \\xa0]*"
    return re.compile(
        f'{space}"(?P<quoted>(?:[^"]|"")*)"{space}(?={border}|$)|(?P<plain>(?!{space}")[^{border}]*)(?={border}|$)'
    )
