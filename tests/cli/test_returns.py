"""``ropewalk returns`` from outside: check, submit, send again, correct, and that no child is named anywhere."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.databases import forget

from ropewalk.core.identity.upn import check_letter

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
RECEIPT = re.compile(r"^Receipt (R\d{8}-[0-9A-Z]{5}), recorded", re.MULTILINE)
# A token no other text holds; it stands for a surname, a forename, a number and a postcode.
CANARY = "Xylophonist"
ALL_PRESENT = "/ \\ / \\ / \\ / \\ / \\"


def upn(serial: int) -> str:
    rest = f"879123420{serial:03d}"
    return check_letter("A" + rest) + rest


PUPIL, OTHER, LATER = upn(1), upn(2), upn(3)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a roll and a register, and room for a store and a key."""
    write(
        tmp_path / "roll.csv",
        "urn,upn,former_upn,surname,forename,date_of_birth,sex,year_group,start_date,postcode",
        f"113533,{PUPIL},,{CANARY},Alex,2013-03-14,F,7,2025-09-03,PL1 2AA",
        f"113533,{OTHER},,Other,Sam,2013-05-01,M,7,2025-09-03,PL1 2AB",
        f"113533,,,No{CANARY},Ash,2013-06-01,M,7,2025-09-03,PL1 2AC",
        f"113533,{upn(9)},,Late{CANARY},Kit,2013-06-01,M,7,,PL1 2AC",
    )
    write(
        tmp_path / "register.csv",
        "urn,upn,week_beginning,marks",
        f"113533,{PUPIL},2025-09-08,{ALL_PRESENT}",
        f"113533,{OTHER},2025-09-08,I I I I / \\ / \\ / \\",
        f"113533,{CANARY},2025-09-08,{ALL_PRESENT}",
    )
    return tmp_path


def write(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def call(ropewalk: Ropewalk, home: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command on the store of this home; no key but the one named."""
    environment = {"ROPEWALK_IDENTITY_KEY": "", "XDG_DATA_HOME": str(home / "data"), **more}
    return ropewalk("returns", *arguments, ROPEWALK_STORE=str(home / "store"), **environment)


def submit(ropewalk: Ropewalk, home: Path, *names: str, by: str = "office") -> subprocess.CompletedProcess[str]:
    return call(ropewalk, home, "submit", *(home / name for name in names), "--by", by)


def receipt_of(done: subprocess.CompletedProcess[str]) -> str:
    [found] = RECEIPT.findall(done.stdout)
    return str(found)


def test_lines_that_cannot_be_counted_are_set_aside_and_the_rest_is_kept(ropewalk: Ropewalk, home: Path) -> None:
    done = submit(ropewalk, home, "roll.csv", "register.csv")
    assert done.returncode == 0, done.stderr
    assert "4 lines = 3 accepted + 1 set aside" in done.stdout
    receipt = receipt_of(done)
    shown = call(ropewalk, home, "receipt", receipt.lower(), "--json")
    content = json.loads(shown.stdout)
    assert content["facts"]["roll"] == 3 and content["schools"] == [113533] and content["by"] == "office"
    assert all(file["lines"] == file["accepted"] + file["refused"] for file in content["files"])
    given = call(ropewalk, home, "refused", receipt, "-o", home / "aside")
    [file] = [Path(line) for line in given.stdout.splitlines()]
    assert f"Late{CANARY}" in file.read_text(encoding="utf-8-sig")
    assert CANARY not in file.name


def test_the_same_files_again_change_nothing(ropewalk: Ropewalk, home: Path) -> None:
    first = submit(ropewalk, home, "roll.csv", "register.csv")
    before = content_of(home / "store" / "facts")
    again = submit(ropewalk, home, "register.csv", "roll.csv", by="somebody else")
    assert again.returncode == 0
    assert receipt_of(again) == receipt_of(first)
    assert "The same files were received before. Nothing was changed." in again.stdout
    assert content_of(home / "store" / "facts") == before


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


def test_check_stores_nothing_and_says_whether_lines_would_be_set_aside(ropewalk: Ropewalk, home: Path) -> None:
    wrong = call(ropewalk, home, "check", home / "roll.csv", home / "register.csv")
    assert wrong.returncode == 2
    assert "Set aside" in wrong.stdout and "line 5" in wrong.stdout
    assert not (home / "store").exists() and not (home / "data").exists()
    write(home / "good.csv", "urn,upn,week_beginning,marks", f"113533,{PUPIL},2025-09-08,{ALL_PRESENT}")
    assert call(ropewalk, home, "check", home / "good.csv").returncode == 0


def test_a_file_that_cannot_be_read_stops_all(ropewalk: Ropewalk, home: Path) -> None:
    write(home / "list.csv", "this,is,no,return", "1,2,3,4")
    done = submit(ropewalk, home, "roll.csv", "list.csv")
    assert done.returncode == 2
    assert "Nothing was stored" in done.stdout and not RECEIPT.findall(done.stdout)
    assert call(ropewalk, home, "list", "--json").stdout.strip() == "[]"
    assert submit(ropewalk, home, "missing.csv").returncode == 2


def test_status_says_who_has_sent_what(ropewalk: Ropewalk, home: Path) -> None:
    submit(ropewalk, home, "roll.csv", "register.csv")
    done = call(ropewalk, home, "status", "Plymouth", "--json")
    found = json.loads(done.stdout)
    [school] = found["schools"]
    assert school["urn"] == 113533 and school["pupils"] == 3
    assert {sent["kind"]: sent["weeks"] for sent in school["sent"]} == {"roll": None, "register": 1}
    assert school["missing"] == ["suspensions", "moves", "results"]
    assert (found["covered_schools"], found["covered_pupils"], found["pupils"]) == (1, 3, 3)
    assert "1 of 1 schools share roll and register" in call(ropewalk, home, "status", "879").stdout
    assert call(ropewalk, home, "status", "South West").returncode == 2
    assert call(ropewalk, home, "status", "Nowhere at all").returncode == 4


def test_receipts_and_years_that_are_none_are_told(ropewalk: Ropewalk, home: Path) -> None:
    assert call(ropewalk, home, "receipt", "R20260101-AAAAA").returncode == 4
    assert call(ropewalk, home, "check", home / "roll.csv", "--year", "2025").returncode == 2
    assert submit(ropewalk, home, "roll.csv", by=" ").returncode == 2


def test_no_child_is_named_anywhere_but_in_the_book(ropewalk: Ropewalk, home: Path) -> None:
    done = submit(ropewalk, home, "roll.csv", "register.csv")
    write(
        home / "roll2.csv",
        "urn,upn,former_upn,surname,forename,date_of_birth,sex,year_group,start_date",
        f"113533,{LATER},{PUPIL},{CANARY},Alex,2013-03-14,M,7,2025-10-03",
    )
    second = submit(ropewalk, home, "roll2.csv")
    asked: list[tuple[str | Path, ...]] = [
        ("check", home / "roll.csv", home / "roll2.csv", "--json"),
        ("list", "--json"),
        ("receipt", receipt_of(done), "--json"),
        ("status", "Plymouth", "--json"),
        ("link", "find", "--by", "me"),
        ("link", "list", "--all", "--json"),
        ("link", "list", "--all"),
    ]
    texts = [done, second, submit(ropewalk, home, "roll.csv"), *(call(ropewalk, home, *one) for one in asked)]
    secrets = [CANARY, CANARY.upper(), PUPIL, OTHER, LATER, "2013-03-14", "PL1 2AA", "PL12AA"]
    said = "\n".join(one.stdout + one.stderr for one in texts)
    facts = b"\n".join(content_of(home / "store" / "facts").values())
    names = "\n".join(str(path) for path in home.rglob("*"))
    for secret in secrets:
        assert secret not in said, secret
        assert secret.encode() not in facts, secret
        assert secret not in names, secret
    assert all(one.returncode in (0, 2) for one in texts), [one.stderr for one in texts]


def test_a_child_with_a_former_number_is_one_child(ropewalk: Ropewalk, home: Path) -> None:
    submit(ropewalk, home, "roll.csv", "register.csv")
    write(
        home / "roll2.csv",
        "urn,upn,former_upn,year_group,start_date",
        f"113534,{LATER},{PUPIL},7,2025-10-03",
    )
    submit(ropewalk, home, "roll2.csv", by="the new school")
    [link] = json.loads(call(ropewalk, home, "link", "list", "--all", "--json").stdout)["links"]
    assert (link["kind"], link["in_force"], link["by"]) == ("former_upn", True, "the new school")
    assert call(ropewalk, home, "link", "undo", str(link["id"]), "--by", "head").returncode == 0
    after = json.loads(call(ropewalk, home, "link", "list", "--all", "--json").stdout)["links"]
    assert [(one["kind"], one["in_force"]) for one in after] == [("former_upn", False), ("undone", False)]
    assert call(ropewalk, home, "link", "undo", str(link["id"]), "--by", "head").returncode == 4


def test_the_key_is_kept_outside_the_store_for_its_owner_only(ropewalk: Ropewalk, home: Path) -> None:
    submit(ropewalk, home, "roll.csv")
    [key] = (home / "data").rglob("*.key")
    assert key.stat().st_mode & 0o777 == 0o600
    secret = key.read_bytes().strip()
    assert all(secret not in content for content in content_of(home / "store").values())


def test_without_its_key_a_store_takes_nothing_in(ropewalk: Ropewalk, home: Path) -> None:
    submit(ropewalk, home, "roll.csv")
    [key] = (home / "data").rglob("*.key")
    hidden = key.rename(home / "hidden")
    done = submit(ropewalk, home, "register.csv")
    assert done.returncode == 1 and "identity key" in done.stderr
    hidden.rename(key)
    assert submit(ropewalk, home, "register.csv").returncode == 0


def test_a_new_key_changes_no_record(ropewalk: Ropewalk, home: Path) -> None:
    first = submit(ropewalk, home, "roll.csv", "register.csv")
    environment = {"XDG_DATA_HOME": str(home / "data"), "ROPEWALK_STORE": str(home / "store")}
    done = ropewalk("identity", "rotate-key", ROPEWALK_IDENTITY_KEY="", **environment)
    assert done.returncode == 0 and "4 pseudonyms" in done.stdout, done.stderr
    old = min((home / "data").rglob("*.key"))
    old.unlink()
    write(home / "register2.csv", "urn,upn,week_beginning,marks", f"113533,{PUPIL},2025-09-15,{ALL_PRESENT}")
    second = submit(ropewalk, home, "register2.csv")
    assert second.returncode == 0, second.stderr
    assert receipt_of(second) != receipt_of(first)
    status = json.loads(call(ropewalk, home, "status", "Plymouth", "--json").stdout)
    # Had the pupil become another record, the register's pupils would be three.
    assert status["schools"][0]["pupils"] == 3


def test_a_store_is_not_opened_without_its_catalogue(ropewalk: Ropewalk, home: Path) -> None:
    submit(ropewalk, home, "roll.csv")
    # A file that is lost, or a database that is.
    forget(home / "store")
    for left in (home / "store" / "facts").glob("catalogue.sqlite*"):
        left.unlink()
    done = submit(ropewalk, home, "register.csv")
    assert done.returncode == 1 and "belong to a catalogue that is not here" in done.stderr
    assert list((home / "store" / "facts").rglob("*.parquet")), "the facts are left alone"
    unreachable = call(ropewalk, home, "list", DATABASE_URL="postgresql://nobody:pw@127.0.0.1:1/none")
    assert unreachable.returncode == 1 and "pw" not in unreachable.stderr


def test_a_disk_that_cannot_be_written_is_told(ropewalk: Ropewalk, home: Path) -> None:
    (home / "store").mkdir()
    (home / "store" / "facts").write_text("a file where the folder should be")
    done = submit(ropewalk, home, "roll.csv")
    assert done.returncode == 1 and "cannot be written" in done.stderr
