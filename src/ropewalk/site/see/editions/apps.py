"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """Editions of figures."""

    name = "ropewalk.site.see.editions"
    label = "editions"

    def ready(self) -> None:
        """Tell the audit log what the pages are about."""
        importlib.import_module("ropewalk.site.see.editions.looking")
