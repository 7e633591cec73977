"""What may leave. A number about pupils leaves the core only inside a SafeTable, and only this package makes one."""

from ropewalk.core.disclosure.safe_table import (
    Audience,
    SafeTable,
    already_published,
    for_the_school_itself,
    for_those_who_see_returns,
)

__all__ = ["Audience", "SafeTable", "already_published", "for_the_school_itself", "for_those_who_see_returns"]
