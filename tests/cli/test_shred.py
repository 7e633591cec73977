"""``ropewalk shred``: shows, hands over, asks, then erases a child or a person, on a file and on a PostgreSQL."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from tests.core.use_cases.planted_child import (
    AFTER,
    BEFORE,
    BORN,
    FORENAME,
    KEY,
    POSTCODE,
    SECRETS,
    SURNAME,
    store,
    traces,
)
from tests.databases import new_database

from ropewalk.core.facts.store import Facts
from ropewalk.core.use_cases.shredding import child_of_number, erasures, held_about
from ropewalk.site.foundation.facts_store import open_facts

SOURCE = Path(__file__).resolve().parents[2] / "src"
SHRED = ("shred", "child", "--by", "Dana", "--reason", "A parent asked for it")
# Looks at two children, and files that wait: of the child's school, of another with the child in it, and without it.
PLANT = """
import django, io, zipfile, uuid
django.setup()
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.see.sharing.models import Upload
dana = Account.objects.get(name="Dana")
for number in RECORDS:
    record(by=dana, deed=Deed.LOOKED, thing="live:child", now=timezone.now(), place="X", about=f"record {number}")
workbook = io.BytesIO()
with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as packed:
    packed.writestr("xl/sharedStrings.xml", f"<t>{NUMBER.lower()}</t>")
files = (SCHOOL, "a.csv", b"nothing"), (990009, "b.xlsx", workbook.getvalue()), (990009, "c.csv", b"x")
for urn, name, content in files:
    one = Upload.objects.create(id=uuid.uuid4(), urn=urn, by=dana, at=timezone.now(), files=1)
    folder = Path(settings.ROPEWALK_UPLOADS) / str(one.pk) / "files"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
"""
TELL = """
import django, json
django.setup()
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import verify
print(json.dumps({
    "log": [[one.who, one.thing, one.about] for one in Entry.objects.order_by("number")],
    "holds": verify().holds, "accounts": [one.name for one in Account.objects.order_by("pk")],
}))
"""


@dataclass(frozen=True)
class World:
    """A store, a site and files that wait, all of one's own, with the child in all of them."""

    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {"ROPEWALK_IDENTITY_KEY": KEY.decode(), "DATABASE_URL": self.url, "XDG_DATA_HOME": str(self.folder)}

    @property
    def facts(self) -> Facts:
        return open_facts(self.folder / "home" / "store", self.environment)

    def run(self, *arguments: object, said: str = "") -> subprocess.CompletedProcess[str]:
        """The command, with something said on standard input."""
        return self._python(["-m", "ropewalk", *map(str, arguments), "--store", str(self.facts.root)], said)

    def python(self, script: str) -> str:
        """What a script in the site says."""
        done = self._python(["-c", script], "", DJANGO_SETTINGS_MODULE="ropewalk.site.config.settings")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _python(self, arguments: list[str], said: str, **more: str) -> subprocess.CompletedProcess[str]:
        own = {name: value for name, value in os.environ.items() if name != "ROPEWALK_STORE"}
        whole = own | {"PYTHONPATH": str(SOURCE)} | self.environment | more
        return subprocess.run(
            [sys.executable, *arguments],
            env=whole,
            input=said,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def rows(self) -> str:
        """All rows of all tables of the database."""
        if self.url:
            with psycopg.connect(self.url) as server:
                names = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
                return "\n".join(
                    str(server.execute(f'SELECT t::text FROM "{name}" AS t').fetchall())  # type: ignore[call-overload] # noqa: S608
                    for (name,) in names
                )
        with closing(sqlite3.connect(self.folder / "ropewalk" / "app.sqlite")) as con:
            names = con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return "\n".join(str(con.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names)  # noqa: S608


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def untouched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Made once for each database; tests take copies."""
    url: str = request.getfixturevalue("new_database")() if request.param == "postgresql" else ""
    return planted(World(tmp_path_factory.mktemp("shred"), url))


@pytest.fixture
def world(untouched: World, tmp_path: Path) -> World:
    """A copy of it for one test."""
    folder = Path(shutil.copytree(untouched.folder, tmp_path / "world"))
    return World(folder, new_database(like=untouched.url) if untouched.url else "")


def planted(world: World) -> World:
    store(world.folder / "home", planted=True, catalogue=world.facts.given)
    assert world.run("administrator", "Dana").returncode == 0
    child = child_of_number(world.facts, BEFORE, key=KEY)
    assert child.records == (4, 8)
    world.python(f"NUMBER, SCHOOL, RECORDS = {AFTER!r}, 990001, (4, 5, 8)\n{PLANT}")
    return world


def uploads(world: World) -> list[str]:
    return sorted(path.name for path in (world.folder / "ropewalk" / "uploads").glob("*/files/*"))


@pytest.mark.own_database
def test_only_an_administrator_erases(world: World) -> None:
    done = world.run("shred", "child", "--by", "Erin", "--reason", "x", "--record", 4, "--no-export", "x", "--yes")
    assert done.returncode == 3
    assert "local administrator" in done.stderr
    assert child_of_number(world.facts, BEFORE, key=KEY).records == (4, 8)


@pytest.mark.own_database
def test_a_child_is_shown_handed_over_and_erased(world: World) -> None:
    export = world.folder / "child.zip"
    facts = world.facts
    assert uploads(world) == ["a.csv", "b.xlsx", "c.csv"]
    # Without the word nothing happens but the export.
    stopped = world.run(*SHRED, "--export", export, said=f"{BEFORE}\nno\n")
    assert stopped.returncode == 3, stopped.stderr
    assert "Nothing was erased." in stopped.stderr
    assert "Records believed one child: 4, 8" in stopped.stdout
    shown = {line.rpartition(" ")[0].strip(): line.split()[-1] for line in stopped.stdout.splitlines()}
    assert (shown["attendance"], shown["lines set aside"], shown["log entries"]) == ("4", "2", "2")
    assert shown["uploads that wait"] == "2"
    assert export.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(io.BytesIO(export.read_bytes())) as packed:
        together = "\n".join(packed.read(name).decode() for name in packed.namelist())
    assert [secret for secret in (*SECRETS, "live:child") if secret not in together] == []
    assert held_about(facts, child_of_number(facts, BEFORE, key=KEY), key=KEY).lines_aside == 2
    done = world.run(*SHRED, "--no-export", "written before", said=f"{AFTER.lower()}\nerase\n")
    assert done.returncode == 0, done.stderr
    for told in (stopped.stdout, stopped.stderr, done.stdout, done.stderr):
        assert not [one for one in (BEFORE, AFTER, SURNAME, FORENAME, BORN, POSTCODE) if one.lower() in told.lower()]
    assert traces(facts, (4, 8)) == []
    assert uploads(world) == ["c.csv"]
    assert "erasing:child" in (rows := world.rows())
    assert [secret for secret in SECRETS if secret.lower() in rows.lower()] == []
    told = json.loads(world.python(TELL))
    assert told["holds"]
    assert [one for one in told["log"] if "record" in one[2]] == [["Dana", "live:child", "record 5"]]
    assert told["log"][-1] == ["Dana", "erasing:child", "a child was erased: 9 rows of facts"]
    assert [re.fullmatch(r"account \d+", one.by) is not None for one in erasures(world.facts)] == [True]
    again = world.run(*SHRED, "--no-export", "x", "--yes", said=BEFORE)
    assert again.returncode == 4
    assert BEFORE not in again.stderr


@pytest.mark.own_database
def test_a_person_is_shown_handed_over_and_erased(world: World) -> None:
    assert world.run("administrator", "Bob").returncode == 0
    export = world.folder / "person.zip"
    asked = ("shred", "person", "bob", "--by", "Dana", "--reason", "He asked for it")
    assert world.run(*asked).returncode == 2
    assert world.run(*asked[:-4], "--by", "Bob", "--reason", "x", "--export", export, "--yes").returncode == 2
    export.unlink()
    done = world.run(*asked, "--export", export, said="erase\n")
    assert done.returncode == 0, done.stderr
    assert "Bob" in zipfile.ZipFile(export).read("accounts.Account.json").decode()
    told = json.loads(world.python(TELL))
    assert told["holds"]
    assert told["accounts"] == ["Dana", "Erased person 2"]
    assert [one.by for one in world.facts.snapshot().submissions] == ["Alice", "Erased person 2", "Alice"]
    assert world.run(*asked, "--no-export", "x", "--yes").returncode == 4


@pytest.mark.own_database
def test_what_a_school_sent_is_shown_and_erased(world: World) -> None:
    asked = ("shred", "school", 990002, "--by", "Dana", "--reason", "It stopped sharing")
    assert world.run(*asked, said="no\n").returncode == 3
    done = world.run(*asked, said="erase\n")
    assert done.returncode == 0, done.stderr
    assert "15 rows of facts, 2 lines set aside, 0 uploads that wait." in done.stdout
    assert {one.school for one in world.facts.snapshot().coverage} == {990001}
    told = json.loads(world.python(TELL))
    assert told["log"][-1][:2] == ["Dana", "erasing:school"]
    assert world.run(*asked, "--yes").returncode == 4


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ((), 2, "--export FILE or --no-export"),
        (("--export", "here.zip", "--no-export", "x"), 2, "--export FILE or --no-export"),
        (("--export", "{store}/child.zip"), 2, "would lie in the store"),
        (("--export", "{store}"), 2, ""),
    ],
)
def test_what_is_asked_must_be_clear(
    ropewalk: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    more: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    done = ropewalk(*SHRED, *(one.format(store=folder) for one in more), "--store", folder, XDG_DATA_HOME=str(tmp_path))
    assert done.returncode == code
    assert told in done.stderr
