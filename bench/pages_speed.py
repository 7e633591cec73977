"""Speed of place and measure pages with 20 readers at once, beside the same table made with pandas for each request.

Starts the real server (two workers) on a store and lets 20 readers walk over places and measures, once with a pause
between pages as people make, once without any pause (the most the server can be pressed). The first walk is over pages
nobody has opened yet, the second over pages that were opened before. Prints medians and 95th percentiles.
"""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from ropewalk.core.measures import all_measures
from ropewalk.core.use_cases.figures import list_places
from ropewalk.core.use_cases.store import Reader, Store

READERS = 20
SECONDS = 15.0
SEED = 20261123


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def addresses(store: Path) -> list[str]:
    """Place and measure pages of every council, in a random but fixed order."""
    reader = Reader(Store(store))
    pages = []
    for place in list_places(reader):
        pages.append(f"/places/{place.code}/")
        measured = {measure for measure, phase, group, _ in reader.cuts(place.code) if (phase, group) == ("all", "all")}
        pages += [f"/places/{place.code}/measures/{measure}/" for measure in all_measures() if measure in measured]
    random.Random(SEED).shuffle(pages)  # noqa: S311 - an order, not a secret
    return pages


def walk(
    port: int, pages: list[str], pause: float, seconds: float, headers: dict[str, str] | None = None
) -> list[float]:
    """Let 20 readers read for a while; returns the time of each answer in milliseconds."""
    times: list[float] = []
    lock = threading.Lock()
    position = iter(range(10**9))
    end = time.monotonic() + seconds

    def read() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        time.sleep(random.random() * pause)  # noqa: S311 - a pause, not a secret
        while time.monotonic() < end:
            with lock:
                page = pages[next(position) % len(pages)]
            started = time.perf_counter()
            link.request("GET", page, headers={"Accept-Encoding": "gzip", **(headers or {})})
            answer = link.getresponse()
            answer.read()
            taken = (time.perf_counter() - started) * 1000
            if answer.status != 200:
                raise RuntimeError(f"{page}: {answer.status}")
            with lock:
                times.append(taken)
            time.sleep(pause)
        link.close()

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def row(name: str, times: list[float]) -> str:
    """One line of the result."""
    return f"{name:<58} {len(times):>7,} {median(times):>9.1f} {quantiles(times, n=20)[18]:>9.1f}"


def pandas_times(data: Path, rounds: int) -> list[float]:
    """The table of a place made by pandas from a frame that is already in memory, one reader at a time."""
    import pandas as pd  # noqa: PLC0415 - only this benchmark needs it

    frame = pd.read_csv(data / "la" / "lait_la_indicators_long.csv.gz", dtype=str)
    wanted = {row.short_description for measure in all_measures().values() for row in measure.lait}
    neighbours = pd.read_csv(data / "la" / "statistical_neighbours_may_2025.csv", dtype=str)
    times = []
    chance = random.Random(SEED)  # noqa: S311 - a choice of places, not a secret
    for number in chance.choices(sorted(neighbours["la_code"].unique()), k=rounds):
        started = time.perf_counter()
        near = list(neighbours[neighbours["la_code"] == number]["neighbour_la_code"])
        part = frame[frame["Short Desc"].isin(wanted) & frame["LA Number"].isin([number, "970", "990", *near])].copy()
        part["value"] = pd.to_numeric(part["Values"], errors="coerce")
        part.pivot_table(index=["Short Desc", "Years"], columns="LA Number", values="value").to_html()
        times.append((time.perf_counter() - started) * 1000)
    return times


def main(data: Path, store: Path) -> None:
    """Measure and print."""
    pages = addresses(store)
    port = free_port()
    command = [sys.executable, "-m", "ropewalk", "serve", "--port", str(port), "--store", str(store)]
    limits = {"ROPEWALK_RATE_LIMITS": "off"}
    server = subprocess.Popen(command, env={**os.environ, **limits}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        print(f"{'':<58} {'pages':>7} {'median':>9} {'95 % ms':>9}")
        print(row("20 readers, a page a second each, pages not seen before", walk(port, pages, 1.0, SECONDS)))
        print(row("20 readers, a page a second each, pages seen before", walk(port, pages, 1.0, SECONDS)))
        first = pages[:300]
        walk(port, first, 0.0, 5)
        print(row("20 readers without any pause, pages seen before", walk(port, first, 0.0, SECONDS)))
    finally:
        server.terminate()
        server.wait(20)
    print(row("pandas, frame in memory, one reader", pandas_times(data, 20)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
