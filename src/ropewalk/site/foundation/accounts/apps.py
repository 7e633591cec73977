"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the site."""

    name = "ropewalk.site.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Note when somebody signs in from the first moment on, not from the first request on."""
        from ropewalk.site.foundation.accounts import sessions  # noqa: F401, PLC0415 - it needs the models
