"""Money of a partnership: what was given, spent and is left, by line and by objective. Amounts are pence."""

from collections import defaultdict
from dataclasses import dataclass

from ropewalk.site.agree.partnership.models import FundingLine, Spending
from ropewalk.site.agree.partnership.rules import added, pounds
from ropewalk.site.foundation.organisations.models import Place


@dataclass(frozen=True)
class Sums:
    """What was given and spent, and the words of both and of what is left."""

    given: int
    spent: int

    @property
    def given_words(self) -> str:
        """``£80,000``."""
        return pounds(self.given)

    @property
    def spent_words(self) -> str:
        """``£12,500.50``."""
        return pounds(self.spent)

    @property
    def left_words(self) -> str:
        """``£67,499.50``, less than nothing when too much was spent."""
        return pounds(self.given - self.spent)


@dataclass(frozen=True)
class LineShown:
    """A funding line with its sums."""

    line: FundingLine
    sums: Sums


@dataclass(frozen=True)
class SpendingShown:
    """A spending with its amount in words."""

    spending: Spending
    amount: str


@dataclass(frozen=True)
class Money:
    """Lines by funder, their total, sums by objective, and every spending, the newest first."""

    lines: list[LineShown]
    total: Sums
    objectives: list[tuple[str, str]]
    spendings: list[SpendingShown]


def money_of(place: Place) -> Money:
    """What stands in the books of a place's partnership."""
    lines = sorted(
        FundingLine.objects.filter(place=place), key=lambda one: (one.funder.casefold(), one.title.casefold())
    )
    rows = Spending.objects.filter(line__place=place).select_related("line", "by", "struck_by")
    spendings = list(rows.order_by("-day", "-pk"))
    standing = [one for one in spendings if one.struck_at is None]
    spent: defaultdict[int, int] = defaultdict(int)
    for one in standing:
        spent[one.line_id] += one.pence
    return Money(
        [LineShown(line, Sums(line.pence, spent[line.pk])) for line in lines],
        Sums(sum(line.pence for line in lines), sum(one.pence for one in standing)),
        [(name, pounds(amount)) for name, amount in added((one.objective, one.pence) for one in standing)],
        [SpendingShown(one, pounds(one.pence)) for one in spendings],
    )


def objectives_of(place: Place) -> list[str]:
    """Objectives that money was spent for, to be written the same way again."""
    names = Spending.objects.filter(line__place=place).values_list("objective", flat=True)
    return sorted(set(names), key=str.casefold)
