"""By which role people of a place are spoken of, in place of their names."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Outcome, Seat
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.roles import ROLES

SOMEBODY = "somebody"


def roles_of(place: Place, *, on: date) -> Mapping[int, str]:
    """What each account of a place is called there, by its number: ``Head, North School``."""
    found: dict[int, str] = {}
    for grant in people_of(place, on=on):
        role = ROLES[grant.role].title if grant.role in ROLES else SOMEBODY
        where = grant.organisation.name if grant.organisation else ""
        found.setdefault(grant.account_id, f"{role}, {where}" if where else role)
    return found


def without_names(place: Place, *, on: date) -> Callable[[str], str]:
    """Puts a role in the place of every person known at a place whose name stands in a text.

    Names of two letters or fewer are left: they are parts of words.
    """
    names = {name: words for name, words in _named(place, on) if len(name) > 2}
    if not names:
        return lambda text: text
    longest = sorted(names, key=lambda one: (-len(one), one))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    known = {name.casefold(): words for name, words in names.items()}
    return lambda text: pattern.sub(lambda hit: known.get(hit.group().casefold(), SOMEBODY), text)


def _named(place: Place, on: date) -> list[tuple[str, str]]:
    """Names of people with what they are called instead; of one name the last word counts."""
    found = [(name, SOMEBODY) for name in _typed(place)]
    owners = Item.objects.filter(plan__place=place, owner__isnull=False).select_related("owner")
    found += [(one.owner.name, SOMEBODY) for one in owners if one.owner]
    for seat in Seat.objects.filter(body__place=place).select_related("account"):
        found.append((seat.who, f"the {seat.part_words}"))
    found += [(grant.account.name, f"the {ROLES[grant.role].title.lower()}") for grant in people_of(place, on=on)]
    # A name that is the name of a role already says nothing of a person.
    return [(name.strip(), words) for name, words in found if name.strip().casefold() not in _titles()]


def _typed(place: Place) -> list[str]:
    """Names people typed, with or without what the person is: ``Dora Splice, director``."""
    typed = list(Workstream.objects.filter(place=place).values_list("chair", flat=True))
    typed += Outcome.objects.filter(meeting__body__place=place).values_list("owner", flat=True)
    return [one.partition(",")[0] for one in typed if one]


def _titles() -> set[str]:
    return {role.title.casefold() for role in ROLES.values()}
