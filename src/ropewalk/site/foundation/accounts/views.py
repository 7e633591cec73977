"""Signing in and out, and changing a password."""

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from ropewalk.site.foundation.accounts.forms import ChangePasswordForm, SignInForm
from ropewalk.site.foundation.accounts.guard import account_of, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; afterwards go on to where the person wanted to go."""
    onward = _onward(request)
    if account_of(request) is not None:
        return redirect(onward)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.account is not None:
        login(request, form.account)
        return redirect(onward)
    asked = request.POST.get("next") or request.GET.get("next", "")
    return render(
        request, "accounts/sign_in.html", {"form": form, "next": asked, "made_up": False}, status=_status(request)
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go to the first page."""
    logout(request)
    return redirect("/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    """Set a new password; other sessions of the account end, this one goes on."""
    account = account_of(request)
    if account is None:
        return redirect(settings.LOGIN_URL)
    form = ChangePasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        return redirect("accounts:password-changed")
    return render(request, "accounts/change_password.html", {"form": form, "made_up": False}, status=_status(request))


@require_http_methods(["GET", "HEAD"])
@signed_in
def password_changed(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "accounts/password_changed.html", {"made_up": False})


def _onward(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, whatever the link said."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
