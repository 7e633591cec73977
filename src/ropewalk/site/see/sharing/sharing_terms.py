"""Terms on the pages of returns: coverage by purpose, what each school shares for, and where a school's terms are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from ropewalk.core.use_cases.returns import PlaceCoverage, SchoolCoverage
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.headcounts import Coverage, Headcount, Headcounts, coverage
from ropewalk.site.foundation.terms.models import Terms
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sending import places_with_terms, why_not
from ropewalk.site.foundation.terms.sharing import sharing_by_school, terms_in_force
from ropewalk.site.see.sharing.places import coverage_of, place_called


@dataclass(frozen=True)
class PlaceTerms:
    """The terms in force at a place: coverage by purpose, and in words what each school shares for."""

    terms: Terms
    coverage: list[Coverage]
    by_school: Mapping[int, frozenset[Purpose]]

    def words(self, urn: int) -> str:
        """What a school shares for."""
        shared, offered = self.by_school.get(urn, frozenset()), frozenset(self.terms.wording.articles)
        if shared == offered:
            return "everything" if len(offered) > 1 else "yes"
        return "; ".join(one.words for one in Purpose if one in shared) or "nothing yet"


@dataclass(frozen=True)
class SchoolTerms:
    """The places whose terms concern a school, and why returns are not taken in, if they are not."""

    places: list[Place]
    why_not: str

    @property
    def unanswered(self) -> list[str]:
        """Names of the places whose terms its head must accept before anything can be sent."""
        return [place.name for place in self.places] if self.why_not else []


def of_place(found: PlaceCoverage, *, at: datetime) -> PlaceTerms | None:
    """The terms of a place whose coverage is shown; None while none are in force."""
    terms = terms_in_force(found.place, at=at)
    if terms is None:
        return None
    by_school = sharing_by_school(found.place, at=at)
    return PlaceTerms(terms, coverage(frozenset(terms.wording.articles), by_school, known_of(found)), by_school)


def of_school(urn: int, *, at: datetime) -> SchoolTerms:
    """The terms that concern a school."""
    return SchoolTerms(places_with_terms(urn, at=at), why_not(urn, at=at))


def known_of(found: PlaceCoverage) -> Headcounts:
    """Pupils by school: of its roll, or of the register where it sent none."""
    return {one.urn: Headcount(_pupils(one), one.shares) for one in found.schools}


def _pupils(school: SchoolCoverage) -> int | None:
    return school.registered_pupils if school.pupils is None else school.pupils


def headcounts(code: str) -> Headcounts:
    """Pupils of the schools of a place, for the pages of terms; empty for a region, of which nobody keeps coverage."""
    try:
        return known_of(coverage_of(place_called(code), today=timezone.localdate()))
    except Http404:
        return {}
