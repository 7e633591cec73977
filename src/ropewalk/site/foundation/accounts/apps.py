"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the site."""

    name = "ropewalk.site.foundation.accounts"
    label = "accounts"
