"""What is asked for when signing in, when changing a password and when setting up a second factor."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateWithCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ropewalk.site.foundation.accounts.models import Account, Invitation

RULES = "At least 12 characters. Three or four words that do not belong together are easy to remember."
LONGEST = 1000


def password_field(label: str, *, missing: str, new: bool = False) -> forms.CharField:
    """A field for a present or a new password."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        help_text=RULES if new else "",
        error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"}),
    )


def code_field(label: str) -> forms.CharField:
    """A field for a code that an app shows, or for a recovery code."""
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=20, error_messages={"required": "Enter a code"}, widget=widget)


class SignInForm(LoginForm):
    """Name and password; says that one of them is wrong, never which."""

    password = password_field("Password", missing="Enter your password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="Name",
            max_length=80,
            error_messages={"required": "Enter your name"},
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )


class ChangePasswordForm(forms.Form):
    """The present password, and a new one."""

    present = password_field("Present password", missing="Enter your present password")
    new = password_field("New password", missing="Enter a new password", new=True)

    def __init__(self, account: Account, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.request = request

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        # Asked as in signing in, so that guesses count as guesses.
        if authenticate(self.request, username=self.account.name, password=present) != self.account:
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


class PasswordAgainForm(ReauthenticateForm):
    """The password again, before something that protects the account is changed."""

    password = password_field("Password", missing="Enter your password")


class SecondStepForm(AuthenticateForm):
    """A code after the password."""

    code = code_field("Code")


class CodeAgainForm(ReauthenticateWithCodeForm):
    """A code again, before something that protects the account is changed."""

    code = code_field("Code")


class AuthenticatorAppForm(ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it was set up."""

    code = code_field("Code that the app shows")

    @property
    def key_in_groups(self) -> str:
        """The key in groups of four, as people copy it; apps pass over the spaces."""
        return " ".join(self.secret[place : place + 4] for place in range(0, len(self.secret), 4))


class PasskeyForm(AddWebAuthnForm):
    """What to call a passkey; the browser adds the passkey itself."""

    name = forms.CharField(label="What you will know it by", max_length=80, required=False)


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        label="What you will know it by", max_length=80, error_messages={"required": "Enter a name for it"}
    )


class InviteForm(forms.Form):
    """Whom to invite."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="They sign in with it, and others see it beside what they do.",
        error_messages={"required": "Enter the name of the person"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Their own, at work. Whoever reads what is sent there can accept the invitation.",
        error_messages={"required": "Enter an e-mail address", "invalid": "Enter an e-mail address, like a@school.uk"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    local_administrator = forms.BooleanField(label="They look after this site", required=False)


class AcceptForm(forms.Form):
    """The password that an invited person chooses."""

    new = password_field("Password", missing="Enter a password", new=True)

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = Account(name=invitation.name, email=invitation.email)

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.account)
        return new


class DataSessionForm(forms.Form):
    """Why a local administrator needs to see what schools have sent."""

    reason = forms.CharField(
        label="Reason",
        min_length=10,
        max_length=500,
        help_text="For example: “Hillside cannot find its receipt of 3 March.” Write no child's name.",
        error_messages={"required": "Enter a reason", "min_length": "Say it in a few words: at least 10 characters"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
