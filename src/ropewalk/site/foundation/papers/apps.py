"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Kept files."""

    name = "ropewalk.site.foundation.papers"
    label = "papers"

    def ready(self) -> None:
        """Tell the audit log what its actions are called."""
        importlib.import_module("ropewalk.site.foundation.papers.deeds")
