"""A place of four schools with a trust and a council, and who holds which role there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from tests.site.paper_files import FILES

from ropewalk.site.agree.partnership.actions.agreements import NewAgreement, draft_agreement, put_before_members
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, begin, take_seat
from ropewalk.site.agree.partnership.actions.diligence import Found, begin_diligence, find, let_read
from ropewalk.site.agree.partnership.actions.funding import NewLine, Spent, open_line, spend
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, resolve
from ropewalk.site.agree.partnership.actions.others import NewMember, bring
from ropewalk.site.agree.partnership.actions.papers import put_paper
from ropewalk.site.agree.partnership.kinds import AgreementKind, BodyKind, DiligenceArea, OutcomeKind, Part
from ropewalk.site.agree.partnership.models import Booking, Meeting, Signature
from ropewalk.site.agree.partnership.wording import Wording
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import join_place, join_trust, name_organisation, name_place
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.papers.actions import incoming
from ropewalk.site.foundation.permissions.actions import Wanted, give

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TODAY = date(2026, 9, 1)
BEGAN = date(2020, 1, 1)
URNS = (100001, 100002, 100003, 100004)


@dataclass
class Cast:
    """Schools 100001 and 100002 are in North Trust; all four are in the set; the council area has the first three."""

    dana: Account
    place: Place
    area: Place
    schools: dict[int, Organisation]
    trust: Organisation
    council: Organisation
    people: dict[str, Account] = field(default_factory=dict)

    def person(self, name: str, role: str, where: Organisation | Place) -> Account:
        """An account with a role from the first day of the tests until today, whenever they are run."""
        account, begins = Account.objects.create(name=name), TODAY
        while begins <= timezone.localdate():
            made = give(Wanted(account, role, where, "A test.", begins), by=self.dana, now=NOW)
            begins = made.until + timedelta(days=1)
        self.people[name] = account
        return account

    def head(self, urn: int) -> Account:
        """The head of a school."""
        name = f"head of {urn}"
        return self.people.get(name) or self.person(name, "head", self.schools[urn])


def made() -> Cast:
    """The place, with nobody but a local administrator."""
    dana = Account.objects.create(name="Dana", is_local_administrator=True)
    place = name_place(kind=PlaceKind.NAMED_SET, code="south-harbour", name="South Harbour")
    area = name_place(kind=PlaceKind.COUNCIL_AREA, code="X06000001", name="Harbourmouth")
    schools = {urn: name_organisation(kind=OrganisationKind.SCHOOL, key=str(urn), name=f"School {urn}") for urn in URNS}
    trust = name_organisation(kind=OrganisationKind.TRUST, key="north-trust", name="North Trust")
    council = name_organisation(kind=OrganisationKind.COUNCIL, key="X06000001", name="Harbourmouth Council")
    for urn, school in schools.items():
        join_place(organisation=school, place=place, begins=BEGAN, by="Dana", now=NOW)
        if urn != URNS[3]:
            join_place(organisation=school, place=area, begins=BEGAN, by="Dana", now=NOW)
        if urn in URNS[:2]:
            join_trust(school=school, trust=trust, begins=BEGAN, by="Dana", now=NOW)
    for where in (place, area):
        join_place(organisation=council, place=where, begins=BEGAN, by="Dana", now=NOW)
    return Cast(dana, place, area, schools, trust, council)


def parts_of_a_partnership(place: Place, urn: int, *, by: Account, today: date, now: datetime) -> dict[str, object]:
    """A partnership in which there is one of everything, and the parts of its addresses."""
    body = begin(NewBody(BodyKind.BOARD, "Board", today), place=place, by=by, now=now)
    seat = take_seat(NewSeat(Part.CHAIR, today, by), body=body, by=by, now=now)
    wording = Wording("We work together.", {OrganisationKind.COUNCIL: ("Pay.",), OrganisationKind.SCHOOL: ("Share.",)})
    wanted = NewAgreement(AgreementKind.MEMORANDUM, "Memorandum")
    version = draft_agreement(wanted, wording, place=place, by=by, now=now)
    put_before_members(version=version, expected=version.digest, by=by, now=now)
    commitment = version.commitments.get(kind=OrganisationKind.COUNCIL)
    council = Organisation.objects.get(kind=OrganisationKind.COUNCIL, key=place.code)
    signature = Signature(version=version, organisation=council, number=1, digest=version.digest, by=by, at=now)
    signature.save()
    line = open_line(NewLine("Council", "Coordinator", 100, today), place=place, by=by, now=now)
    spending = spend(Spent(today, 50, "Stamps", "All"), line=line, by=by, now=now)
    other = bring(NewMember(OrganisationKind.PARTNER, "A choir", today), place=place, by=by, now=now)
    [meeting] = call(Called(today, time(0, 1), time(23, 59), "Hall"), body=body, by=by, now=now)
    begun = timezone.make_aware(datetime.combine(today, time(12)))
    act = resolve(Resolved(OutcomeKind.ACTION, "Ring", "Cora", today), meeting=meeting, by=by, now=begun)
    return {
        **_around_meetings(place, urn, meeting, by=by, today=today, now=now),
        "partnership:new-meeting number": body.pk,
        **{
            f"partnership:{page} number": meeting.pk
            for page in ("meeting", "meeting-file", "agenda", "attendance", "outcome", "off")
        },
        "partnership:done number": act.pk,
        "partnership:end-member number": PlaceMembership.objects.get(organisation=other).pk,
        "partnership:new-spending number": line.pk,
        "partnership:strike-out number": spending.pk,
        **{f"partnership:{page} number": version.agreement_id for page in ("agreement", "draft")},
        **{f"partnership:{page} number": version.pk for page in ("version", "version-json", "put", "begin", "sign")},
        "partnership:receipt number": signature.pk,
        "partnership:mark number": commitment.pk,
        **{f"partnership:{page} number": body.pk for page in ("body", "end-body", "terms", "new-seat")},
        "partnership:end-seat number": seat.pk,
    }


def _around_meetings(
    place: Place, urn: int, meeting: Meeting, *, by: Account, today: date, now: datetime
) -> dict[str, object]:
    """A paper, a surgery that began with a slot booked by a school, due diligence on it."""
    put = put_paper(incoming(FILES["pdf"], "a.pdf"), title="", meeting=meeting, by=by, now=now)
    body = begin(NewBody(BodyKind.SURGERY, "Surgery", today), place=place, by=by, now=now)
    [surgery] = call(Called(today, time(0, 1), time(23, 59), "Online"), body=body, by=by, now=now)
    school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn))
    booking = Booking.objects.create(meeting=surgery, number=0, school=school, about="Heating", by=by, at=now)
    record = begin_diligence(place=place, organisation=school, why="They join a trust.", by=by, now=now)
    said = Found(DiligenceArea.FINANCE, "Accounts?", "Filed.", today, "Ada", file=incoming(FILES["pdf"], "a.pdf"))
    finding = find(said, diligence=record, number=None, by=by, now=now)
    reader = let_read(diligence=record, account=by, begins=today, by=by, now=now)
    of_meeting = ("minutes-file", "new-paper", "invitations", "move-meeting", "new-guest")
    of_record = ("diligence", "diligence-csv", "new-finding", "change-finding", "answer-finding", "new-reader")
    return {
        **{f"partnership:{page} number": meeting.pk for page in of_meeting},
        **{f"partnership:{page} number": put.pk for page in ("paper", "delete-paper")},
        "partnership:new-booking number": surgery.pk,
        "partnership:new-booking slot": 3,
        "partnership:end-booking number": booking.pk,
        **{f"partnership:{page} number": record.pk for page in (*of_record, "finding-paper")},
        **{f"partnership:{page} finding": finding.number for page in ("change-finding", "answer-finding")},
        "partnership:finding-paper finding": finding.pk,
        "partnership:end-reader number": reader.pk,
    }


def meeting_of(
    cast: Cast, *, starts: datetime, kind: BodyKind = BodyKind.BOARD, name: str = "Board", minutes: int = 60
) -> Meeting:
    """A meeting of a body that there has been since the first day of the tests, at a moment to come."""
    by = cast.people.get("Cora") or cast.person("Cora", "coordinator", cast.place)
    body = begin(NewBody(kind, name, TODAY), place=cast.place, by=by, now=NOW)
    ends = starts + timedelta(minutes=minutes)
    return Meeting.objects.create(body=body, starts_at=starts, ends_at=ends, where="Hall", by=by, at=NOW)
