"""Values that census and transfer files write in ways of their own, as the returns want them."""

from __future__ import annotations

from collections.abc import Iterable

from ropewalk.core.returns.safe_xml import Node
from ropewalk.core.returns.xml_staging import Cells

# P and S: a parent, or the school, says that the pupil is a young carer.
_YES = frozenset({"Y", "YES", "TRUE", "1", "P", "S"})
_NO = frozenset({"N", "NO", "FALSE", "0"})
# Refused, or not known: nothing is known then.
_NOTHING = frozenset({"", "U", "R"})


def day_of(text: str | None) -> str | None:
    """The day of a date or of a date with a time; other text stays as it is, for the checks to find."""
    return text.partition("T")[0] or text if text else None


def yes_no(text: str | None) -> str | None:
    """Y or N of the ways they are written; None where nothing is known; other text as it is, for the checks to find."""
    word = (text or "").upper()
    if word in _NOTHING:
        return None
    return "Y" if word in _YES else "N" if word in _NO else text


def needs(cells: Cells, found: Iterable[Node]) -> None:
    """Fill the types of special educational need, by their rank."""
    ranked = sorted((need.text_at("SENtypeRank") or "9", place, need) for place, need in enumerate(found))
    kinds = [kind for _, _, need in ranked if (kind := need.text_at("SENtype"))]
    cells.update({f"sen_type_{place}": kind for place, kind in enumerate(kinds[:2], start=1)})


def postcode(cells: Cells, home: Node) -> None:
    """Fill the postcode with the first one in an address."""
    for child in home.children:
        if child.name in {"PostCode", "Postcode"}:
            cells["postcode"] = cells.get("postcode") or child.text
        else:
            postcode(cells, child)


def meals(periods: Iterable[Node], day: str | None) -> str:
    """Y when one of the periods of free school meals in England holds on a day; without a day, when one has no end."""
    return "Y" if any(_holds(period, day) for period in periods) else "N"


def _holds(period: Node, day: str | None) -> bool:
    if period.text_at("UKcountry") not in {None, "ENG"}:
        return False
    start, end = day_of(period.text_at("FSMstartDate")), day_of(period.text_at("FSMendDate"))
    begun = day is None or start is None or start <= day
    return begun and (end is None or (day is not None and end >= day))
