"""Places: England, its regions and councils, found by code, number or name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.councils import COUNCILS
from ropewalk.core.schema.made_up_places import MADE_UP_COUNCILS, MADE_UP_COUNTRY, MADE_UP_REGION

ENGLAND = "E92000001"


class PlaceKind(StrEnum):
    """What sort of place it is."""

    COUNTRY = "country"
    REGION = "region"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class Place:
    """A place figures are published for. ``code`` is the ONS code; ``number`` the Department's three digits."""

    code: str
    number: str
    name: str
    kind: PlaceKind
    region: str | None = None
    last_year: int | None = None
    made_up: bool = False

    @property
    def country(self) -> str:
        """Code of the country the place lies in."""
        return MADE_UP_COUNTRY if self.made_up else ENGLAND


# Region code, the number LAIT gives it, name.
_REGIONS = (
    ("E12000001", "980", "North East"),
    ("E12000002", "981", "North West"),
    ("E12000003", "982", "Yorkshire and The Humber"),
    ("E12000004", "983", "East Midlands"),
    ("E12000005", "984", "West Midlands"),
    ("E12000006", "985", "East of England"),
    ("E12000007", "986", "London"),
    ("E13000001", "987", "Inner London"),
    ("E13000002", "988", "Outer London"),
    ("E12000008", "989", "South East"),
    ("E12000009", "990", "South West"),
)
# Names that publications use for the same council.
_OTHER_NAMES = {
    "Bristol": ("Bristol, City of", "City of Bristol"),
    "Kingston upon Hull": ("Kingston upon Hull, City of", "Hull"),
    "County Durham": ("Durham",),
    "Herefordshire": ("Herefordshire, County of",),
    "St Helens": ("St. Helens",),
    "Bedford": ("Bedford Borough",),
    "Dorset (before 2019)": ("Dorset (Pre LG)", "Dorset (Pre LGR 2019)"),
    "Poole": ("Poole (Pre LG)", "Poole (Pre LGR 2019)"),
    "Bournemouth": ("Bournemouth (Pre LG)", "Bournemouth (Pre LGR 2019)"),
    "Bournemouth, Christchurch and Poole": ("BCP", "Bournemouth Christchurch and Poole"),
    "Cumbria": ("Cumbria (Pre LGR 2023)",),
    "Northamptonshire": ("Northamptonshire (Pre LGR 2021)",),
    "Bedfordshire": ("Bedfordshire (Pre LGR 2009)",),
    "Cheshire": ("Cheshire (Pre LGR 2009)",),
    "Telford and Wrekin": ("Telford & Wrekin",),
    "Inner London": ("London (Inner)",),
    "Outer London": ("London (Outer)",),
}


@cache
def all_places() -> tuple[Place, ...]:
    """Every declared place, real and made up: country, regions, councils."""
    regions = [Place(code, number, name, PlaceKind.REGION, region=None) for code, number, name in _REGIONS]
    made_up = [
        Place(MADE_UP_COUNTRY, "001", "Made-up England", PlaceKind.COUNTRY, made_up=True),
        Place(MADE_UP_REGION, "002", "Made-up region", PlaceKind.REGION, made_up=True),
    ]
    councils = [
        Place(c.code, c.number, c.name, PlaceKind.COUNCIL, region=c.region, last_year=c.last_year, made_up=c.made_up)
        for c in (*COUNCILS, *MADE_UP_COUNCILS)
    ]
    return (Place(ENGLAND, "970", "England", PlaceKind.COUNTRY), *regions, *made_up, *councils)


@cache
def _by_code() -> dict[str, Place]:
    return {place.code: place for place in all_places()}


def place_by_code(code: str) -> Place:
    """Place with exactly this present ONS code.

    Raises NotFound when no place has it.
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise NotFound(f"There is no place with the code '{code}'.") from None


def normalised(name: str) -> str:
    """A name without case, punctuation, order and filler words, so that 'Bristol, City of' is 'City of Bristol'."""
    plain = re.sub(r"[^a-z0-9 ]", " ", name.lower().replace("&", " and "))
    return (
        " ".join(sorted(word for word in plain.split() if word not in {"the", "of", "city", "county", "borough"}))
        or plain
    )


@cache
def place_aliases() -> dict[str, str]:
    """Everything a publication may write for a place, to its code: codes, former codes, numbers, normalised names."""
    aliases: dict[str, str] = {}
    for place in all_places():
        for name in (place.name, place.name.removesuffix(" (made up)"), *_OTHER_NAMES.get(place.name, ())):
            aliases.setdefault(normalised(name), place.code)
            # The whole name comes first: without its filler words the City of London would be London.
            aliases.setdefault(name.upper(), place.code)
        aliases[place.code] = place.code
        aliases[place.number] = place.code
    for council in COUNCILS:
        aliases.update(dict.fromkeys(council.former_codes, council.code))
    return aliases


def find_place(text: str) -> Place:
    """The place somebody means by an ONS code, a council number or a name.

    Raises NotFound, with near names where there are any.
    """
    cleaned = text.strip()
    code = place_aliases().get(cleaned.upper()) or place_aliases().get(normalised(cleaned))
    if code:
        return _by_code()[code]
    near = [place.name for place in search_places(cleaned)][:3]
    hint = f" Did you mean {' or '.join(near)}?" if near else " Try 'ropewalk places' for the list."
    raise NotFound(f"There is no place called '{cleaned}'.{hint}")


def search_places(text: str) -> list[Place]:
    """Places whose name holds every word of the text, or whose code or number it is; nearest first."""
    cleaned = text.strip().lower()
    if not cleaned:
        return list(all_places())
    exact = place_aliases().get(cleaned.upper()) or place_aliases().get(normalised(cleaned))
    words = cleaned.split()
    found = [
        place for place in all_places() if place.code == exact or all(word in place.name.lower() for word in words)
    ]
    return sorted(
        found, key=lambda place: (place.code != exact, not place.name.lower().startswith(cleaned), place.name)
    )
