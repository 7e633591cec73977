"""Which rates may be shown: a rate says as much as its two counts, so it follows the rule for counts, and more."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST_DENOMINATOR = 20
DEFAULT_THRESHOLD = 5


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What is known of a rate's two counts: whether each may be shown in the protected table.

    ``of_place`` is true for a figure of the whole place; below it, that everybody or nobody in a group is affected
    says something of each child in it.
    """

    numerator_shown: bool = True
    denominator_shown: bool = True
    of_place: bool = False


def rate_may_be_shown(
    numerator: int, denominator: int, parts: Parts | None = None, *, threshold: int = DEFAULT_THRESHOLD
) -> bool:
    """Whether a rate may be shown.

    Both counts must be shown, the denominator be 20 or more, and neither numerator nor its complement be 1 to
    ``threshold`` - 1. Below the place as a whole no rate of 0 or 100 per cent is shown. Raises ValueError for counts
    that are no numerator and denominator.
    """
    known = parts or Parts()
    if not 0 <= numerator <= denominator:
        raise ValueError("a numerator lies between 0 and its denominator")
    if not (known.numerator_shown and known.denominator_shown) or denominator < SMALLEST_DENOMINATOR:
        return False
    if any(0 < count < threshold for count in (numerator, denominator - numerator, denominator)):
        return False
    return known.of_place or 0 < numerator < denominator
