"""Returns: what schools send, a module for each kind of file."""

from __future__ import annotations

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Sensitivity, Span
from ropewalk.core.schema.returns.marks import RETURN as MARKS
from ropewalk.core.schema.returns.moves import RETURN as MOVES
from ropewalk.core.schema.returns.register import RETURN as REGISTER
from ropewalk.core.schema.returns.results import RETURN as RESULTS
from ropewalk.core.schema.returns.roll import RETURN as ROLL
from ropewalk.core.schema.returns.suspensions import RETURN as SUSPENSIONS

__all__ = ["RETURN_FILES", "Field", "FieldKind", "ReturnFile", "Sensitivity", "Span", "return_file"]

# In the order in which a school office meets them, and in which they are checked.
RETURN_FILES = {declared.id: declared for declared in (ROLL, REGISTER, MARKS, SUSPENSIONS, MOVES, RESULTS)}


def return_file(kind: str) -> ReturnFile:
    """Look a kind of return up by id.

    Raises NotFound when there is none.
    """
    try:
        return RETURN_FILES[kind]
    except KeyError:
        raise NotFound(f"There is no return called '{kind}'. There are: {', '.join(RETURN_FILES)}.") from None
