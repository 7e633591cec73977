"""Every page that takes a kept file, with files nobody meant to send: an answer in words, and nothing kept of them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.site.paper_files import FILES
from tests.site.partnership_cast import made, meeting_of
from tests.site.test_uploads_fuzz import NAMES, SPOILERS

from ropewalk.site.agree.partnership.actions.diligence import begin_diligence
from ropewalk.site.foundation.papers.answers import download_response
from ropewalk.site.foundation.papers.models import Paper

FEW = bounded(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
FINDING = {
    "area": "finance",
    "question": "Accounts?",
    "words": "Filed.",
    "looked_on": "2026-01-02",
    "looked_by": "Ada",
}


@pytest.fixture
def ways(db: None, client: Client) -> dict[str, dict[str, str]]:  # noqa: ARG001
    """Addresses that take a kept file, each with what else its form needs."""
    cast, now = made(), timezone.now()
    client.force_login(cora := cast.person("Cora", "coordinator", cast.place))
    meeting = meeting_of(cast, starts=now + timedelta(days=1))
    record = begin_diligence(place=cast.place, organisation=cast.trust, why="A test.", by=cora, now=now)
    home = f"/partnerships/{cast.place.code}/"
    return {
        f"{home}meetings/{meeting.pk}/papers/": {"title": ""},
        f"{home}diligence/{record.pk}/new/": FINDING,
    }


@FEW
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.sampled_from(sorted(SPOILERS)), max_size=2),
    st.sampled_from(NAMES),
    st.sampled_from(["pdf", "docx", "html", "exe", "svg"]),
    st.integers(0, 10_000),
)
def test_no_file_breaks_the_way_in_and_what_is_kept_comes_back_as_an_attachment(
    ways: dict[str, dict[str, str]], client: Client, kind: str, spoilers: list[str], name: str, ending: str, seed: int
) -> None:
    chance, content = random.Random(seed), FILES[kind]  # noqa: S311 - a choice of bytes, not a secret
    for spoiler in spoilers:
        content = SPOILERS[spoiler](content, chance)
    for address, more in ways.items():
        before = Paper.objects.count()
        file = SimpleUploadedFile("name", content, content_type="text/html")
        file.__dict__["_name"] = name.format(ending)
        answer = client.post(address, {**more, "file": file})
        assert answer.status_code in {302, 422}
        assert Paper.objects.count() - before == (answer.status_code == 302)
        if answer.status_code == 302:
            given_back = download_response(Paper.objects.latest("pk"))
            assert given_back.content == content
            assert given_back.headers["Content-Disposition"].startswith("attachment; ")
            assert given_back.headers["Content-Type"].partition(";")[0] != "text/html"


def test_more_than_ten_megabytes_is_refused_in_words_while_it_comes_in(
    ways: dict[str, dict[str, str]], client: Client, settings: Settings
) -> None:
    settings.PAPER_BYTES = 1024
    for address, more in ways.items():
        for size in (2_000, 3 * 1024 * 1024):
            answer = client.post(address, {**more, "file": SimpleUploadedFile("a.txt", b"x" * size)})
            assert (answer.status_code, "too large" in answer.content.decode()) == (422, True)
    assert not Paper.objects.exists()
