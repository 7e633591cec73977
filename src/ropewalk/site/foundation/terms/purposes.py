"""What schools may share for. A purpose is only here when something asks whether a school shares for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ropewalk.core.schema.returns import RETURN_FILES


class Purpose(StrEnum):
    """One thing that is done with what a school sends."""

    PLACE_FIGURES = "place_figures"
    PARTNER_FIGURES = "partner_figures"

    @property
    def declared(self) -> "Declared":
        """What is known of it before anybody writes terms."""
        return DECLARED[self]

    @property
    def words(self) -> str:
        """Its name on pages."""
        return self.declared.title


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A purpose: words a coordinator starts from, where ``{place}`` stands for its name; and what depends on it.

    ``needs`` are purposes without which it makes no sense. ``past`` says what becomes of what was done before when a
    school stops sharing for it. ``columns`` of returns are what a first draft says are used for it.
    """

    title: str
    words: str
    recipients: str
    past: str
    columns: dict[str, tuple[str, ...]]
    needs: frozenset[Purpose] = field(default_factory=frozenset)


# Used to recognise a child and never to count in a group: partners' figures are made without them.
TO_RECOGNISE = ("former_upn", "surname", "forename", "date_of_birth", "destination_urn", "postcode")

BASIS = (
    "Public task: UK GDPR Article 6(1)(e) and section 8 of the Data Protection Act 2018, for the duty to promote high "
    "standards in section 13A of the Education Act 1996."
)
SPECIAL_BASIS = (
    "Substantial public interest: UK GDPR Article 9(2)(g) and the Data Protection Act 2018, Schedule 1, paragraphs 6 "
    "(functions given by law) and 8 (equality of opportunity), with an appropriate policy document."
)
RETENTION = "As long as the school shares, and at most a year after it stops. Released figures stay."
RETENTION_DAYS = 365
SUMMARY = (
    "Schools of {place} put together what they know, so that all see how children are doing and help comes to where it "
    "is needed. Figures never name a child. A school sees its own figures first, may challenge them before they are "
    "released, and sees who looked at what it sent. A school may stop at any time."
)
KEPT = (
    "What the school sent stays its own and is kept no longer than these terms say. It may ask those who keep the "
    "terms to have it erased before."
)


def _columns(*, leave_out: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    return {
        kind: tuple(name for name in declared.columns if name not in leave_out)
        for kind, declared in RETURN_FILES.items()
    }


DECLARED = {
    Purpose.PLACE_FIGURES: Declared(
        title="Figures of the place",
        words="The school’s pupils are counted in figures of {place}. Small numbers are hidden, and so is whatever "
        "would give them away.",
        recipients="Whoever is shown released figures: schools, trusts and partners of {place}, and the public. What "
        "the school sent is seen by the school, its trust, and people who look after this site and say why.",
        past="The school is counted in no new figures of the place. Released figures stay as they are; figures not "
        "released yet are made anew without it.",
        columns=_columns(),
    ),
    Purpose.PARTNER_FIGURES: Declared(
        title="The school’s own figures, for partners",
        words="Partners of {place} may see the school’s own line in released figures, protected like all others.",
        recipients="Heads, trusts, the council and others who hold a role at {place}. Not the public.",
        past="Partners are shown no line of the school’s own any more, also in figures released before. What somebody "
        "printed or took along cannot be called back.",
        columns=_columns(leave_out=TO_RECOGNISE),
        needs=frozenset({Purpose.PLACE_FIGURES}),
    ),
}


def that_stand(purposes: Iterable[Purpose]) -> frozenset[Purpose]:
    """Those of some purposes whose needs are among them too."""
    found = frozenset(purposes)
    standing = frozenset(one for one in found if one.declared.needs <= found)
    return standing if standing == found else that_stand(standing)
