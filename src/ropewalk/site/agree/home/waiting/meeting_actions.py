"""Actions of meetings that are due: for whoever keeps the minutes, and for whoever was named to do them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.partnership.kinds import OutcomeKind
from ropewalk.site.agree.partnership.models import Outcome


def found(asking: Asking) -> Iterator[Waiting]:
    """Each action due within seven days: to write down that it is done, or, for whoever was named, to do it."""
    if not asking.seen:
        return
    rows = Outcome.objects.filter(
        kind=OutcomeKind.ACTION, done_on=None, due__lte=asking.soon, meeting__body__place__in=asking.seen
    )
    runs = {one.pk for one in asking.run}
    for one in rows.select_related("meeting__body__place").order_by("due", "pk"):
        body = one.meeting.body
        code, of = body.place.code, f"An action of {body.name} of {body.place.name}"
        if body.place_id in runs:
            words = f"{one.words} ({one.owner}, {body.name}): write down once it is done"
            yield Waiting(words, reverse("partnership:done", args=[code, one.pk]), f"{of} is due", one.due)
        elif _is(one.owner, asking.person.name):
            words = f"{one.words} ({body.name}): tell whoever keeps the minutes once it is done"
            address = reverse("partnership:meeting", args=[code, one.meeting_id])
            yield Waiting(words, address, f"{of} that names you is due", one.due)


def _is(owner: str, name: str) -> bool:
    """Whether minutes name somebody: ``Ada Roper``, or ``Ada Roper, the council``."""
    return owner.split(",")[0].strip().casefold() == name.strip().casefold()
