"""Needs of a school and of a place by the stated rules, each with its reason, and why others cannot be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import heading_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import PlaceKind as CorePlaceKind
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.use_cases.school_needs import NeedsMaterial, needs_material
from ropewalk.core.views.schools import SchoolFunnel
from ropewalk.site.agree.plan.trajectory import Verdict
from ropewalk.site.agree.school_plans.kinds import State, Topic
from ropewalk.site.agree.school_plans.models import JointObjective, Need, SchoolPlan
from ropewalk.site.agree.school_plans.rules import (
    TOGETHER,
    TOPIC_OF,
    Because,
    Reason,
    funnel_words,
    is_outside,
    widening,
)
from ropewalk.site.agree.school_plans.selectors.plans import measured_of
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import members_of
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.store import current_state
from ropewalk.site.see.scorecard.links import figure_address
from ropewalk.site.see.scorecard.reader import reader

NO_GAP = "No gap of disadvantaged pupils is published of this school."
NOT_HELD = "No funnel holds this school: its counts are not published, or fewer than ten schools are of its phase."
NOTHING = "No published figures are imported yet, so that no need can be read from them."


@dataclass
class Published:
    """What published figures say of a school or place: needs, and what cannot be told and why."""

    reasons: list[Reason] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    in_funnel: bool = False
    has_gap: bool = False


# Published figures change with an import alone: the newest state is kept, for a few councils.
_kept: dict[tuple[str, str], dict[str, Published]] = {}
MOST_KEPT = 8


def _published(code: str) -> dict[str, Published]:
    """What is published of the schools of a council area by URN, and of the area itself under its code."""
    key = (current_state().token, code)
    if key not in _kept:
        found = _judged(needs_material(reader(), place_by_code(code)))
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return _kept[key]


def _judged(material: NeedsMaterial) -> dict[str, Published]:
    found: dict[str, Published] = {material.place.code: Published()}
    for one in material.funnels:
        _add_funnel(one, found)
    gaps: dict[tuple[str, str, str, str], list[Figure]] = {}
    for figure in material.gaps:
        whose = material.place.code if figure.school is None else material.urns.get(figure.school, "")
        if whose:
            gaps.setdefault((whose, figure.measure, figure.phase, figure.group), []).append(figure)
    for (whose, *_), figures in gaps.items():
        _add_gap(figures, found.setdefault(whose, Published()))
    return found


def _add_funnel(one: SchoolFunnel, found: dict[str, Published]) -> None:
    if one.funnel is None:
        return
    at = {figure.school: figure for figure in one.released}
    for point in one.funnel.points:
        urn = one.urns.get(point.school)
        if urn is None:
            continue
        held = found.setdefault(urn, Published())
        held.in_funnel = True
        if is_outside(point.standing, one.measure.better):
            words = funnel_words(one.measure, point, one.funnel.centre, one.funnel.kind, one.period)
            figure = at[point.school]
            topic = TOPIC_OF[one.measure.question]
            held.reasons.append(Reason(topic, Because.FUNNEL, words, figure.source.title, figure_address(figure)))


def _add_gap(figures: Sequence[Figure], held: Published) -> None:
    held.has_gap = True
    newest = max(figures, key=lambda one: one.period)
    declared = measure(newest.measure)
    alike = (newest.source.publication, newest.definition_version)
    same = [one for one in figures if (one.source.publication, one.definition_version) == alike]
    values = {one.period: one.value for one in same if one.value is not None and len(one.period) == len("2023/24")}
    judged = widening(declared, values, years=sorted(values))
    if judged.widens:
        topic = TOPIC_OF[declared.question]
        held.reasons.append(Reason(topic, Because.GAP, judged.because, newest.source.title, figure_address(newest)))
    elif judged.widens is None:
        held.unknown.append(judged.because)


def published_of(urn: int) -> Published:
    """What published figures say of one school; a school nothing is published of says why."""
    try:
        known = reader().school(str(urn))
        found = _published(known.place)
    except NotFound:
        return Published(unknown=[NOTHING])
    own = found.get(str(urn))
    if own is None:
        return Published(unknown=[NOT_HELD, NO_GAP])
    # A school stands in a funnel or has a gap; what it lacks of the two is said.
    said = Published(list(own.reasons), list(own.unknown))
    said.unknown += [] if own.in_funnel else [NOT_HELD]
    said.unknown += [] if own.has_gap else [NO_GAP]
    return said


@dataclass(frozen=True)
class SchoolNeeds:
    """Every need of a school with its reasons, the needs it named, and what cannot be told."""

    reasons: list[Reason]
    named: list[Need]
    unknown: list[str]

    @property
    def topics(self) -> list[tuple[Topic, list[Reason]]]:
        """Reasons by topic, in the order of topics."""
        return by_topic(self.reasons)


def by_topic(reasons: Iterable[Reason]) -> list[tuple[Topic, list[Reason]]]:
    """Reasons by topic, in the order of topics."""
    found: dict[Topic, list[Reason]] = {}
    for one in reasons:
        found.setdefault(one.topic, []).append(one)
    return [(topic, found[topic]) for topic in Topic if topic in found]


def school_needs(urn: int, *, viewer: Account, on: date) -> SchoolNeeds:
    """Every need of a school, for whoever sees its plans."""
    said = published_of(urn)
    rows = Need.objects.visible_to(viewer, Permission.SEE_SCHOOL_PLANS, on=on).filter(urn=urn, ended_at=None)
    named = list(rows.select_related("by").order_by("pk"))
    plans = SchoolPlan.objects.visible_to(viewer, Permission.SEE_SCHOOL_PLANS, on=on).filter(urn=urn)
    held = plans.filter(state__in=(State.APPROVED, State.REVIEWED))
    off, unknown = _off(urn, list(held))
    return SchoolNeeds([*said.reasons, *off, *map(_named, named)], named, [*said.unknown, *unknown])


def _off(urn: int, plans: Sequence[SchoolPlan]) -> tuple[list[Reason], list[str]]:
    reasons, unknown = [], []
    for plan in plans:
        for priority, found in measured_of(plan):
            declared = measure(priority.measure)
            heading = heading_words(declared, priority.phase, priority.group)
            if found.judged.verdict is Verdict.BEHIND:
                words = f"{heading}: now {found.now}, on the way to {found.target}. {found.judged.because}"
                address = reverse("school_plans:plan", args=[urn, plan.pk])
                reasons.append(Reason(TOPIC_OF[declared.question], Because.TRAJECTORY, words, plan.title, address))
            elif found.judged.verdict is Verdict.CANNOT_TELL:
                unknown.append(f"{heading} ({plan.title}): {found.judged.because}")
    return reasons, unknown


def _named(need: Need) -> Reason:
    return Reason(need.about, Because.NAMED, need.words)


@dataclass(frozen=True)
class SchoolLine:
    """A school of a place with the reasons for one need."""

    school: Organisation
    reasons: list[Reason]


@dataclass(frozen=True)
class TopicLine:
    """A need that schools of a place have: which ones, and what was made of it already."""

    topic: Topic
    schools: list[SchoolLine]
    made: list[JointObjective]

    @property
    def is_suggested(self) -> bool:
        """Whether so many schools share it that a joint objective is suggested."""
        return len(self.schools) >= TOGETHER


@dataclass(frozen=True)
class PlaceNeeds:
    """Needs of a place: its own, those of its schools by topic, and of how many schools nothing is known."""

    own: Published
    topics: list[TopicLine]
    without: int
    schools: int


def place_needs(place: Place, *, on: date) -> PlaceNeeds:
    """Needs of a place from what is published, and what heads share. Nothing else of a school is looked at."""
    schools = [one for one in members_of(place, on) if one.kind == OrganisationKind.SCHOOL]
    said = {one.pk: Published() for one in schools}
    known = _of_schools([int(one.key) for one in schools])
    shared: dict[int, list[Reason]] = {}
    why = "needs that heads share with the partnership they belong to"
    rows = Need.objects.for_system_job(why).filter(urn__in=[int(one.key) for one in schools])
    for need in rows.filter(ended_at=None, shared_at__isnull=False).order_by("pk"):
        shared.setdefault(need.urn, []).append(_named(need))
    lines: dict[Topic, list[SchoolLine]] = {}
    for school in schools:
        own = known.get(int(school.key), said[school.pk])
        for topic, reasons in by_topic([*own.reasons, *shared.get(int(school.key), ())]):
            lines.setdefault(topic, []).append(SchoolLine(school, reasons))
    made: dict[str, list[JointObjective]] = {}
    for one in JointObjective.objects.filter(place=place).select_related("item__plan", "by").order_by("pk"):
        made.setdefault(one.topic, []).append(one)
    topics = [TopicLine(topic, lines.get(topic, []), made.get(topic, [])) for topic in Topic]
    held = [line for line in topics if line.schools or line.made]
    without = sum(int(school.key) not in known for school in schools)
    return PlaceNeeds(_own(place), held, without, len(schools))


def _of_schools(urns: Sequence[int]) -> Mapping[int, Published]:
    try:
        councils = {one.place for one in reader().schools(ids=[str(urn) for urn in urns])} if urns else set()
        found = {urn: said for code in sorted(councils) for urn, said in _published(code).items()}
    except NotFound:
        return {}
    wanted = {str(urn): urn for urn in urns}
    return {wanted[urn]: said for urn, said in found.items() if urn in wanted}


def _own(place: Place) -> Published:
    try:
        if place_by_code(place.code).kind is CorePlaceKind.COUNCIL:
            return _published(place.code).get(place.code, Published())
    except NotFound:
        return Published(unknown=[NOTHING] if place.kind == "council_area" else [])
    return Published(unknown=["Nothing is published of a set of schools as a whole."])
