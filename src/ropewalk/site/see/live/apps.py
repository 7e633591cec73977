"""The app's name."""

import importlib

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Live figures from schools' own returns."""

    name = "ropewalk.site.see.live"
    label = "live"

    def ready(self) -> None:
        """Tell the audit log what the pages are about."""
        importlib.import_module("ropewalk.site.see.live.looking")
