"""Returns of schools: coverage of a place, what a school sends and gets back, records that may be one child's."""

from ropewalk.site.foundation.permissions.matrix.thing import At, administrator, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, SEND, PUPILS = Permission.SEE_RETURNS, Permission.SEND_RETURNS, Permission.SEE_PUPILS
COVERAGE, REMIND = Permission.SEE_COVERAGE, Permission.REMIND_SCHOOLS
# Of several schools or places one chooses; an only one is opened at once.
CHOICE = (200, 302)

THINGS = (
    with_role("sharing:coverage", CHOICE, note="one's own schools and places"),
    needing(COVERAGE, route="sharing:coverage", at=At.PLACE, query="place={code}"),
    needing(COVERAGE, route="sharing:coverage-csv", at=At.PLACE, query="place={code}", download=True),
    needing(SEND, route="sharing:template-workbook", at=At.ANYWHERE, download=True),
    needing(SEND, route="sharing:template", at=At.ANYWHERE, download=True),
    needing(SEE, route="sharing:school", at=At.SCHOOL),
    needing(SEND, route="sharing:send", at=At.SCHOOL, method="POST", codes=(422,), note="without a file"),
    needing(REMIND, route="sharing:reminder", at=At.SCHOOL),
    needing(REMIND, route="sharing:reminder", at=At.SCHOOL, method="POST", codes=(302,)),
    needing(SEND, route="sharing:upload", at=At.SCHOOL),
    needing(SEND, route="sharing:progress", at=At.SCHOOL),
    needing(SEND, route="sharing:problems", at=At.SCHOOL, download=True),
    needing(PUPILS, route="sharing:refused", at=At.SCHOOL, download=True),
    needing(SEND, route="sharing:submit", at=At.SCHOOL, method="POST", codes=(302,)),
    needing(SEND, route="sharing:check-again", at=At.SCHOOL, method="POST", codes=(302,)),
    needing(SEND, route="sharing:give-up", at=At.SCHOOL, method="POST", codes=(302,)),
    needing(SEE, route="sharing:receipt", at=At.SCHOOL),
    needing(PUPILS, route="sharing:set-aside", at=At.SCHOOL, download=True),
    needing(SEE, route="sharing:who-looked", at=At.SCHOOL),
    needing(SEE, route="sharing:who-looked-csv", at=At.SCHOOL, download=True),
    administrator("sharing:links"),
    administrator("sharing:look", "POST", (302,)),
    administrator("sharing:decide", "POST", (404,), note="without a pair"),
    administrator("sharing:undo", "POST", (404,), note="without a link"),
)
