"""Where django-allauth asks us: what is said, who may do what, how secrets are kept."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from ropewalk.site.foundation.accounts import second_factor
from ropewalk.site.foundation.accounts.sessions import signed_in_just_now

WRONG = "The name or the password is wrong. Check both and try again."
TOO_OFTEN = "There were too many attempts. Wait a few minutes and try again."
WRONG_CODE = "This code is not right. Codes change every half minute: enter the one shown now."


class SignInAdapter(DefaultAccountAdapter):
    """Signing in: nobody makes an account of their own, and what is wrong is said in plain words."""

    error_messages = {  # noqa: RUF012 - django-allauth declares it so
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_password": "This is not your password.",
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, _request: HttpRequest, **_credentials: Any) -> None:
        """Axes counts wrong passwords by name and address; a count by name alone would let anybody shut anybody out."""

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever signed in a few minutes ago need not enter the password again to protect the account."""
        return bool(super().is_reauthentication_required(app=app)) and not signed_in_just_now(context.request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: whoever needs one keeps one; secrets are not readable in the database."""

    error_messages = {  # noqa: RUF012 - django-allauth declares it so
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "You need a second factor. Add a passkey first, then remove this app.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        account = authenticator.user
        return not second_factor.needed(account) or second_factor.count(account) > 1

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {there + 1}"

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    """Encryption with a key made from the secret key: whoever has the database alone reads nothing."""
    return Fernet(urlsafe_b64encode(sha256(b"accounts.second-factor" + settings.SECRET_KEY.encode()).digest()))
