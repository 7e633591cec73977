"""A store as it is at one moment: what changes afterwards does not change what was kept."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused
from ropewalk.core.facts.store import FACTS, IDENTITY, Facts
from ropewalk.core.identity.lines_aside import keep_lines
from ropewalk.core.open_data.store import Store
from ropewalk.core.returns.identifying import number_of
from ropewalk.core.use_cases.edition_files import EDITIONS
from ropewalk.core.use_cases.share_counts import RELEASED
from ropewalk.core.use_cases.store_snapshot import PARTS, snapshot_of_store

KEY = b"a key for tests, of no use"
LARGE, SMALL = f"{FACTS}/roll/R1.parquet", f"{EDITIONS}/X06000001/0001.json"


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """A store with a large and small files, a book and published figures."""
    root = tmp_path / "store"
    for name, size in ((LARGE, 3_000_000), (SMALL, 10), (f"{RELEASED}/X/1-released.csv", 10), ("pages/one.html", 10)):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_bytes(b"a" * size)
    (root / EDITIONS / "X06000001" / ".lock").touch()
    (root / FACTS / "roll" / "R2.parquet.part").write_bytes(b"left by a process that was killed")
    facts = Facts(root)
    facts.book.identify([number_of("B801200005001")], KEY)
    keep_lines(facts.book, "R1", 1, b"a line", KEY)
    publish(root)
    return facts


def publish(root: Path) -> None:
    store = Store(root)
    with store.writing(), store.replacing(store.manifest) as draft:
        draft.publish()


def names(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


def test_the_parts_are_those_that_rooms_write() -> None:
    assert PARTS == (FACTS, IDENTITY, EDITIONS, RELEASED)


@pytest.mark.parametrize("published", [True, False])
def test_what_cannot_be_had_again_is_kept_and_nothing_else(facts: Facts, *, published: bool) -> None:
    wanted = {LARGE, SMALL, f"{RELEASED}/X/1-released.csv", "identity/book.sqlite", "identity/refused/R1/1.sealed"}
    if published:
        wanted |= {"manifest.json", "published-000001.duckdb"}
    with snapshot_of_store(facts, published=published) as folder:
        assert names(folder) - {f"{FACTS}/catalogue.sqlite"} == wanted
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_what_changes_afterwards_does_not_change_it(facts: Facts) -> None:
    with snapshot_of_store(facts, published=True) as folder:
        # The large file was given a second name, not copied.
        assert (folder / LARGE).stat().st_nlink == 2
        # As those do who write: another file takes the place, or the file goes; a book is written to.
        for name in (LARGE, SMALL):
            (facts.root / name).with_suffix(".new").write_bytes(b"b")
            (facts.root / name).with_suffix(".new").replace(facts.root / name)
        facts.book.identify([number_of("H801200001001")], KEY)
        publish(facts.root)
        publish(facts.root)
        assert (folder / LARGE).read_bytes() == b"a" * 3_000_000
        assert (folder / SMALL).read_bytes() == b"a" * 10
        with sqlite3.connect(folder / "identity" / "book.sqlite") as book:
            assert book.execute("SELECT count(*) FROM record").fetchone() == (1,)
        assert not Store(folder).is_empty
        Store(folder).read().close()


def test_all_locks_are_held_for_a_moment_and_one_backup_is_made_at_a_time(facts: Facts) -> None:
    locks = [facts.root / EDITIONS / "X06000001" / ".lock", facts.folder / ".lock"]

    def taken() -> list[bool]:
        found = []
        for lock in locks:
            with lock.open("w") as held:
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    found.append(False)
                except BlockingIOError:
                    found.append(True)
        return found

    seen: list[list[bool]] = []
    meanwhile: Callable[[Path], None] = lambda _scratch: seen.append(taken())  # noqa: E731 - one line
    with snapshot_of_store(facts, published=False, meanwhile=meanwhile):
        assert (seen, taken()) == ([[True, True]], [False, False])
        with pytest.raises(InputRefused, match="Another backup"), snapshot_of_store(facts, published=False):
            pass
    # What a killed one left is no hindrance.
    (facts.root / ".backup" / "facts").mkdir(parents=True)
    with snapshot_of_store(facts, published=False) as folder:
        assert (folder / LARGE).exists()
