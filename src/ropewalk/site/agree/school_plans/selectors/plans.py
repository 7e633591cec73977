"""A school's plan as its page shows it, and how its measures stand to their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import heading_words, period_words, value_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.site.agree.partnership.rules import pounds
from ropewalk.site.agree.plan.kinds import ItemKind, Status
from ropewalk.site.agree.plan.kinds import State as PlanState
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.plan.selectors.measuring import position
from ropewalk.site.agree.plan.selectors.plans import COLOURS
from ropewalk.site.agree.plan.trajectory import Course, Judged, Point, judged
from ropewalk.site.agree.school_plans.models import Action, Change, Priority, SchoolPlan, Support
from ropewalk.site.agree.school_plans.people import places_of
from ropewalk.site.agree.school_plans.selectors.figures import published_of
from ropewalk.site.see.scorecard.links import figure_address


@dataclass(frozen=True)
class Measured:
    """How the measure of a priority stands, in words."""

    title: str
    baseline: str
    baseline_source: str
    now: str
    target: str
    address: str
    judged: Judged


def measured_of(plan: SchoolPlan) -> list[tuple[Priority, Measured]]:
    """The priorities of a plan that are measured, each with how it stands: one question for all of them."""
    rows = [one for one in plan.priorities.filter(struck_out=False).order_by("number") if one.measure]
    figures = published_of(plan.urn, sorted({one.measure for one in rows})) if rows else []
    return [(one, _measured(one, figures)) for one in rows]


def series_of(priority: Priority, figures: Sequence[Figure]) -> list[Figure]:
    """Values of a priority's measure by academic year, the newest first."""
    cut = (priority.measure, priority.phase, priority.group)
    return [
        one
        for one in figures
        if (one.measure, one.phase, one.group) == cut
        and one.value is not None
        and kind_of(one.period) is PeriodKind.YEAR
    ]


def _measured(priority: Priority, figures: Sequence[Figure]) -> Measured:
    declared = measure(priority.measure)
    found = series_of(priority, figures)
    newest = found[0] if found else None
    began = next((one.value for one in found if one.period == priority.period), None)
    baseline = float(priority.baseline) if priority.baseline is not None else began
    target = None if priority.target is None else float(priority.target)
    course = None
    if baseline is not None and target is not None and priority.by_period:
        course = Course(position(priority.period), baseline, position(priority.by_period), target)
    points = [Point(position(one.period), one.value or 0.0, one.numerator, one.denominator) for one in found]
    frozen = priority.frozen_at is not None
    return Measured(
        heading_words(declared, priority.phase, priority.group),
        f"{value_words(baseline, declared)} in {period_words(priority.period)}" if baseline is not None else "",
        priority.baseline_source if frozen else "frozen when the head approves the plan",
        f"{value_words(newest.value, declared)} in {period_words(newest.period)}" if newest else "nothing published",
        f"{value_words(target, declared)} by {period_words(priority.by_period)}" if target is not None else "",
        figure_address(newest) if newest else "",
        judged(course, points),
    )


@dataclass(frozen=True)
class ActionLine:
    """An action as a line of its plan."""

    action: Action
    is_late: bool

    @property
    def cost(self) -> str:
        """What it costs, as people write it."""
        return "" if self.action.pence is None else pounds(self.action.pence)

    @property
    def colour(self) -> str:
        """Of the tag with its status."""
        return COLOURS.get(self.action.standing, "grey")


@dataclass(frozen=True)
class PriorityBlock:
    """A priority with everything under it."""

    priority: Priority
    claims: list[tuple[int, str]]
    measured: Measured | None
    actions: list[ActionLine]
    support: list[Support]


@dataclass(frozen=True)
class PlanPage:
    """A school's plan as its page and files show it."""

    plan: SchoolPlan
    blocks: list[PriorityBlock]
    changes: list[Change]

    @property
    def cost(self) -> str:
        """What all actions cost together; empty where none says."""
        said = [one.action.pence for block in self.blocks for one in block.actions if one.action.pence is not None]
        return pounds(sum(said)) if said else ""

    @property
    def done(self) -> str:
        """How many actions are done."""
        lines = [one for block in self.blocks for one in block.actions]
        return f"{sum(one.action.standing is Status.DONE for one in lines)} of {len(lines)} actions done"


def plan_page(plan: SchoolPlan, *, on: date) -> PlanPage:
    """A school's plan, in as many questions whether it is short or long."""
    rows = plan.priorities.filter(struck_out=False).select_related("objective__plan__place").order_by("number")
    rows = rows.prefetch_related("links__claim__versions")
    priorities = list(rows)
    actions: dict[int, list[ActionLine]] = {}
    held = Action.objects.filter(priority__in=priorities, struck_out=False).select_related("owner")
    for action in held.order_by("due", "pk"):
        actions.setdefault(action.priority_id, []).append(ActionLine(action, action.is_late(on)))
    support: dict[int, list[Support]] = {}
    for one in Support.objects.filter(priority__in=priorities).select_related("organisation").order_by("begins", "pk"):
        support.setdefault(one.priority_id, []).append(one)
    measured = {priority.pk: found for priority, found in measured_of(plan)}
    blocks = [
        PriorityBlock(one, _claims(one), measured.get(one.pk), actions.get(one.pk, []), support.get(one.pk, []))
        for one in priorities
    ]
    return PlanPage(plan, blocks, list(plan.changes.select_related("by").order_by("-pk")))


def _claims(priority: Priority) -> list[tuple[int, str]]:
    found = []
    for link in priority.links.all():
        newest = max(link.claim.versions.all(), key=lambda one: one.number)
        found.append((link.claim_id, f"{link.claim.of.words}: {newest.words}"))
    return found


def objectives_of(urn: int, *, on: date) -> list[Item]:
    """Objectives of live plans of the places a school belongs to."""
    held = (PlanState.AGREED, PlanState.LIVE, PlanState.REVIEW)
    rows = Item.objects.filter(plan__place__in=places_of(urn, on), plan__state__in=held, struck_out=False)
    kinds = (ItemKind.STRAND, ItemKind.OBJECTIVE)
    return list(rows.filter(kind__in=kinds).select_related("plan").order_by("plan", "number", "pk"))
