"""Schools as the returns' pages name them: from the register, else by number."""

from dataclasses import dataclass

from django.http import Http404

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.use_cases.schools import phase_words
from ropewalk.site.see.scorecard.reader import reader

LOWEST_URN, HIGHEST_URN = 100000, 999999


@dataclass(frozen=True)
class NamedSchool:
    """A school with what the register says of it; ``words`` is its phase and trust."""

    urn: int
    name: str
    words: str = ""
    place: Place | None = None


def school_named(urn: int) -> NamedSchool:
    """The school with a URN. Raises Http404 for a number that is no URN."""
    if not LOWEST_URN <= urn <= HIGHEST_URN:
        raise Http404(f"{urn} is not the number of a school: a URN has six digits.")
    try:
        found = reader().school(str(urn))
    except NotFound:
        return NamedSchool(urn, f"School {urn}", "not in the imported register")
    words = ", ".join(filter(None, (phase_words(found.phase), found.trust)))
    return NamedSchool(urn, found.name, words, _place(found.place))


def _place(code: str) -> Place | None:
    try:
        return place_by_code(code)
    except NotFound:
        return None
