"""A light Spark Connect server (Sail) in a process of its own, on this machine only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

_SERVER = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="session")
def spark_address() -> Iterator[str]:
    """Address of the server; it ends when its standard input does."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        port = server.stdout.readline().strip() if server.stdout else ""
        if not port:
            pytest.fail("the Sail server did not start")
        yield f"sc://127.0.0.1:{port}"
        server.communicate(timeout=30)
