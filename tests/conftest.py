"""What every test may use. Django is never imported here: tests of the core must run without it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests import databases

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_published_files, make_up_returns
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.store import Store

ROOT = Path(__file__).resolve().parent.parent


def shared_data_folder() -> Path:
    """Where the real published files are looked for: ROPEWALK_SHARED_DATA, else beside the repository."""
    named = os.environ.get("ROPEWALK_SHARED_DATA")
    return Path(named).resolve() if named else ROOT.parent / "shared" / "data"


def pytest_configure() -> None:
    """From here on a store has a database of its own where the run is on a server."""
    databases.begin()


def pytest_unconfigure() -> None:
    """What was made on the server goes."""
    databases.end()


def pytest_report_header() -> list[str]:
    """Say at the top of every run what it is on, and whether the real published files are there."""
    kept = "on a PostgreSQL server" if databases.ON_A_SERVER else "in files"
    folder = shared_data_folder()
    if folder.is_dir():
        return [f"databases: {kept}", f"real published files: {folder}"]
    missing = f"REAL PUBLISHED FILES ARE MISSING: {folder} is not a folder; tests that read them are skipped"
    return [f"databases: {kept}", missing]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever reads the real files carries the marker, so `-m 'not shared_data'` means what it says.

    What talks to a Spark server finds its program only in a process that was started from the command line.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "shared_data" in fixtures:
            item.add_marker("shared_data")
        if "spark_address" in fixtures:
            item.add_marker("alone")
        if databases.ON_A_SERVER and _is_about_a_file(item):
            item.add_marker(pytest.mark.skip(reason="ABOUT A FILE: this run is on a server; the run in files has it"))


def _is_about_a_file(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("own_database")
    chosen = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return marked is not None and "sqlite" in (*marked.args, *chosen)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """The databases of a test's own stores go with it."""
    if (folder := getattr(item, "funcargs", {}).get("tmp_path")) is not None:
        databases.forget(folder)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real published files; skips loudly without it, and fails where CI=true promises it."""
    folder = shared_data_folder()
    if not folder.is_dir():
        reason = f"NO REAL DATA: {folder} is not a folder. Put the published files there or set ROPEWALK_SHARED_DATA."
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return folder


def _state_of_readers(data: Path) -> str:
    """A name for what an import of everything would give: the files and the code that reads them."""
    digest = hashlib.sha256((data / "MANIFEST.csv").read_bytes())
    for part in ("schema", "measures", "open_data"):
        for source in sorted((ROOT / "src" / "ropewalk" / "core" / part).rglob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def everything(shared_data: Path, pytestconfig: pytest.Config) -> Path:
    """A store with every real published file, kept between runs while files and readers stay the same; only read it."""
    stores = Path(pytestconfig.cache.mkdir("stores"))  # type: ignore[union-attr]
    folder = stores / _state_of_readers(shared_data)
    # Two processes of a run, or two runs, wait for the one that makes it.
    with (stores / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "manifest.json").exists():
            draft = stores / f"{folder.name}-draft"
            shutil.rmtree(draft, ignore_errors=True)
            import_open_data(Store(draft), [shared_data], now="2026-09-01T00:00:00Z", progress=lambda *_: None)
            _forget_old(stores)
            draft.rename(folder)
    return folder


def _forget_old(stores: Path) -> None:
    """Keep the newest few stores: another run may be reading one of them."""
    found = sorted((s for s in stores.iterdir() if s.is_dir()), key=lambda s: s.stat().st_mtime, reverse=True)
    for old in found[4:]:
        shutil.rmtree(old, ignore_errors=True)


@pytest.fixture(scope="session")
def live_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the register and published figures of a made-up place, and two returns of its schools.

    The first was recorded on 1 September 2025 and holds 2024/25, the second on 21 March 2026 and holds 2025/26 until
    then. Tests only read it.
    """
    folder = tmp_path_factory.mktemp("live")
    wanted = ("spc_", "lait", "statistical")
    written = make_up_published_files(folder / "published", seed=1, progress=lambda *_: None)
    published = [file for file in written if file.name.startswith(wanted)]
    store, scratch = folder / "store", folder / "scratch"
    scratch.mkdir()
    import_open_data(Store(store), published, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    place = PlaceWanted(
        schools=14,
        pupils=500,
        years=2,
        last_year="2025/26",
        until=date(2026, 3, 20),
        mistakes=0,
        by_school=False,
        seed=3,
    )
    make_up_returns(folder / "returns", place, progress=lambda *_: None)
    for year, now in (
        ("2024-25", datetime(2025, 9, 1, 12, tzinfo=UTC)),
        ("2025-26", datetime(2026, 3, 21, 12, tzinfo=UTC)),
    ):
        files = sorted((folder / "returns" / year).glob("*.csv"))
        submit_files(Facts(store), files, by="Alice", key=b"k" * 32, scratch=scratch, now=now, place="X06000001")
    return store


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """On a server each run of the tests has a database of its own name, so that two at once do not meet."""
    # Only tests of the site ask for this, and they have Django.
    from django.conf import settings  # noqa: PLC0415

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        database.setdefault("TEST", {})["NAME"] = f"ropewalk_tests_{os.getpid()}"
