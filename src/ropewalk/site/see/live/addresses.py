"""Addresses of live pages. The day as of which figures are shown stays with the reader from page to page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from ropewalk.core.views.live import Scope, ScopeKind

HOME = "/live/"


def with_query(path: str, said: dict[str, str]) -> str:
    """A path with a query; what is empty is left out."""
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Address:
    """Addresses of the pages of a place, trust or school."""

    scope: Scope
    as_of: str

    @property
    def base(self) -> str:
        """The path of its page."""
        kinds = {ScopeKind.PLACE: "places", ScopeKind.TRUST: "trusts", ScopeKind.SCHOOL: "schools"}
        return f"{HOME}{kinds[self.scope.kind]}/{self.scope.id}/"

    def to(self, tail: str = "", **said: str) -> str:
        """A page below it, with choices."""
        place = self.scope.place.code if self.scope.kind is ScopeKind.TRUST else ""
        return with_query(f"{self.base}{tail}", {**said, "place": place, "as_of": self.as_of})

    def of_place(self) -> str:
        """The page of the place it lies in."""
        return with_query(f"{HOME}places/{self.scope.place.code}/", {"as_of": self.as_of})

    @property
    def home(self) -> str:
        """Its own page."""
        return self.to()

    @property
    def movement(self) -> str:
        """The page of unusual movement of its place."""
        return with_query(f"{HOME}places/{self.scope.place.code}/movement/", {"as_of": self.as_of})

    def children(self, kind: str = "", **said: str) -> str:
        """A list of children: of its place, or counted at the school."""
        school = self.scope.id if self.scope.kind is ScopeKind.SCHOOL else ""
        said = {"list": kind, "school": school, **said, "as_of": self.as_of}
        return with_query(f"{HOME}places/{self.scope.place.code}/children/", said)

    def child(self, number: int) -> str:
        """The rolls of one child, by a number that is of use inside this store only."""
        return with_query(f"{HOME}places/{self.scope.place.code}/children/{number}/", {"as_of": self.as_of})

    @property
    def value_added(self) -> str:
        """The page of value added of the schools of its place."""
        return with_query(f"{HOME}places/{self.scope.place.code}/value-added/", {"as_of": self.as_of})

    @property
    def public(self) -> str:
        """What is published of the same place or school."""
        return (
            f"/schools/{self.scope.id}/" if self.scope.kind is ScopeKind.SCHOOL else f"/places/{self.scope.place.code}/"
        )

    @property
    def returns(self) -> str:
        """Who has sent what."""
        if self.scope.kind is ScopeKind.SCHOOL:
            return f"/returns/schools/{self.scope.id}/"
        return f"/returns/?place={self.scope.place.code}"


def cut(phase: str, group: str) -> dict[str, str]:
    """Phase and group as they stand in an address; what is "all" is left out."""
    return {"phase": "" if phase == "all" else phase, "group": "" if group == "all" else group}
