"""Protecting a table of counts: what is hidden so that nobody can work out a small count.

Shares no code with ``audit``, which attacks what comes out of here as a stranger would.
"""

from ropewalk.core.disclosure.protect.joining import Guard, Released, join
from ropewalk.core.disclosure.protect.protecting import Protected, protect, protect_joined
from ropewalk.core.disclosure.protect.specification import Rollup, Specification

__all__ = ["Guard", "Protected", "Released", "Rollup", "Specification", "join", "protect", "protect_joined"]
