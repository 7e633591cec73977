"""``ropewalk open-data``: what the contract promises of importing, seen from outside."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
Imported = tuple[Path, subprocess.CompletedProcess[str]]

# File, what it is, edition, rows read, kept, refused, with nothing but marks. Rows as counted by the data's own list.
COUNCIL_FILES = (
    ("la_code_list.csv", "list of councils", "list", 171, 170, 1, 0),
    ("lait_data_dictionary.csv", "data dictionary", "dictionary", 448, 179, 0, 269),
    ("lait_inclusion_extract.csv.gz", "extract of inclusion measures", "2015/16 to 2025", 79_050, 70_540, 0, 8_510),
    (
        "lait_la_indicators_long.csv.gz",
        "Local Authority Interactive Tool",
        "2015/16 to 2025",
        641_070,
        547_187,
        0,
        93_883,
    ),
    ("statistical_neighbours_may_2025.csv", "Statistical neighbours", "May 2025", 1_580, 1_580, 0, 0),
)
REPORT = re.compile(
    r"^(?P<file>\S+)\n  (?P<title>.+), edition (?P<edition>.+?)(?P<there>, already there, nothing changed)?\n"
    r"  (?P<read>[\d,]+) rows read = (?P<kept>[\d,]+) kept \+ (?P<refused>[\d,]+) refused \+ "
    r"(?P<missing>[\d,]+) with nothing but marks of missing values$",
    re.MULTILINE,
)
NEIGHBOURS = "la_code,la_name,neighbour_la_code,rank,closeness\n"
ROWS = "".join(f"879,Plymouth,{880 + number},{number},Close\n" for number in range(1, 4))


def counts(found: re.Match[str]) -> list[int]:
    """The four numbers of a report."""
    return [int(found[name].replace(",", "")) for name in ("read", "kept", "refused", "missing")]


def test_import_says_of_each_file_what_it_is_and_what_became_of_its_rows(council_store: Imported) -> None:
    _, done = council_store
    assert done.returncode == 0, done.stderr
    reports = list(REPORT.finditer(done.stdout))
    assert [report["file"] for report in reports] == [file[0] for file in COUNCIL_FILES]
    for report, (_, title, edition, *numbers) in zip(reports, COUNCIL_FILES, strict=True):
        assert title in report["title"]
        assert report["edition"] == edition
        assert counts(report) == numbers
        assert numbers[0] == sum(numbers[1:])
    assert "5 published files: 5 new, 0 already there." in done.stdout


def test_second_import_changes_nothing(ropewalk: Ropewalk, council_store: Imported, shared_data: Path) -> None:
    store, _ = council_store
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    done = ropewalk("open-data", "import", shared_data / "la", "--store", store)
    assert done.returncode == 0, done.stderr
    reports = list(REPORT.finditer(done.stdout))
    assert [counts(report) for report in reports] == [list(file[3:]) for file in COUNCIL_FILES]
    assert all(report["there"] for report in reports)
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before


def test_unknown_files_are_listed_and_left_alone(ropewalk: Ropewalk, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    (folder / "deeper").mkdir(parents=True)
    (folder / "statistical_neighbours.csv").write_text(NEIGHBOURS + ROWS)
    (folder / "deeper" / "recipes.csv").write_text("dish,minutes\nsoup,40\n")
    (folder / "notes.txt").write_text("nothing")
    (folder / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    done = ropewalk("open-data", "import", folder, "--store", tmp_path / "store", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert [file["file"] for file in answer["files"]] == ["statistical_neighbours.csv"]
    assert answer["unknown"] == ["deeper/recipes.csv", "notes.txt", "nowhere.csv"]
    assert answer["generation"] == 1
    spoken = ropewalk("open-data", "import", folder, "--store", tmp_path / "store").stdout
    assert all(name in spoken for name in ("deeper/recipes.csv", "notes.txt", "nowhere.csv"))


def test_the_same_file_under_two_names_is_read_once(ropewalk: Ropewalk, tmp_path: Path) -> None:
    for name in ("statistical_neighbours.csv", "statistical_neighbours_copy.csv"):
        (tmp_path / name).write_text(NEIGHBOURS + ROWS)
    done = ropewalk("open-data", "import", tmp_path, "--store", tmp_path / "store", "--json")
    files = json.loads(done.stdout)["files"]
    assert [(file["file"], file["already_there"]) for file in files] == [
        ("statistical_neighbours.csv", False),
        ("statistical_neighbours_copy.csv", True),
    ]


def test_every_problem_of_every_file_is_named_at_once(ropewalk: Ropewalk, tmp_path: Path) -> None:
    (tmp_path / "statistical_neighbours_a.csv").write_text(NEIGHBOURS + ROWS.replace(",2,", ",two,"))
    (tmp_path / "statistical_neighbours_b.csv").write_text(NEIGHBOURS + ROWS + "879,Plymouth\n")
    done = ropewalk("open-data", "import", tmp_path, "--store", tmp_path / "store")
    assert done.returncode == 2
    assert done.stdout == ""
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("statistical_neighbours_a.csv, row 3, column rank: 'two' is neither a number nor a mark")
    assert second.startswith("statistical_neighbours_b.csv, row 5: This row has 2 cells, the header has 5.")
    assert not (tmp_path / "store" / "manifest.json").exists()


def test_the_store_may_be_named_by_the_environment(ropewalk: Ropewalk, tmp_path: Path) -> None:
    (tmp_path / "statistical_neighbours.csv").write_text(NEIGHBOURS + ROWS)
    named = {"ROPEWALK_STORE": str(tmp_path / "named")}
    assert ropewalk("open-data", "import", tmp_path, **named).returncode == 0
    listed = json.loads(ropewalk("open-data", "list", "--json", **named).stdout)
    assert [edition["file"] for edition in listed] == ["statistical_neighbours.csv"]
    assert (tmp_path / "named" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("open-data", "import", "no-such-folder"), 2),
        (("open-data", "import"), 2),
        (("figures",), 2),
        (("figures", "--place", "Plymouth", "--format", "xml"), 2),
        (("no-such-command",), 2),
        (("figures", "--place", "Plymouth"), 4),
        (("places",), 4),
        (("schools", "Plymouth"), 4),
        (("--help",), 0),
        (("open-data", "list"), 0),
    ],
)
def test_exit_codes_with_an_empty_store(
    ropewalk: Ropewalk, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = ropewalk(*arguments, ROPEWALK_STORE=str(tmp_path / "store"))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) == (code != 0)


def test_a_store_that_cannot_be_written_is_said_in_plain_words(ropewalk: Ropewalk, tmp_path: Path) -> None:
    (tmp_path / "statistical_neighbours.csv").write_text(NEIGHBOURS + ROWS)
    (tmp_path / "taken").write_text("a file, not a folder")
    done = ropewalk("open-data", "import", tmp_path, "--store", tmp_path / "taken" / "store")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["open-data import", "open-data list", "places", "schools", "figures", "measures"])
def test_every_command_takes_a_store(ropewalk: Ropewalk, command: str) -> None:
    done = ropewalk(*command.split(), "--help")
    assert done.returncode == 0
    assert "--store DIR" in done.stdout
    assert "ROPEWALK_STORE" in done.stdout
