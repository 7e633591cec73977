"""Sending reminders: one letter a day to each person who wants it and for whom something waits, and never two.

The rule. A row of person and day is taken, and kept, before anything is sent; whoever does not get the row sends
nothing. Where it is certain that no letter left (the server was not reached, or refused it) the row says that it
failed, and the next run of the same day tries once more, and no run after that. Where that is not certain (the
connection broke while the letter was handed over, or the program was stopped) nobody tries again that day: a letter
too few is better than two.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction

from ropewalk.site.agree.home.actions.writing import letter_to
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.kinds import USUAL, Became, Often
from ropewalk.site.agree.home.models import Letter, Wish
from ropewalk.site.agree.home.page import waiting_for
from ropewalk.site.foundation.accounts.models import Account

MONDAY, TRIES = 0, 2
# The server said so itself: it has not taken the letter.
REFUSED = (SMTPSenderRefused, SMTPRecipientsRefused, SMTPDataError)


def send_letters(*, site: str, now: datetime, at_once: bool = False) -> Counter[Became]:
    """Send what is due; how many letters became what. ``at_once``: also to those who want it on Mondays alone."""
    became: Counter[Became] = Counter()
    for account in _asked(at_once=at_once, now=now):
        asking = Asking(account, now)
        if not _is_open(account, asking.today):
            continue
        found = waiting_for(asking)
        row = _taken(account, asking.today, now) if found else None
        if row is not None:
            made = letter_to(account, found, site=site, today=asking.today)
            became[_send(row, made)] += 1
    return became


def _asked(*, at_once: bool, now: datetime) -> Iterator[Account]:
    """Whoever has an address and wants a letter that day."""
    wishes = {pk: Often(often) for pk, often in Wish.objects.values_list("account", "often")}
    for account in Account.objects.filter(is_active=True).order_by("pk"):
        often = wishes.get(account.pk, USUAL)
        is_day = often is Often.DAILY or at_once or Asking(account, now).today.weekday() == MONDAY
        if account.email and often is not Often.NEVER and is_day:
            yield account


def _is_open(account: Account, day: date) -> bool:
    """Whether a letter of the day may still leave: asked first, to spare the work where none may."""
    row = Letter.objects.filter(account=account, day=day).first()
    return row is None or (row.became == Became.FAILED and row.tries < TRIES)


def _taken(account: Account, day: date, now: datetime) -> Letter | None:
    """The row of somebody's day, for whoever gets it: of several who ask at once, one."""
    try:
        with transaction.atomic():
            return Letter.objects.create(account=account, day=day, at=now)
    except IntegrityError:
        failed = Letter.objects.filter(account=account, day=day, became=Became.FAILED, tries__lt=TRIES)
        again = failed.update(became=Became.UNDER_WAY, tries=TRIES, at=now)
        return Letter.objects.get(account=account, day=day) if again else None


def _send(row: Letter, made: EmailMultiAlternatives) -> Became:
    became = _handed_over(made)
    Letter.objects.filter(pk=row.pk, became=Became.UNDER_WAY).update(became=became)
    return became


def _handed_over(made: EmailMultiAlternatives) -> Became:
    """Hand a letter to the mail server; whether it has it."""
    server = get_connection()
    try:
        server.open()
    except (OSError, SMTPException):
        return Became.FAILED
    try:
        server.send_messages([made])
    except REFUSED:
        return Became.FAILED
    except (OSError, SMTPException):
        return Became.UNSURE
    else:
        return Became.SENT
    finally:
        # It has been handed over, or not: parting badly changes nothing.
        with suppress(OSError, SMTPException):
            server.close()
