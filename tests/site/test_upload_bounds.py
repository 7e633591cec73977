"""What a file makes its reader do ends with that process: in words for the page, and the site goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.databases import database_of

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.see.sharing import background, uploads
from ropewalk.site.see.sharing.bounds import TOO_MUCH, needed_environment
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.uploads import State

SOURCE = Path(__file__).resolve().parents[2] / "src"
URN = 990100
MEGABYTE = 1 << 20
SECRETS = {
    "ROPEWALK_SECRET_KEY": "secret-of-the-sessions",
    "ROPEWALK_DATA_KEY": "secret-of-the-names",
    "ROPEWALK_SMTP": "smtp://post:secret-of-the-post@mail.example:587",
    "ROPEWALK_OIDC": '[{"secret": "secret-of-the-provider"}]',
    "AWS_SECRET_ACCESS_KEY": "secret-of-somebody-else",
}


@pytest.fixture
def alice(
    made_up_store: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    db: None,  # noqa: ARG001
) -> Account:
    shutil.copytree(made_up_store, tmp_path / "store")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    settings.ROPEWALK_STORE = tmp_path / "store"
    settings.ROPEWALK_UPLOADS = tmp_path / "uploads"
    account = Account.objects.create(name="alice", is_local_administrator=True)
    client.force_login(account)
    return account


def roll(rows: int) -> bytes:
    head = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date\n"
    return (head + f"{URN},H011206719000,Canary,Zebedee,2014-03-01,M,8,C,2025-09-01\n" * rows).encode()


def ended(client: Client, content: bytes) -> tuple[State, str]:
    """Send a file and wait: where it stands, and the page."""
    client.post(f"/returns/schools/{URN}/send/", {"files": [SimpleUploadedFile("roll.csv", content)], "year": ""})
    upload = Upload.objects.for_system_job("a test").order_by("-at")[0]
    for _ in range(200):
        state = uploads.standing_of(upload).state
        # The word that the system ended it comes a moment after its end.
        if state not in {State.WORKING, State.STOPPED}:
            return state, client.get(f"/returns/uploads/{upload.id}/").content.decode()
        time.sleep(0.1)
    pytest.fail(f"the upload is still {state}")


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    ("bound", "most", "rows"),
    # What runs out of memory first differs from bound to bound: a thread, the database, the file itself.
    [
        *(("memory", most * MEGABYTE, 10) for most in (100, 400, 528, 640)),
        ("processor_seconds", 1, 400_000),
        ("seconds", 1, 400_000),
    ],
)
def test_who_asks_for_too_much_is_told_so_and_the_next_return_is_read(
    client: Client, settings: Settings, bound: str, most: int, rows: int
) -> None:
    usual = settings.UPLOAD_BOUNDS
    settings.UPLOAD_BOUNDS = {**usual, bound: most}
    state, page = ended(client, roll(rows))
    assert state is State.FAULT
    assert TOO_MUCH in page
    settings.UPLOAD_BOUNDS = usual
    assert ended(client, roll(1))[0] is State.CHECKED


SAYS_ITS_ENVIRONMENT = """
import json, os, sys, tempfile
from pathlib import Path
folder = Path(sys.argv[1])
said = {"environment": dict(os.environ), "temporary": tempfile.gettempdir()}
(folder / "said.json").write_text(json.dumps(said))
"""


def test_no_secret_of_the_site_is_handed_on(alice: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ROPEWALK_IDENTITY_KEY", "k" * 32)
    (tmp_path / "says.py").write_text(SAYS_ITS_ENVIRONMENT)
    monkeypatch.setenv("PYTHONPATH", f"{SOURCE}{os.pathsep}{tmp_path}")
    upload = Upload(urn=URN, by=alice)
    folder = uploads.UploadFolder(tmp_path / "uploads", upload.id)
    folder.make()
    assert background.start(folder, {}, module="says")
    said = next(iter(_awaited(folder.path / "said.json")))
    assert not [value for value in SECRETS.values() if value in json.dumps(said["environment"])]
    assert said["environment"]["ROPEWALK_IDENTITY_KEY"] == "k" * 32
    assert Path(said["temporary"]) == folder.path


def _awaited(file: Path) -> list[dict[str, dict[str, str]]]:
    for _ in range(300):
        if file.exists() and (text := file.read_text()):
            return [json.loads(text)]
        time.sleep(0.1)
    pytest.fail("nothing was said")


def test_the_catalogue_in_postgresql_is_handed_on_and_a_file_of_accounts_is_not() -> None:
    here = {"PGPASSFILE": "pgpass", "PATH": "bin"}
    postgres = {**here, "DATABASE_URL": "postgresql://place@db/ropewalk"}
    assert needed_environment(postgres, "t") == {**postgres, "TMPDIR": "t"}
    assert needed_environment({**here, "DATABASE_URL": "sqlite:///accounts"}, "t") == {"PATH": "bin", "TMPDIR": "t"}


TRIES = """
import os, socket, subprocess, resource
from ropewalk.site.see.sharing.bounds import Bounds, confine
confine(Bounds(memory=4 << 30, processor_seconds=60, seconds=60, file_bytes=1 << 20))
said = [str(resource.getrlimit(resource.RLIMIT_CORE)[0]), str(os.nice(0) >= 10)]
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: subprocess.run(["true"]),
    lambda: os.system("true"),
    lambda: open("large", "wb").write(bytes(2 << 20)),
):
    try:
        attempt()
    except OSError as refused:
        said.append(type(refused).__name__)
print(*said)
"""


def test_it_opens_no_connection_starts_no_program_and_fills_no_disk(tmp_path: Path) -> None:
    home = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE)}
    tries = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + TRIES
    done = subprocess.run([sys.executable, "-c", tries], cwd=tmp_path, env=home, capture_output=True, check=True)
    assert done.stdout.split() == [b"0", b"True", *[b"PermissionError"] * 3, b"OSError"]
