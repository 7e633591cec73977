"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Returns of schools."""

    name = "ropewalk.site.see.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Tell the audit log what the pages are about, and the pages of terms how many pupils schools have."""
        importlib.import_module("ropewalk.site.see.sharing.looking")
        terms = importlib.import_module("ropewalk.site.see.sharing.sharing_terms")
        importlib.import_module("ropewalk.site.foundation.terms.headcounts").SOURCES.append(terms.headcounts)
