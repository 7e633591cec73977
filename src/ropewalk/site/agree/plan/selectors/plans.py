"""Plans of a place; one plan as it stands or stood on a day; one part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ropewalk.site.agree.partnership.rules import pounds
from ropewalk.site.agree.plan.kinds import IN_FORCE, ItemKind, Status
from ropewalk.site.agree.plan.models import Assent, Evidence, Item, Origin, Plan
from ropewalk.site.agree.plan.rules import Node, as_it_stood, flat, tree
from ropewalk.site.agree.plan.selectors.measuring import verdicts_of
from ropewalk.site.foundation.organisations.models import Place

COLOURS = {Status.AT_RISK: "yellow", Status.DONE: "green", Status.STOPPED: "grey", Status.UNDER_WAY: "blue"}


@dataclass(frozen=True)
class Line:
    """A part of a plan as a line of its page."""

    node: Node
    is_late: bool
    owner: str
    verdict: str
    origin: Origin | None = None

    @property
    def item(self) -> Item:
        """The part itself."""
        return self.node.item

    @property
    def colour(self) -> str:
        """Of the tag with its status."""
        return COLOURS.get(self.item.standing, "grey")

    @property
    def cost(self) -> str:
        """What it costs, as people write it."""
        return "" if self.item.pence is None else pounds(self.item.pence)

    @property
    def counts(self) -> str:
        """How many of its actions and milestones are done: ``2 of 5 done``."""
        below = [one.item for one in self.node.below() if one.item.sort in {ItemKind.ACTION, ItemKind.MILESTONE}]
        done = sum(one.standing is Status.DONE for one in below)
        return f"{done} of {len(below)} done" if below else ""


@dataclass(frozen=True)
class PlanPage:
    """A plan with its parts in order, and those who are asked to agree it."""

    plan: Plan
    lines: list[Line]
    assents: list[Assent]
    at: datetime | None

    @property
    def late(self) -> list[Line]:
        """What should have been done by now, the longest due first."""
        late = [line for line in self.lines if line.is_late]
        return sorted(late, key=lambda line: line.item.due or date.max)

    @property
    def agreed_by(self) -> int:
        """How many of those asked have agreed."""
        return sum(one.agreed_at is not None for one in self.assents)

    @property
    def cost(self) -> str:
        """What all parts cost together; empty where none says."""
        said = [line.item.pence for line in self.lines if line.item.pence is not None]
        return pounds(sum(said)) if said else ""


def plans_of(place: Place) -> list[Plan]:
    """Plans of a place, the newest first."""
    return list(Plan.objects.filter(place=place).order_by("-at", "-pk"))


def plan_in_force(place: Place) -> Plan | None:
    """The plan that holds at a place; where there are several, the one agreed last."""
    rows = Plan.objects.filter(place=place, state__in=[one.value for one in IN_FORCE]).select_related("place")
    return rows.order_by("-agreed_at", "-pk").first()


def items_of(plan: Plan) -> list[Item]:
    """Every part of a plan, those struck out too."""
    beside = ("owner", "organisation", "waits_for", "plan__place", "origin__outcome", "origin__meeting__body")
    return list(Item.objects.filter(plan=plan).select_related(*beside))


def nodes_of(plan: Plan) -> list[Node]:
    """The parts of a plan that are not struck out, in order."""
    return flat(tree(one for one in items_of(plan) if not one.struck_out))


def plan_page(plan: Plan, *, on: date, at: datetime | None = None, with_verdicts: bool = True) -> PlanPage:
    """A plan as it stands, or as it stood at a moment; verdicts of its KPIs cost a look at the figures."""
    items = [one for one in items_of(plan) if not one.struck_out]
    if at is not None:
        items = as_it_stood(items_of(plan), plan.changes.all(), at=at)
    verdicts = verdicts_of(plan) if at is None and with_verdicts else {}
    lines = [_line(node, on, verdicts) for node in flat(tree(items))]
    assents = plan.assents.filter(round=plan.round).select_related("account").order_by("pk")
    return PlanPage(plan, lines, list(assents), at)


def _line(node: Node, on: date, verdicts: Mapping[int, str]) -> Line:
    item = node.item
    return Line(node, item.is_late(on), item.promised_by, verdicts.get(item.pk, ""), getattr(item, "origin", None))


@dataclass(frozen=True)
class ItemPage:
    """A part of a plan: what it stands under and holds, what shows it."""

    line: Line
    above: list[Node]
    below: list[Line]
    evidence: list[Evidence]
    awaited_by: list[Item]


def item_page(item: Item, *, on: date) -> ItemPage | None:
    """One part of a plan; ``None`` where it is struck out."""
    nodes = nodes_of(item.plan)
    own = next((node for node in nodes if node.item.pk == item.pk), None)
    if own is None:
        return None
    verdicts = verdicts_of(item.plan)
    evidence = item.evidence.select_related("by", "meeting__body").order_by("pk")
    return ItemPage(
        _line(own, on, verdicts),
        [node for node in nodes if own in node.below()],
        [_line(node, on, verdicts) for node in own.below()],
        list(evidence),
        [node.item for node in nodes if node.item.waits_for_id == item.pk],
    )
