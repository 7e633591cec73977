"""After five wrong passwords for a name from an address, a quarter of an hour of refusing. django-axes counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

LOCKED_OUT = 429


def name_tried(_request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """What stands for a name in the count: not the name itself, which may be a password typed in the wrong field."""
    name = (credentials or {}).get("username") or ""
    return salted_hmac("accounts.lock-out", name.strip().casefold(), algorithm="sha256").hexdigest()


def answer(request: HttpRequest, _answered: HttpResponse | None, _credentials: dict[str, str] | None) -> HttpResponse:
    """The page that says to wait; the same whether or not there is such a name."""
    return render(request, "account/locked_out.html", status=LOCKED_OUT)
