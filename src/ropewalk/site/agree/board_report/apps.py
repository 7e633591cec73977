"""The app's name, under which its tables stand."""

import importlib

from django.apps import AppConfig


class BoardReportConfig(AppConfig):
    """Board reports of places."""

    name = "ropewalk.site.agree.board_report"
    label = "board_report"

    def ready(self) -> None:
        """Tell the audit log what its actions are called."""
        importlib.import_module("ropewalk.site.agree.board_report.deeds")
