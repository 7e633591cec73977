"""Editions: a newer one supersedes and nothing is deleted; importing again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropewalk.core.open_data.importing import ImportReport, import_open_data
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region"
EXTRACT = "Short Desc,Topic,Measure,y_axis_name,Polarity,Years,LA and Regions,Values,LA Number,Region"
PLYMOUTH = Selection(places=["E06000026"], measures=["absence_overall"])


def lait(path: Path, values: dict[str, str]) -> Path:
    """A LAIT file with Plymouth's overall absence by year."""
    rows = [f"TotAbs,Absence,{year},Plymouth,{value},879,South West" for year, value in values.items()]
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def extract(path: Path, values: dict[str, str]) -> Path:
    """The same figures as the extract publishes them."""
    rows = [f"TotAbs,Absence,Overall,%,Low,{year},Plymouth,{value},879,South West" for year, value in values.items()]
    path.write_text("\n".join([EXTRACT, *rows]) + "\n")
    return path


def put(store: Path, *paths: Path) -> ImportReport:
    """Import; the time given is that of nobody's clock."""
    return import_open_data(Store(store), paths, now="2026-09-01T00:00:00Z", progress=lambda *_: None)


def seen(store: Path, wanted: Selection = PLYMOUTH) -> dict[str, tuple[float | None, str]]:
    """Value and file of each period."""
    reader = Reader(Store(store))
    found = {figure.period: (figure.value, figure.source.file) for figure in reader.figures(wanted)}
    reader.close()
    return found


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    """An edition, and the next with a corrected value and one more period."""
    return (
        lait(tmp_path / "first.csv", {"2021": "5.1", "2022": "7.1", "2023": "-"}),
        lait(tmp_path / "second.csv", {"2022": "7.2", "2023": "8.2", "2024": "8.4"}),
    )


CURRENT = {
    "2023/24": (8.4, "second.csv"),
    "2022/23": (8.2, "second.csv"),
    "2021/22": (7.2, "second.csv"),
    "2020/21": (5.1, "first.csv"),
}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the older one later"])
@pytest.mark.parametrize("at_once", [True, False])
def test_newer_edition_supersedes_without_deleting(
    editions: tuple[Path, Path], tmp_path: Path, order: tuple[int, int], *, at_once: bool
) -> None:
    """Which edition is newer is told by how far it reaches, not by the day somebody imported it."""
    store = tmp_path / "store"
    paths = [editions[index] for index in order]
    for group in [paths] if at_once else [[path] for path in paths]:
        put(store, *group)
    assert seen(store) == CURRENT
    old = Selection(places=["E06000026"], measures=["absence_overall"], superseded=True)
    assert seen(store, old) == {"2022/23": (None, "first.csv"), "2021/22": (7.1, "first.csv")}
    listed = [(edition["file"], edition["read"]) for edition in Store(store).manifest.editions]
    assert listed == [(path.name, 3) for path in paths]


def test_of_editions_that_reach_equally_far_the_one_imported_later_counts(tmp_path: Path) -> None:
    store = tmp_path / "store"
    put(store, lait(tmp_path / "z_wrong.csv", {"2022": "7.1"}))
    put(store, lait(tmp_path / "a_corrected.csv", {"2022": "7.2"}))
    assert seen(store) == {"2021/22": (7.2, "a_corrected.csv")}


def test_publication_with_precedence_counts_whenever_it_was_imported(tmp_path: Path) -> None:
    store = tmp_path / "store"
    put(store, lait(tmp_path / "whole.csv", {"2022": "7.1"}))
    put(store, extract(tmp_path / "extract.csv", {"2022": "7.3", "2023": "8.3"}))
    assert seen(store) == {"2022/23": (8.3, "extract.csv"), "2021/22": (7.1, "whole.csv")}


def test_the_same_files_again_change_nothing(editions: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = put(store, *editions)
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    again = put(store, *editions)
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before
    assert again.generation == first.generation == 1
    assert all(file.already_there for file in again.files)
    told = [(file.file, file.read, file.kept, file.refused, file.missing, file.edition) for file in first.files]
    assert told == [(f.file, f.read, f.kept, f.refused, f.missing, f.edition) for f in again.files]


def test_one_new_file_beside_old_ones_is_the_only_one_read(editions: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    put(store, editions[0])
    report = put(store, *editions)
    assert [(file.file, file.already_there) for file in report.files] == [("first.csv", True), ("second.csv", False)]
    assert report.generation == 2
    assert seen(store) == CURRENT


def test_gaps_are_worked_out_once_and_follow_the_newer_edition(tmp_path: Path) -> None:
    store = tmp_path / "store"

    def scores(path: Path, disadvantaged: str) -> Path:
        rows = [
            f"{name},KS4,2025,Plymouth,{value},879,South West"
            for name, value in (("DAP_KS4_ATT8", disadvantaged), ("NonDAP_KS4_ATT8", "50.1"))
        ]
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        return path

    gap = Selection(places=["E06000026"], measures=["gap_attainment8"])
    put(store, scores(tmp_path / "first.csv", "34.3"))
    assert seen(store, gap) == {"2024/25": (15.8, "first.csv")}
    put(store, scores(tmp_path / "second.csv", "35.1"))
    assert seen(store, gap) == {"2024/25": (15.0, "second.csv")}
    reader = Reader(Store(store))
    (figure,) = reader.figures(gap)
    reader.close()
    assert "less value for 'disadvantaged'" in (figure.source.calculation or "")
