"""Speed of the pages of partnership, plan and workstreams with ten years of plans in the store.

Signs in as the coordinator, finds pages by following their links, and walks them: alone, and with 20 readers who each
open a page a second. Prints medians and 95th percentiles of all and of the slowest kinds of page, beside what one
would do instead: a plan kept as a workbook, read by pandas and written as a page.
"""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from pages_speed import free_port, row, walk

NEEDS_PUBLISHED_FILES = False
PLACE = "X06000001"
ROOMS = ("partnerships", "plans", "workstreams", "school-plans", "collaboration", "board-reports", "home")
BEGIN = tuple(f"/{room}/" if room == "home" else f"/{room}/{PLACE}/" for room in ROOMS)
MOST_PAGES, SECONDS, ROUNDS = 600, 20.0, 5
LINK = re.compile(rf'href="(/(?:{"|".join(ROOMS)})/[^"#?]*)"')
# What is downloaded, drawn or changed is no page.
NO_PAGE = re.compile(r"\.\w+$|/(new|change|strike-out|end|off|put|state|download)/$")


def environment(home: Path) -> dict[str, str]:
    """Where the site and its database stand for this benchmark."""
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ROPEWALK_STORE"}}
    own |= {"XDG_DATA_HOME": str(home), "ROPEWALK_SECOND_FACTOR": "off", "ROPEWALK_RATE_LIMITS": "off"}
    return own | {"PYTHONPATH": os.pathsep.join(sys.path)}


def session(store: Path, env: dict[str, str]) -> str:
    """The cookie of somebody who has signed in as the coordinator."""
    code = (
        "import sys; from pathlib import Path\n"
        "from ropewalk.site.config.prepare import migrate; migrate(Path(sys.argv[1]))\n"
        "from django.conf import settings; settings.ALLOWED_HOSTS = ['*']\n"
        "from django.test import Client; from ropewalk.site.foundation.accounts.models import Account\n"
        "who = Account.objects.get_by_natural_key('coordinator'); one = Client(); one.force_login(who)\n"
        "print(settings.SESSION_COOKIE_NAME + '=' + one.cookies[settings.SESSION_COOKIE_NAME].value)"
    )
    command = [sys.executable, "-c", code, str(store)]
    told = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return told.stdout.split()[-1]


def ask(link: HTTPConnection, page: str, cookie: str) -> tuple[int, str, float]:
    """Open a page: its code, its text, and how many milliseconds it took."""
    started = time.perf_counter()
    link.request("GET", page, headers={"Cookie": cookie})
    answer = link.getresponse()
    body = answer.read()
    return answer.status, body.decode(errors="replace"), (time.perf_counter() - started) * 1000


def pages(port: int, cookie: str) -> list[str]:
    """Pages of the rooms, breadth first from their front pages."""
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    waiting, found, seen = list(BEGIN), [], set(BEGIN)
    while waiting and len(found) < MOST_PAGES:
        page = waiting.pop(0)
        code, text, _ = ask(link, page, cookie)
        if code != 200:
            continue
        found.append(page)
        for other in LINK.findall(text):
            if other not in seen and not NO_PAGE.search(other):
                seen.add(other)
                waiting.append(other)
    return found


def kind(page: str) -> str:
    """The sort of page: its address without numbers and codes."""
    return re.sub(r"/(\d+|X\d{8})(?=/)", "/…", page)


def alone(port: int, cookie: str, found: list[str]) -> list[float]:
    """One reader after the other; prints the slowest kinds."""
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    times: list[float] = []
    kinds: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for page in found:
            taken = ask(link, page, cookie)[2]
            times.append(taken)
            kinds[kind(page)].append(taken)
    print(row(f"one reader, {len(found)} pages, {ROUNDS} rounds", times))
    for name, one in sorted(kinds.items(), key=lambda each: -median(each[1]))[:12]:
        print(f"    {name:<54} {len(one):>7,} {median(one):>9.1f} {quantiles(one, n=20)[18]:>9.1f}")
    return times


def by_hand(port: int, cookie: str, plan: str) -> list[float]:
    """The same plan as a workbook, read by pandas and written as a page, one reader at a time."""
    import pandas as pd  # noqa: PLC0415 - only this benchmark needs it

    link = HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", f"{plan}plan.xlsx", headers={"Cookie": cookie})
    book = link.getresponse().read()
    times = []
    for _ in range(20):
        started = time.perf_counter()
        sheets = pd.read_excel(io.BytesIO(book), sheet_name=None, engine="openpyxl")
        "".join(sheet.to_html() for sheet in sheets.values())
        times.append((time.perf_counter() - started) * 1000)
    return times


def main(_data: Path, _store: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="ten-years-") as home:
        measure(Path(home) / "store", environment(Path(home)))


def measure(store: Path, env: dict[str, str]) -> None:
    """Make the store unless it is there, serve it, walk its pages."""
    if not store.exists():
        made = [sys.executable, str(Path(__file__).with_name("ten_years.py")), str(store)]
        subprocess.run(made, env=env, check=True, stdout=subprocess.DEVNULL)
    cookie, port = session(store, env), free_port()
    command = [sys.executable, "-m", "ropewalk", "serve", "--port", str(port), "--store", str(store)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        found = pages(port, cookie)
        plan = next(page for page in found if re.fullmatch(rf"/plans/{PLACE}/\d+/", page))
        print(f"{'':<58} {'pages':>7} {'median':>9} {'95 % ms':>9}")
        alone(port, cookie, found)
        print(row("20 readers, a page a second each", walk(port, found, 1.0, SECONDS, {"Cookie": cookie})))
        print(row("pandas, the plan as a workbook, one reader", by_hand(port, cookie, plan)))
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    measure(Path(sys.argv[1]), environment(Path(sys.argv[1]).parent))
