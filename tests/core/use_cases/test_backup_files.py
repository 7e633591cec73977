"""The one file of a backup: whole or refused, whatever was done to it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.backup_files import (
    MAGIC,
    BackupWriter,
    Secret,
    check_backup,
    unpack_backup,
    write_backup,
)

KEY, OTHER = Secret(b"a key for tests, of no use"), Secret(b"another key for tests, of no use")
PASSPHRASE = Secret("füñf words that nobody guesses".encode(), is_passphrase=True)
THINGS = {"store/facts/one.parquet": b"P" * 700_000, "database/empty": b"", "store/identity/book.sqlite": b"Zebedee"}


def fill(backup: BackupWriter) -> dict[str, object]:
    for name, content in THINGS.items():
        backup.add(name, io.BytesIO(content), len(content))
    return {"made_at": "2026-11-24", "version": "1"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("backup") / "one.backup"
    write_backup(file, KEY, fill)
    return file.read_bytes()


@pytest.mark.parametrize("secret", [KEY, PASSPHRASE], ids=["key", "passphrase"])
def test_what_goes_in_comes_out(tmp_path: Path, secret: Secret) -> None:
    file, into = tmp_path / "one.backup", tmp_path / "into"
    made = write_backup(file, secret, fill)
    assert b"Zebedee" not in file.read_bytes()
    assert check_backup(file, secret) == made == unpack_backup(file, secret, into)
    assert {one.name: one.bytes for one in made.held} == {name: len(content) for name, content in THINGS.items()}
    found = {str(one.relative_to(into)): one.read_bytes() for one in into.rglob("*") if one.is_file()}
    assert found == THINGS
    assert {one.stat().st_mode & 0o777 for one in into.rglob("*") if one.is_file()} == {0o600}


def test_anything_that_was_done_to_it_is_refused_and_said_plainly(tmp_path: Path, whole: bytes) -> None:
    file = tmp_path / "one.backup"
    step = len(whole) // 40
    cuts = [whole[:length] for length in (0, 1, len(MAGIC), len(MAGIC) + 40, *range(200, len(whole), step))]
    flips = [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (*range(60), *range(100, len(whole), step))
    ]
    for changed in (*cuts, *flips, whole + b"\0", whole[:-1], b"PK\x03\x04" + whole):
        file.write_bytes(changed)
        with pytest.raises(InputRefused) as refused:
            check_backup(file, KEY)
        assert "one.backup" in str(refused.value)
        assert "Nothing was written." in str(refused.value)


def test_another_key_a_passphrase_in_its_place_and_a_short_one_are_refused(tmp_path: Path, whole: bytes) -> None:
    file = tmp_path / "one.backup"
    file.write_bytes(whole)
    for wrong in (OTHER, Secret(KEY.words, is_passphrase=True)):
        with pytest.raises(InputRefused, match="another key or passphrase"):
            check_backup(file, wrong)
    with pytest.raises(InputRefused, match="shorter than 16"):
        Secret(b"short")
    with pytest.raises(InputRefused, match="There is no file"):
        check_backup(tmp_path / "two.backup", KEY)


def test_a_backup_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def stops(backup: BackupWriter) -> dict[str, object]:
        fill(backup)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_backup(tmp_path / "one.backup", KEY, stops)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "store/../../outside"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    def leads_out(backup: BackupWriter) -> dict[str, object]:
        backup.add(name, io.BytesIO(b"x"), 1)
        return {}

    with pytest.raises(InputRefused, match="not a whole backup"):
        write_backup(tmp_path / "one.backup", KEY, leads_out)
    assert list(tmp_path.iterdir()) == []
