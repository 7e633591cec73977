"""The app's name, under which its tables stand."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    """Roles and grants."""

    name = "ropewalk.site.foundation.permissions"
    label = "permissions"

    def ready(self) -> None:
        """Tell the accounts below who needs a second factor besides local administrators."""
        from django.utils import timezone  # noqa: PLC0415 - apps are loaded before models

        from ropewalk.site.foundation.accounts import second_factor  # noqa: PLC0415
        from ropewalk.site.foundation.permissions.reach import holds_role_with_pupils  # noqa: PLC0415

        second_factor.also_may_see_pupils.append(
            lambda account: holds_role_with_pupils(account, on=timezone.localdate())
        )
