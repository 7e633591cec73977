"""What is compared of two records to tell whether they are one child's: names, date of birth, sex, postcode."""

from __future__ import annotations

import re
import unicodedata

from ropewalk.core.identity.book import Person

FIELDS = ("surname", "forename", "date_of_birth", "sex", "postcode")
_WORDS = {
    "surname": "surname",
    "forename": "forename",
    "date_of_birth": "date of birth",
    "sex": "sex",
    "postcode": "postcode",
}


def comparable(person: Person) -> dict[str, str | None]:
    """The fields as they are compared: without accents, punctuation, blanks and case; None where nothing is known."""
    return {name: _plain(getattr(person, name), name) for name in FIELDS}


def _plain(text: str | None, name: str) -> str | None:
    if text is None or name == "date_of_birth":
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^A-Z0-9]", "", decomposed.upper()) or None


def agreeing_fields(one: Person | None, other: Person | None) -> tuple[str, ...]:
    """Names of the fields that are known of both and agree."""
    if one is None or other is None:
        return ()
    first, second = comparable(one), comparable(other)
    return tuple(_WORDS[name] for name in FIELDS if first[name] is not None and first[name] == second[name])


def is_exact(one: Person, other: Person) -> bool:
    """Whether every field is known of both and agrees."""
    return len(agreeing_fields(one, other)) == len(FIELDS)
