"""The permission matrix: every address of the site and every command, and who gets which answer.

A new page goes into the file of its room, one line; a test walks the addresses and commands and fails for one that is
not here, and another asks for everything as everybody.
"""

from ropewalk.site.foundation.permissions.matrix import (
    accounts,
    agree,
    board_report,
    commands,
    editions,
    exploring,
    live,
    people,
    plan,
    published,
    returns,
    terms,
    workstreams,
)
from ropewalk.site.foundation.permissions.matrix.thing import Job, Thing

THINGS: tuple[Thing, ...] = (
    *published.THINGS,
    *returns.THINGS,
    *live.THINGS,
    *editions.THINGS,
    *exploring.THINGS,
    *terms.THINGS,
    *people.THINGS,
    *accounts.THINGS,
    *agree.THINGS,
    *workstreams.THINGS,
    *plan.THINGS,
    *board_report.THINGS,
)
JOBS: tuple[Job, ...] = commands.JOBS

__all__ = ["JOBS", "THINGS", "Job", "Thing"]
