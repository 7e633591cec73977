"""A partnership of the made-up place, so that a demo shows one at work."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ropewalk.site.agree.partnership.actions.agreements import (
    NewAgreement,
    Word,
    draft_agreement,
    mark,
    put_before_members,
    put_in_force,
    sign,
    write_draft,
)
from ropewalk.site.agree.partnership.actions.belonging import Choice, decide
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, agree_terms, begin, take_seat
from ropewalk.site.agree.partnership.actions.funding import NewLine, Spent, open_line, spend
from ropewalk.site.agree.partnership.demonstration_years import Years, two_years
from ropewalk.site.agree.partnership.kinds import AgreementKind, BodyKind, Part, Standing
from ropewalk.site.agree.partnership.models import AgreementVersion, CommitmentMark, Signature
from ropewalk.site.agree.partnership.selectors.agreements import asked_to_sign
from ropewalk.site.agree.partnership.wording import Wording
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import members_of, trust_on
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.demonstration import REASON

# Schools that have not joined, besides the one whose head may sign in to the demo; members that have not signed.
OUTSIDE, UNSIGNED = 2, 3
# Members that signed the version before.
BEFORE = 6
ROLES = {
    OrganisationKind.SCHOOL: "head",
    OrganisationKind.TRUST: "trust_leader",
    OrganisationKind.COUNCIL: "council_officer",
}

BODIES = (
    (BodyKind.BOARD, "Education Board", ""),
    (BodyKind.STRATEGY_GROUP, "Strategy group", ""),
    (BodyKind.WORKSTREAM, "Attendance", "Strand 1: In school and achieving"),
    (BodyKind.WORKSTREAM, "Inclusion", "Strand 2: Fewer children excluded"),
    (BodyKind.HEADS, "Head teachers’ meeting", ""),
    (BodyKind.TRUST_LEADERS, "Trust leaders’ meeting", ""),
    (BodyKind.COUNCIL_SCHOOLS, "Council schools’ meeting", ""),
    (BodyKind.SURGERY, "Weekly surgery", ""),
)
TWO_YEARS = timedelta(days=730)
# The version before said less.
WORDING_BEFORE = "We work together so that every child of the place is in school and achieves."
TERMS = (
    "The board agrees what the partnership wants and looks each half term at whether it comes about.\n\n"
    "It has a chair, the coordinator, three heads, a trust leader and an officer of the council. It decides when all "
    "agree; where they do not, the chair says so in the minutes."
)
WORDING = Wording(
    "We work together so that every child of the place is in school and achieves. We share what we know, help each "
    "other before we are asked, and say openly what does not work.\n\n"
    "This memorandum binds nobody in law. It says what each of us has promised the others.",
    {
        OrganisationKind.SCHOOL: (
            "Share attendance, suspensions and moves each week.",
            "Release a leader for two days a year to review another school.",
        ),
        OrganisationKind.TRUST: ("Open training of the trust to all schools of the place.",),
        OrganisationKind.COUNCIL: ("Answer questions of heads on the same day and share the answers.",),
        OrganisationKind.UNIVERSITY: ("Judge each year whether the work helped.",),
    },
)


@dataclass(frozen=True)
class _Demo:
    """The place, who looks after the site, who runs the partnership, and the moment."""

    place: Place
    giver: Account
    coordinator: Account
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localtime(self.now).date()

    def person(self, at: Organisation, number: int) -> Account:
        """Whoever speaks for an organisation; nobody can sign in as them."""
        role = ROLES[OrganisationKind(at.kind)]
        account = Account(name=f"{role.replace('_', ' ').capitalize()} {number}")
        account.set_unusable_password()
        account.save()
        wanted = Wanted(account, role, at, REASON, self.today)
        give(wanted, by=self.giver, now=self.now)
        return account


@transaction.atomic
def make_partnership(*, place: str, leave_out: int, by: str, coordinator: str, now: datetime) -> None:
    """Most schools of a place join, begin bodies, sign a memorandum and spend money; one school is left to decide."""
    found = Place.objects.get(code=place)
    accounts = Account.objects
    demo = _Demo(found, accounts.get_by_natural_key(by), accounts.get_by_natural_key(coordinator), now)
    people = _members(demo, leave_out)
    _bodies(demo, people)
    _agreement(demo, people)
    _money(demo)
    heads = {one: person for one, person in people.items() if one.kind == OrganisationKind.SCHOOL}
    two_years(Years(demo.place, demo.coordinator, now, heads))


def _members(demo: _Demo, leave_out: int) -> dict[Organisation, Account]:
    there = members_of(demo.place, demo.today)
    schools = [one for one in there if one.kind == OrganisationKind.SCHOOL and one.key != str(leave_out)]
    joining = schools[OUTSIDE:]
    trusts = {trust for one in joining if (trust := trust_on(one, demo.today)) is not None}
    councils = [one for one in there if one.kind == OrganisationKind.COUNCIL]
    speaking = (*joining, *sorted(trusts, key=lambda one: one.key), *councils)
    people = {one: demo.person(one, number) for number, one in enumerate(speaking, start=1)}
    began = demo.today - TWO_YEARS
    for number, one in enumerate(joining):
        words = "The governing board agreed that we join."
        day = began + timedelta(days=7 * (number % 12))
        decide(Choice(int(one.key), True, day, words), place=demo.place, by=people[one], now=demo.now)
    # One came, left after a year, and is still talked with.
    left = schools[0]
    head = demo.person(left, 0)
    steps = ((True, began, "We join."), (False, began + timedelta(days=365), "Our trust has work of its own."))
    for joins, day, words in steps:
        decide(Choice(int(left.key), joins, day, words), place=demo.place, by=head, now=demo.now)
    return people


def _bodies(demo: _Demo, people: dict[Organisation, Account]) -> None:
    members = list(people)
    began = demo.today - TWO_YEARS
    for number, (kind, name, strand) in enumerate(BODIES):
        wanted = NewBody(kind, name, began, strand)
        body = begin(wanted, place=demo.place, by=demo.coordinator, now=demo.now)
        if kind is BodyKind.BOARD:
            agree_terms(body=body, text=TERMS, agreed_on=began, by=demo.coordinator, now=demo.now)
        chair, member = (members[(2 * number + step) % len(members)] for step in (0, 1))
        for part, one in ((Part.CHAIR, chair), (Part.MEMBER, member)):
            seat = NewSeat(part, began, people[one], organisation=one.name)
            take_seat(seat, body=body, by=demo.coordinator, now=demo.now)
        leads = NewSeat(Part.COORDINATOR, began, demo.coordinator, organisation=demo.place.name)
        take_seat(leads, body=body, by=demo.coordinator, now=demo.now)


def _agreement(demo: _Demo, people: dict[Organisation, Account]) -> None:
    wanted = NewAgreement(AgreementKind.MEMORANDUM, "Memorandum of understanding")
    opening = _version_before(demo, people, wanted)
    drafted = write_draft(WORDING, agreement=opening.agreement, expected="", by=demo.coordinator, now=demo.now)
    put_before_members(version=drafted, expected=drafted.digest, by=demo.coordinator, now=demo.now)
    put_in_force(version=drafted, by=demo.coordinator, now=demo.now)
    version = AgreementVersion.objects.select_related("agreement__place").get(pk=drafted.pk)
    signing = asked_to_sign(version, on=demo.today)[UNSIGNED:]
    first = version.commitments.order_by("number").first()
    said = (Word(Standing.KEPT, "Sent by Friday noon since half term."), Word(Standing.AT_RISK, "Our system changes."))
    for number, one in enumerate(signing):
        sign(version=version, organisation=one, expected=version.digest, by=people[one], now=demo.now)
        if first is not None and one.kind == first.kind and number < len(said):
            mark(said[number], commitment=first, organisation=one, by=people[one], now=demo.now)


def _version_before(demo: _Demo, people: dict[Organisation, Account], wanted: NewAgreement) -> AgreementVersion:
    """The first version, which some signed and say they kept. It is dated back: who runs the place did not then."""
    said = Wording(WORDING_BEFORE, {OrganisationKind.SCHOOL: WORDING.commitments[OrganisationKind.SCHOOL][:1]})
    by, now, then = demo.coordinator, demo.now, demo.now - timedelta(days=600)
    opening = draft_agreement(wanted, said, place=demo.place, by=by, now=now)
    put_before_members(version=opening, expected=opening.digest, by=by, now=now)
    put_in_force(version=opening, by=by, now=now)
    version = AgreementVersion.objects.select_related("agreement__place").get(pk=opening.pk)
    commitment = version.commitments.get()
    for one in asked_to_sign(version, on=demo.today)[:BEFORE]:
        sign(version=version, organisation=one, expected=version.digest, by=people[one], now=now)
        mark(Word(Standing.KEPT, "Sent each week."), commitment=commitment, organisation=one, by=people[one], now=now)
    AgreementVersion.objects.filter(pk=opening.pk).update(drafted_at=then, put_at=then, begins_at=then)
    signed = then + timedelta(days=14)
    QuerySet(Signature).filter(version=opening).update(at=signed)
    QuerySet(CommitmentMark).filter(commitment=commitment).update(at=signed)
    return version


def _money(demo: _Demo) -> None:
    begins = demo.today - timedelta(days=90)
    before = begins - timedelta(days=365)
    past = NewLine("The council", "Place-Based Coordinator, first year", 4_200_000, before, begins - timedelta(days=1))
    first_year = open_line(past, place=demo.place, by=demo.coordinator, now=demo.now)
    for quarter in range(4):
        day = before + timedelta(days=91 * quarter)
        said = Spent(day, 1_050_000, f"Coordinator, quarter {quarter + 1}", "Running the partnership")
        spend(said, line=first_year, by=demo.coordinator, now=demo.now)
    lines = (
        NewLine("The council", "Place-Based Coordinator", 4_500_000, begins, begins + timedelta(days=364)),
        NewLine("The Regional Director", "School improvement", 8_000_000, begins, begins + timedelta(days=364)),
    )
    paid, improving = (open_line(one, place=demo.place, by=demo.coordinator, now=demo.now) for one in lines)
    bought = (
        (paid, 14, 750_000, "Coordinator, first quarter", "Running the partnership"),
        (improving, 30, 124_050, "Training of attendance leads", "Attendance"),
        (improving, 45, 480_000, "Cover for reviews between schools", "Inclusion"),
    )
    for line, after, amount, what, objective in bought:
        day = begins + timedelta(days=after)
        spend(Spent(day, amount, what, objective), line=line, by=demo.coordinator, now=demo.now)
