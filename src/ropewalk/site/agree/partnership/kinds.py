"""What sorts of body, part, agreement and mark there are. Names are free; these say what a thing is."""

from enum import StrEnum

from ropewalk.site.foundation.organisations.kinds import OrganisationKind


class BodyKind(StrEnum):
    """A sort of body: whoever meets regularly in the name of the partnership."""

    BOARD = "board"
    STRATEGY_GROUP = "strategy_group"
    STANDARDS_PARTNERSHIP = "standards_partnership"
    WORKSTREAM = "workstream"
    HEADS = "heads"
    TRUST_LEADERS = "trust_leaders"
    COUNCIL_SCHOOLS = "council_schools"
    TASK_GROUP = "task_group"
    SURGERY = "surgery"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _BODIES[self]


_BODIES = {
    BodyKind.BOARD: "board",
    BodyKind.STRATEGY_GROUP: "strategy group",
    BodyKind.STANDARDS_PARTNERSHIP: "standards partnership",
    BodyKind.WORKSTREAM: "workstream",
    BodyKind.HEADS: "head teachers’ meeting",
    BodyKind.TRUST_LEADERS: "trust leaders’ meeting",
    BodyKind.COUNCIL_SCHOOLS: "council schools’ meeting",
    BodyKind.TASK_GROUP: "task and finish group",
    BodyKind.SURGERY: "surgery, with slots that schools book",
}


class Part(StrEnum):
    """The part somebody plays on a body."""

    CHAIR = "chair"
    COORDINATOR = "coordinator"
    MEMBER = "member"
    CLERK = "clerk"
    ADVISER = "adviser"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value


class AgreementKind(StrEnum):
    """A sort of agreement."""

    MEMORANDUM = "memorandum"
    CROSS_AGENCY = "cross_agency"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _AGREEMENTS[self]


_AGREEMENTS = {
    AgreementKind.MEMORANDUM: "memorandum of understanding",
    AgreementKind.CROSS_AGENCY: "cross-agency agreement",
}


class Stage(StrEnum):
    """Where a version of an agreement stands; each follows the one before."""

    DRAFT = "draft"
    BEFORE_MEMBERS = "before_members"
    IN_FORCE = "in_force"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value.replace("_", " ") if self is not Stage.BEFORE_MEMBERS else "put before members"


class Standing(StrEnum):
    """How a member says it stands with a commitment."""

    KEPT = "kept"
    NOT_YET = "not_yet"
    AT_RISK = "at_risk"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value.replace("_", " ")


class Presence(StrEnum):
    """How somebody was at a meeting."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value


class OutcomeKind(StrEnum):
    """What a meeting leads to."""

    DECISION = "decision"
    ACTION = "action"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value


class DiligenceArea(StrEnum):
    """What due diligence looks at. Its questions are free."""

    GOVERNANCE = "governance"
    FINANCE = "finance"
    INSPECTION = "inspection"
    SAFEGUARDING = "safeguarding"
    LEADERSHIP = "leadership"
    OUTCOMES = "outcomes"
    STAFFING = "staffing"
    BUILDINGS = "buildings"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _AREAS.get(self, self.value)


_AREAS = {
    DiligenceArea.INSPECTION: "standing in inspections",
    DiligenceArea.OUTCOMES: "what children achieve",
    DiligenceArea.OTHER: "something else",
}

# How long a slot of a surgery is.
SLOT_MINUTES = 15

# Those whose authorised person can sign here: the head, the trust leader, the council's officer, and whoever holds the
# role of a university, college, provider or community partner.
SIGN_HERE = (
    OrganisationKind.SCHOOL,
    OrganisationKind.TRUST,
    OrganisationKind.COUNCIL,
    OrganisationKind.UNIVERSITY,
    OrganisationKind.COLLEGE,
    OrganisationKind.PROVIDER,
    OrganisationKind.PARTNER,
)

# Those that whoever runs a partnership brings to it: no register does, and no head decides for them.
INVITED = (
    OrganisationKind.REGION,
    OrganisationKind.UNIVERSITY,
    OrganisationKind.COLLEGE,
    OrganisationKind.PROVIDER,
    OrganisationKind.PARTNER,
)

_MANY = {
    OrganisationKind.SCHOOL: "schools",
    OrganisationKind.TRUST: "trusts",
    OrganisationKind.COUNCIL: "councils",
    OrganisationKind.REGION: "regions and boards",
    OrganisationKind.UNIVERSITY: "universities",
    OrganisationKind.COLLEGE: "colleges",
    OrganisationKind.PROVIDER: "providers",
    OrganisationKind.PARTNER: "community partners",
}


def many(kind: str) -> str:
    """Organisations of a sort, in words: “schools”."""
    return _MANY[OrganisationKind(kind)]
