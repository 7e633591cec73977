"""Naming the meeting that is the baselining workshop."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.workstreams import deeds
from ropewalk.site.agree.workstreams.actions.moving import turn, wrote
from ropewalk.site.agree.workstreams.models import Workshop, Workstream
from ropewalk.site.agree.workstreams.selectors.workshop import meetings_for
from ropewalk.site.agree.workstreams.stages import Move
from ropewalk.site.foundation.accounts.models import Account


@transaction.atomic
def name_workshop(*, workstream: Workstream, meeting: Meeting, by: Account, now: datetime) -> Workshop:
    """Name a meeting as the workshop. Raises InputRefused after the baseline, and for a meeting of another place."""
    turn(workstream, Move.SUBMIT, by, now)
    if meeting not in meetings_for(workstream.place, on=timezone.localtime(now).date()):
        raise InputRefused([Problem("This is no meeting of the place.", "Choose one of a body of the place.")])
    made = Workshop(workstream=workstream, meeting=meeting, by=by, at=now)
    made.save()
    wrote(deeds.WORKSHOP, workstream, f", meeting {meeting.pk}", by=by, now=now)
    return made
