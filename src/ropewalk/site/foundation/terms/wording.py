"""What terms say, as values alone: how it is written down, hashed, measured, and what is wrong with it."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ropewalk.core.errors import Problem
from ropewalk.core.schema.returns import RETURN_FILES, Sensitivity
from ropewalk.site.foundation.terms.purposes import BASIS, RETENTION, RETENTION_DAYS, SPECIAL_BASIS, SUMMARY, Purpose

THRESHOLD, LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 5, 3, 20
CHALLENGE_DAYS, LONGEST_CHALLENGE, LONGEST_KEPT = 10, 60, 3660
# As fast as most people read plain prose.
WORDS_A_MINUTE = 200
READ_IN = 2
# What whoever keeps the terms writes. What becomes of the past is what the site does, so nobody can word it otherwise.
WRITTEN = ("words", "recipients", "basis", "special_basis", "retention")
TEXTS = (*WRITTEN, "past")


@dataclass(frozen=True, kw_only=True)
class Article:
    """What terms say of one purpose. ``columns`` are names of columns by kind of return.

    ``past`` says what becomes of what was done before when a school stops.
    """

    words: str
    columns: Mapping[str, tuple[str, ...]]
    recipients: str
    basis: str
    special_basis: str
    retention: str
    retention_days: int
    past: str

    @property
    def is_special(self) -> bool:
        """Whether special categories of personal data are used."""
        return any(
            RETURN_FILES[kind].field(name).sensitivity is Sensitivity.SPECIAL
            for kind, names in self.columns.items()
            for name in names
        )

    def as_json(self) -> dict[str, Any]:
        """As it is kept and hashed."""
        return {
            **{name: getattr(self, name) for name in TEXTS},
            "columns": {kind: list(names) for kind, names in self.columns.items() if names},
            "retention_days": self.retention_days,
        }


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The whole text of a version. ``challenge_days``: how long schools may challenge figures before release."""

    summary: str
    threshold: int
    challenge_days: int
    articles: Mapping[Purpose, Article]

    @property
    def words(self) -> int:
        """How many words somebody reads."""
        texts = [self.summary, *(getattr(one, name) for one in self.articles.values() for name in TEXTS)]
        return sum(len(text.split()) for text in texts)

    @property
    def minutes(self) -> int:
        """How long that takes."""
        return math.ceil(self.words / WORDS_A_MINUTE)

    def as_json(self) -> dict[str, Any]:
        """As it is hashed."""
        return {
            "summary": self.summary,
            "threshold": self.threshold,
            "challenge_days": self.challenge_days,
            "purposes": {purpose.value: article.as_json() for purpose, article in self.articles.items()},
        }

    def promises_as_much(self, before: "Wording", purpose: Purpose) -> bool:
        """Whether somebody who accepted a purpose as it was written before has accepted it as it is written here."""
        old, new = before.articles.get(purpose), self.articles.get(purpose)
        return (
            old is not None
            and new is not None
            and old.as_json() == new.as_json()
            and self.threshold >= before.threshold
            and self.challenge_days >= before.challenge_days
        )


def read_articles(kept: Mapping[str, Any]) -> dict[Purpose, Article]:
    """Articles as they are kept."""
    return {
        Purpose(purpose): Article(
            **{name: said[name] for name in TEXTS},
            columns={kind: tuple(names) for kind, names in said["columns"].items()},
            retention_days=said["retention_days"],
        )
        for purpose, said in sorted(kept.items(), key=lambda one: list(Purpose).index(Purpose(one[0])))
    }


def written(place: str, version: int, wording: Wording) -> bytes:
    """A version in the one way of writing it that is hashed."""
    content = {"place": place, "version": version, **wording.as_json()}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(place: str, version: int, wording: Wording) -> str:
    """SHA-256 of a version."""
    return hashlib.sha256(written(place, version, wording)).hexdigest()


def first_wording(place: str) -> Wording:
    """What a first draft says; ``place`` is the name of the place."""
    articles = {
        purpose: Article(
            words=purpose.declared.words.format(place=place),
            columns=purpose.declared.columns,
            recipients=purpose.declared.recipients.format(place=place),
            basis=BASIS,
            special_basis=SPECIAL_BASIS,
            retention=RETENTION,
            retention_days=RETENTION_DAYS,
            past=purpose.declared.past,
        )
        for purpose in Purpose
    }
    return Wording(
        summary=SUMMARY.format(place=place), threshold=THRESHOLD, challenge_days=CHALLENGE_DAYS, articles=articles
    )


def problems_with(wording: Wording) -> list[Problem]:
    """Everything that keeps a wording from being put in force."""
    return [*_of_the_whole(wording), *(one for purpose in wording.articles for one in _of_one(purpose, wording))]


def _of_the_whole(wording: Wording) -> Iterator[Problem]:
    if not wording.summary.strip():
        yield Problem("There is no summary.", "Say in a few sentences what schools share, and why.")
    if not LOWEST_THRESHOLD <= wording.threshold <= HIGHEST_THRESHOLD:
        yield Problem(
            f"{wording.threshold} is not a threshold.", f"Choose from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}."
        )
    if not 1 <= wording.challenge_days <= LONGEST_CHALLENGE:
        yield Problem("Schools need time to challenge figures.", f"Choose from 1 to {LONGEST_CHALLENGE} days.")
    if not wording.articles:
        yield Problem("The terms name no purpose.", "Choose one at least.")


def _of_one(purpose: Purpose, wording: Wording) -> Iterator[Problem]:
    article = wording.articles[purpose]
    for name, what in (("words", "what is done"), ("recipients", "who gets it"), ("basis", "the lawful basis")):
        if not getattr(article, name).strip():
            yield Problem(f"“{purpose.words}” does not say {what}.", "Write a sentence.")
    if not article.retention.strip() or not 1 <= article.retention_days <= LONGEST_KEPT:
        yield Problem(
            f"“{purpose.words}” does not say how long what was sent is kept.",
            f"Write a sentence, and a number of days from 1 to {LONGEST_KEPT}.",
        )
    yield from _of_columns(purpose, article)
    for other in sorted(purpose.declared.needs - set(wording.articles)):
        yield Problem(f"“{purpose.words}” makes no sense without “{other.words}”.", "Name both, or neither.")


def _of_columns(purpose: Purpose, article: Article) -> Iterator[Problem]:
    strange = [
        f"{kind}.{name}"
        for kind, names in article.columns.items()
        for name in names
        if kind not in RETURN_FILES or name not in RETURN_FILES[kind].columns
    ]
    if strange:
        yield Problem(f"“{purpose.words}” names {', '.join(strange)}, which no return has.", "Choose from the list.")
    elif not any(article.columns.values()):
        yield Problem(f"“{purpose.words}” names nothing that is used.", "Choose columns of the returns.")
    elif article.is_special and not article.special_basis.strip():
        yield Problem(
            f"“{purpose.words}” uses special category data without saying why it may.",
            "Name the condition of Article 9, and of Schedule 1.",
        )
