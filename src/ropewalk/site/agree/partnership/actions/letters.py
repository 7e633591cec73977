"""Telling members of a body and guests of a meeting by mail, each with a part that calendar programs understand.

Nobody gets the same news twice: a row stands for each person and each state of the meeting, it is claimed before its
letter leaves, and it is marked once the mail server has taken the letter. What was not taken can be tried again.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, write_down
from ropewalk.site.agree.partnership.deeds import LETTERS_SENT
from ropewalk.site.agree.partnership.ical import CANCEL, REQUEST, invitation
from ropewalk.site.agree.partnership.models import Letter, Meeting
from ropewalk.site.agree.partnership.selectors.letters import Told, told_of
from ropewalk.site.agree.partnership.wording import letter_of
from ropewalk.site.foundation.accounts.models import Account

log = logging.getLogger(__name__)
# A letter that was being sent when the site stopped: after so long somebody may try it again.
LOST = timedelta(minutes=10)


@dataclass(frozen=True)
class Sent:
    """Who was told just now, and who was not reached."""

    reached: list[str]
    missed: list[str]


def send_letters(
    *, meeting: Meeting, address: str, agenda: str, by: Account, now: datetime, only_known: bool = False
) -> Sent:
    """Tell everybody who has not heard how the meeting stands; ``address`` is its page.

    With ``only_known`` only those who had an earlier letter about it. Raises InputRefused without a mail server. It
    is not one transaction: each letter that left is remembered, whatever becomes of the next.
    """
    may_run(meeting.body.place, by, now)
    if not settings.MAIL:
        raise InputRefused([Problem("This site sends no mail.", "Ask whoever runs it to name a mail server.")])
    found = [one for one in told_of(meeting) if one.is_to_be_told and (one.was_told or not only_known)]
    reached, missed = [], []
    for one in found:
        claimed = _claim(one, meeting, now)
        if claimed is None:
            continue
        if _leaves(one, meeting, address, agenda, now):
            Letter.objects.filter(pk=claimed.pk).update(sent_at=now)
            reached.append(one.name)
        else:
            Letter.objects.filter(pk=claimed.pk).update(tried_at=None)
            missed.append(one.name)
    if found:
        about = f"meeting {meeting.pk}: {len(reached)} reached, {len(missed)} not"
        write_down(LETTERS_SENT, meeting.body.place, about, by=by, now=now)
    return Sent(reached, missed)


@transaction.atomic
def _claim(one: Told, meeting: Meeting, now: datetime) -> Letter | None:
    """The row of this letter, taken by us; None when it is sent or on its way."""
    # Two at once wait for each other here, on PostgreSQL as on SQLite.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    whose = {"account": one.to} if isinstance(one.to, Account) else {"guest": one.to}
    row, _ = Letter.objects.get_or_create(
        meeting=meeting, sequence=meeting.sequence, **whose, defaults={"made_at": now}
    )
    free = Letter.objects.filter(Q(tried_at=None) | Q(tried_at__lt=now - LOST), pk=row.pk, sent_at=None)
    return row if free.update(tried_at=now) else None


def _leaves(one: Told, meeting: Meeting, address: str, agenda: str, now: datetime) -> bool:
    subject, text = letter_of(meeting, name=one.name, address=address, agenda=agenda, is_new=not one.was_told)
    method = REQUEST if meeting.called_off_at is None else CANCEL
    part = invitation(meeting, to=(one.name, one.email), address=address, agenda=agenda, now=now)
    mail = EmailMultiAlternatives(subject, text, None, [one.email], connection=get_connection())
    mail.attach_alternative(part.decode(), f"text/calendar; method={method}; component=VEVENT")
    try:
        return mail.send() == 1
    except (OSError, smtplib.SMTPException, UnicodeError) as problem:
        # The address is not written down: logs hold no names.
        log.warning("A letter about meeting %s was not taken: %s", meeting.pk, type(problem).__name__)
        return False
