"""Returns on the site: who may see them, sending files, what was found, submitting, receipts."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import ON_A_SERVER, database_of

from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.use_cases.looking_through import look_through
from ropewalk.core.use_cases.making_up import make_up_place
from ropewalk.core.use_cases.returns import receipt as find_receipt
from ropewalk.core.use_cases.school_returns import KindSent
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.see.sharing import background, uploads
from ropewalk.site.see.sharing.facts import facts
from ropewalk.site.see.sharing.models import Reminder, Upload
from ropewalk.site.see.sharing.parts import letter, parts
from ropewalk.site.see.sharing.upload_folder import UploadFolder, safe_name
from ropewalk.site.see.sharing.uploads import State

URN = 990100
SECRET = "H011206719000"  # noqa: S105 - a pupil's number, made up
ROLL = (
    "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date\n"
    f"{URN},{SECRET},Canary,Zebedee,2014-03-01,M,8,C,2025-09-01\n"
    f"{URN},F011207319000,Canary,Ottoline,2014-05-01,F,8,C,2025-09-01\n"
)
REGISTER = (
    "urn,upn,week_beginning,marks\n"
    f"{URN},{SECRET},2025-09-08,/ \\ / \\ / \\ / \\ / \\\n"
    f"{URN},F011207319000,2025-09-08,/ \\ / \\ I I I I / \\\n"
)
WRONG = ROLL + f"{URN},H011206719001,Canary,Mistaken,2014-03-01,M,8,C,some day\n"


@pytest.fixture(scope="session")
def made_up_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up place with its register; tests take a copy."""
    folder = tmp_path_factory.mktemp("made-up")
    make_up_place(
        Store(folder / "store"), folder=folder / "files", seed=1, now="2026-09-01T00:00:00Z", progress=lambda *_: None
    )
    return folder / "store"


@pytest.fixture
def store(made_up_store: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that a test may send returns to, with keys and uploads in a folder of its own."""
    shutil.copytree(made_up_store, tmp_path / "store")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2] / "src"))
    monkeypatch.delenv("ROPEWALK_IDENTITY_KEY", raising=False)
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    settings.ROPEWALK_STORE = tmp_path / "store"
    settings.ROPEWALK_UPLOADS = tmp_path / "uploads"
    settings.FACTS_ENVIRONMENT = {"XDG_DATA_HOME": str(tmp_path / "data")}
    return tmp_path / "store"


@pytest.fixture
def alice(db: None, store: Path, client: Client) -> Account:  # noqa: ARG001
    account = Account.objects.create(name="alice", is_local_administrator=True)
    client.force_login(account)
    return account


def file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def send(client: Client, *files: SimpleUploadedFile, year: str = "") -> Upload:
    answer = client.post(f"/returns/schools/{URN}/send/", {"files": list(files), "year": year})
    assert answer.status_code == 302, answer.content.decode()
    upload = Upload.objects.for_system_job("a test").order_by("-at")[0]
    assert answer.headers["Location"] == f"/returns/uploads/{upload.id}/"
    return upload


def until_ended(upload: Upload) -> State:
    """Wait for the process that deals with an upload."""
    for _ in range(600):
        state = uploads.standing_of(upload).state
        if state is not State.WORKING:
            return state
        time.sleep(0.1)
    pytest.fail("the upload is still being worked on")


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.content.decode()


@pytest.fixture
def sent(client: Client, alice: Account) -> Iterator[Callable[..., str]]:  # noqa: ARG001
    """Send files, wait, submit, wait; gives the receipt's id."""

    def sending(*files: SimpleUploadedFile) -> str:
        upload = send(client, *files)
        assert until_ended(upload) is State.CHECKED
        client.post(f"/returns/uploads/{upload.id}/submit/")
        assert until_ended(upload) is State.SUBMITTED
        upload.refresh_from_db()
        uploads.standing_of(upload)
        return upload.receipt

    yield sending


ADDRESSES = (
    "/returns/",
    "/returns/?place=X06000001",
    "/returns/coverage.csv?place=X06000001",
    "/returns/templates/returns.xlsx",
    "/returns/templates/roll.csv",
    f"/returns/schools/{URN}/",
    f"/returns/schools/{URN}/reminder/",
    "/returns/uploads/00000000-0000-0000-0000-000000000000/",
    "/returns/uploads/00000000-0000-0000-0000-000000000000/progress/",
    "/returns/uploads/00000000-0000-0000-0000-000000000000/problems.csv",
    "/returns/uploads/00000000-0000-0000-0000-000000000000/set-aside/1.csv",
    "/returns/receipts/R20260301-7K3QX/",
    "/returns/receipts/R20260301-7K3QX/set-aside/1.csv",
    "/returns/links/",
)
FORMS = (
    f"/returns/schools/{URN}/send/",
    f"/returns/schools/{URN}/reminder/",
    *(f"/returns/uploads/00000000-0000-0000-0000-000000000000/{step}/" for step in ("submit", "check-again", "delete")),
    "/returns/links/look/",
    "/returns/links/decide/",
    "/returns/links/undo/",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_anonymous_readers_are_asked_to_sign_in_and_others_find_nothing(
    client: Client,
    db: None,  # noqa: ARG001
    store: Path,  # noqa: ARG001
    address: str,
) -> None:
    asked = client.get(address)
    assert (asked.status_code, asked.headers["Location"].split("?")[0]) == (302, "/accounts/sign-in/")
    client.force_login(Account.objects.create(name="charlie"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", FORMS)
def test_nobody_else_can_send_a_form(client: Client, db: None, store: Path, address: str) -> None:  # noqa: ARG001
    assert client.post(address).headers["Location"].startswith("/accounts/sign-in/")
    client.force_login(Account.objects.create(name="charlie"))
    assert client.post(address).status_code == 404
    assert not Upload.objects.for_system_job("a test").exists()
    assert not Reminder.objects.for_system_job("a test").exists()


@pytest.mark.parametrize("address", FORMS)
def test_forms_need_their_token(db: None, store: Path, address: str) -> None:  # noqa: ARG001
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.create(name="alice", is_local_administrator=True))
    assert strict.post(address).status_code == 403


def test_the_page_of_a_school_says_what_to_send_and_gives_every_template(client: Client, alice: Account) -> None:  # noqa: ARG001
    text = page(client, f"/returns/schools/{URN}/")
    assert "This school has sent nothing yet." in text
    for kind, declared in RETURN_FILES.items():
        answer = client.get(f"/returns/templates/{kind}.csv")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.content.decode("utf-8-sig").splitlines()[0].split(",") == list(declared.columns)
    assert client.get("/returns/templates/returns.xlsx").content.startswith(b"PK")
    assert client.get("/returns/templates/nothing.csv").status_code == 404
    assert client.get("/returns/schools/123/").status_code == 404
    assert "not in the imported register" in page(client, "/returns/schools/123456/")


def test_a_return_is_checked_looked_through_submitted_and_has_a_receipt(client: Client, alice: Account) -> None:  # noqa: ARG001
    upload = send(client, file("roll.csv", WRONG), file("register.csv", REGISTER))
    assert until_ended(upload) is State.CHECKED
    address = f"/returns/uploads/{upload.id}/"
    text = page(client, address)
    assert "Nothing is stored yet." in text
    assert "Submit what is right (4 lines)" in text
    assert "some day" not in text
    assert "Canary" not in text
    assert SECRET not in text
    problems = client.get(f"{address}problems.csv").content.decode("utf-8-sig")
    assert problems.startswith("file,row,column,how much it matters,problem,note,what to do,rule")
    assert "roll.csv,4,start_date,Set aside" in problems
    assert "Canary" not in problems
    number = next(n for n in (1, 2) if (client.get(f"{address}set-aside/{n}.csv").status_code == 200))
    refused = client.get(f"{address}set-aside/{number}.csv").content.decode("utf-8-sig")
    assert refused.splitlines()[1].endswith("some day")
    assert len(refused.splitlines()) == 2


def test_a_receipt_says_what_was_kept_and_gives_back_what_was_not(client: Client, sent: Callable[..., str]) -> None:
    receipt = f"/returns/receipts/{sent(file('roll.csv', WRONG), file('register.csv', REGISTER))}/"
    told = page(client, receipt)
    assert "This return is stored." in told
    assert "Canary" not in told
    assert "Cinderden Academy" in told
    assert "Needed date cannot be read" in told
    kept = [client.get(f"{receipt}set-aside/{number}.csv") for number in (1, 2, 9)]
    assert sorted(answer.status_code for answer in kept) == [200, 404, 404]
    given = next(answer for answer in kept if answer.status_code == 200)
    assert given.content.decode("utf-8-sig").splitlines()[-1].endswith("some day")
    assert "1 of 74 schools share" in page(client, "/returns/?place=X06000001")
    school = page(client, f"/returns/schools/{URN}/")
    assert receipt in school
    assert "8 Sep 2025 to 12 Sep 2025; 2 pupils" in school


def test_who_sent_a_return_is_named_on_pages_and_not_in_the_store(
    client: Client,
    alice: Account,
    sent: Callable[..., str],
) -> None:
    alice.name = "Wilhelmina of the office"
    alice.save()
    receipt = sent(file("roll.csv", ROLL), file("register.csv", REGISTER))
    assert alice.name in page(client, f"/returns/receipts/{receipt}/")
    assert alice.name in page(client, f"/returns/schools/{URN}/")
    assert find_receipt(facts(), receipt).by == f"account {alice.pk}"
    kept = b"".join(one.read_bytes() for one in facts().root.rglob("*") if one.is_file())
    # On a server the catalogue, which says who sent it, stands in no file.
    assert ON_A_SERVER or f"account {alice.pk}".encode() in kept
    assert b"Wilhelmina" not in kept


def test_nothing_is_stored_before_it_is_submitted_and_files_go_when_it_is(client: Client, alice: Account) -> None:  # noqa: ARG001
    upload = send(client, file("roll.csv", ROLL), file("register.csv", REGISTER))
    until_ended(upload)
    folder = uploads.standing_of(upload).folder
    assert len(folder.files) == 2
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert "0 of 74 schools share" in page(client, "/returns/?place=X06000001")
    client.post(f"/returns/uploads/{upload.id}/submit/")
    until_ended(upload)
    assert folder.files == []


def test_what_would_change_is_said_in_counts(client: Client, sent: Callable[..., str]) -> None:
    sent(file("roll.csv", ROLL), file("register.csv", REGISTER))
    more = REGISTER + f"{URN},{SECRET},2025-09-15,/ \\ / \\ / \\ / \\ / \\\n"
    upload = send(client, file("register.csv", more))
    until_ended(upload)
    [change] = uploads.standing_of(upload).found["changes"]
    assert {name: change[name] for name in ("before", "again", "rows", "unseen")} == {
        "before": 2,
        "again": 2,
        "rows": 3,
        "unseen": 0,
    }
    assert "What it would change" in page(client, f"/returns/uploads/{upload.id}/")


def test_the_same_files_again_lead_to_the_receipt_they_had(sent: Callable[..., str]) -> None:
    first = sent(file("roll.csv", ROLL), file("register.csv", REGISTER))
    assert sent(file("register.csv", REGISTER), file("roll.csv", ROLL)) == first


def test_a_file_that_cannot_be_read_cannot_be_submitted(client: Client, alice: Account) -> None:  # noqa: ARG001
    upload = send(client, file("nonsense.csv", "a,b\n1,2\n"))
    assert until_ended(upload) is State.CHECKED
    text = page(client, f"/returns/uploads/{upload.id}/")
    assert "This cannot be submitted." in text
    assert "submit/" not in text
    client.post(f"/returns/uploads/{upload.id}/submit/")
    assert uploads.standing_of(upload).state is State.CHECKED


def test_files_can_be_deleted_instead(client: Client, alice: Account) -> None:  # noqa: ARG001
    upload = send(client, file("roll.csv", ROLL))
    until_ended(upload)
    client.post(f"/returns/uploads/{upload.id}/delete/")
    upload.refresh_from_db()
    assert not uploads.standing_of(upload).folder.exists
    assert "The files were deleted and nothing was stored." in page(client, f"/returns/uploads/{upload.id}/")
    assert client.get(f"/returns/uploads/{upload.id}/problems.csv").status_code == 404


def test_the_part_that_tells_how_far_it_is(client: Client, alice: Account) -> None:
    folder = _waiting(alice)
    upload = Upload.objects.for_system_job("a test").get()
    folder.write("progress.json", {"what": "reading the files", "done": 11, "of": 110})
    with folder.lock():  # type: ignore[union-attr]
        text = page(client, f"/returns/uploads/{upload.id}/progress/")
        assert '<div data-state="working">' in text
        assert "Reading the files …" in text
        assert 'max="110" value="11"' in text
        whole = page(client, f"/returns/uploads/{upload.id}/")
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in whole
        assert f'data-poll="/returns/uploads/{upload.id}/progress/"' in whole
        client.post(f"/returns/uploads/{upload.id}/delete/")
        assert folder.exists
    assert '<div data-state="stopped">' in page(client, f"/returns/uploads/{upload.id}/progress/")


def test_work_that_was_killed_can_be_begun_anew(client: Client, alice: Account) -> None:
    folder = _waiting(alice)
    upload = Upload.objects.for_system_job("a test").get()
    assert uploads.standing_of(upload).state is State.STOPPED
    assert "The work stopped before its end." in page(client, f"/returns/uploads/{upload.id}/")
    client.post(f"/returns/uploads/{upload.id}/check-again/")
    assert until_ended(upload) is State.CHECKED
    assert folder.files


def test_only_one_process_works_on_an_upload(alice: Account) -> None:
    folder = _waiting(alice)
    with folder.lock():  # type: ignore[union-attr]
        assert background.start(folder, {"step": "check"}) is False


def _waiting(by: Account) -> UploadFolder:
    """An upload whose process never began."""
    upload = Upload.objects.for_system_job("a test").create(urn=URN, by=by, at=timezone.now(), files=1)
    folder = UploadFolder(uploads.root(), upload.id)
    folder.make()
    folder.keep([("roll.csv", [ROLL.encode()])])
    return folder


def test_a_fault_of_ours_is_said_without_a_word_of_the_files(client: Client, alice: Account) -> None:
    folder = _waiting(alice)
    upload = Upload.objects.for_system_job("a test").get()
    background.start(folder, {"step": "no such step"})
    assert until_ended(upload) is State.FAULT
    text = page(client, f"/returns/uploads/{upload.id}/")
    assert "Something went wrong that is not your fault. Nothing of this return was stored." in text
    assert "no such step" not in text


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Choose the files to send"),
        ([("notes.docx", "text")], "“notes.docx” is neither a CSV file"),
        ([("roll.csv", "")], "“roll.csv” is empty"),
        ([(f"{n}.csv", "a") for n in range(31)], "Send at most 30 files at once"),
    ],
)
def test_files_that_cannot_be_taken_in_are_said_at_once(
    client: Client,
    alice: Account,  # noqa: ARG001
    files: list[tuple[str, str]],
    words: str,
) -> None:
    answer = client.post(f"/returns/schools/{URN}/send/", {"files": [file(*one) for one in files], "year": ""})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Upload.objects.for_system_job("a test").exists()


def test_files_beyond_the_limit_are_not_kept(client: Client, alice: Account, settings: Settings) -> None:  # noqa: ARG001
    settings.UPLOAD_FILE_BYTES = 1000
    answer = client.post(f"/returns/schools/{URN}/send/", {"year": "", "files": [file("roll.csv", b"x" * 200_000)]})
    assert (answer.status_code, "These files are too large" in answer.content.decode()) == (422, True)
    assert not Upload.objects.for_system_job("a test").exists()


def test_a_year_that_is_none_is_refused(client: Client, alice: Account) -> None:  # noqa: ARG001
    answer = client.post(f"/returns/schools/{URN}/send/", {"files": [file("roll.csv", ROLL)], "year": "1066/67"})
    assert (answer.status_code, "Choose an academic year of the list" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("sent_name", "kept"),
    [
        ("roll.csv", "roll.csv"),
        ("C:\\Users\\ann\\Roll 2025.CSV", "Roll 2025.csv"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("élèves\u202e.csv", "eleves.csv"),
        (f"{SECRET} Zebedee.csv", "number Zebedee.csv"),
        (".csv", "file.csv"),
        ("", "file"),
        ("a" * 300 + ".csv", "a" * 80 + ".csv"),
    ],
)
def test_names_of_files_are_safe_and_hold_no_pupil_number(sent_name: str, kept: str) -> None:
    assert safe_name(sent_name) == kept


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path, UUID(int=1))
    folder.make()
    folder.keep([("roll.csv", [b"1"]), ("ROLL.csv", [b"2"]), ("roll.csv", [b"3"])])
    assert [one.name for one in folder.files] == ["ROLL (2).csv", "roll (3).csv", "roll.csv"]


def test_what_nobody_submits_is_forgotten_after_a_day(client: Client, alice: Account, settings: Settings) -> None:
    folder = _waiting(alice)
    upload = Upload.objects.for_system_job("a test").get()
    settings.UPLOAD_KEPT_HOURS = 0
    with folder.lock():  # type: ignore[union-attr]
        uploads.forget()
        assert folder.exists
    uploads.forget()
    assert not folder.exists
    assert "waited here for a day" in page(client, f"/returns/uploads/{upload.id}/")


def test_a_reminder_names_what_is_missing_and_is_recorded(client: Client, alice: Account) -> None:  # noqa: ARG001
    address = f"/returns/schools/{URN}/reminder/"
    text = page(client, address)
    assert "No reminder is recorded." in text
    assert "- the roll: says which children each figure counts" in text
    assert client.post(address).headers["Location"] == address
    assert "by alice" in page(client, address)
    csv = client.get("/returns/coverage.csv?place=X06000001&sort=reminded&dir=desc").content.decode("utf-8-sig")
    header, first, *_ = csv.splitlines()
    assert header == "URN,School,Phase,Pupils,Roll,Register,Suspensions,Moves,Results,Missing,Reminded"
    assert first.startswith(f"{URN},Cinderden Academy,Secondary,")
    assert '"the roll, the register"' in first


def test_a_school_that_sent_everything_is_thanked() -> None:
    roll = KindSent("roll", "2025-10-01T00:00:00Z", "R1", "2025/26", "2025/26", ("2025/26",), 30)
    register = KindSent("register", "2025-10-01T00:00:00Z", "R1", "2025-09-01", "2025-09-22", ("2025/26",), 30)
    here = parts([roll, register], today=date(2025, 10, 1))
    assert "Thank you: the roll and the register of Hill School are here." in letter("Hill School", here, sender="Dana")
    late = parts([roll, register], today=date(2025, 11, 1))
    assert "the register after 26 September 2025" in letter("Hill School", late, sender="Dana")
    next_year = parts([roll, register], today=date(2026, 10, 1))
    assert "the roll of 2026/27" in letter("Hill School", next_year, sender="Dana")


def test_a_place_is_chosen_and_shown_at_once_when_it_is_the_only_one(client: Client, sent: Callable[..., str]) -> None:
    assert "Show who has sent what" in page(client, "/returns/")
    sent(file("roll.csv", ROLL), file("register.csv", REGISTER))
    assert client.get("/returns/").headers["Location"] == "/returns/?place=X06000001"
    assert "Places with returns" in page(client, "/returns/?choose=1")
    assert client.get("/returns/?place=nowhere").status_code == 404
    assert client.get("/returns/?place=E92000001").status_code == 404


def test_the_table_sorts_by_every_column(client: Client, sent: Callable[..., str]) -> None:
    sent(file("roll.csv", ROLL), file("register.csv", REGISTER))
    for column in ("school", "phase", "pupils", "roll", "register", "missing", "reminded"):
        for way in ("asc", "desc"):
            assert "Cinderden" in page(client, f"/returns/?place=X06000001&sort={column}&dir={way}")


def test_no_address_log_or_folder_names_a_child(
    client: Client,
    sent: Callable[..., str],
    caplog: pytest.LogCaptureFixture,
    store: Path,  # noqa: ARG001
) -> None:
    receipt = sent(file(f"{SECRET}.csv", ROLL), file("register.csv", REGISTER))
    pages = [f"/returns/receipts/{receipt}/", f"/returns/schools/{URN}/", "/returns/?place=X06000001"]
    for secret in (SECRET, "Canary", "Zebedee"):
        assert secret not in caplog.text
        assert all(secret not in page(client, address) for address in pages)
        assert not [path for path in uploads.root().rglob("*") if secret in path.name]
        for kept in uploads.root().rglob("*.json"):
            assert secret not in kept.read_text(encoding="utf-8")


def test_looking_through_stores_nothing(store: Path, tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    facts = open_facts(store, {})
    before = sorted(str(path) for path in store.rglob("*"))
    found = look_through(
        facts, [tmp_path / "roll.csv"], scratch=tmp_path, today=timezone.localdate(), key=b"k" * 32, year="2025/26"
    )
    assert sorted(str(path) for path in store.rglob("*")) == before
    assert found.schools == (URN,)
    assert json.dumps(found.changes[0].rows) == "2"
