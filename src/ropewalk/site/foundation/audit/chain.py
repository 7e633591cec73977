"""The chain of the audit log, as arithmetic alone: whoever has the rows can check it with these few lines.

Each entry is sealed by a hash over the seal before it, its number, its moment and the digest of what it says. What it
says is hashed with random salt: an entry can be emptied, salt and all, when a person must be forgotten, and the chain
still holds. What was emptied can then not even be guessed at.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Link:
    """What the chain needs to know of an entry; ``content`` and ``salt`` are None once it was emptied."""

    number: int
    at: datetime
    content: Mapping[str, object] | None
    salt: str | None
    digest: str
    seal: str


@dataclass(frozen=True)
class Verdict:
    """What checking a chain came to. ``broken_at`` is the first entry that is not as it was written."""

    entries: int
    emptied: int
    newest_seal: str
    broken_at: int | None = None
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether every entry is as it was written."""
        return self.broken_at is None


def digest_of(content: Mapping[str, object], salt: str) -> str:
    """SHA-256 of what an entry says, in one fixed way of writing it."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{written}".encode()).hexdigest()


def seal_of(*, before: str, number: int, at: datetime, digest: str) -> str:
    """SHA-256 that binds an entry to all before it."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return hashlib.sha256(f"{before}\n{number}\n{moment}\n{digest}".encode()).hexdigest()


def check(links: Iterable[Link], *, known: tuple[int, str] | None = None) -> Verdict:
    """Check entries in order, from the first. ``known`` is the number and seal of an entry noted earlier elsewhere.

    Without ``known`` nobody can tell that the newest entries were cut off, or that the whole was written anew.
    """
    entries = emptied = 0
    seal = BEGINNING
    for link in links:
        entries += 1
        emptied += link.content is None
        why = _what_is_wrong(link, entries, seal, known)
        if why:
            return Verdict(entries, emptied, link.seal, link.number, why)
        seal = link.seal
    if known and known[0] > entries:
        return Verdict(entries, emptied, seal, entries + 1, f"entry {known[0]}, which was noted, is gone")
    return Verdict(entries, emptied, seal)


def _what_is_wrong(link: Link, expected: int, before: str, known: tuple[int, str] | None) -> str:
    if link.number != expected:
        return f"entry {expected} is missing"
    if link.content is not None and digest_of(link.content, link.salt or "") != link.digest:
        return "what it says was changed"
    if seal_of(before=before, number=link.number, at=link.at, digest=link.digest) != link.seal:
        return "it does not follow from the entry before it"
    if known and known[0] == link.number and known[1] != link.seal:
        return "its seal is not the one that was noted"
    return ""
