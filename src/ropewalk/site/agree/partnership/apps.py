"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Partnerships of places."""

    name = "ropewalk.site.agree.partnership"
    label = "partnership"

    def ready(self) -> None:
        """Tell the audit log what its actions are called, and which pages it is to remember."""
        importlib.import_module("ropewalk.site.agree.partnership.deeds")
        importlib.import_module("ropewalk.site.agree.partnership.looking")
