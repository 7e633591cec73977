"""Speed and memory of importing every published file, beside pandas only reading the same files.

Ropewalk checks every cell, resolves places, keeps the cells as published, works out figures and writes a store; pandas
reads the files into memory and throws them away. Each run is a process of its own; medians of several runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 3
PANDAS = """
import sys
from pathlib import Path
import pandas as pd
rows = 0
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.name.endswith((".csv", ".csv.gz")):
        try:
            rows += len(pd.read_csv(path, low_memory=False))
        except UnicodeDecodeError:
            rows += len(pd.read_csv(path, low_memory=False, encoding="cp1252"))
print(rows)
"""


def measured(command: list[str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds, peak memory in MiB and output of a process of its own.

    Raises RuntimeError when it fails.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        output.seek(0)
        said = output.read().decode()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:6])} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def row(name: str, runs: list[tuple[float, float, float, str]]) -> str:
    """One line of the result."""
    wall, processor, memory = (median(run[index] for run in runs) for index in range(3))
    return f"{name:<58} {wall:>9.2f} {processor:>9.2f} {memory:>9,.0f}"


def compare(names: tuple[str, str], ours: list[str], theirs: list[str], runs: int) -> None:
    """Run two commands in turn and print medians and ratios: below 1 where Ropewalk needs less."""
    pairs = [(measured(ours), measured(theirs)) for _ in range(runs)]
    print(f"{'':<58} {'seconds':>9} {'processor':>9} {'peak MiB':>9}")
    print(row(names[0], [pair[0] for pair in pairs]))
    print(row(names[1], [pair[1] for pair in pairs]))
    ratios = (median(a[index] / b[index] for a, b in pairs) for index in range(3))
    print(f"{'ratio, Ropewalk to pandas':<58} " + " ".join(f"{ratio:>9.2f}" for ratio in ratios))


def main(data: Path, _store: Path) -> None:
    """Measure and print; each import goes into a new store that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        importer = (
            "import sys, tempfile; store = tempfile.mkdtemp(dir=sys.argv[1]); "
            "from ropewalk.cli.main import main; "
            "sys.argv = ['ropewalk', 'open-data', 'import', sys.argv[2], '--store', store]; main()"
        )
        compare(
            ("Ropewalk: read, check, work out figures, write a store", "pandas: read the same files, keep nothing"),
            [sys.executable, "-c", importer, folder, str(data)],
            [sys.executable, "-c", PANDAS, str(data)],
            RUNS,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path())
