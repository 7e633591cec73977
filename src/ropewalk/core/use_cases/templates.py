"""Empty returns with instructions, as a school office fills them."""

from __future__ import annotations

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.returns.templates import template_csv, template_xlsx
from ropewalk.core.schema.returns import return_file
from ropewalk.core.use_cases.returns import checked_year

ALL = "all"


def template(kind: str, *, year: str, workbook: bool) -> bytes:
    """An empty return: CSV of one kind, or a workbook with a sheet for each.

    Raises NotFound for a kind there is none of, InputRefused for all kinds in one CSV and for a year that is none.
    """
    known = checked_year(year) or year
    if kind != ALL:
        return_file(kind)
    if workbook:
        return template_xlsx(known)
    if kind == ALL:
        raise InputRefused([Problem("One CSV file holds one kind of return.", "Name a kind, or a file ending .xlsx.")])
    return template_csv(kind)
