"""Tables sorted by the server: the order is part of the address, so it can be shared and printed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict

Row = TypeVar("Row")


@dataclass(frozen=True)
class Order:
    """Which column a table is sorted by, and which way."""

    key: str
    descending: bool = False

    @property
    def direction(self) -> str:
        """``asc`` or ``desc``, as it stands in the address."""
        return "desc" if self.descending else "asc"


def read_order(request: HttpRequest, *, allowed: Iterable[str], default: Order) -> Order:
    """The order an address asks for; anything that is no column of the table gives the default."""
    key = request.GET.get("sort", "")
    if key not in set(allowed):
        return default
    return Order(key, descending=request.GET.get("dir") == "desc")


def sort_rows(rows: Iterable[Row], value: Callable[[Row], Any], *, descending: bool = False) -> list[Row]:
    """Sort rows by a value; rows without one come last whichever way the others run."""
    rows = list(rows)
    known = [row for row in rows if value(row) is not None]
    return sorted(known, key=value, reverse=descending) + [row for row in rows if value(row) is None]


def order_link(query: QueryDict | Mapping[str, str], order: Order) -> str:
    """The query of the address that shows the same page in this order, from its first part."""
    kept = query.copy() if isinstance(query, QueryDict) else QueryDict(mutable=True)
    kept["sort"] = order.key
    kept["dir"] = order.direction
    kept.pop("page", None)
    return f"?{kept.urlencode()}"
