"""The app's name."""

import importlib

from django.apps import AppConfig


class ExploringConfig(AppConfig):
    """Free exploration by analysts."""

    name = "ropewalk.site.see.exploring"
    label = "exploring"

    def ready(self) -> None:
        """Tell the audit log what the pages are about."""
        importlib.import_module("ropewalk.site.see.exploring.looking")
