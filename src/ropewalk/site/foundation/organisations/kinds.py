"""What sorts of organisation and of place there are, and how each is told from others of its sort."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """A sort of organisation. A school's key is its URN, a council's its ONS code, any other's its name as a slug."""

    SCHOOL = "school"
    TRUST = "trust"
    COUNCIL = "council"
    REGION = "region"
    UNIVERSITY = "university"
    COLLEGE = "college"
    PROVIDER = "provider"
    PARTNER = "partner"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _ORGANISATIONS[self]


_ORGANISATIONS = {
    OrganisationKind.SCHOOL: "school",
    OrganisationKind.TRUST: "trust",
    OrganisationKind.COUNCIL: "council",
    OrganisationKind.REGION: "region or board",
    OrganisationKind.UNIVERSITY: "university",
    OrganisationKind.COLLEGE: "college",
    OrganisationKind.PROVIDER: "provider",
    OrganisationKind.PARTNER: "community partner",
}


class PlaceKind(StrEnum):
    """A sort of place. A council area's and a region's code is the ONS's, a named set's its name as a slug."""

    COUNCIL_AREA = "council_area"
    NAMED_SET = "named_set"
    REGION = "region"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _PLACES[self]


_PLACES = {
    PlaceKind.COUNCIL_AREA: "council area",
    PlaceKind.NAMED_SET: "named set of schools",
    PlaceKind.REGION: "region",
}
