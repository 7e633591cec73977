"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    """How members of a partnership work together."""

    name = "ropewalk.site.agree.collaboration"
    label = "collaboration"

    def ready(self) -> None:
        """Tell the audit log what its actions are called."""
        importlib.import_module("ropewalk.site.agree.collaboration.deeds")
