"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class WorkstreamsConfig(AppConfig):
    """Four-stage workstreams of places and regions."""

    name = "ropewalk.site.agree.workstreams"
    label = "workstreams"

    def ready(self) -> None:
        """Tell the audit log what its actions are called."""
        importlib.import_module("ropewalk.site.agree.workstreams.deeds")
