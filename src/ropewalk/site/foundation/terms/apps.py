"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Data-sharing terms."""

    name = "ropewalk.site.foundation.terms"
    label = "terms"
