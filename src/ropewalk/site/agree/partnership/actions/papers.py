"""Papers of meetings: put there and deleted by whoever runs the partnership."""

from datetime import datetime

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import may_run
from ropewalk.site.agree.partnership.models import Meeting, MeetingPaper
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.papers.actions import About, Incoming, keep, remove

MOST_PAPERS = 40


@transaction.atomic
def put_paper(file: Incoming, *, title: str, meeting: Meeting, by: Account, now: datetime) -> MeetingPaper:
    """Put a paper to a meeting. Raises InputRefused when it is called off, or has very many."""
    place = meeting.body.place
    may_run(place, by, now)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.called_off_at is not None:
        raise InputRefused([Problem("The meeting is called off.", "Put the paper to another one.")])
    if MeetingPaper.objects.filter(meeting=locked).count() >= MOST_PAPERS:
        raise InputRefused([Problem(f"There are {MOST_PAPERS} papers already.", "Put several into one file.")])
    paper = keep(file, title=title, by=by, about=About(place=place.code), now=now)
    return MeetingPaper.objects.create(paper=paper, meeting=locked)


def take_paper_away(found: MeetingPaper, *, because: str, by: Account, now: datetime) -> None:
    """Delete a paper; that it was there stays."""
    place = found.meeting.body.place
    may_run(place, by, now)
    remove(found.paper, because=because, by=by, about=About(place=place.code), now=now)
