"""Which records are one child's: links, each with its time, its author and its kind, none of them ever deleted.

A link says that two records belong to one child. Undoing one is a new row, so what was believed on an earlier day can
be asked for. The number of a child is the smallest record of all that links hold together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.identity.book import Book

_COLUMNS = "id, record, other, kind, probability, undoes, by_whom, recorded_at, submission"


class LinkKind(StrEnum):
    """Where a link comes from; the last two are decisions that take one away."""

    FORMER_UPN = "former_upn"
    LINKED = "linked"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNDONE = "undone"

    @property
    def words(self) -> str:
        """The kind as a person reads it."""
        return _WORDS[self]


_WORDS = {
    LinkKind.FORMER_UPN: "the school gave a former unique pupil number",
    LinkKind.LINKED: "name, date of birth, sex and postcode all agree",
    LinkKind.CONFIRMED: "a person confirmed it",
    LinkKind.REJECTED: "a person said these are two children",
    LinkKind.UNDONE: "a person took the link back",
}
_TOGETHER = frozenset({LinkKind.FORMER_UPN, LinkKind.LINKED, LinkKind.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Link:
    """One row. ``submission`` is the receipt that brought it, None where a person did."""

    id: int
    record: int
    other: int
    kind: LinkKind
    probability: float | None
    undoes: int | None
    by: str
    recorded_at: str
    submission: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that may be one child's, and how likely it is; a person decides."""

    record: int
    other: int
    probability: float
    proposed_at: str


@dataclass(frozen=True, slots=True)
class Believed:
    """What counts: links of these receipts, and of people until a moment (None: all)."""

    receipts: frozenset[str]
    until: str | None = None

    def counts(self, link: Link) -> bool:
        """Whether a row was there, as far as this moment knows."""
        if link.submission is not None:
            return link.submission in self.receipts
        return self.until is None or link.recorded_at <= self.until


def all_links(book: Book, believed: Believed) -> list[Link]:
    """Every row that counts, oldest first, decisions that took links away among them."""
    with book.reading() as con:
        rows = _rows(con) if con else []
    return [link for link in rows if believed.counts(link)]


def every_link(book: Book, records: Collection[int]) -> list[Link]:
    """Every row about any of these records, oldest first, whether or not it counts."""
    with book.reading() as con:
        rows = _rows(con) if con else []
    return [link for link in rows if link.record in records or link.other in records]


def proposals_about(book: Book, records: Collection[int]) -> int:
    """How many pairs with any of these records were proposed, decided on or not."""
    with book.reading() as con:
        pairs = con.execute("SELECT record, other FROM proposal").fetchall() if con else []
    return sum(record in records or other in records for record, other in pairs)


def rename_person(book: Book, name: str, *, becomes: str) -> None:
    """Put another word in place of the name of whoever decided on links."""
    if book.exists:
        with book.writing() as con:
            con.execute("UPDATE link SET by_whom = ? WHERE lower(by_whom) = lower(?)", [becomes, name])


def links_in_force(links: Iterable[Link]) -> list[Link]:
    """The links that hold records together, those taken back left out."""
    listed = list(links)
    undone = {link.undoes for link in listed if link.kind is LinkKind.UNDONE}
    return [link for link in listed if link.kind in _TOGETHER and link.id not in undone]


def children(book: Book, believed: Believed) -> dict[int, int]:
    """For each record that any link holds to another its child's number; a record left out is its own child."""
    smallest: dict[int, int] = {}

    def root(record: int) -> int:
        while smallest.setdefault(record, record) != record:
            smallest[record] = smallest[smallest[record]]
            record = smallest[record]
        return record

    for link in links_in_force(all_links(book, believed)):
        one, other = sorted((root(link.record), root(link.other)))
        smallest[other] = one
    return {record: root(record) for record in list(smallest)}


def add_former_numbers(
    book: Book, pairs: Iterable[tuple[int, int]], *, by: str, recorded_at: str, submission: str
) -> int:
    """Link records whose numbers a school gave as one pupil's; the number of new links.

    A pair that was ever linked is left as it is: where a person took the link back, the person's word stands.
    """
    wanted = {_ordered(pair) for pair in pairs if pair[0] != pair[1]}
    if not wanted:
        return 0
    with book.writing() as con:
        fresh = sorted(wanted - {_ordered((link.record, link.other)) for link in _rows(con)})
        for pair in fresh:
            _insert(con, pair, LinkKind.FORMER_UPN, by=by, recorded_at=recorded_at, submission=submission)
    return len(fresh)


def add_linked(
    book: Book, pairs: Collection[tuple[int, int, float]], *, by: str, recorded_at: str, certain: bool
) -> int:
    """Keep pairs that linkage found: as links when they are ``certain``, else as proposals; how many are new.

    Pairs that anybody decided on before are left as they are.
    """
    with book.writing() as con:
        decided = {_ordered((link.record, link.other)) for link in _rows(con)}
        fresh = [(*_ordered((one, other)), p) for one, other, p in pairs if _ordered((one, other)) not in decided]
        for one, other, probability in fresh:
            if certain:
                _insert(con, (one, other), LinkKind.LINKED, by=by, recorded_at=recorded_at, probability=probability)
            else:
                con.execute(
                    "INSERT OR REPLACE INTO proposal VALUES (?, ?, ?, ?)", [one, other, probability, recorded_at]
                )
    return len(fresh)


def open_proposals(book: Book) -> list[Proposal]:
    """Pairs nobody has decided on yet, the likeliest first."""
    with book.reading() as con:
        if con is None:
            return []
        decided = {_ordered((link.record, link.other)) for link in _rows(con)}
        rows = con.execute("SELECT * FROM proposal ORDER BY probability DESC, record, other").fetchall()
    return [Proposal(*row) for row in rows if (row[0], row[1]) not in decided]


def decide(book: Book, pair: tuple[int, int], *, same: bool, by: str, recorded_at: str) -> int:
    """A person says that two records are one child's, or are not; the number of the row.

    Raises NotFound for a record that is not there, InputRefused for one record twice.
    """
    pair = _ordered(pair)
    if pair[0] == pair[1]:
        raise InputRefused([Problem("A record cannot be linked with itself.", "Name two different records.")])
    with book.writing() as con:
        for record in pair:
            if con.execute("SELECT 1 FROM record WHERE record = ?", [record]).fetchone() is None:
                raise NotFound(f"There is no record {record}. See 'ropewalk returns link list'.")
        kind = LinkKind.CONFIRMED if same else LinkKind.REJECTED
        if not same:
            _undo_all(con, pair, by=by, recorded_at=recorded_at)
        return _insert(con, pair, kind, by=by, recorded_at=recorded_at)


def undo(book: Book, link_id: int, *, by: str, recorded_at: str) -> int:
    """Take a link back; the number of the new row.

    Raises NotFound when there is no such link, or it was taken back before.
    """
    with book.writing() as con:
        found = {link.id: link for link in links_in_force(_rows(con))}.get(link_id)
        if found is None:
            raise NotFound(f"There is no link {link_id} in force. See 'ropewalk returns link list --all'.")
        return _insert(
            con, (found.record, found.other), LinkKind.UNDONE, by=by, recorded_at=recorded_at, undoes=link_id
        )


def _undo_all(con: sqlite3.Connection, pair: tuple[int, int], *, by: str, recorded_at: str) -> None:
    for link in links_in_force(_rows(con)):
        if _ordered((link.record, link.other)) == pair:
            _insert(con, pair, LinkKind.UNDONE, by=by, recorded_at=recorded_at, undoes=link.id)


def _insert(  # noqa: PLR0913 - a row has so many sides
    con: sqlite3.Connection,
    pair: tuple[int, int],
    kind: LinkKind,
    *,
    by: str,
    recorded_at: str,
    submission: str | None = None,
    probability: float | None = None,
    undoes: int | None = None,
) -> int:
    done = con.execute(
        "INSERT INTO link (record, other, kind, probability, undoes, by_whom, recorded_at, submission) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [*pair, kind.value, probability, undoes, by, recorded_at, submission],
    )
    return int(done.lastrowid or 0)


def _rows(con: sqlite3.Connection) -> list[Link]:
    rows = con.execute(f"SELECT {_COLUMNS} FROM link ORDER BY id").fetchall()  # noqa: S608 - our own names
    return [Link(number, record, other, LinkKind(kind), *rest) for number, record, other, kind, *rest in rows]


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return (min(pair), max(pair))
