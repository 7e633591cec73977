"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Returns of schools."""

    name = "ropewalk.site.see.sharing"
    label = "sharing"
