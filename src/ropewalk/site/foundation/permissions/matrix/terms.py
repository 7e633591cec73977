"""Data-sharing terms: read by people of schools and places, kept by coordinators and councils, answered by heads."""

from ropewalk.site.foundation.permissions.matrix.thing import At, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, KEEP, ANSWER = Permission.SEE_TERMS, Permission.KEEP_TERMS, Permission.ANSWER_TERMS

THINGS = (
    with_role("terms:own", note="one's own places and schools"),
    needing(SEE, route="terms:place", at=At.ANYWHERE),
    needing(SEE, route="terms:version", at=At.ANYWHERE),
    needing(SEE, route="terms:version-json", at=At.ANYWHERE, download=True),
    needing(KEEP, route="terms:draft", at=At.PLACE),
    needing(KEEP, route="terms:draft", at=At.PLACE, method="POST", codes=(422,), note="with nothing filled in"),
    needing(KEEP, route="terms:put-in-force", at=At.PLACE, codes=(302,), note="without a draft"),
    needing(KEEP, route="terms:put-in-force", at=At.PLACE, method="POST", codes=(422,), note="without a draft"),
    needing(KEEP, route="terms:answers", at=At.PLACE),
    needing(KEEP, route="terms:answers-csv", at=At.PLACE, download=True),
    needing(SEE, route="terms:school", at=At.SCHOOL),
    needing(ANSWER, route="terms:answer", at=At.SCHOOL),
    needing(ANSWER, route="terms:answer", at=At.SCHOOL, method="POST", codes=(422,), note="without an answer"),
    needing(SEE, route="terms:receipt", at=At.SCHOOL),
    needing(SEE, route="terms:receipt-text", at=At.SCHOOL, download=True),
)
