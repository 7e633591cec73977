"""Pages of invitations: inviting somebody, withdrawing that, and accepting it."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ropewalk.site.foundation.accounts import invitations, second_factor
from ropewalk.site.foundation.accounts.forms import AcceptForm, InviteForm
from ropewalk.site.foundation.accounts.guard import looks_after_site, the_account
from ropewalk.site.foundation.accounts.models import Invitation

PASSWORD_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"  # noqa: S105 - the name of a class


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_site
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is sent, or shown this once."""
    form = InviteForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    status = 200
    if request.method == "POST":
        made = _invite(request, form)
        status = 200 if made else 422
        context |= made
    waiting = Invitation.objects.open_on(timezone.now()).select_related("by").order_by("-made_at")
    return render(request, "accounts/invitations.html", {**context, "waiting": waiting}, status=status)


def _invite(request: HttpRequest, form: InviteForm) -> dict[str, object]:
    """What the page says of an invitation just made; nothing when the form is wrong."""
    if not form.is_valid():
        return {}
    given = form.cleaned_data
    try:
        made, secret = invitations.invite(
            name=given["name"],
            email=given["email"],
            local_administrator=given["local_administrator"],
            by=the_account(request),
            now=timezone.now(),
        )
    except invitations.InvitationRefused as problem:
        form.add_error("name" if "name" in str(problem) else "email", str(problem))
        return {}
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[secret]))
    sent = invitations.send(made, link)
    return {"made": made, "sent": sent, "link": "" if sent else link, "form": InviteForm()}


@require_POST
@looks_after_site
def withdraw(_request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitations.withdraw(get_object_or_404(Invitation, pk=number), now=timezone.now())
    return redirect("accounts:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password and come in; whoever needs a second factor is led to setting one up."""
    now = timezone.now()
    invitation = invitations.opened_by(secret, now=now)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    form = AcceptForm(invitation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = invitations.accept(invitation, password=form.cleaned_data["new"], now=now)
        except invitations.InvitationRefused as problem:
            raise Http404 from problem
        login(request, account, backend=PASSWORD_BACKEND)
        return redirect("mfa_index" if second_factor.missing(account) else "accounts:account")
    context = {"form": form, "invitation": invitation, "providers": settings.OIDC_PROVIDERS}
    return render(request, "accounts/invitation.html", context, status=422 if request.method == "POST" else 200)
