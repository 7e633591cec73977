"""Kept files: known by what is in them, sealed in the database, given as attachments, deleted by a person."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError, QuerySet
from django.http import Http404
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.site.paper_files import FILES, picture, with_macros

from ropewalk.core.errors import InputRefused, StoreFault
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.erasing import people
from ropewalk.site.foundation.papers.actions import About, incoming, keep, remove
from ropewalk.site.foundation.papers.answers import download_response
from ropewalk.site.foundation.papers.kinds import PaperKind, kind_of, safe_name
from ropewalk.site.foundation.papers.models import Paper, PaperContent
from ropewalk.site.foundation.retention.job import clear
from ropewalk.site.foundation.sealed.anew import be_sure_of_keys, seal_anew
from ropewalk.site.foundation.sealed.keys import DataKeys

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
HERE = About(place="X06000001")


@pytest.fixture
def cora(db: None) -> Account:  # noqa: ARG001
    return Account.objects.create(name="Cora Quillfeather")


def kept(cora: Account, kind: str = "docx", title: str = "Budget") -> Paper:
    return keep(incoming(FILES[kind], f"budget.{kind}"), title=title, by=cora, about=HERE, now=NOW)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("called", ["paper.{}", "paper.exe", "paper", "paper.pdf"])
def test_a_file_is_known_by_what_is_in_it(kind: str, called: str) -> None:
    found = incoming(FILES[kind], called.format(kind))
    expected = "txt" if kind == "csv" and "{}" not in called else kind
    assert (found.kind, found.name) == (expected, f"paper.{expected}")


def torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


def crowded() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(20_000):
            packed.writestr(f"word/{number}", b"")
        for part in ("[Content_Types].xml", "word/document.xml"):
            packed.writestr(part, b"")
    return out.getvalue()


def two_in_one() -> bytes:
    out = io.BytesIO(FILES["docx"])
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/workbook.xml", b"")
    return out.getvalue()


REFUSED = {
    "empty": b"",
    "only spaces": b" \n ",
    "a program": b"MZ\x90\x00" + bytes(60),
    "a picture of another sort": picture("GIF"),
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "macros": with_macros(),
    "a torn zip": torn(FILES["docx"]),
    "a zip of something else": b"PK\x03\x04" + bytes(30) + b"PK\x05\x06" + bytes(18),
    "two documents in one": two_in_one(),
    "too many parts": crowded(),
    "a list of parts that lies": FILES["docx"][:-10] + struct.pack("<I", 0xFFFFFFFF) + FILES["docx"][-6:],
    "bytes that are no text": "Grüße".encode("utf-16"),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_none_of_the_sorts_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(InputRefused) as problem:
        incoming(content, "paper.docx")
    assert problem.value.problems[0].do.startswith(("Send", "Save", "Choose"))


@bounded(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", *FILES]), st.integers(0, 3_000), st.text(max_size=120))
def test_whatever_comes_has_a_sort_or_is_refused_and_a_safe_name(
    noise: bytes, kind: str, where: int, called: str
) -> None:
    start = FILES.get(kind, b"")
    content = start[: where % (len(start) + 1)] + noise + start[where % (len(start) + 1) :]
    try:
        found = kind_of(content, called)
    except InputRefused:
        found = PaperKind.TEXT
    name = safe_name(called, found)
    assert name.endswith(f".{found}")
    assert len(name) <= 100
    assert not set(name) & set("/\\\x00\r\n\"'<>|:*?;")
    assert not name.startswith(".")


def test_names_of_devices_and_folders_become_names_of_files() -> None:
    names = ("../../etc/passwd", "C:\\papers\\CON", "..", "a.b.pdf", "Zoë’s \u202enotes.pdf", "lpt1.pdf", "x" * 300)
    found = [safe_name(name, PaperKind.PDF) for name in names]
    assert found[:5] == ["passwd.pdf", "file CON.pdf", "file.pdf", "a b.pdf", "Zoë s notes.pdf"]
    assert found[5:] == ["file lpt1.pdf", f"{'x' * 80}.pdf"]


def test_ten_megabytes_are_kept_and_no_byte_more(settings: Settings) -> None:
    assert settings.PAPER_BYTES == 10 * 1024 * 1024
    assert len(incoming(b"x" * settings.PAPER_BYTES, "a.txt").content) == settings.PAPER_BYTES
    with pytest.raises(InputRefused, match="at most 10 MB"):
        incoming(b"x" * (settings.PAPER_BYTES + 1), "a.txt")


@pytest.mark.parametrize("kind", FILES)
def test_it_comes_back_as_it_was_as_an_attachment(cora: Account, kind: str) -> None:
    answer = download_response(kept(cora, kind))
    assert answer.content == FILES[kind]
    said = answer.headers["Content-Disposition"]
    assert said == f"attachment; filename=\"budget.{kind}\"; filename*=UTF-8''budget.{kind}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "html" not in answer.headers["Content-Type"]


def test_a_name_in_other_letters_is_given_in_both_ways(cora: Account) -> None:
    paper = keep(incoming(FILES["pdf"], "Zoë.pdf"), title="", by=cora, about=HERE, now=NOW)
    said = download_response(paper).headers["Content-Disposition"]
    assert (paper.title, said) == (
        "Zoë.pdf",
        "attachment; filename=\"Zo_.pdf\"; filename*=UTF-8''Zo%C3%AB.pdf",
    )


def test_nothing_of_it_can_be_read_in_the_database(cora: Account) -> None:
    kept(cora, "txt", "Closing of Zyxwvutson")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM papers_papercontent")
        [[content]] = cursor.fetchall()
        cursor.execute("SELECT title, name FROM papers_paper")
        [words] = cursor.fetchall()
    assert b"Zyxwvutson" not in bytes(content)
    assert "Zyxwvutson" not in str(words)
    assert "budget" not in str(words)
    assert "Zyxwvutson" not in "".join(one.about for one in Entry.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE papers_papercontent SET sealed = %s", [bytes(content)[:-1] + b"\x00\x01"])
    with pytest.raises(StoreFault, match="changed or damaged"):
        PaperContent.objects.get()


def test_with_a_new_key_files_are_sealed_anew(cora: Account, tmp_path: Path, settings: Settings) -> None:
    settings.DATA_KEYS = keys = DataKeys({}, folder=tmp_path / "own", store=tmp_path / "store")
    for kind in FILES:
        kept(cora, kind)
    keys.make()
    cora.save()
    assert seal_anew() >= 2 * len(FILES)
    (keys.folder / "1.key").unlink()
    assert [bytes(one.sealed) for one in PaperContent.objects.order_by("pk")] == list(FILES.values())
    be_sure_of_keys()
    QuerySet(Account).update(name="", email="")
    (keys.folder / "2.key").unlink()
    with pytest.raises(StoreFault, match="not here"):
        be_sure_of_keys()


def test_deleting_takes_the_content_and_leaves_that_it_was_there(cora: Account) -> None:
    paper = kept(cora)
    for because, said in ((" ", "No reason"), ("x" * 501, "too long")):
        with pytest.raises(InputRefused, match=said):
            remove(paper, because=because, by=cora, about=HERE, now=NOW)
    remove(paper, because="It named a child.", by=cora, about=HERE, now=NOW)
    with pytest.raises(InputRefused, match="deleted already"):
        remove(paper, because="Again.", by=cora, about=HERE, now=NOW)
    found = Paper.objects.get()
    assert (found.title, found.is_there, found.deleted_because) == ("Budget", False, "It named a child.")
    assert not PaperContent.objects.exists()
    with pytest.raises(Http404):
        download_response(found)
    with pytest.raises(ProtectedError):
        found.delete()
    assert [one.thing for one in Entry.objects.order_by("number")] == ["papers:kept", "papers:deleted"]
    assert {one.place for one in Entry.objects.all()} == {"X06000001"}


def test_after_six_years_it_goes_by_itself(cora: Account) -> None:
    kept(cora)
    kept(cora)
    first = Paper.objects.earliest("pk")
    Paper.objects.filter(pk=first.pk).update(at=NOW - timedelta(days=6 * 366 + 1))
    clear(now=NOW)
    assert (Paper.objects.count(), PaperContent.objects.count()) == (1, 1)


def test_a_person_who_is_erased_is_named_by_no_file(cora: Account, made_up_store: Path, settings: Settings) -> None:
    settings.ROPEWALK_STORE = made_up_store
    dana = Account.objects.create(name="Dana", is_local_administrator=True)
    paper = keep(incoming(FILES["pdf"], "Quillfeather.pdf"), title="By Cora", by=cora, about=HERE, now=NOW)
    held: Any = dict(people.held_about(cora).tables)
    assert held["files that people put on the site"] == 1
    people.erase(cora, by=dana, reason="A test.", now=NOW)
    paper.refresh_from_db()
    assert (paper.title, paper.name, paper.by.name) == ("[erased]", "[erased]", f"Erased person {cora.pk}")
