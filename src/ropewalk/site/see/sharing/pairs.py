"""Pairs of records and links, as their page shows them."""

from dataclasses import dataclass

from ropewalk.core.use_cases.linking import links
from ropewalk.core.use_cases.school_returns import Beside, Person, beside
from ropewalk.site.foundation.accounts.in_the_store import names
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.see.sharing.facts import facts, key
from ropewalk.site.see.sharing.history import moment_words

SEX = {"F": "Girl", "M": "Boy"}
LIKELY = ((0.95, "very likely one child"), (0.8, "likely one child"), (0.5, "perhaps one child"))


@dataclass(frozen=True)
class Pair:
    """Two records with what the schools say of each: name of the line, one, two, whether they say the same."""

    record: int
    other: int
    likely: str
    lines: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class InForce:
    """A link that holds two records together."""

    id: int
    record: int
    other: int
    why: str
    by: str
    when: str


def waiting() -> list[Pair]:
    """Pairs that wait for a decision, the likeliest first."""
    return [_pair(one) for one in beside(facts(), key=key())]


def in_force() -> list[InForce]:
    """The links in force, newest first."""
    known = [link for link in links(facts()) if link.in_force]
    who = names(link.by for link in known)
    return [
        InForce(link.id, link.record, link.other, link.words, who[link.by], moment_words(link.recorded_at))
        for link in reversed(known)
    ]


def _pair(found: Beside) -> Pair:
    words = next((words for least, words in LIKELY if found.probability >= least), "unlikely one child")
    lines = tuple(
        (name, one, two, one.casefold() == two.casefold())
        for (name, one), (_, two) in zip(_said(found.one), _said(found.two), strict=True)
    )
    if not any(same and one for _, one, _, same in lines):
        # A newer return said something else of one of them since the pair was found.
        words = "nothing agrees any more"
    return Pair(found.record, found.other, words, lines)


def _said(person: Person | None) -> list[tuple[str, str]]:
    if person is None:
        return [(name, "") for name in ("Surname", "Forename", "Date of birth", "Sex", "Postcode")]
    return [
        ("Surname", person.surname or ""),
        ("Forename", person.forename or ""),
        ("Date of birth", long_date(person.date_of_birth)),
        ("Sex", SEX.get(person.sex or "", person.sex or "")),
        ("Postcode", person.postcode or ""),
    ]
