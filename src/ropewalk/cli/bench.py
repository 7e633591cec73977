"""``ropewalk bench``: speed beside what a user would do instead. The benchmarks live in the repository's ``bench``."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import click

import ropewalk
from ropewalk.cli.options import store_option
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.store import Store

ROOT = Path(ropewalk.__file__).resolve().parents[2]
ENDING = "_speed"


@click.command()
@click.argument("name", default="all")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of published files. Default: ROPEWALK_SHARED_DATA, else shared/data beside the repository.",
)
@click.option("--pupils", type=click.IntRange(1000), help="How many made-up pupils, where a benchmark makes pupils up.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw how cost grows as SVG into this file, where a benchmark can: scorecard.",
)
@store_option
def bench(name: str, data: Path | None, pupils: int | None, plot: Path | None, store: Store) -> None:
    """Run the benchmark NAME (import, figures, returns …; all of them without a name), beside what else one could do.

    A store with figures is used as it is; else the published files are first imported into one that is thrown away.
    Benchmarks of returns make their own data up.
    """
    known = _benchmarks()
    if name != "all" and name not in known:
        raise NotFound(f"There is no benchmark '{name}'. There are: {', '.join(known)}, all.")
    modules = {each: _load(known[each]) for each in (known if name == "all" else [name])}
    folder = data or Path(os.environ.get("ROPEWALK_SHARED_DATA", ROOT.parent / "shared" / "data"))
    needy = [each for each, module in modules.items() if getattr(module, "NEEDS_PUBLISHED_FILES", True)]
    if needy and not folder.is_dir():
        problem = Problem(what="There is no such folder.", do="Name one with --data.", file=str(folder))
        raise InputRefused([problem])
    with tempfile.TemporaryDirectory() as spare:
        filled = store if not store.is_empty else Store(Path(spare))
        if filled is not store and set(needy) - {"import"}:
            with ProgressBar() as progress:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                import_open_data(filled, [folder], now=now, progress=progress)
        given = {"pupils": pupils, "plot": plot}
        for each, module in modules.items():
            click.echo(f"\n{each}: {(module.__doc__ or '').splitlines()[0]}\n")
            options = {option: given[option] for option in getattr(module, "OPTIONS", ())}
            module.main(folder, filled.folder, **options)


def _benchmarks() -> dict[str, Path]:
    """Every benchmark by name.

    Raises NotFound where Ropewalk was installed without its repository.
    """
    found = {path.stem.removesuffix(ENDING): path for path in sorted((ROOT / "bench").glob(f"*{ENDING}.py"))}
    if not found:
        raise NotFound("Benchmarks are not part of an installed Ropewalk. Run this from a checkout of its repository.")
    return found


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise NotFound(f"The benchmark {path} cannot be loaded.")
    # What benchmarks share stands beside them.
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        raise NotFound(
            f"This benchmark needs '{error.name}', which is not installed. Run it with: make bench"
        ) from error
    return module
