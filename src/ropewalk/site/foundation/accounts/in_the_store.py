"""Who sent or decided something, as the store tells it: by the number of the account.

Names stand in the site's own database alone, sealed. What a command was given by hand (``--by office``) stays as it is.
"""

import re
from collections.abc import Iterable, Mapping

from ropewalk.site.foundation.accounts.models import Account

_NUMBERED = re.compile(r"account (\d{1,18})")


def in_the_store(account: Account) -> str:
    """``account 17``."""
    return f"account {account.pk}"


def names(told: Iterable[str]) -> Mapping[str, str]:
    """For each of what the store tells the name to show; one that is no account of this site shows as it is told."""
    every = set(told)
    numbers = {text: int(found[1]) for text in every if (found := _NUMBERED.fullmatch(text))}
    known = Account.objects.in_bulk(numbers.values()) if numbers else {}
    shown = {text: known[number].name for text, number in numbers.items() if number in known}
    return {text: shown.get(text, text) for text in every}


def name(told: str) -> str:
    """The name to show for what the store tells."""
    return names([told])[told]
