"""Every way in that takes a file, through the view and the function that reads it, with files nobody meant to send.

Whatever comes: an answer in words and no fault of ours, nothing of a cell printed back, a receipt for everything that
was stored, and a folder without leavings.
"""

from __future__ import annotations

import ast
import gc
import io
import random
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.core.returns.xml.conftest import make_census
from tests.databases import database_of

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.see.sharing import background, processing, uploads
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.upload_folder import FAULT, TASK, UploadFolder
from ropewalk.site.see.sharing.uploads import State, standing_of

ROOT = Path(__file__).resolve().parents[2] / "src" / "ropewalk"
# Every module that takes files from readers, and every form that sends them; each is fuzzed below.
FUZZED = {
    "site/see/sharing/views/uploads.py": "/returns/schools/{urn}/send/",
    # Workbooks of plans: fuzzed in test_plan_import_fuzz.py.
    "site/agree/plan/views/importing.py": "/plans/{code}/{number}/import/",
}
FORMS = {
    "site/see/sharing/templates/sharing/school.html",
    "site/agree/plan/templates/plan/import.html",
}
# Kept files come in by one field of foundation.papers: test_papers_fuzz.py sends to the address of each of these.
PAPERS = {
    "site/foundation/papers/forms.py",
    "site/agree/partnership/views/papers.py",
    "site/agree/partnership/views/diligence.py",
}
PAPER_FORMS = {
    "site/foundation/papers/templates/papers/parts/file.html",
    "site/agree/partnership/templates/partnership/parts/question.html",
}
URN = 990100
ADDRESS = FUZZED["site/see/sharing/views/uploads.py"].format(urn=URN)
# In cells of the valid files, and nobody else's: a surname, a forename, a number.
CELLS = ("Zyxwvutson", "Qofeldine", "H011206719000")
HEAD = ("urn", "upn", "surname", "forename", "date_of_birth", "sex", "year_group", "enrolment_status", "start_date")
ROW = (str(URN), CELLS[2], CELLS[0], CELLS[1], "2014-03-01", "M", "8", "C", "2025-09-01")
FEW = bounded(max_examples=14, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def takes_files(source: str) -> bool:
    """Whether a module asks a request for its files, or declares a field for one."""
    nodes = list(ast.walk(ast.parse(source)))
    asked = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute) and node.attr == "FILES"}
    named = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    named |= {node.id for node in nodes if isinstance(node, ast.Name)}
    return bool(asked - {"Cost.FILES"} or named & {"FileField", "ImageField", "MultiPartParser"})


def test_every_way_in_for_files_is_fuzzed() -> None:
    modules = {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in (ROOT / "site").rglob("*.py")}
    asking = {name for name, text in modules.items() if takes_files(text)}
    assert asking == FUZZED.keys() | PAPERS, "a new way in for files must be fuzzed here"
    forms = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in ROOT.rglob("*.html")}
    sending = {name for name, text in forms.items() if "multipart/form-data" in text or 'type="file"' in text}
    assert sending == FORMS | PAPER_FORMS


def csv_file() -> bytes:
    return "\n".join([",".join(HEAD), *[",".join(ROW)] * 2, ""]).encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "roll"
    sheet.append(HEAD)
    sheet.append(ROW)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def census() -> bytes:
    pupil = {"UPN": CELLS[2], "Surname": CELLS[0], "Forename": CELLS[1], "DOB": "2014-03-01", "NCyearActual": "8"}
    return make_census([pupil | {"EntryDate": "2025-09-01", "EnrolStatus": "C"}], URN=str(URN)).encode()


VALID = {"csv": csv_file(), "xlsx": workbook(), "xml": census()}
Spoiler = Callable[[bytes, random.Random], bytes]


def _spot(content: bytes, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """A workbook whose parts are other than they say: a name that leads elsewhere, a part that is huge or torn."""
    if not content.startswith(b"PK"):
        return content + b"PK\x05\x06" + bytes(18)
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        # Another way has torn it already.
        return content[::-1]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(sorted(parts))
        trick = chance.choice(["huge", "elsewhere", "torn", "nested", "twice"])
        for name, part in parts.items():
            spoilt = {"huge": part + b" " * 3_000_000, "torn": part[: len(part) // 2], "nested": content}
            new.writestr(name, spoilt.get(trick, part) if name == chosen else part)
        if trick == "elsewhere":
            new.writestr("../../../elsewhere.csv", b"urn\n")
    return out.getvalue()


SPOILERS: dict[str, Spoiler] = {
    "as it is": lambda text, _chance: text,
    "a byte flipped": lambda text, chance: (
        text[: (at := _spot(text, chance))] + bytes([chance.randrange(256)]) + text[at + 1 :]
    ),
    "cut": lambda text, chance: text[: _spot(text, chance)],
    "a piece missing": lambda text, chance: text[: (at := _spot(text, chance))] + text[at + chance.randrange(80) :],
    "a huge field": lambda text, chance: (
        text[: (at := _spot(text, chance))] + b"x" * chance.choice([70_000, 2_000_000]) + text[at:]
    ),
    "many lines": lambda text, _chance: text + b"\n," * 20_000,
    "nothing but noughts": lambda text, _chance: bytes(len(text)),
    "utf-16": lambda text, _chance: text.decode("latin-1").encode("utf-16"),
    "a mark of order": lambda text, _chance: b"\xef\xbb\xbf" + text,
    "an open quote": lambda text, chance: text[: (at := _spot(text, chance))] + b'"' + text[at:],
    "packed otherwise": _repacked,
    "of no kind": lambda _text, chance: chance.randbytes(600),
    "entities": lambda text, _chance: text.replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///dev/zero">]>', 1
    ),
}
NAMES = (
    "roll.{}", "../../roll.{}", "C:\\roll.{}", f"{CELLS[2]}.{{}}", "roll.{}.csv", ".{}", "a" * 300 + ".{}", "CON.{}",
    "r\u202eoll\u0000.{}", "röll; x=\"y\".{}", "roll", "files/../task.json",
)  # fmt: skip
KINDS = ("text/csv", "application/zip", "text/html", "", 'image/svg+xml; charset="', "multipart/form-data")


@dataclass
class Way:
    """The way in, with what is stored behind it."""

    client: Client
    store: Path
    folder: Path

    def receipts(self) -> set[str]:
        return {one.id for one in receipts(Facts(self.store))}


@pytest.fixture(scope="module")
def stored(made_up_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copytree(made_up_store, folder / "store")
    return folder


@pytest.fixture
def way(
    stored: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    db: None,  # noqa: ARG001
) -> Iterator[Way]:
    monkeypatch.setenv("DATABASE_URL", database_of(stored / "store"))
    monkeypatch.setenv("ROPEWALK_IDENTITY_KEY", "k" * 32)
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "k" * 32}
    settings.ROPEWALK_STORE = stored / "store"
    settings.ROPEWALK_UPLOADS = stored / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR = stored / "on-the-way"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
    # The function that the process runs, in this one: a process for each file would take a second each.
    monkeypatch.setattr(background, "start", read_here)
    client.force_login(Account.objects.create(name="alice", is_local_administrator=True))
    yield Way(client, stored / "store", stored / "uploads")


def read_here(folder: UploadFolder, task: dict[str, object]) -> bool:
    folder.write(TASK, task)
    (folder.path / FAULT).unlink(missing_ok=True)
    processing.main(folder.path)
    return True


def told(words: str) -> list[str]:
    return [cell for cell in CELLS if cell in words]


def followed(way: Way, capfd: pytest.CaptureFixture[str]) -> State:
    """What became of the last upload, up to its receipt; and what must be true whatever became of it."""
    upload = Upload.objects.for_system_job("a test").order_by("-at")[0]
    before = way.receipts()
    pages = [way.client.get(f"/returns/uploads/{upload.id}/{part}") for part in ("", "progress/", "problems.csv")]
    if (state := standing_of(upload).state) is State.CHECKED:
        pages.append(way.client.post(f"/returns/uploads/{upload.id}/submit/"))
        upload.refresh_from_db()
        state = standing_of(upload).state
    fresh = way.receipts() - before
    if state is State.SUBMITTED:
        upload.refresh_from_db()
        assert standing_of(upload).upload.receipt in way.receipts()
        pages.append(way.client.get(f"/returns/receipts/{upload.receipt}/"))
        assert pages[-1].status_code == 200
    else:
        assert not fresh, "something was stored and nobody has a receipt for it"
    assert {page.status_code for page in pages} <= {200, 302, 404}
    shown = " ".join(f"{page.headers} {page.content.decode(errors='replace')}" for page in pages)
    printed = capfd.readouterr()
    assert not told(shown + printed.out + printed.err)
    left = {one.name for one in (way.folder / str(upload.id)).iterdir()}
    assert "scratch" not in left
    assert ("files" in left) == (state is not State.SUBMITTED)
    return state


def spoilt(kind: str, ways: list[str], seed: int) -> bytes:
    chance, content = random.Random(seed), VALID[kind]  # noqa: S311 - a choice of bytes, not a secret
    for name in ways:
        content = SPOILERS[name](content, chance)
    return content


met: set[State] = set()


@FEW
@given(
    st.sampled_from(sorted(VALID)),
    st.lists(st.sampled_from(sorted(SPOILERS)), min_size=1, max_size=3),
    st.sampled_from(NAMES),
    st.sampled_from(["csv", "xlsx", "xml", "XLSX", "exe"]),
    st.sampled_from(KINDS),
    st.integers(0, 10_000),
)
def test_no_file_breaks_the_way_in_or_tells_on_a_child(
    way: Way,
    capfd: pytest.CaptureFixture[str],
    kind: str,
    ways: list[str],
    name: str,
    ending: str,
    sent_as: str,
    seed: int,
) -> None:
    ending = kind if seed % 3 else ending
    file = SimpleUploadedFile("name", spoilt(kind, ways, seed), content_type=sent_as)
    # The library would clean the name; a reader's own program does not.
    file.__dict__["_name"] = name.format(ending)
    answer = way.client.post(ADDRESS, {"files": [file], "year": ""})
    assert answer.status_code in {302, 422}, answer.status_code
    assert not told(answer.content.decode(errors="replace"))
    if answer.status_code == 302:
        met.add(followed(way, capfd))


def test_files_were_checked_submitted_and_refused() -> None:
    assert {State.SUBMITTED, State.CHECKED} <= met or {State.SUBMITTED, State.FAULT} <= met


# The library leaves a file of a form that is torn to the collector, which warns and deletes it.
torn = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
BOUNDARY = b"XboundaryX"
HEADING = b'Content-Disposition: form-data; name="files"; filename="roll.csv"\r\nContent-Type: text/csv'
FORM = b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (BOUNDARY, HEADING, VALID["csv"], BOUNDARY)


@torn
@bounded(FEW, max_examples=80)
@given(st.lists(st.sampled_from(sorted(SPOILERS)), max_size=2), st.integers(0, 10_000), st.binary(max_size=40))
def test_no_form_however_torn_breaks_the_way_in(
    way: Way, monkeypatch: pytest.MonkeyPatch, ways: list[str], seed: int, noise: bytes
) -> None:
    # What is in the file is read above; this is about the form around it.
    monkeypatch.setattr(background, "start", lambda *_task: True)
    chance, body = random.Random(seed), FORM  # noqa: S311 - a choice of bytes
    for name in ways:
        body = SPOILERS[name](body, chance)
    at = _spot(body, chance)
    kind = f"multipart/form-data; boundary={BOUNDARY.decode()}"
    answer = way.client.generic("POST", ADDRESS, body[:at] + noise + body[at:], content_type=kind)
    assert answer.status_code in {302, 400, 422}
    assert not told(re.sub(r"\s", "", answer.content.decode(errors="replace")))


@torn
def test_nothing_is_left_outside_the_folders_of_uploads(way: Way) -> None:
    uploads.forget()
    gc.collect()
    assert not list((way.folder.parent / "on-the-way").iterdir())
    assert {len(one.name) for one in way.folder.iterdir()} <= {36, len("turn.lock")}
    assert not list(way.folder.parent.rglob("elsewhere.csv"))
