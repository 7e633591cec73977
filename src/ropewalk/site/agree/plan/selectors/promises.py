"""Who promised what to whom: what the plan in force holds, by whoever promised it."""

from dataclasses import dataclass
from datetime import date

from ropewalk.site.agree.plan.kinds import ItemKind
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.plan.selectors.plans import Line, plan_page

PROMISED = {ItemKind.KPI, ItemKind.ACTION, ItemKind.MILESTONE}
NOBODY = "Nobody yet"


@dataclass(frozen=True)
class Promises:
    """What somebody promised, the first due first; ``to`` is under which part of the plan each stands."""

    who: str
    lines: list[tuple[Line, str]]

    @property
    def counts(self) -> str:
        """``3 promised, 1 done, 1 late``."""
        done = sum(line.item.standing.is_over for line, _ in self.lines)
        late = sum(line.is_late for line, _ in self.lines)
        return f"{len(self.lines)} promised, {done} over, {late} late"


def promises_of(plan: Plan, *, on: date) -> list[Promises]:
    """Promises of a plan by person and organisation, by name; what nobody promised stands last."""
    page = plan_page(plan, on=on, with_verdicts=False)
    by_who: dict[str, list[tuple[Line, str]]] = {}
    labels = {line.item.pk: f"{line.node.label}: {line.item.words}" for line in page.lines}
    for line in page.lines:
        if line.item.sort in PROMISED:
            to = labels.get(line.item.parent_id or 0, "The plan itself")
            by_who.setdefault(line.owner or NOBODY, []).append((line, to))
    ordered = sorted(by_who, key=lambda who: (who == NOBODY, who.casefold()))
    return [Promises(who, sorted(by_who[who], key=lambda one: one[0].item.due or date.max)) for who in ordered]
