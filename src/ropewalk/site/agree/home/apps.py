"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The page on which people begin, and reminders by e-mail."""

    name = "ropewalk.site.agree.home"
    label = "home"
