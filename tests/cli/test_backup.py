"""The drill: a place is backed up, wiped and brought back, on a file and on a PostgreSQL, with the same figures."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from ropewalk.core.facts.writing import damaged_files
from ropewalk.core.identity.upn import check_letter
from ropewalk.core.use_cases.facts_store import Facts

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
SOURCE = Path(__file__).resolve().parents[2] / "src"
PLACE, URN = "X06000001", 990100
BACKUP_KEY, OTHER_KEY = "a backup key for tests, of no use", "another backup key for tests"
PASSWORD = "four words of no use"  # noqa: S105 - of no use
# What a site holds besides returns: people, roles, a look written down, lines of the log.
FILL = f"""
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from ropewalk.site.foundation.accounts.data_sessions import open_session
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.accounts.invitations import invite
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.models import Grant
now = timezone.now()
dana = Account(name="Dana", is_local_administrator=True, email="dana@school.example")
alice = Account(name="Zoë Alice", email="alice@school.example")
for one in (dana, alice):
    one.set_password({PASSWORD!r})
    one.save()
place = Place.objects.create(code={PLACE!r}, name="Here\\tand\\nthere \\\\N", kind="council")
Grant.objects.create(account=alice, role="coordinator", place=place, reason="Zoë asked", given_by=dana, given_at=now,
                     begins=now.date(), until=now.date() + timedelta(days=300), review_due=now.date())
invite(name="Bob", email="bob@school.example", local_administrator=False, by=dana, now=now)
open_session(by=dana, reason="a reason to look", now=now)
for number in range(30):
    record(by=alice, deed=Deed.LOOKED, thing="live:place", now=now, place={PLACE!r}, about=f"look {{number}}")
"""
# Everything that was there, as text, and whether people come in as before.
TELL = f"""
import json
import django
django.setup()
from django.apps import apps
from django.core import serializers
from django.db.models import QuerySet
from django.test import Client
rows = {{}}
for model in apps.get_models():
    # Signing in below leaves its own marks.
    if model._meta.app_label not in ("sessions", "axes"):
        rows[model._meta.label] = json.loads(serializers.serialize("json", QuerySet(model).order_by("pk")))
        for row in rows[model._meta.label]:
            row["fields"].pop("last_login", None)
def comes_in(name, password):
    client = Client(headers={{"host": "localhost"}})
    client.post("/accounts/sign-in/", {{"login": name, "password": password}})
    return "_auth_user_id" in client.session
came = [comes_in("zoë alice", {PASSWORD!r}), comes_in("Dana", {PASSWORD!r}), comes_in("Dana", "a wrong guess")]
from ropewalk.site.foundation.accounts.models import Account
fresh = Account.objects.create(name="Somebody new").pk
Account.objects.filter(pk=fresh).delete()
print(json.dumps([rows, came, fresh > max(one["pk"] for one in rows["accounts.Account"])]))
"""


@dataclass(frozen=True)
class Site:
    """A site of its own: its folder, its database."""

    home: Path
    url: str
    run: Ropewalk

    @property
    def environment(self) -> dict[str, str]:
        return {
            "XDG_DATA_HOME": str(self.home),
            "ROPEWALK_STORE": str(self.home / "ropewalk" / "store"),
            "DATABASE_URL": self.url or f"sqlite:///{self.home / 'ropewalk' / 'app.sqlite'}",
            "ROPEWALK_BACKUP_KEY": BACKUP_KEY,
        }

    @property
    def store(self) -> Path:
        return self.home / "ropewalk" / "store"

    def do(self, *words: str | Path, **more: str) -> str:
        done = self.run(*words, **self.environment | more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *words: str | Path, code: int = 2, **more: str) -> str:
        done = self.run(*words, **self.environment | more)
        assert done.returncode == code, (done.stdout, done.stderr)
        return done.stderr

    def script(self, text: str) -> str:
        named = {"DJANGO_SETTINGS_MODULE": "ropewalk.site.config.settings", "PYTHONPATH": str(SOURCE)}
        whole = os.environ | self.environment | named
        done = subprocess.run([sys.executable, "-c", text], check=False, env=whole, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def figures(self) -> str:
        told = self.do("figures", "--place", PLACE, "--measure", "absence_overall", "--json")
        assert len(json.loads(told)) > 3
        return told


def pupil(number: int) -> str:
    rest = f"879123420{number:03d}"
    return check_letter("A" + rest) + rest


def register(folder: Path, weeks: int) -> list[Path]:
    """A roll of three, one of whose lines cannot be counted, and a register of some weeks."""
    roll, marks = folder / "roll.csv", folder / f"register-{weeks}.csv"
    head = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date"
    lines = [f"{URN},{pupil(n)},Zebedee,Otto{n},2014-03-0{n + 1},M,8,C,2025-09-01" for n in range(3)]
    roll.write_text("\n".join([head, *lines[:2], lines[2].replace("2025-09-01", "some day"), ""]), encoding="utf-8")
    weeks_of = [f"2025-{month:02d}-{day:02d}" for month, day in ((9, 8), (9, 15), (9, 22), (9, 29), (10, 6))[:weeks]]
    rows = [f"{URN},{pupil(n)},{week},/ \\ / \\ O O / \\ / \\" for n in range(3) for week in weeks_of]
    marks.write_text("\n".join(["urn,upn,week_beginning,marks", *rows, ""]), encoding="utf-8")
    return [roll, marks]


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, ropewalk: Ropewalk) -> Callable[[str], Site]:
    """Makes sites by name, each with an empty database of its own."""
    if request.param == "sqlite":
        return lambda name: Site(tmp_path / name, "", ropewalk)
    new_database: Callable[[], str] = request.getfixturevalue("new_database")
    return lambda name: Site(tmp_path / name, new_database(), ropewalk)


@pytest.mark.own_database
def test_the_drill(site: Callable[[str], Site], tmp_path: Path) -> None:
    here, file, keys = site("here"), tmp_path / "first.backup", tmp_path / "keys"
    before, figures, receipts, noted = _filled(here, tmp_path)
    assert "and opens." in here.do("backup", "make", "-o", file)
    content = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [name for name in (b"Zebedee", b"accounts_account", b"PAR1", b"facts_") if name in content]

    # Everything is lost but the backup and the keys, which stood elsewhere.
    for folder in ("identity-keys", "data-keys"):
        shutil.copytree(here.home / "ropewalk" / folder, keys / folder)
    shutil.rmtree(here.home)
    there = site("there")
    into = there.home / "ropewalk"
    _refused_whole(there, tmp_path, content)
    told = there.run("backup", "restore", file, "--into", into, **there.environment)
    assert told.returncode == 0, told.stderr
    assert f"Newest entry of the audit log then: {noted}" in told.stdout
    # Without the keys it is there, and nobody in it can be named.
    receipt = json.loads(receipts)[-1]["id"]
    lines = ("returns", "refused", receipt, "-o", tmp_path / "lines")
    assert "sealed with a data key that is not here" in told.stderr
    assert "identity key" in there.refused(*lines, code=1)
    shutil.copytree(keys, into, dirs_exist_ok=True)

    assert json.loads(there.script(TELL)) == before
    assert (there.figures(), there.do("returns", "list", "--json")) == (figures, receipts)
    assert noted in there.do("audit", "verify", "--known", noted)
    there.do(*lines)
    assert "Otto2" in next((tmp_path / "lines").iterdir()).read_text(encoding="utf-8-sig")
    # It goes on: the next return is received, and a restore into what is there now is refused.
    there.do("returns", "submit", register(tmp_path, 4)[1], "--by", "Zoë", "--place", PLACE)
    assert "is not empty" in there.refused("backup", "restore", file, "--into", into)


def _filled(here: Site, tmp_path: Path) -> tuple[object, str, str, str]:
    """Fill a site; its rows and who comes in, figures and receipts as printed, the newest entry of its log."""
    here.do("returns", "submit", *register(tmp_path, 3), "--by", "Zoë", "--place", PLACE)
    here.do("administrator", "Eve")
    here.script(FILL)
    told = json.loads(here.script(TELL))
    assert told[1:] == [[True, True, False], True]
    noted = re.search(r"Newest entry: (\d+:[0-9a-f]{64})", here.do("audit", "verify"))
    assert noted
    return told, here.figures(), here.do("returns", "list", "--json"), noted[1]


def _refused_whole(there: Site, tmp_path: Path, content: bytes) -> None:
    """Another key and a flipped bit are refused in plain words, and nothing is written."""
    into, wrong = there.home / "ropewalk", tmp_path / "wrong.backup"
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    for changed, more, words in (
        (content, {"ROPEWALK_BACKUP_KEY": OTHER_KEY}, "another key or passphrase"),
        (bytes(flipped), {}, "not a whole backup"),
    ):
        wrong.write_bytes(changed)
        told = there.refused("backup", "restore", wrong, "--into", into, **more)
        assert words in told
        assert "Traceback" not in told
    assert not into.exists() or not any(into.iterdir())
    if there.url:
        with psycopg.connect(there.url) as server:
            assert server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


@pytest.mark.own_database
@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_a_backup_with_keys_and_a_passphrase_is_enough_by_itself(site: Callable[[str], Site], tmp_path: Path) -> None:
    here, there, file = site("here"), site("there"), tmp_path / "with-keys.backup"
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("five words that nobody guesses\n", encoding="utf-8")
    sealed = ("--passphrase-file", passphrase)
    here.do("administrator", "Eve")
    here.do("backup", "make", "-o", file, "--with-keys", "--without-published", *sealed)
    assert "There is a file" in here.refused("backup", "make", "-o", file, *sealed)
    assert "another key or passphrase" in there.refused("backup", "check", file)
    assert "is whole:" in there.do("backup", "check", file, *sealed)
    told = there.run("backup", "restore", file, "--into", there.home / "ropewalk", *sealed, **there.environment)
    assert (told.returncode, told.stderr) == (0, "")
    assert "eve has a new password" in there.do("administrator", "eve")


@pytest.mark.own_database
@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_a_backup_made_while_a_return_comes_in_is_of_before_or_after(
    site: Callable[[str], Site], tmp_path: Path
) -> None:
    here = site("here")
    here.do("returns", "submit", *register(tmp_path, 1), "--by", "Zoë", "--place", PLACE)
    words = ["returns", "submit", str(register(tmp_path, 5)[1]), "--by", "Zoë", "--place", PLACE]
    whole = os.environ | here.environment | {"PYTHONPATH": str(SOURCE)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-m", "ropewalk", *words], env=whole, **quiet) as coming:
        files = [tmp_path / f"{number}.backup" for number in range(2)]
        for file in files:
            here.do("backup", "make", "-o", file)
            time.sleep(0.1)
        assert coming.wait() == 0
    for number, file in enumerate(files):
        there = site(f"there-{number}")
        there.run("backup", "restore", file, "--into", there.home / "ropewalk", **there.environment)
        facts = Facts(there.store)
        assert len(facts.snapshot().submissions) in {1, 2}
        assert not damaged_files(facts, facts.snapshot())
        live = {one.path for one in facts.snapshot().files}
        assert live <= {str(one.relative_to(facts.folder)) for one in facts.folder.rglob("*.parquet")}
    assert not (here.store / ".backup").exists()
