"""Due diligence, papers and minutes: read by those it concerns, written down who looked, versions kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.site.conftest import Page
from tests.site.paper_files import FILES
from tests.site.partnership_cast import Cast, made, meeting_of

from ropewalk.core.errors import NotAllowed
from ropewalk.site.agree.partnership.actions.agreements import NewAgreement, draft_agreement, put_before_members, sign
from ropewalk.site.agree.partnership.actions.bodies import NewSeat, take_seat
from ropewalk.site.agree.partnership.actions.diligence import answer, begin_diligence
from ropewalk.site.agree.partnership.actions.meetings import Resolved, resolve, set_agenda, set_attendance
from ropewalk.site.agree.partnership.actions.others import NewMember, bring
from ropewalk.site.agree.partnership.kinds import AgreementKind, OutcomeKind, Part, Presence
from ropewalk.site.agree.partnership.models import Diligence, DiligenceReader, Finding, MeetingPaper
from ropewalk.site.agree.partnership.wording import Wording
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.kinds import OrganisationKind

Reading = Callable[..., Page]


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001
    found = made()
    found.person("Cora", "coordinator", found.place)
    found.person("Tess", "trust_leader", found.trust)
    return found


def test_it_is_found_answered_found_anew_and_seen_by_those_it_concerns(  # noqa: PLR0915 - a life, told in order
    cast: Cast, client: Client, read: Reading
) -> None:
    home = f"/partnerships/{cast.place.code}/diligence/"
    client.force_login(cast.people["Cora"])
    begun = client.post(f"{home}new/", {"organisation": cast.schools[100001].pk, "why": "It joins a trust."})
    page = begun.headers["Location"]
    said = {
        "area": "finance",
        "question": "Are accounts filed?",
        "words": "Two years late.",
        "looked_on": timezone.localdate(),
        "looked_by": "Ada",
        "link": "https://example.org/accounts",
        "follows": "File them.",
        "due": timezone.localdate() - timedelta(days=1),
    }
    for wrong in ({"link": "javascript:alert(1)"}, {"looked_on": "2999-01-01"}, {"follows": ""}, {"words": ""}):
        assert client.post(f"{page}new/", {**said, **wrong}).status_code == 422
    file = SimpleUploadedFile("accounts.pdf", FILES["pdf"])
    assert client.post(f"{page}new/", {**said, "file": file}).headers["Location"] == page
    shown = read(page)
    assert "Late" in shown.words
    [paper] = [address for address, _ in shown.links if address.endswith("/file/")]
    client.force_login(cast.head(100001))
    assert client.get(paper).headers["Content-Disposition"].startswith("attachment")
    assert client.post(f"{page}1/answer/", {"words": "Filed on Monday."}).headers["Location"] == page
    assert client.get(f"{page}new/").status_code == 404
    client.force_login(cast.people["Cora"])
    assert client.get(f"{page}1/answer/").status_code == 404
    assert client.post(f"{page}1/", {**said, "words": "Filed.", "follows": "", "due": ""}).headers["Location"] == page
    shown = read(page)
    assert all(words in shown.words for words in ("Filed on Monday.", "Two years late.", "version 2"))
    assert [one.paper is not None for one in Finding.objects.all()] == [True, True]
    assert "Filed on Monday." in client.get(f"{page}findings.csv").content.decode()
    outsider = cast.head(100003)
    for other, status in ((cast.people["Tess"], 200), (outsider, 404), (cast.head(100002), 404)):
        client.force_login(other)
        assert [client.get(one).status_code for one in (page, paper, f"{page}findings.csv")] == [status] * 3
        assert (cast.schools[100001].name in read(home).words) == (status == 200)
    client.force_login(cast.people["Cora"])
    assert client.post(f"{page}readers/", {"account": outsider.pk, "begins": timezone.localdate()}).status_code == 302
    client.force_login(outsider)
    assert "Two years late." in read(page).words
    client.force_login(cast.people["Cora"])
    reader = DiligenceReader.objects.get()
    DiligenceReader.objects.update(begins=timezone.localdate() - timedelta(days=3))
    ended = {"until": timezone.localdate() - timedelta(days=1)}
    assert client.post(f"{home}readers/{reader.pk}/end/", ended).headers["Location"] == page
    client.force_login(outsider)
    assert client.get(page).status_code == 404
    looked = Entry.objects.filter(school=100001, thing="partnership:diligence", deed="looked")
    assert {one.who for one in looked} == {"Cora", "Tess", "head of 100003"}
    assert Entry.objects.filter(school=100001, thing="partnership:finding-paper", deed="took").exists()


def test_a_trust_answers_for_itself_and_nobody_else_does(cast: Cast) -> None:
    now, cora = timezone.now(), cast.people["Cora"]
    record = begin_diligence(place=cast.place, organisation=cast.trust, why="It grows.", by=cora, now=now)
    for other in (cora, cast.head(100001), cast.dana):
        with pytest.raises(NotAllowed):
            answer(diligence=record, number=0, words="Mine", by=other, now=now)
    answer(diligence=record, number=0, words="We are glad of it.", by=cast.people["Tess"], now=now)


def test_lists_and_records_cost_the_same_however_long(
    cast: Cast, client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    now, cora = timezone.now(), cast.people["Cora"]
    for number in range(12):
        school = cast.schools[100001 + number % 4]
        begin_diligence(place=cast.place, organisation=school, why="A test.", by=cora, now=now)
    first = Diligence.objects.earliest("pk")
    for number in range(1, 13):
        row = Finding(diligence=first, number=number, version=1, area="finance", question="?", words="!", by=cora)
        row.looked_on, row.looked_by, row.at = timezone.localdate(), "Ada", now
        row.save()
    client.force_login(cora)
    home = f"/partnerships/{cast.place.code}/diligence/"
    for address in (home, f"{home}{first.pk}/"):
        with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200


def test_papers_are_put_seen_taken_along_and_deleted(cast: Cast, client: Client, read: Reading) -> None:
    meeting = meeting_of(cast, starts=timezone.now() + timedelta(days=1))
    home = f"/partnerships/{cast.place.code}/"
    page = f"{home}meetings/{meeting.pk}/"
    client.force_login(cast.people["Cora"])
    file = SimpleUploadedFile("budget.html", FILES["xlsx"], content_type="text/html")
    assert client.post(f"{page}papers/", {"title": "Budget", "file": file}).headers["Location"] == f"{page}#papers"
    assert client.post(f"{page}papers/", {"title": "Budget"}).status_code == 422
    found = MeetingPaper.objects.get()
    client.force_login(cast.head(100003))
    assert "Budget (Excel workbook, " in " ".join(read(page).words.split())
    taken = client.get(f"{home}papers/{found.pk}/")
    assert (taken.content, taken.headers["X-Content-Type-Options"]) == (FILES["xlsx"], "nosniff")
    assert 'filename="budget.xlsx"' in taken.headers["Content-Disposition"]
    for closed in (f"{page}papers/", f"{home}papers/{found.pk}/delete/"):
        assert client.get(closed).status_code == 404
    client.force_login(cast.person("Far", "head", cast.schools[100004]))
    assert client.get(f"/partnerships/{cast.area.code}/papers/{found.pk}/").status_code == 404
    client.force_login(cast.people["Cora"])
    assert client.post(f"{home}papers/{found.pk}/delete/", {}).status_code == 422
    assert client.post(f"{home}papers/{found.pk}/delete/", {"because": "Wrong year."}).status_code == 302
    assert client.get(f"{home}papers/{found.pk}/").status_code == 404
    assert "deleted by Cora" in " ".join(read(page).words.split())


def test_minutes_are_a_word_document_with_all_they_hold(cast: Cast, client: Client) -> None:
    cora, now = cast.people["Cora"], timezone.now()
    meeting = meeting_of(cast, starts=now + timedelta(hours=1))
    seat = take_seat(
        NewSeat(Part.CHAIR, meeting.body.begins, cora, organisation="Place"), body=meeting.body, by=cora, now=now
    )
    address = f"/partnerships/{cast.place.code}/meetings/{meeting.pk}/minutes.docx"
    client.force_login(cora)
    assert client.get(address).status_code == 404
    set_agenda(meeting=meeting, items=["Attendance\x07"], by=cora, now=now)
    meeting.starts_at = now - timedelta(hours=1)
    meeting.save()
    set_attendance(meeting=meeting, there={seat: Presence.PRESENT}, by=cora, now=now)
    resolve(Resolved(OutcomeKind.DECISION, "We share."), meeting=meeting, by=cora, now=now)
    act = Resolved(OutcomeKind.ACTION, "=Ring", "Hedda", timezone.localdate())
    resolve(act, meeting=meeting, by=cora, now=now)
    answer_given = client.get(address)
    assert answer_given.headers["Content-Disposition"].endswith('.docx"')
    read_back = docx.Document(io.BytesIO(answer_given.content))
    words = [one.text for one in read_back.paragraphs]
    assert words[0].startswith("Minutes: Board, ")
    for said in ("Who was there: 1 of 1", "Cora, Place (chair): present", "Attendance", "We share."):
        assert said in words
    [table] = read_back.tables
    assert [cell.text for cell in table.rows[1].cells][:2] == ["=Ring", "Hedda"]


def test_a_university_and_a_choir_sign_by_whoever_they_name(cast: Cast) -> None:
    cora, now = cast.people["Cora"], timezone.now()
    wording = Wording(
        "We work together.", {OrganisationKind.UNIVERSITY: ("Judge.",), OrganisationKind.PARTNER: ("Sing.",)}
    )
    version = draft_agreement(NewAgreement(AgreementKind.MEMORANDUM, "M"), wording, place=cast.place, by=cora, now=now)
    put_before_members(version=version, expected=version.digest, by=cora, now=now)
    for kind, role in ((OrganisationKind.UNIVERSITY, "provider"), (OrganisationKind.PARTNER, "partner")):
        wanted = NewMember(kind, f"A {kind.value}", timezone.localdate())
        member = bring(wanted, place=cast.place, by=cora, now=now)
        person = cast.person(f"{role} person", role, member)
        with pytest.raises(NotAllowed):
            sign(version=version, organisation=member, expected=version.digest, by=cora, now=now)
        signed = sign(version=version, organisation=member, expected=version.digest, by=person, now=now)
        assert signed.organisation == member
