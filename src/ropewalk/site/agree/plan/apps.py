"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Plans of places."""

    name = "ropewalk.site.agree.plan"
    label = "plan"

    def ready(self) -> None:
        """Tell the audit log what its actions are called, and listen to meetings."""
        importlib.import_module("ropewalk.site.agree.plan.deeds")
        importlib.import_module("ropewalk.site.agree.plan.actions.minutes")
