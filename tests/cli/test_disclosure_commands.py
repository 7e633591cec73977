"""``ropewalk disclosure`` from the outside: what comes out, and what is said of files that are wrong."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from ropewalk.cli.main import ropewalk
from ropewalk.core.errors import InputRefused

COUNTS = """school,kind,count
A,x,3
A,y,20
B,x,9
B,y,14
C,x,11
C,y,1
D,x,0
D,y,30
"""
SPECIFICATION = {
    "dimensions": ["school", "kind"],
    "rollups": {"school": [{"name": "trust", "of": {"A": "N", "B": "N"}}]},
}


def run(*arguments):
    result = CliRunner().invoke(ropewalk, ["disclosure", *map(str, arguments)])
    if isinstance(result.exception, InputRefused):
        return 2, str(result.exception)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture
def files(tmp_path):
    (tmp_path / "counts.csv").write_text(COUNTS, encoding="utf-8")
    (tmp_path / "spec.json").write_text(json.dumps(SPECIFICATION), encoding="utf-8")
    return tmp_path


def protected(files, *more, spec="spec.json", name="released.csv"):
    code, said = run("protect", "--counts", files / "counts.csv", "--spec", files / spec, "-o", files / name, *more)
    assert code == 0, said
    return files / name


def test_a_table_is_protected_attacked_and_its_certificates_checked(files):
    released = protected(files)
    with released.open(encoding="utf-8") as file:
        rows = {(row["school"], row["kind"]): row["value"] for row in csv.DictReader(file)}
    assert rows["A", "x"] == rows["C", "y"] == "c"
    assert rows["*", "*"] == "88"
    assert rows["trust=N", "*"] == "46"
    against = ["--released", released, "--spec", files / "spec.json"]
    certificates = files / "certificates.json"
    code, said = run(
        "audit", *against, "--counts", files / "counts.csv", "--certificates", certificates, "--strict", "--json"
    )
    found = json.loads(said)
    assert (code, found["cells"], found["narrow"], found["exact"], found["certified"]) == (0, 2, 0, 0, 2)
    assert {tuple(one["cell"].values()) for one in found["findings"]} == {("A", "x"), ("C", "y")}
    assert all(one["high"] is None or one["high"] - one["low"] >= 5 for one in found["findings"])
    assert run("check-certificates", certificates, *against) == (
        0,
        "Every certificate holds: two tables give all that was released and differ enough.\n",
    )
    said = json.loads(certificates.read_text(encoding="utf-8"))
    said["tables"][0][0] += 1
    certificates.write_text(json.dumps(said), encoding="utf-8")
    assert run("check-certificates", certificates, *against)[0] == 2
    certificates.write_text("[]", encoding="utf-8")
    assert "cannot be read" in run("check-certificates", certificates, *against)[1]


def test_a_table_with_small_counts_alone_hidden_is_not_strictly_safe(files):
    lines = ["school,kind,value", "A,*,23", "A,x,c", "A,y,20", "B,*,10", "B,x,4", "B,y,6"]
    (files / "bare.csv").write_text("\n".join(lines), encoding="utf-8")
    (files / "bare.json").write_text(json.dumps({"dimensions": ["school", "kind"]}), encoding="utf-8")
    against = ["audit", "--released", files / "bare.csv", "--spec", files / "bare.json"]
    code, said = run(*against)
    assert code == 0
    assert "1 hidden cells attacked: 1 can be narrowed to fewer than 5 steps, 1 can be worked out exactly." in said
    assert run(*against, "--strict")[0] == 2


def test_an_insider_knows_more_and_a_table_made_for_that_withstands(files):
    (files / "knows.csv").write_text("school,kind,count\nC,x,11\nC,y,1\n", encoding="utf-8")
    (files / "inside.json").write_text(json.dumps(SPECIFICATION | {"insiders": ["school"]}), encoding="utf-8")
    released = protected(files, spec="inside.json")
    code, said = run(
        *("audit", "--released", released, "--spec", files / "inside.json", "--knows", files / "knows.csv"),
        *("--counts", files / "counts.csv", "--strict", "--json"),
    )
    assert (code, json.loads(said)["narrow"]) == (0, 0)


def test_a_second_release_is_made_with_the_ledger_and_attacked_together_with_the_first(files):
    first = protected(files, "--ledger", files / "ledger")
    second_spec = {
        "dimensions": ["school", "kind"],
        "rollups": {"school": [{"name": "side", "of": {"A": "e", "C": "e"}}]},
    }
    (files / "second.json").write_text(json.dumps(second_spec), encoding="utf-8")
    before = first.read_bytes()
    second = protected(files, "--ledger", files / "ledger", spec="second.json", name="second.csv")
    assert first.read_bytes() == before == (files / "ledger" / "0001-released.csv").read_bytes()
    code, _ = run(
        *("audit", "--released", first, "--released", second, "--spec", files / "spec.json"),
        *("--spec", files / "second.json", "--counts", files / "counts.csv", "--strict"),
    )
    assert code == 0


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ("school,kind\nA,x\n", "count is missing"),
        ("school,kind,count\n", "There are no counts"),
        ("school,kind,count\nA,x,-1\n", "row 2, column count: A count must be a whole number"),
        ("school,kind,count\nA,x,2.5\n", "whole number"),
        ("school,kind,count\nA,x,\n", "whole number"),
        ("school,kind,count\n,x,2\n", "blank"),
        ("school,kind,count\ntrust=N,x,2\n", "holds * or ="),
        ("school,kind,count\n*,x,2\n", "holds * or ="),
        ("school,kind,count\nA,x,2\nA,x,3\n", "row 3: This cell stands here a second time"),
        ("school,kind,count\nA,x\n", "more or fewer cells"),
    ],
)
def test_counts_that_are_wrong_are_refused_with_their_place(files, counts, says):
    (files / "counts.csv").write_text(counts, encoding="utf-8")
    code, said = run(
        "protect", "--counts", files / "counts.csv", "--spec", files / "spec.json", "-o", files / "released.csv"
    )
    assert code == 2
    assert says in said
    assert not (files / "released.csv").exists()


@pytest.mark.parametrize(
    ("specification", "says"),
    [
        ("not JSON", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"dimensions": []}', "at least one column"),
        ('{"dimensions": ["count"]}', "cannot be the name"),
        ('{"dimensions": ["school", "school"]}', "each once"),
        ('{"dimensions": ["school"], "rollups": {"kind": [{"name": "t", "of": {}}]}}', "no dimension"),
        ('{"dimensions": ["school"], "rollups": {"school": [{"name": "a=b", "of": {}}]}}', "without ="),
        ('{"dimensions": ["school"], "insiders": ["head"]}', "neither a dimension nor a roll-up"),
        ('{"dimensions": ["school"], "threshold": 1}', "at least 2"),
        ('{"dimensions": ["school"], "threshold": "5"}', "cannot be read"),
    ],
)
def test_a_specification_that_is_wrong_is_refused(files, specification, says):
    (files / "spec.json").write_text(specification, encoding="utf-8")
    code, said = run(
        "protect", "--counts", files / "counts.csv", "--spec", files / "spec.json", "-o", files / "released.csv"
    )
    assert code == 2
    assert says in said


@pytest.mark.parametrize(
    ("released", "says"),
    [
        ("school,kind\nA,x\n", "Columns are missing"),
        ("school,kind,value\nA,x,<5\n", "row 2, column value"),
        ("school,kind,value\nA,x,c\nA,x,3\n", "a second time"),
        ("school,kind,value\nside=e,x,9\n", "of a roll-up the specification does not have"),
        ("school,kind,value\nA,*,9\nA,x,10\nA,y,c\n", "contradict each other"),
    ],
)
def test_released_files_that_are_wrong_are_refused(files, released, says):
    (files / "released.csv").write_text(released, encoding="utf-8")
    code, said = run("audit", "--released", files / "released.csv", "--spec", files / "spec.json")
    assert code == 2
    assert says in said


def test_specifications_must_go_with_the_tables(files):
    released = protected(files)
    code, said = run(
        *("audit", "--released", released, "--released", released, "--released", released),
        *("--spec", files / "spec.json", "--spec", files / "spec.json"),
    )
    assert code == 2
    assert "3 released tables and 2 specifications" in said
