"""Terms and answers as pages show them, for whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ropewalk.core.schema.returns import RETURN_FILES, Sensitivity
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms.models import Answer, Terms
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import sharing_by_school, terms_in_force
from ropewalk.site.foundation.terms.wording import Article, Wording


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of return that a purpose uses; ``special`` are those of special categories."""

    kind: str
    names: tuple[str, ...]
    special: tuple[str, ...]
    everything: bool


@dataclass(frozen=True)
class Section:
    """One purpose of a version."""

    purpose: Purpose
    article: Article
    columns: tuple[Columns, ...]

    @property
    def number_of_columns(self) -> int:
        """How many columns it uses."""
        return sum(len(one.names) for one in self.columns)


@dataclass(frozen=True)
class SchoolStanding:
    """Where a school stands with the terms in force: what it shares for, its latest answer, what waits for it."""

    urn: int
    name: str
    shared: frozenset[Purpose]
    answer: Answer | None
    changed: frozenset[Purpose]
    erase_by: datetime | None

    @property
    def words(self) -> str:
        """In a word or two."""
        if self.changed:
            return "must answer anew"
        if self.answer is None:
            return "not yet"
        if not self.shared:
            return "shares nothing"
        return "in full" if self.shared == frozenset(self.answer.terms.wording.articles) else "in part"


@dataclass(frozen=True)
class OwnPlace:
    """A place whose terms concern somebody: as one of its schools' people, or as whoever keeps them."""

    place: Place
    terms: Terms | None
    keeps: bool
    schools: tuple[SchoolStanding, ...]


def sections(wording: Wording) -> tuple[Section, ...]:
    """A version, purpose by purpose."""
    return tuple(Section(purpose, one, columns_of(one)) for purpose, one in wording.articles.items())


def columns_of(article: Article) -> tuple[Columns, ...]:
    """The columns a purpose uses, by their titles."""
    found = []
    for kind, names in article.columns.items():
        declared = RETURN_FILES[kind]
        fields = [declared.field(name) for name in names]
        special = tuple(one.title for one in fields if one.sensitivity is Sensitivity.SPECIAL)
        titles = tuple(one.title for one in fields)
        found.append(Columns(declared.title, titles, special, len(names) == len(declared.columns)))
    return tuple(found)


def standings(terms: Terms, *, viewer: Account, at: datetime) -> list[SchoolStanding]:
    """Every school of the place that the viewer may ask about, by name, under the terms in force."""
    day = timezone.localtime(at).date()
    seen = reach(viewer, Permission.SEE_TERMS, on=day)
    shared = sharing_by_school(terms.place.code, at=at)
    urns = [urn for urn in shared if seen.holds_school(urn)]
    names, answers = _names(urns), _latest(terms.place, viewer, at)
    return [_standing(urn, name, shared[urn], answers.get(urn), terms) for urn, name in names.items()]


def standing_of(urn: int, terms: Terms, *, viewer: Account, at: datetime) -> SchoolStanding | None:
    """Where one school stands; None for one that does not belong to the place, or that the viewer may not ask about."""
    return next((one for one in standings(terms, viewer=viewer, at=at) if one.urn == urn), None)


def _names(urns: Sequence[int]) -> dict[int, str]:
    keys = [str(urn) for urn in urns]
    rows = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, key__in=keys)
    return {int(one.key): one.name for one in sorted(rows, key=lambda one: (one.name.casefold(), one.key))}


def _latest(place: Place, viewer: Account, at: datetime) -> dict[int, Answer]:
    day = timezone.localtime(at).date()
    rows = Answer.objects.visible_to(viewer, Permission.SEE_TERMS, on=day).filter(place=place, at__lte=at)
    return {one.urn: one for one in rows.select_related("terms", "place").order_by("number")}


def _standing(urn: int, name: str, shared: frozenset[Purpose], answer: Answer | None, terms: Terms) -> SchoolStanding:
    if answer is None:
        return SchoolStanding(urn, name, shared, None, frozenset(), None)
    if not answer.accepted:
        return SchoolStanding(urn, name, shared, answer, frozenset(), erase_by(answer))
    added = frozenset(terms.wording.articles) - frozenset(answer.terms.wording.articles)
    return SchoolStanding(urn, name, shared, answer, (answer.accepted - shared) | added, None)


def erase_by(answer: Answer) -> datetime:
    """Until when what a school sent is kept at most once it has stopped sharing, by the terms it answered."""
    days = max((one.retention_days for one in answer.terms.wording.articles.values()), default=0)
    return answer.at + timedelta(days=days)


def history_of(urn: int, place: Place, *, viewer: Account) -> list[Answer]:
    """What a school answered at a place, newest first."""
    day = timezone.localdate()
    rows = Answer.objects.visible_to(viewer, Permission.SEE_TERMS, on=day).filter(urn=urn, place=place)
    return list(rows.select_related("terms", "place").order_by("-number"))


@dataclass(frozen=True)
class Effect:
    """What putting a draft in force does to one purpose; ``schools`` share for it now, and must answer anew if so."""

    purpose: Purpose
    words: str
    schools: int


def effect_of(draft: Terms, *, viewer: Account, at: datetime) -> list[Effect]:
    """What putting a draft in force does, purpose by purpose."""
    before = terms_in_force(draft.place.code, at=at)
    old, new = before.wording if before else None, draft.wording
    shown = standings(before, viewer=viewer, at=at) if before else []
    return [_effect(one, old, new, sum(one in school.shared for school in shown)) for one in Purpose]


def _effect(purpose: Purpose, old: Wording | None, new: Wording, schools: int) -> Effect:
    if purpose not in new.articles:
        words = "ends" if old and purpose in old.articles else "is not asked for"
    elif old is None or purpose not in old.articles:
        words = "is new: schools share for it once they have accepted it"
    elif new.promises_as_much(old, purpose):
        words = "stays as it is: what schools accepted goes on"
    else:
        words = "changes: schools share for it again once they have accepted it anew"
    return Effect(purpose, words, schools)


def own_places(*, viewer: Account, at: datetime) -> list[OwnPlace]:
    """Places whose terms concern somebody, by name."""
    day = timezone.localtime(at).date()
    kept, seen = reach(viewer, Permission.KEEP_TERMS, on=day), reach(viewer, Permission.SEE_TERMS, on=day)
    places = Place.objects.exclude(kind=PlaceKind.REGION).order_by("name")
    if not kept.everywhere:
        keys = [str(urn) for urn in seen.schools]
        rows = PlaceMembership.objects.on(day).filter(organisation__kind=OrganisationKind.SCHOOL)
        own = rows.filter(organisation__key__in=keys).values("place")
        places = places.filter(Q(code__in=kept.places) | Q(pk__in=own))
    versions = Terms.objects.in_force(at=at).filter(place__in=places).select_related("place").order_by("number")
    in_force = {one.place_id: one for one in versions}
    found = [_own(place, in_force.get(place.pk), kept.holds_place(place.code), viewer, at) for place in places]
    return [one for one in found if one.keeps or one.schools]


def _own(place: Place, terms: Terms | None, keeps: bool, viewer: Account, at: datetime) -> OwnPlace:
    schools = () if keeps or terms is None else tuple(standings(terms, viewer=viewer, at=at))
    return OwnPlace(place, terms, keeps, schools)
