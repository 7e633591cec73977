"""Signing in and out, and changing a password."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ropewalk.site.foundation.accounts import second_factor, sessions
from ropewalk.site.foundation.accounts.forms import ChangePasswordForm
from ropewalk.site.foundation.accounts.guard import signed_in, the_account


class SignInView(LoginView):
    """Ask for name and password; afterwards go on to where the person wanted to go."""

    http_method_names = ("get", "head", "post")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page says; why the session before ended, once."""
        ended = self.request.session.pop(sessions.ENDED, "")
        more = {"ended": ended, "providers": settings.OIDC_PROVIDERS}
        return {**super().get_context_data(**kwargs), **more}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go to the first page."""
    logout(request)
    return redirect("/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one too."""
    if request.method == "POST":
        sessions.sign_out_everywhere(the_account(request), now=timezone.now())
        logout(request)
        return redirect("account_login")
    return render(request, "accounts/sign_out_everywhere.html")


@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """What somebody may do for the safety of their own account."""
    shown = the_account(request)
    context = {"factors": second_factor.count(shown), "needed": second_factor.needed(shown)}
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    """Set a new password; other sessions of the account end, this one goes on."""
    if not the_account(request).has_usable_password():
        return redirect("accounts:account")
    form = ChangePasswordForm(the_account(request), request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        return redirect("accounts:password-changed")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/change_password.html", {"form": form}, status=status)


@require_safe
@signed_in
def password_changed(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "accounts/password_changed.html")
