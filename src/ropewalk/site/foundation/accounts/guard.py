"""Who may open a page: anonymous readers are asked to sign in; for those without the right it does not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from ropewalk.site.foundation.accounts import second_factor
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.accounts.steps import StepFirst

View = Callable[..., HttpResponse]


def account_of(request: HttpRequest, *, data: bool = True) -> Account | None:
    """The account that is signed in, if any, to be asked what it may see. Touching it makes the answer private.

    Raises StepFirst, which leads to the page in question, while the account needs a second factor and has none, and
    while a local administrator has no data session open: no guard of a page can forget that. A page on which nothing
    stands that schools have sent says ``data=False``.
    """
    account = person_of(request)
    if account is None:
        return None
    if second_factor.missing(account):
        raise StepFirst("mfa_index")
    if data and account.is_local_administrator and not request.data_session:  # type: ignore[attr-defined]
        raise StepFirst("accounts:data-session", onward=_back_to(request))
    return account


def person_of(request: HttpRequest) -> Account | None:
    """The account that is signed in, if any, for pages about that account alone."""
    user = request.user
    return user if isinstance(user, Account) and user.is_active else None


def the_account(request: HttpRequest) -> Account:
    """The account that is signed in, for views behind one of the guards below."""
    account = person_of(request)
    if account is None:
        raise PermissionDenied
    return account


def signed_in(view: View) -> View:
    """A view for whoever is signed in, about their own account: nothing of pupils stands on it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if person_of(request) is None:
            return redirect_to_login(_back_to(request))
        return view(request, *args, **named)

    return answer


def local_administrator(view: View) -> View:
    """A view for local administrators alone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        account = account_of(request)
        if account is None:
            return redirect_to_login(_back_to(request))
        if not account.is_local_administrator:
            raise Http404
        return view(request, *args, **named)

    return answer


def looks_after_site(view: View) -> View:
    """A view for local administrators alone, on which nothing stands that schools have sent."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        account = account_of(request, data=False)
        if account is None:
            return redirect_to_login(_back_to(request))
        if not account.is_local_administrator:
            raise Http404
        return view(request, *args, **named)

    return answer


def _back_to(request: HttpRequest) -> str:
    # What was sent with a form is lost by signing in: lead back to the page the form stands on.
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/returns/"
