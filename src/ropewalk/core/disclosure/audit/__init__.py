"""Attacking released tables as a stranger would: from the files that were given out and their specifications alone.

Shares no code with ``protect``: a mistake there must not be believed here.
"""

from ropewalk.core.disclosure.audit.auditing import Finding, Findings, audit
from ropewalk.core.disclosure.audit.released import ReleasedTable, read_counts, read_released

__all__ = ["Finding", "Findings", "ReleasedTable", "audit", "read_counts", "read_released"]
