"""What is asked for when signing in and when changing a password."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from ropewalk.site.foundation.accounts import patience
from ropewalk.site.foundation.accounts.models import Account

WRONG = "The name or the password is wrong. Check both and try again."
TOO_OFTEN = "There were too many attempts with this name. Wait 15 minutes and try again."


class SignInForm(forms.Form):
    """Name and password; says that one of them is wrong, never which."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.account: Account | None = None

    def clean(self) -> None:
        name, password = self.cleaned_data.get("name"), self.cleaned_data.get("password")
        if not name or not password:
            return
        address = self.request.META.get("REMOTE_ADDR", "")
        if not patience.may_try(name, address, now=timezone.now()):
            raise ValidationError(TOO_OFTEN)
        found = authenticate(self.request, username=name, password=password)
        if not isinstance(found, Account):
            raise ValidationError(WRONG)
        patience.forget_failures(name, address)
        self.account = found


class ChangePasswordForm(forms.Form):
    """The present password, and a new one."""

    present = forms.CharField(
        label="Present password",
        strip=False,
        max_length=1000,
        error_messages={"required": "Enter your present password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters. Three or four words that do not belong together are easy to remember.",
        error_messages={"required": "Enter a new password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.account.check_password(present):
            raise ValidationError("This is not your present password")
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.account)
        return new

    def save(self) -> Account:
        """Set the new password."""
        self.account.set_password(self.cleaned_data["new"])
        self.account.save(update_fields=["password"])
        return self.account
