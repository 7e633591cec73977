"""What follows from the parts of a plan: their order and names, and how one stood on an earlier day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from ropewalk.site.agree.plan.kinds import ItemKind
from ropewalk.site.agree.plan.models import Change, Item

MADE, DECISION = "made", "decision"
# What may change of a part of a plan, in words. The names are those of its fields.
FIELDS = {
    "words": "wording",
    "parent": "where it stands in the plan",
    "number": "order",
    "owner": "person",
    "organisation": "organisation",
    "begins": "first day",
    "due": "day due",
    "pence": "cost",
    "waits_for": "what comes first",
    "status": "status",
    "note": "how it stands",
    "struck_out": "whether it is struck out",
}
WHAT = {
    **FIELDS,
    MADE: "",
    "state": "state",
    "target": "target",
    "measure": "how it is measured",
    "title": "title",
    DECISION: "",
}


def kept(value: object) -> str:
    """A value as a change keeps it."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Node:
    """A part of a plan in its place: its number, such as ``2.1``, how deep it stands, and what it holds."""

    item: Item
    path: str
    depth: int
    parts: tuple["Node", ...]

    @property
    def label(self) -> str:
        """``Strand 2``, ``Action 2.1.3``."""
        words = self.item.sort.words
        return f"{words[0].upper()}{words[1:]} {self.path}"

    def below(self) -> Iterator["Node"]:
        """Everything it holds, in order."""
        for part in self.parts:
            yield part
            yield from part.below()


def tree(items: Iterable[Item]) -> tuple[Node, ...]:
    """The parts of a plan as a tree; numbers count the parts of a parent, whatever stands between them."""
    under: dict[int | None, list[Item]] = {}
    for item in sorted(items, key=lambda one: (one.number, one.pk)):
        under.setdefault(item.parent_id, []).append(item)
    return _nodes(under, None, "", 0)


def _nodes(under: Mapping[int | None, Sequence[Item]], parent: int | None, path: str, depth: int) -> tuple[Node, ...]:
    found = []
    for number, item in enumerate(under.get(parent, ()), start=1):
        own = f"{path}.{number}" if path else str(number)
        found.append(Node(item, own, depth, _nodes(under, item.pk, own, depth + 1)))
    return tuple(found)


def flat(nodes: Iterable[Node]) -> list[Node]:
    """Every part in order, each before what it holds."""
    return [one for node in nodes for one in (node, *node.below())]


def as_it_stood(items: Iterable[Item], changes: Iterable[Change], *, at: datetime) -> list[Item]:
    """The parts as they stood at a moment: what was changed after it is taken back. The rows are not to be saved."""
    kept_items = {item.pk: item for item in items}
    later = sorted((one for one in changes if one.at > at), key=lambda one: -one.pk)
    for change in later:
        item = kept_items.get(change.item_id or 0)
        if item is None:
            continue
        if change.what == MADE:
            del kept_items[item.pk]
        elif change.what in FIELDS:
            _set_back(item, change.what, change.before)
    return [one for one in kept_items.values() if not one.struck_out]


def _set_back(item: Item, what: str, text: str) -> None:
    field: Any = Item._meta.get_field(what)
    value: object = text
    if isinstance(field, models.BooleanField):
        value = bool(text)
    elif not isinstance(field, models.CharField | models.TextField) and what != "note":
        value = field.to_python(text) if text else None
    setattr(item, getattr(field, "attname", what), value)


def may_stand(item: ItemKind, under: Item | None) -> bool:
    """Whether a sort of part may stand under another part, or under none."""
    return under is None or item.may_stand_under(under.sort)
