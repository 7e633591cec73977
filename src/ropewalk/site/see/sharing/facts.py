"""What schools sent, as the pages open it: the facts of the store that the settings name."""

from pathlib import Path

from django.conf import settings

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.site.foundation.facts_store import identity_key, open_facts


def facts() -> Facts:
    """The facts of the store that the site shows."""
    return open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)


def key() -> bytes | None:
    """The key of its pseudonyms, without which no name or number can be read; None where there is none yet."""
    return identity_key(facts(), settings.FACTS_ENVIRONMENT, make=False)
