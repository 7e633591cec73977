"""What a letter says. No name of a person, no figure, nothing that people typed of anybody stands in it."""

from collections.abc import Sequence
from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from ropewalk.site.agree.home.actions.wishes import ending_of
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.accounts.models import Account

MOST = 10
SUBJECT = "What needs you this week"


def letter_to(account: Account, found: Sequence[Waiting], *, site: str, today: date) -> EmailMultiAlternatives:
    """The letter to somebody, with at most ten things; ``site`` is the address people reach the site at."""
    things = [(one.letter, one.when(today), site + one.address) for one in found[:MOST]]
    context = {
        "things": things,
        "more": len(found) > MOST,
        "home": site + reverse("home:home"),
        "letters": site + reverse("home:letters"),
    }
    ending = site + reverse("home:end-letters", args=[ending_of(account)])
    # RFC 8058: mail programs end reminders with one click, by a POST to this address.
    headers = {
        "List-Unsubscribe": f"<{ending}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    text = render_to_string("home/letter.txt", context)
    made = EmailMultiAlternatives(SUBJECT, text, None, [account.email], headers=headers)
    made.attach_alternative(render_to_string("home/letter.html", context), "text/html")
    return made
