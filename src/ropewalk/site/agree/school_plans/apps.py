"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class SchoolPlansConfig(AppConfig):
    """Plans of single schools."""

    name = "ropewalk.site.agree.school_plans"
    label = "school_plans"

    def ready(self) -> None:
        """Tell the audit log what its actions are called, and what its pages show."""
        importlib.import_module("ropewalk.site.agree.school_plans.deeds")
        importlib.import_module("ropewalk.site.agree.school_plans.looking")
