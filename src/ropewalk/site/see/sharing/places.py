"""Places whose coverage is shown: council areas, and named sets of schools, put together from their councils."""

from datetime import date

from django.http import Http404

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.schema.places import Place as Council
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.returns import PlaceCoverage, SchoolCoverage, status
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.membership import schools_of_places
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.see.scorecard.reader import reader
from ropewalk.site.see.sharing.facts import facts


def place_called(asked: str) -> Council | Place:
    """The place somebody means: a named set of schools by its code, else a council area. Raises Http404 for none."""
    named = Place.objects.filter(kind=PlaceKind.NAMED_SET, code=asked).first()
    if named is not None:
        return named
    try:
        return find_place(asked)
    except NotFound as problem:
        raise Http404(f"There is no place called “{asked}”.") from problem


def coverage_of(place: Council | Place, *, today: date) -> PlaceCoverage:
    """Who has sent what in a place. Raises Http404 for a region or country."""
    if isinstance(place, Place):
        return _of_set(place, today)
    try:
        return status(facts(), place.code)
    except InputRefused as problem:
        raise Http404(f"{place.name} is not a council area. Choose one of its councils.") from problem


def _of_set(place: Place, today: date) -> PlaceCoverage:
    """The schools of the set today, each as its council's coverage has it."""
    urns = schools_of_places([place.pk], today)
    found = [status(facts(), code) for code in _councils(urns)]
    schools = tuple(school for one in found for school in one.schools if school.urn in urns)
    return summed(place.code, schools, registered=any(one.registered for one in found))


def _councils(urns: frozenset[int]) -> list[str]:
    """Codes of the council areas in which the register has these schools."""
    try:
        known = reader().schools(ids=[str(urn) for urn in sorted(urns)]) if urns else []
    except NotFound:
        return []
    return sorted({school.place for school in known})


def summed(code: str, schools: tuple[SchoolCoverage, ...], *, registered: bool) -> PlaceCoverage:
    """Coverage of some schools: a school that sent no roll counts with the register's headcount."""
    sharing = [school for school in schools if school.shares]
    pupils = [school.registered_pupils if school.pupils is None else school.pupils for school in schools]
    everyone = None if None in pupils else sum(number or 0 for number in pupils)
    return PlaceCoverage(code, registered, schools, len(sharing), sum(one.pupils or 0 for one in sharing), everyone)
