"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Returns of schools."""

    name = "ropewalk.site.see.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Tell the audit log what the pages are about."""
        importlib.import_module("ropewalk.site.see.sharing.looking")
