"""Time of the data book of one place, beside pandas making only its tables of figures as HTML, without charts or PDF.

Each book is made by a process of its own, as a user does, and the store is read afresh.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from ropewalk.core.measures import all_measures

PLACE, NUMBER = "E06000026", "879"
ROUNDS = 3


def book(store: Path) -> float:
    """Seconds for one data book, process included."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        output = str(Path(folder) / "book.pdf")
        command = [sys.executable, "-m", "ropewalk", "data-book", PLACE, "-o", output, "--store", str(store)]
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started


def pandas_tables(data: Path) -> float:
    """Seconds to read the council table and write one HTML table for each measure."""
    import pandas as pd  # noqa: PLC0415 - only this benchmark needs it

    started = time.perf_counter()
    frame = pd.read_csv(data / "la" / "lait_la_indicators_long.csv.gz", dtype=str)
    neighbours = pd.read_csv(data / "la" / "statistical_neighbours_may_2025.csv", dtype=str)
    near = list(neighbours[neighbours["la_code"] == NUMBER]["neighbour_la_code"])
    part = frame[frame["LA Number"].isin([NUMBER, "970", "990", *near])].copy()
    part["value"] = pd.to_numeric(part["Values"], errors="coerce")
    for measure in all_measures().values():
        for row in measure.lait:
            rows = part[part["Short Desc"] == row.short_description]
            rows.pivot_table(index="Years", columns="LA Number", values="value").to_html()
    return time.perf_counter() - started


def main(data: Path, store: Path) -> None:
    """Measure and print medians."""
    books = [book(store) for _ in range(ROUNDS)]
    tables = [pandas_tables(data) for _ in range(ROUNDS)]
    print(
        f"data book of one place      median {median(books):6.1f} s of {ROUNDS} ({min(books):.1f} to {max(books):.1f})"
    )
    print(f"pandas, tables alone        median {median(tables):6.1f} s of {ROUNDS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
