"""What was changed in a plan, each change as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ropewalk.site.agree.partnership.rules import pounds
from ropewalk.site.agree.plan.kinds import State, Status
from ropewalk.site.agree.plan.models import Change, Item, Plan
from ropewalk.site.agree.plan.rules import DECISION, MADE, WHAT, flat, tree
from ropewalk.site.agree.plan.selectors.plans import items_of
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.models import Organisation


@dataclass(frozen=True)
class Told:
    """A change in words; ``later`` says that the plan had been agreed before it."""

    change: Change
    words: str
    later: bool

    @property
    def day(self) -> date:
        """When."""
        return timezone.localtime(self.change.at).date()


def told(plan: Plan, *, of: Item | None = None) -> list[Told]:
    """Every change of a plan, or of one part of it, the latest first."""
    names = _Names(plan)
    rows = plan.changes.select_related("by", "body", "item").order_by("-pk")
    if of is not None:
        rows = rows.filter(item=of)
    return [Told(one, names.sentence(one), _is_later(plan, one)) for one in rows]


def _is_later(plan: Plan, change: Change) -> bool:
    # How things stand is meant to change; what was promised is not.
    promised = change.what not in {"state", "status", "note", DECISION}
    return promised and plan.agreed_at is not None and change.at > plan.agreed_at


class _Names:
    """What stands behind the numbers in a plan's changes."""

    def __init__(self, plan: Plan) -> None:
        items = items_of(plan)
        labels = {node.item.pk: node.label for node in flat(tree(one for one in items if not one.struck_out))}
        self.items: Mapping[int, str] = {
            one.pk: f"{labels.get(one.pk) or one.sort.words} (“{one.words}”)" for one in items
        }
        changes = list(plan.changes.filter(what__in=("owner", "organisation")))
        told_of = {what: _numbers(changes, what) for what in ("owner", "organisation")}
        self.people = {one.pk: one.name for one in Account.objects.filter(pk__in=told_of["owner"])}
        found = Organisation.objects.filter(pk__in=told_of["organisation"])
        self.organisations = {one.pk: one.name for one in found}

    def sentence(self, change: Change) -> str:
        """``Action 2.1 (“Ring”): day due moved from 1 March 2026 to 3 April 2026 by the board (Cora) on 2 March.``"""
        ending = f" by {self._who(change)} on {long_date(timezone.localtime(change.at).date())}"
        because = f" Why: {change.because}" if change.because else ""
        return f"{self._what(change)}{ending}.{because}"

    def _who(self, change: Change) -> str:
        return f"{change.body.name} ({change.by.name})" if change.body else change.by.name

    def _what(self, change: Change) -> str:
        subject = self.items.get(change.item_id or 0, "The plan")
        if change.what == MADE:
            return f"{subject} was added"
        if change.what == DECISION:
            return f"“{change.after}” was decided"
        if change.what == "struck_out":
            return f"{subject} was struck out"
        if change.what == "state":
            was = f", was {State(change.before).words}" if change.before else ""
            return f"The plan became {State(change.after).words}{was},"
        before, after = (self._value(change.what, text) for text in (change.before, change.after))
        what = WHAT[change.what]
        if not change.before:
            return f"{subject}: {what} set to {after}"
        if not change.after:
            return f"{subject}: {what} taken away (it was {before})"
        return f"{subject}: {what} moved from {before} to {after}"

    def _value(self, what: str, text: str) -> str:
        if not text:
            return ""
        if what in {"begins", "due"}:
            return long_date(date.fromisoformat(text))
        if what == "status":
            return f"“{Status(text).words}”"
        if what == "pence":
            return pounds(int(text))
        if what in {"owner", "organisation", "parent", "waits_for"}:
            named = {"owner": self.people, "organisation": self.organisations}.get(what, self.items)
            return named.get(int(text), "somebody who is not known here any more")
        return f"“{text}”" if what in {"words", "note", "title", "measure"} else text


def _numbers(changes: list[Change], what: str) -> set[int]:
    return {int(text) for one in changes if one.what == what for text in (one.before, one.after) if text}
