"""The app's name, under which its templates are found."""

from django.apps import AppConfig


class ErasingConfig(AppConfig):
    """Erasing people."""

    name = "ropewalk.site.foundation.erasing"
    label = "erasing"
