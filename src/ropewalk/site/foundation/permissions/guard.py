"""Guards of pages. Anonymous readers are asked to sign in; for those without the right a page does not exist.

``holding`` stands on the view: somebody must hold one of these permissions somewhere today. What the address names is
then fetched and authorised in one call: ``fetch`` for rows of schools, ``at_school`` and ``at_place`` for what is told
by number or code.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ropewalk.site.foundation.accounts.guard import account_of
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import holds_role, reach
from ropewalk.site.foundation.permissions.scoped import SchoolRows

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=models.Model)


def holding(*permissions: Permission) -> Callable[[View], View]:
    """A view for whoever holds one of these permissions somewhere today, and for local administrators."""

    def guarded(view: View) -> View:
        return _for(view, lambda account: holds_any(account, permissions, on=timezone.localdate()))

    return guarded


def with_role(view: View) -> View:
    """A view for whoever holds any role today, and for local administrators: it shows each what is theirs."""
    return _for(view, lambda account: holds_role(account, on=timezone.localdate()))


def _for(view: View, may: Callable[[Account], bool]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        account = account_of(request)
        if account is None:
            # What was sent with a form is lost by signing in.
            reads = request.method in {"GET", "HEAD"}
            return redirect_to_login(request.get_full_path() if reads else "/returns/")
        if not may(account):
            raise Http404
        return view(request, *args, **named)

    return answer


def holds_any(account: Account, permissions: Iterable[Permission], *, on: date) -> bool:
    """Whether an account holds one of these permissions anywhere on a day."""
    return any(reach(account, permission, on=on) for permission in permissions)


def fetch(model: type[Row], key: object, *, viewer: Account, permission: Permission, on: date) -> Row:
    """A row of a school where the viewer may do this. Raises Http404 for none, and for one of another school."""
    rows = model._default_manager.all()
    if not isinstance(rows, SchoolRows):
        raise TypeError(f"{model.__name__} rows do not belong to schools.")
    try:
        found: Row = rows.visible_to(viewer, permission, on=on).get(pk=key)
    except (model.DoesNotExist, ValidationError, ValueError) as problem:  # type: ignore[attr-defined]
        raise Http404 from problem
    return found


def at_school(urn: int, *, viewer: Account, permission: Permission, on: date) -> int:
    """The URN of a school where the viewer may do this. Raises Http404 for any other."""
    if not reach(viewer, permission, on=on).holds_school(urn):
        raise Http404
    return urn


def at_place(code: str, *, viewer: Account, permission: Permission, on: date) -> str:
    """The code of a place where the viewer may do this. Raises Http404 for any other."""
    if not reach(viewer, permission, on=on).holds_place(code):
        raise Http404
    return code
