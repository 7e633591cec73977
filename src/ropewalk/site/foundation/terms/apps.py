"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Data-sharing terms."""

    name = "ropewalk.site.foundation.terms"
    label = "terms"

    def ready(self) -> None:
        """Tell the audit log what its pages are called."""
        importlib.import_module("ropewalk.site.foundation.terms.looking")
