"""Which place, trust or school an address names, for whoever may see it: fetched and authorised in one call."""

from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.live_state import NothingSentError
from ropewalk.core.views.live import Scope
from ropewalk.site.see.live.addresses import Address
from ropewalk.site.see.live.pages import Asked, published


def scope_of(asked: Asked, code: str | None, trust: str | None, urn: str | None) -> Scope:
    """The one that is named: a school by its URN, a trust by its name and place, else a place.

    Raises NotFound for none, and for one with any school that whoever asks may not see in full. A place holds schools
    of many: it is for local administrators alone.
    """
    if urn:
        if not urn.isdigit() or not asked.reach.holds_school(int(urn)):
            raise NotFound(f"No school with the number {urn} is known.")
        return _school(asked, urn)
    if trust:
        place = code or asked.get("place")
        if place is None:
            raise NotFound("A trust is shown for one place: add ?place= with the place's code to the address.")
        scope = _trust(asked, trust, place)
        if not asked.reach.holds_schools(school.urn for school in asked.state.schools_of(scope)):
            raise NotFound(f"No school of a trust called '{trust}' has sent anything in that place.")
        return scope
    if not asked.reach.everywhere:
        raise NotFound(f"There is no place with the code '{code}'.")
    return asked.state.place(code or "")


def _trust(asked: Asked, trust: str, place: str) -> Scope:
    """A trust's schools in a place. That a whole place has sent nothing is for local administrators to know."""
    try:
        return asked.state.trust(trust, place)
    except NothingSentError:
        if asked.reach.everywhere:
            raise
        raise NotFound(f"No school of a trust called '{trust}' has sent anything in that place.") from None


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


def own_scopes(asked: Asked) -> list[tuple[Scope, str]]:
    """The trusts and schools with returns that somebody may see in full, with the addresses of their pages."""
    state = asked.state
    schools = [school for urn, school in state.schools.items() if asked.reach.holds_school(urn)]
    places = [state.place(code) for code in sorted({school.place for school in schools})]
    trusts = [trust for place in places for trust in state.trusts(place)]
    whole = [one for one in trusts if asked.reach.holds_schools(school.urn for school in state.schools_of(one))]
    several = [one for one in whole if len(state.schools_of(one)) > 1]
    scopes = [*several, *sorted((state.scope_of(school) for school in schools), key=lambda one: (one.name, one.id))]
    return [(scope, Address(scope, asked.as_of).home) for scope in scopes]
