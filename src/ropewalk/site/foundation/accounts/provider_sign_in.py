"""Signing in with an account elsewhere (OpenID Connect): only for people known here, by their e-mail address."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from ropewalk.site.foundation.accounts import invitations
from ropewalk.site.foundation.accounts.models import Account

UNKNOWN, NOT_REACHED = 403, 502


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who comes from a provider is let in as the account with the same e-mail address, or turned away."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account and tie the one elsewhere to it, for good. Answers with a plain page for anybody unknown."""
        said = sociallogin.account.extra_data
        email = "" if _two_people(said) else _vouched_email(sociallogin)
        # What the provider told is not kept: the tie itself is enough.
        sociallogin.account.extra_data = {}
        if sociallogin.state.get("process") != "login" or _two_people(said):
            raise ImmediateHttpResponse(_turned_away(request))
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            return
        account = _known(email) if email else None
        if account is None:
            raise ImmediateHttpResponse(_turned_away(request))
        sociallogin.connect(request, account)


def _known(email: str) -> Account | None:
    """The account with an address, made now where there is an invitation."""
    account = Account.objects.filter(email__iexact=email).first()
    if account is not None:
        return account
    now = timezone.now()
    invitation = invitations.to_email(email, now=now)
    try:
        return invitations.accept(invitation, password=None, now=now) if invitation else None
    except invitations.InvitationRefused:
        return None


def _vouched_email(sociallogin: SocialLogin) -> str:
    """The e-mail address that the provider answers for; empty when it does not."""
    vouches = sociallogin.provider.app.settings.get("vouches_for_email", False)
    found = (one.email for one in sociallogin.email_addresses if one.verified or vouches)
    return str(next(found, ""))


def _two_people(said: dict[str, Any]) -> bool:
    """Whether the two things that a provider tells of a person are about different people."""
    return len({str(part.get("sub")) for part in (said.get("userinfo"), said.get("id_token")) if part}) > 1


def _turned_away(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/unknown.html", status=UNKNOWN)


@require_safe
@never_cache
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the reader to the provider."""
    return _asking(openid_connect.login, request, provider_id)


@require_safe
@never_cache
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the reader back from the provider."""
    return _asking(openid_connect.callback, request, provider_id)


def _asking(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if provider_id not in {one["provider_id"] for one in settings.OIDC_PROVIDERS}:
        raise Http404
    try:
        answer: HttpResponse = view(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=NOT_REACHED)
    return answer


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Say that the reader turned back at the provider."""
    return render(request, "socialaccount/authentication_error.html", {"cancelled": True})
