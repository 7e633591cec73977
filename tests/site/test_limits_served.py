"""The limits hold for the processes of a server together."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import database_of

from ropewalk.site.config import settings as written

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found = int(probe.getsockname()[1])
    home = {"PYTHONPATH": str(SOURCE), "XDG_DATA_HOME": str(tmp_path), "ROPEWALK_RATE_LIMITS": ""}
    home["DATABASE_URL"] = database_of(tmp_path / "store")
    command = [sys.executable, "-m", "ropewalk", "serve", "--port", str(found), "--store", str(tmp_path / "store")]
    with subprocess.Popen(command, env={**os.environ, **home}, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert b"ready" in server.stdout.readline()
        yield found
        server.terminate()
        server.wait(20)


def test_two_workers_let_through_what_one_limit_allows(port: int) -> None:
    times, seconds = written.RATE_LIMITS["uploads"]
    began = time.monotonic()
    codes = []
    for _ in range(2 * times):
        # A connection of its own each time, so that both workers are asked.
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        asking.request("POST", "/returns/schools/100001/send/")
        codes.append(asking.getresponse().status)
        asking.close()
    # While we asked, some time was paid off. Who is let through is then refused for want of a token.
    allowed = times + (time.monotonic() - began) * times / seconds + 1
    assert set(codes) == {403, 429}
    assert times <= codes.count(403) <= allowed
