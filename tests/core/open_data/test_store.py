"""The store through crashes, full disks and several users at once: always the old state or the new one."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ropewalk.core.errors import NotFound, StoreFault
from ropewalk.core.open_data.importing import import_open_data
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

ROOT = Path(__file__).resolve().parents[3]
HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region"
MOMENTS = 60
IMPORTER = """
import sys
from pathlib import Path
from ropewalk.core.open_data.importing import import_open_data
from ropewalk.core.open_data.store import Store
from ropewalk.core.errors import RopewalkError
import pyarrow.compute
print("ready", flush=True)
sys.stdin.readline()
store, *paths = map(Path, sys.argv[1:])
try:
    report = import_open_data(Store(store), paths, now="", progress=lambda *_: None)
except RopewalkError as error:
    sys.exit(f"{error.exit_code} {error}")
print("generation", report.generation, flush=True)
"""


def write_table(path: Path, values: dict[str, str], rows: int = 0) -> Path:
    """A LAIT file with Plymouth's overall absence by year, and other rows to make it longer."""
    lines = [HEADER, *(f"TotAbs,Absence,{year},Plymouth,{value},879,South West" for year, value in values.items())]
    lines += [f"Other_{row},Something,2020,Plymouth,{row},879,South West" for row in range(rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def import_now(folder: Path, *paths: Path) -> int:
    """Import in this process; the generation after it."""
    return import_open_data(Store(folder), paths, now="", progress=lambda *_: None).generation


def start_import(folder: Path, *paths: Path) -> subprocess.Popen[str]:
    """A process that has loaded everything and imports once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(folder), *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


KILLER = """
import json, os, signal, sys, time
from pathlib import Path
from ropewalk.core.open_data.importing import import_open_data
from ropewalk.core.open_data.store import Store
import pyarrow.compute
for folder, moment in json.load(sys.stdin).items():
    child = os.fork()
    if not child:
        import_open_data(Store(Path(folder)), [Path(sys.argv[1])], now="", progress=lambda *_: None)
        os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


def kill_imports(new: Path, moments: dict[Path, float]) -> None:
    """Import the file into each store and kill -9 the process after so many seconds.

    One process loads the code and forks for each store, as loading takes longer than importing.
    """
    subprocess.run(
        [sys.executable, "-c", KILLER, str(new)],
        input=json.dumps({str(store): moment for store, moment in moments.items()}),
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        text=True,
        timeout=300,
        check=True,
    )


def absence(folder: Path) -> dict[str, float | None]:
    """Plymouth's overall absence by period, as a reader sees it."""
    reader = Reader(Store(folder))
    found = reader.figures(Selection(places=["E06000026"], measures=["absence_overall"]))
    reader.close()
    return {figure.period: figure.value for figure in found}


@pytest.fixture
def old_and_new(tmp_path: Path) -> tuple[Path, Path]:
    """A store with an old edition, and a new file with several thousand rows."""
    import_now(tmp_path / "store", write_table(tmp_path / "old.csv", {"2022": "7.1"}))
    return tmp_path / "store", write_table(tmp_path / "new.csv", {"2022": "7.2", "2023": "8.2"}, rows=20_000)


OLD = {"2021/22": 7.1}
NEW = {"2022/23": 8.2, "2021/22": 7.2}


@pytest.mark.slow
def test_killed_at_any_moment_the_store_is_the_old_or_the_new_one(
    old_and_new: tuple[Path, Path], tmp_path: Path
) -> None:
    original, new = old_and_new
    whole = start_import(shutil.copytree(original, tmp_path / "whole"), new)
    began = time.monotonic()
    whole.communicate("\n", timeout=60)
    assert whole.returncode == 0
    length = time.monotonic() - began
    chance = random.Random(20_260_901)  # noqa: S311 - moments, not secrets
    # Spread over the run, with a few past its usual end; the order is mixed so that a slow machine is met evenly.
    moments = [length * 1.1 * (index + chance.random()) / MOMENTS for index in range(MOMENTS)]
    chance.shuffle(moments)
    stores = [shutil.copytree(original, tmp_path / f"store-{index}") for index in range(MOMENTS)]
    kill_imports(new, dict(zip(stores, moments, strict=True)))
    seen = {"old": 0, "new": 0, "leftovers": 0}
    for store, moment in zip(stores, moments, strict=True):
        found = absence(store)
        assert found in (OLD, NEW), f"killed after {moment:.3f} s"
        seen["old" if found == OLD else "new"] += 1
        seen["leftovers"] += len(list(store.glob("published-*.duckdb"))) > 1
        # An import that finds nothing to do tidies too; one that has something to do starts from a tidy folder.
        import_now(store, tmp_path / "old.csv")
        live = json.loads((store / "manifest.json").read_text())["database"]
        assert sorted(path.name for path in store.iterdir()) == [".lock", "manifest.json", live]
    assert seen["old"] > MOMENTS / 4, seen
    assert seen["leftovers"] > 0, seen
    for store in stores[:5]:
        import_now(store, new)
        assert absence(store) == NEW


def test_what_a_stopped_import_left_is_tidied_by_the_next(old_and_new: tuple[Path, Path], tmp_path: Path) -> None:
    store, _ = old_and_new
    (store / "tmp").mkdir()
    (store / "tmp" / "spilled").write_bytes(b"x" * 1000)
    for name in ("published-000002.duckdb", "published-000002.duckdb.wal", "manifest.json.new"):
        (store / name).write_bytes(b"half")
    before = (store / "manifest.json").read_bytes()
    assert import_now(store, tmp_path / "old.csv") == 1
    assert (store / "manifest.json").read_bytes() == before
    assert sorted(path.name for path in store.iterdir()) == [".lock", "manifest.json", "published-000001.duckdb"]


def test_a_reader_goes_on_while_imports_come_and_go(old_and_new: tuple[Path, Path], tmp_path: Path) -> None:
    store, new = old_and_new
    reader = Reader(Store(store))
    for generation, path in enumerate((new, write_table(tmp_path / "third.csv", {"2024": "9.1"})), 2):
        assert import_now(store, path) == generation
        (figure,) = reader.figures(Selection(places=["E06000026"], measures=["absence_overall"]))
        assert (reader.generation, figure.value) == (1, 7.1)
    reader.close()
    assert absence(store) == {**NEW, "2023/24": 9.1}


def test_readers_that_open_while_imports_go_live_always_find_a_store(tmp_path: Path) -> None:
    store = tmp_path / "store"
    import_now(store, write_table(tmp_path / "first.csv", {"2016": "1"}))
    faults: list[Exception] = []
    opened = 0
    over = threading.Event()

    def read() -> None:
        nonlocal opened
        while not over.is_set():
            try:
                assert absence(store)["2015/16"] == 1
                opened += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test is about
                faults.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in readers:
        thread.start()
    for year in range(2017, 2022):
        import_now(store, write_table(tmp_path / f"{year}.csv", {str(year): "2"}))
    over.set()
    for thread in readers:
        thread.join()
    assert faults == []
    assert opened > 5


def test_two_imports_at_once_wait_for_each_other(tmp_path: Path) -> None:
    store = tmp_path / "store"
    files = [
        write_table(tmp_path / f"{year}.csv", {str(year): f"{number}.5"}, rows=3000 + number)
        for number, year in enumerate(range(2016, 2020))
    ]
    processes = [start_import(store, path) for path in files]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], outputs
    assert sorted(said for said, _ in outputs) == [f"generation {number}\n" for number in range(1, 5)]
    assert absence(store) == {"2015/16": 0.5, "2016/17": 1.5, "2017/18": 2.5, "2018/19": 3.5}


@pytest.mark.parametrize("kilobytes", [0, 16, 300, 600, 1500])
def test_full_disk_leaves_the_old_state(old_and_new: tuple[Path, Path], kilobytes: int) -> None:
    """A limit on the size of files stands for a full disk: writing fails in the same places."""
    store, new = old_and_new
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    process = start_import(store, new)
    size = kilobytes * 1024
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, size))
    _, said = process.communicate("\n", timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"1 The store in {store} cannot be written")
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before
    assert absence(store) == OLD
    assert import_now(store, new) == 2
    assert absence(store) == NEW


def test_store_that_is_not_ours_is_said_in_plain_words(old_and_new: tuple[Path, Path]) -> None:
    folder, _ = old_and_new
    manifest = folder / "manifest.json"
    good = manifest.read_text()
    for text, words in (
        ("{", "is damaged"),
        ("[]", "is damaged"),
        (good.replace('"format": 1', '"format": 99'), "written by another version"),
    ):
        manifest.write_text(text)
        with pytest.raises(StoreFault, match=words):
            Reader(Store(folder))
    manifest.write_text(good)
    (folder / "published-000001.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreFault, match="is damaged or may not be read"):
        Reader(Store(folder))
    (folder / "published-000001.duckdb").unlink()
    with pytest.raises(StoreFault, match="is missing"):
        Reader(Store(folder))


def test_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="open-data import"):
        Reader(Store(tmp_path / "store"))
