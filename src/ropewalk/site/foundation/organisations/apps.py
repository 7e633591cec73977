"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations and places."""

    name = "ropewalk.site.foundation.organisations"
    label = "organisations"
