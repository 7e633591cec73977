"""Every page's frame: headers, error pages, the banner for made-up data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from ropewalk.site.foundation import store as watched

pytestmark = pytest.mark.urls(__name__)


def breaks(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def no_such_place(_request: HttpRequest) -> HttpResponse:
    raise Http404("There is no place called Atlantis.")


urlpatterns = [
    path("breaks/", breaks),
    path("forbidden/", forbidden),
    path("atlantis/", no_such_place),
    path("", include("ropewalk.site.foundation.urls")),
    path("", include("ropewalk.site.config.urls")),
]


@pytest.fixture
def store(tmp_path: Path, settings) -> Path:
    settings.ROPEWALK_STORE = tmp_path
    (tmp_path / "manifest.json").write_text(json.dumps({"generation": 4}), encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(store: Path) -> Client:  # noqa: ARG001 - its settings
    return Client(raise_request_exception=False, headers={"host": "127.0.0.1"})


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no/such/page/", 404, "If you typed the address"),
        ("/atlantis/", 404, "There is no place called Atlantis."),
        ("/forbidden/", 403, "You cannot open this page"),
        ("/breaks/", 500, "The fault is on our side"),
    ],
)
def test_error_pages_say_in_plain_words_what_to_do(client: Client, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    text = answer.content.decode()
    assert words in text
    assert "first page</a>" in text
    assert "Resolver404" not in text
    assert "RuntimeError" not in text


def test_a_foreign_host_name_is_refused_even_when_the_page_is_kept(client: Client) -> None:
    assert client.get("/accessibility/").status_code == 200
    answer = client.get("/accessibility/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "This request cannot be answered" in answer.content.decode()


@pytest.mark.parametrize("address", ["/accessibility/", "/accessibility/", "/no/such/page/", "/breaks/", "/healthz"])
def test_security_headers_stand_on_every_answer(client: Client, address: str) -> None:
    client.get(address)
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("address", ["/about-the-figures/", "/accessibility/"])
def test_pages_break_no_rule_of_the_content_security_policy(client: Client, address: str) -> None:
    text = client.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_the_frame_has_its_parts(client: Client) -> None:
    text = client.get("/about-the-figures/").content.decode()
    assert 'href="#main-content"' in text
    assert 'id="main-content"' in text
    assert 'href="/home/">Agree</a>' in text
    for verb in ("Act", "Prove"):
        assert f'rw-to-come">{verb} ' in text
    assert "Contains public sector information licensed under the" in text
    assert 'href="/accessibility/"' in text
    assert "hidden" in text


def test_made_up_data_is_said_on_every_page_that_shows_it(client: Client, store: Path) -> None:
    assert "Everything on this page is made up" not in client.get("/atlantis/").content.decode()
    (store / "manifest.json").write_text(json.dumps({"generation": 5, "made_up": True}), encoding="utf-8")
    watched._watchers.clear()
    assert "Everything on this page is made up" in client.get("/atlantis/").content.decode()


def test_health_tells_the_generation_and_a_damaged_store(client: Client, store: Path) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {"status": "ok", "generation": 4}
    assert answer.headers["Cache-Control"] == "no-store"
    (store / "manifest.json").write_text("{", encoding="utf-8")
    watched._watchers.clear()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "manifest.json is damaged" in answer.json()["problem"]


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/accessibility/").status_code in {403, 405}


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    source = Path(__file__).resolve().parents[2] / "src"
    whole = {"PYTHONPATH": str(source), "DJANGO_SETTINGS_MODULE": "ropewalk.site.config.settings", **environment}
    return subprocess.run([sys.executable, "-c", code], env=whole, capture_output=True, text=True, check=False)


def test_the_deployment_check_is_clean_over_https(tmp_path: Path) -> None:
    code = "import django.core.management as m; m.execute_from_command_line(['', 'check', '--deploy'])"
    done = _python(code, ROPEWALK_HTTPS="1", XDG_DATA_HOME=str(tmp_path), HOME=str(tmp_path))
    assert done.returncode == 0
    # Silenced is one alone: names are sealed, and a constraint of their own keeps them apart.
    assert "no issues (1 silenced)" in done.stdout
    assert django_settings.SILENCED_SYSTEM_CHECKS == ["auth.W004"]
    assert done.stderr == ""


def test_the_secret_key_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    first, second = (_python(code, XDG_DATA_HOME=str(tmp_path), HOME=str(tmp_path)).stdout for _ in range(2))
    assert len(first.strip()) >= 50
    assert first == second
    file = tmp_path / "ropewalk" / "secret-key"
    assert file.stat().st_mode & 0o777 == 0o600
    given = _python(code, ROPEWALK_SECRET_KEY="given", XDG_DATA_HOME=str(tmp_path))  # noqa: S106 - not a real one
    assert given.stdout == "given\n"


def test_https_is_not_forced_on_a_reader_of_ones_own_machine() -> None:
    assert django_settings.SECURE_SSL_REDIRECT is False
    assert django_settings.DEBUG is False
