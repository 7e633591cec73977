"""A week of the made-up place, so that people of a demo find something on the page on which they begin."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from ropewalk.site.agree.partnership.actions.meetings import Called, call
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import Body
from ropewalk.site.foundation.accounts.models import Account


def make_week(*, place: str, coordinator: str, now: datetime) -> None:
    """The board meets in three days, and every four weeks after that."""
    by = Account.objects.get_by_natural_key(coordinator)
    board = Body.objects.filter(place__code=place, kind=BodyKind.BOARD).select_related("place").earliest("pk")
    first = timezone.localtime(now).date() + timedelta(days=3)
    until = first + timedelta(weeks=24)
    call(Called(first, time(9, 30), time(11), "Town hall, and by video", 4, until), body=board, by=by, now=now)
