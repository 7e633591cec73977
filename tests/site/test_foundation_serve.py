"""The server says where it listens, answers, and stops when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.databases import database_of

from ropewalk.site.config.serve import CannotServe, serve

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROGRAM = """
import sys
from pathlib import Path
from ropewalk.site.config.serve import serve
serve(host="127.0.0.1", port=int(sys.argv[1]), store=Path(sys.argv[2]), workers=2)
print("went on")
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_the_server_answers_and_stops_cleanly(tmp_path: Path, told: signal.Signals) -> None:
    port = free_port()
    own = {"PYTHONPATH": str(SOURCE), "XDG_DATA_HOME": str(tmp_path), "DATABASE_URL": database_of(tmp_path)}
    environment = {**os.environ, **own}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(port), str(tmp_path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line == f"Ropewalk is ready at http://127.0.0.1:{port}/ (press Ctrl-C to stop)\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                assert answer.status == 200
            process.send_signal(told)
            # Once only: no worker may run on into what the caller does next.
            out, err = process.communicate(timeout=20)
            assert (out, err, process.returncode) == ("went on\n", "", 0)
        finally:
            process.kill()


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {port} of 127.0.0.1 is already in use"):
            serve(host="127.0.0.1", port=port, store=tmp_path)


def test_a_number_that_is_no_port_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="70000 is not a port"):
        serve(host="127.0.0.1", port=70000, store=tmp_path)
