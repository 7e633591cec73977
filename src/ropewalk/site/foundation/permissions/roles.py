"""Every role: what it is called, who may hold it, at which organisations and places, and what it may do there.

A role at a trust reaches the schools the trust holds on the day; at a council, the council's area; at a place, its
schools on the day.
"""

from dataclasses import dataclass

from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.permissions.permission import Permission

SEE_PUBLISHED = frozenset({Permission.SEE_PUBLISHED_FIGURES})


@dataclass(frozen=True)
class Role:
    """A role. ``at`` and ``at_places`` say where it may be held; with neither nobody needs to be given it."""

    id: str
    title: str
    who: str
    at: frozenset[OrganisationKind]
    at_places: frozenset[PlaceKind]
    permissions: frozenset[Permission]

    @property
    def is_given(self) -> bool:
        """Whether somebody must be given it."""
        return bool(self.at or self.at_places)

    def may_be_held_at(self, kind: OrganisationKind | PlaceKind) -> bool:
        """Whether it may be held at an organisation or place of this sort."""
        return kind in self.at if isinstance(kind, OrganisationKind) else kind in self.at_places


# Whoever holds a role at a place or at a member of it sees its partnership; a few do something in it.
_MEMBER = frozenset({Permission.SEE_PARTNERSHIP})
_BOOKS = frozenset({Permission.BOOK_SURGERY})
_SIGNS = frozenset({Permission.SIGN_AGREEMENTS})
_ITSELF = frozenset({Permission.ANSWER_DILIGENCE})
_MEMBERS_MAY = {
    "Head": _SIGNS | _BOOKS | _ITSELF | {Permission.JOIN_PARTNERSHIP},
    "Data lead": _BOOKS,
    "SENCO": _BOOKS,
    "Attendance lead": _BOOKS,
    "Trust leader": _SIGNS | _ITSELF,
    "Provider": _SIGNS,
    "Partner": _SIGNS,
    "Council officer": frozenset({Permission.RUN_PARTNERSHIP, Permission.SIGN_AGREEMENTS}),
    "Coordinator": frozenset({Permission.RUN_PARTNERSHIP}),
    "Regional lead": frozenset({Permission.RUN_PARTNERSHIP}),
}


def _role(
    title: str,
    who: str,
    *at: OrganisationKind | PlaceKind,
    may: frozenset[Permission] = frozenset(),
) -> Role:
    return Role(
        title.lower().replace(" ", "_"),
        title,
        who,
        frozenset(kind for kind in at if isinstance(kind, OrganisationKind)),
        frozenset(kind for kind in at if isinstance(kind, PlaceKind)),
        SEE_PUBLISHED | may | (_MEMBER | _MEMBERS_MAY.get(title, frozenset()) if at else frozenset()),
    )


_TERMS = frozenset({Permission.SEE_TERMS})
_FIGURES = _TERMS | {Permission.SEE_SCHOOL_FIGURES, Permission.SEE_OWN_FIRST, Permission.SEE_EDITIONS}
_SCHOOL_IN_FULL = _FIGURES | {Permission.SEE_RETURNS, Permission.SEND_RETURNS, Permission.SEE_PUPILS}
_SPEAKS = frozenset({Permission.CHALLENGE_FIGURES})
_ANSWERS = frozenset({Permission.ANSWER_TERMS})
_OWN_PLANS = frozenset({Permission.SEE_SCHOOL_PLANS})
_WRITES_PLANS = _OWN_PLANS | {Permission.WRITE_SCHOOL_PLANS}
_APPROVES_PLANS = _WRITES_PLANS | {Permission.APPROVE_SCHOOL_PLANS}
_PARTNER = frozenset({Permission.SEE_EDITIONS})
_COVERAGE = _TERMS | {Permission.SEE_COVERAGE, Permission.REMIND_SCHOOLS, Permission.KEEP_TERMS}
_EDITIONS = _PARTNER | {Permission.PREPARE_EDITIONS, Permission.CHECK_EDITIONS}
_EXPLORES = frozenset({Permission.EXPLORE_FIGURES})
_PARTNERSHIPS = (PlaceKind.COUNCIL_AREA, PlaceKind.NAMED_SET)

_ALL = (
    _role(
        "Head",
        "The head teacher or principal of the school.",
        OrganisationKind.SCHOOL,
        may=_SCHOOL_IN_FULL | _SPEAKS | _ANSWERS | _APPROVES_PLANS,
    ),
    _role(
        "Data lead",
        "Whoever the head names to send the school's returns and to look after its data.",
        OrganisationKind.SCHOOL,
        may=_SCHOOL_IN_FULL | _SPEAKS | _WRITES_PLANS,
    ),
    _role(
        "SENCO",
        "The school's special educational needs co-ordinator, named by the head.",
        OrganisationKind.SCHOOL,
        may=_FIGURES | _WRITES_PLANS,
    ),
    _role(
        "Attendance lead",
        "The senior attendance champion or whoever else the head names to lead on attendance.",
        OrganisationKind.SCHOOL,
        may=_FIGURES | _WRITES_PLANS,
    ),
    _role(
        "Trust leader",
        "The chief executive of the trust, or whoever they name to answer for its schools' data.",
        OrganisationKind.TRUST,
        may=_SCHOOL_IN_FULL | _OWN_PLANS,
    ),
    _role(
        "Council officer",
        "An officer of the council who looks after schools' data, named by its director of children's services.",
        OrganisationKind.COUNCIL,
        may=_COVERAGE | _EDITIONS | _EXPLORES,
    ),
    _role(
        "Coordinator",
        "Whoever the partnership of the place employs to run it.",
        *_PARTNERSHIPS,
        may=_COVERAGE | _EDITIONS | _EXPLORES,
    ),
    _role(
        "Reviewer",
        "A head or senior leader trained to review other schools of the place.",
        *_PARTNERSHIPS,
        may=_PARTNER,
    ),
    _role(
        "Provider",
        "Somebody whom a college, university or other body that supports schools names to speak for it.",
        OrganisationKind.PROVIDER,
        OrganisationKind.COLLEGE,
        OrganisationKind.UNIVERSITY,
    ),
    _role(
        "Regional lead",
        "The regional director's office, or the lead of a regional improvement board.",
        OrganisationKind.REGION,
        PlaceKind.REGION,
        may=_EXPLORES,
    ),
    _role(
        "Evaluator",
        "A researcher under contract to judge whether the work of a place helped.",
        OrganisationKind.UNIVERSITY,
        OrganisationKind.PROVIDER,
        *_PARTNERSHIPS,
        may=_EXPLORES,
    ),
    _role("Partner", "Somebody whom a community partner of the place names to speak for it.", OrganisationKind.PARTNER),
    _role("Public", "Everybody. Nobody needs to sign in."),
)
ROLES = {role.id: role for role in _ALL}
PUBLIC = ROLES["public"]
