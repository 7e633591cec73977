"""Which limit a request counts towards, and as whose. How high the limits are stands in the settings (RATE_LIMITS).

What the page cache answers is not counted: it costs next to nothing, and stands before this.
"""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest

from ropewalk.site.foundation.accounts.guard import person_of
from ropewalk.site.foundation.permissions.matrix import THINGS


class Cost(StrEnum):
    """What makes a request cost something."""

    API = "api"
    DOCUMENTS = "documents"
    FILES = "files"
    SEARCHES = "searches"
    UPLOADS = "uploads"
    FORMS = "forms"


API = "api-v1"
# Seconds of a whole processor each.
DOCUMENTS = {"scorecard:data-book", "scorecard:workbook", "scorecard:slides", "plan:pdf", "plan:docx"}
UPLOADS = {
    *("sharing:send", "plan:import"),
    *(f"partnership:{page}" for page in ("new-paper", "new-finding", "change-finding")),
}
_FILES = {thing.route for thing in THINGS if thing.download}
_PUBLIC = {thing.route for thing in THINGS if thing.is_public}
# The part of an address of the newer kind that is one household's.
_HOUSEHOLD = 64


@dataclass(frozen=True)
class Counted:
    """Towards which limit, and as whose."""

    cost: Cost
    who: str


def counted(request: HttpRequest, route: str) -> Counted | None:
    """How a request to a route counts; None for one that is free."""
    cost = cost_of(request, route)
    return Counted(cost, _who(request, route)) if cost else None


def cost_of(request: HttpRequest, route: str) -> Cost | None:
    """What makes it cost something, if anything does."""
    if route.startswith(f"{API}:"):
        return Cost.API
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        return Cost.UPLOADS if route in UPLOADS else Cost.FORMS
    if route in DOCUMENTS:
        return Cost.DOCUMENTS
    if route in _FILES:
        return Cost.FILES
    return Cost.SEARCHES if request.META.get("QUERY_STRING") else None


def _who(request: HttpRequest, route: str) -> str:
    """The account of whoever is signed in, else the address.

    Whether somebody is signed in is not asked on public pages: their answers would be kept by nobody then.
    """
    is_asked = request.method == "POST" or route not in _PUBLIC
    if is_asked and settings.SESSION_COOKIE_NAME in request.COOKIES and (account := person_of(request)):
        return f"account {account.pk}"
    return f"address {household(get_client_ip(request) or '')}"


def household(address: str) -> str:
    """An address, or of the newer kind the network it stands in: one household has more of them than can be counted."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{_HOUSEHOLD}", strict=False)) if known.version > 4 else str(known)
