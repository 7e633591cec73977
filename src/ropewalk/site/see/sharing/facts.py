"""What schools sent, as the pages open it: the facts of the store that the settings name."""

from pathlib import Path

from django.conf import settings

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.site.foundation.facts_store import open_facts


def facts() -> Facts:
    """The facts of the store that the site shows."""
    return open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)
