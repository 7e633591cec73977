"""Files that were checked and are not submitted: for whoever sent them. They are deleted after a day."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.uploads import State, standing_of


def found(asking: Asking) -> Iterator[Waiting]:
    """Each of one's own uploads that waits to be submitted or given up."""
    if not asking.reach(Permission.SEND_RETURNS):
        return
    kept = timedelta(hours=settings.UPLOAD_KEPT_HOURS)
    seen = Upload.objects.visible_to(asking.person, Permission.SEND_RETURNS, on=asking.today)
    own = seen.filter(by=asking.person, receipt="", given_up=False, at__gt=asking.now - kept)
    waiting = [one for one in own.order_by("at") if standing_of(one).state is State.CHECKED]
    names = asking.names(one.urn for one in waiting) if waiting else {}
    for one in waiting:
        school = names.get(one.urn, f"school {one.urn}")
        yield Waiting(
            f"Files for {school} are checked: submit them, or give them up",
            reverse("sharing:upload", args=[one.pk]),
            f"Files that you sent for {school} are checked and wait to be submitted",
            timezone.localtime(one.at + kept).date(),
        )
