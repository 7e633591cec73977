"""Which place, trust or school an address names."""

from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.live_state import NothingSentError
from ropewalk.core.views.live import Scope
from ropewalk.site.see.live.pages import Asked, published


def scope_of(asked: Asked, code: str | None, trust: str | None, urn: str | None) -> Scope:
    """The one that is named: a school by its URN, a trust by its name and place, else a place. Raises NotFound."""
    if urn:
        return _school(asked, urn)
    if trust:
        place = code or asked.get("place")
        if place is None:
            raise NotFound("A trust is shown for one place: add ?place= with the place's code to the address.")
        return asked.state.trust(trust, place)
    return asked.state.place(code or "")


def _school(asked: Asked, urn: str) -> Scope:
    """A school with returns. One the register alone knows has sent nothing; any other is not there."""
    try:
        return asked.state.school(urn)
    except NothingSentError:
        register = published()
        if register is None:
            raise NotFound(f"No school with the number {urn} is known.") from None
        register.school(urn)
        raise
