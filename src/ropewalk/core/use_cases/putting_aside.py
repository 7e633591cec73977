"""Lines set aside that are to go, and the files without them that take the place of those they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ropewalk.core.facts.store import Facts
from ropewalk.core.identity import lines_aside
from ropewalk.core.returns.lines_about import Sorted


@dataclass(frozen=True)
class LinesAside:
    """Lines set aside of one file of a submission."""

    receipt: str
    file: int
    lines: Sorted


def drafted(facts: Facts, going: Iterable[LinesAside], key: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    """Drafts of the files without the lines that go, by where they belong; and files to delete."""
    put: dict[str, str] = {}
    delete: list[str] = []
    for one in going:
        kept = lines_aside.files_of(facts.book, one.receipt, one.file)
        final, plain = (path.relative_to(facts.root) for path in kept)
        delete.append(str(plain))
        if one.lines.others:
            draft = lines_aside.draft_lines(facts.book, one.receipt, one.file, one.lines.rest, key)
            put[str(draft.relative_to(facts.root))] = str(final)
        else:
            delete.append(str(final))
    return put, tuple(delete)
