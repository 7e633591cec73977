"""Board reports of the made-up place: two that were made before, one of them public."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ropewalk.core.publish.board_report.content import canonical, digest_of
from ropewalk.site.agree.board_report.actions.reports import keep, publish
from ropewalk.site.agree.board_report.selectors.gathering import Moment, gathered, plan_reported
from ropewalk.site.agree.board_report.selectors.reports import for_everybody, newest_report, said_in
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, resolve
from ropewalk.site.agree.partnership.kinds import BodyKind, OutcomeKind
from ropewalk.site.agree.partnership.models import Body, Meeting
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

# Days before today on which the board met, and before each of which a report was made.
MET = (35, 7)
DECIDED = ("Attendance comes first this term; the board looks at it at each meeting.", "A second visit to each school.")
DONE = ("Write to the heads of the schools that are late.", "The coordinator")


@transaction.atomic
def make_board_reports(*, place: str, coordinator: str, now: datetime) -> None:
    """Two meetings of the board with a report for each, as if made on their days; the first report is public."""
    found, by = Place.objects.get(code=place), Account.objects.get_by_natural_key(coordinator)
    plan, board = plan_reported(found), Body.objects.filter(place=found, kind=BodyKind.BOARD).order_by("pk").first()
    if plan is None or board is None:
        return
    made = []
    for days, words in zip(MET, DECIDED, strict=True):
        meeting = _met(board, now - timedelta(days=days), words, by, now)
        moment = Moment(meeting.starts_at - timedelta(days=1), newest_report(found), meeting)
        made.append(keep(plan, gathered(plan, moment), meeting=meeting, by=by, now=moment.now))
    public = for_everybody(said_in(made[0]), found, on=timezone.localtime(now).date(), money=False)
    publish(report=made[0], expected=digest_of(canonical(public)), money=False, by=by, now=now)


def _met(board: Body, at: datetime, words: str, by: Account, now: datetime) -> Meeting:
    day = timezone.localtime(at).date()
    [meeting] = call(Called(day, time(16), time(17, 30), "Town hall"), body=board, by=by, now=now)
    resolve(Resolved(OutcomeKind.DECISION, words, "", None), meeting=meeting, by=by, now=now)
    acts, owner = DONE
    due = day + timedelta(days=14)
    resolve(Resolved(OutcomeKind.ACTION, acts, owner, due), meeting=meeting, by=by, now=now)
    return meeting
