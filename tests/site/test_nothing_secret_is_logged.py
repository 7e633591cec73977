"""The site is started as on a server, with every secret it can have, and made to fail in every way: it says none."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
SECRETS = {
    "ROPEWALK_SECRET_KEY": "secret-of-the-sessions-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ROPEWALK_DATA_KEY": "secret-of-the-names-0123456789",
    "ROPEWALK_IDENTITY_KEY": "secret-of-the-pupils-0123456789-abcdef",
    "ROPEWALK_SMTP": "smtp://post:secret-of-the-post@127.0.0.1:9",
    "ROPEWALK_OIDC_SECRET_TRUST": "secret-of-the-provider",
    # Nobody answers there: whatever needs the database fails.
    "DATABASE_URL": "postgresql://place:secret-of-the-database@127.0.0.1:9/ropewalk",
}
PROVIDER = '[{"id": "trust", "name": "Trust", "server": "https://127.0.0.1:9/oidc", "client_id": "ropewalk"}]'
TYPED = {"login": "secret-of-alice@school.example", "password": "secret-password-of-alice", "reason": "secret-reason"}
COOKIE = "secretsessionofalice0123456789ab"
TOKEN = "s" * 32
PUPIL = "H011206719000"


@dataclass
class Running:
    """A site that runs, and what it has said once it ended."""

    port: int
    server: subprocess.Popen[str]

    def asked(
        self, method: str, address: str, body: bytes = b"", **headers: str
    ) -> tuple[int, http.client.HTTPMessage]:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): said for name, said in headers.items()}
        asking.request(method, address, body=body, headers=named)
        answer = asking.getresponse()
        answer.read()
        asking.close()
        return answer.status, answer.headers

    def said(self) -> str:
        self.server.terminate()
        out, err = self.server.communicate(timeout=30)
        return out + err


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Running]:
    """A site whose store is damaged and whose database does not answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    (tmp_path / "store").mkdir()
    home = {"PYTHONPATH": str(SOURCE), "XDG_DATA_HOME": str(tmp_path), "ROPEWALK_OIDC": PROVIDER}
    command = [sys.executable, "-m", "ropewalk", "serve", "--port", str(port), "--store", str(tmp_path / "store")]
    whole = {**os.environ, **home, **SECRETS}
    with subprocess.Popen(command, env=whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert "ready" in server.stdout.readline()
        yield Running(port, server)
        server.kill()


def test_errors_of_each_kind_say_no_secret_and_carry_the_headers_of_every_answer(site: Running, tmp_path: Path) -> None:
    form = urlencode(TYPED | {"csrfmiddlewaretoken": TOKEN}).encode()
    kind = "application/x-www-form-urlencoded"
    signed_in = f"sessionid={COOKIE}; csrftoken={TOKEN}"
    answers = [
        site.asked("GET", f"/no/such/page/?upn={PUPIL}"),
        site.asked("GET", "/", Host="secret-host.example"),
        site.asked("POST", "/accounts/sign-in/", form, Content_Type=kind),
        site.asked("POST", "/accounts/sign-in/", form, Content_Type=kind, Cookie=signed_in),
        site.asked("GET", f"/returns/?upn={PUPIL}", Cookie=signed_in),
        site.asked("POST", "/returns/schools/990100/send/", form, Content_Type="multipart/form-data; boundary=x"),
        site.asked("GET", "/accounts/oidc/trust/login/"),
        site.asked("GET", f"/api/v1/places?text={PUPIL}"),
        site.asked("GET", f"/api/v1/figures?secret={PUPIL}"),
        site.asked("DELETE", "/api/v1/places"),
    ]
    (tmp_path / "store" / "manifest.json").write_text("{")
    answers += [site.asked("GET", "/measures/?damaged"), site.asked("GET", "/api/v1/places?text=damaged")]
    codes = [status for status, _ in answers]
    assert {400, 403, 404, 405, 422, 500} <= set(codes), codes
    for status, headers in answers:
        assert "default-src 'none'" in headers.get("Content-Security-Policy", ""), status
        assert headers.get("X-Content-Type-Options") == "nosniff", status
        assert headers.get("X-Frame-Options") == "DENY", status
    api = [headers["Content-Type"] for _, headers in (*answers[7:10], answers[-1])]
    assert api == ["application/problem+json"] * 4
    said = site.said()
    assert "Internal Server Error" in said
    for secret in (*SECRETS.values(), *TYPED.values(), COOKIE, TOKEN, PUPIL, "secret-of"):
        assert secret not in said
