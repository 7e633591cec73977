"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "ropewalk.site.foundation.audit"
    label = "audit"
