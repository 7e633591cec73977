"""Writing a self-evaluation: claims and their versions, evidence, and asking others what they say."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import NotAllowed, Problem
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.school_plans.actions.running import heads, turn, write_down, writes
from ropewalk.site.agree.school_plans.deeds import ASKED, CLAIM, EVIDENCE, VALIDATED
from ropewalk.site.agree.school_plans.kinds import Agreed, Area, Comes, EvidenceKind, Judgement
from ropewalk.site.agree.school_plans.models import Claim, Evidence, Validation, Version
from ropewalk.site.agree.school_plans.models.claims import LONG, SHORT
from ropewalk.site.agree.school_plans.people import lookers
from ropewalk.site.agree.school_plans.selectors.figures import Chosen, offered
from ropewalk.site.foundation.accounts.models import Account

WHY = "an action that has just checked who may write for the school"


@dataclass(frozen=True)
class Said:
    """What a school says: the words and its own judgement."""

    words: str
    judgement: Judgement


@transaction.atomic
def claim(area: Area, said: Said, *, urn: int, by: Account, now: datetime) -> Claim:
    """Make a claim in an area. Raises InputRefused without words."""
    writes(urn, by, now)
    refuse(named(said.words, "claim", most=LONG))
    made = Claim.objects.create(urn=urn, area=area, by=by, at=now)
    _version(made, said, by, now)
    write_down(CLAIM, urn, f"claim {made.pk} made", by=by, now=now)
    return made


def _version(made: Claim, said: Said, by: Account, now: datetime) -> Version:
    number = made.versions.count() + 1
    version = Version(claim=made, number=number, words=said.words.strip(), judgement=said.judgement, by=by, at=now)
    version.save()
    return version


def _standing(pk: int, urn: int) -> Claim:
    """The claim as it stands now. Raises InputRefused for a withdrawn one."""
    found: Claim = Claim.objects.for_system_job(WHY).get(pk=pk, urn=urn)
    refuse([Problem("The claim is withdrawn.", "Make it anew.")] if found.withdrawn_at else [])
    return found


@transaction.atomic
def change(said: Said, *, claim: Claim, by: Account, now: datetime) -> None:
    """Say a claim anew: the earlier version stays. Nothing happens where nothing changed."""
    writes(claim.urn, by, now)
    refuse(named(said.words, "claim", most=LONG))
    held = _standing(claim.pk, claim.urn)
    newest = held.versions.order_by("-number")[0]
    if (newest.words, newest.judgement) != (said.words.strip(), said.judgement):
        made = _version(held, said, by, now)
        write_down(CLAIM, claim.urn, f"claim {claim.pk}, version {made.number}", by=by, now=now)


@transaction.atomic
def withdraw(*, claim: Claim, by: Account, now: datetime) -> None:
    """Withdraw a claim; what it said is kept."""
    writes(claim.urn, by, now)
    held = _standing(claim.pk, claim.urn)
    held.withdrawn_at = now
    held.save()
    write_down(CLAIM, claim.urn, f"claim {claim.pk} withdrawn", by=by, now=now)


@dataclass(frozen=True)
class Shown:
    """What a claim rests on: a figure that was chosen, or an address, or words."""

    figure: Chosen | None = None
    address: str = ""
    words: str = ""

    @property
    def kind(self) -> EvidenceKind:
        """What sort it is."""
        if self.figure is not None:
            return EvidenceKind.FIGURE
        return EvidenceKind.LINK if self.address else EvidenceKind.WORDS


@transaction.atomic
def show(said: Shown, *, claim: Claim, by: Account, now: datetime) -> Evidence:
    """Add evidence. Raises InputRefused for none, and for a figure that is not there to choose."""
    writes(claim.urn, by, now)
    held = _standing(claim.pk, claim.urn)
    problems = []
    if said.figure is None:
        problems += named(said.words, "sentence on what it shows", most=SHORT)
    elif said.figure.key not in dict(offered(claim.urn, own=said.figure.comes is Comes.RETURNS)):
        problems.append(Problem("This figure is not there.", "Choose one from the list."))
    if len(said.words) > SHORT:
        problems.append(Problem("The words are too long.", f"Write at most {SHORT} characters."))
    refuse(problems)
    made = Evidence(claim=held, kind=said.kind, address=said.address, words=said.words.strip(), by=by, at=now)
    if said.figure is not None:
        made.comes = said.figure.comes
        made.measure, made.phase, made.group, made.period = said.figure.cut
    made.save()
    write_down(EVIDENCE, claim.urn, f"claim {claim.pk}: {said.kind}", by=by, now=now)
    return made


@transaction.atomic
def take_back(*, evidence: Evidence, by: Account, now: datetime) -> None:
    """Take evidence back; that it stood there is kept."""
    urn = evidence.claim.urn
    writes(urn, by, now)
    held = Evidence.objects.get(pk=evidence.pk)
    refuse([Problem("It was taken back already.", "Nothing needs to be done.")] if held.withdrawn_at else [])
    held.withdrawn_at = now
    held.save()
    write_down(EVIDENCE, urn, f"claim {held.claim_id}: evidence {held.pk} taken back", by=by, now=now)


@transaction.atomic
def ask(who: Account, due: date | None, *, claim: Claim, by: Account, now: datetime) -> Validation:
    """The head asks somebody of the place to look at a claim as it stands. Raises InputRefused for anybody else."""
    heads(claim.urn, by, now)
    today = timezone.localtime(now).date()
    version = _standing(claim.pk, claim.urn).versions.order_by("-number")[0]
    problems = []
    if who.pk not in {one.account_id for one in lookers(claim.urn, today)}:
        problems.append(Problem("Only people of the place are asked.", "Choose one from the list."))
    if due is not None and due < today:
        problems.append(Problem("The day is past.", "Choose a later one."))
    if version.validations.filter(asked=who).exists():
        problems.append(Problem("They are asked already.", "Choose somebody else, or wait for their answer."))
    refuse(problems)
    made = Validation.objects.create(version=version, asked=who, due=due, by=by, at=now)
    write_down(ASKED, claim.urn, f"claim {claim.pk}, version {version.number}", by=by, now=now)
    return made


@transaction.atomic
def validate(agreed: Agreed, words: str, *, validation: Validation, by: Account, now: datetime) -> None:
    """Whoever was asked says whether they agree, once. Raises NotAllowed for anybody else."""
    claim = validation.version.claim
    if validation.asked_id != by.pk or not by.is_active:
        raise NotAllowed("Only whoever was asked says this.")
    turn(claim.urn)
    held = Validation.objects.get(pk=validation.pk)
    problems = named(words, "sentence on why", most=LONG)
    if held.agreed:
        problems.append(Problem("You have answered already.", "What you said stands."))
    if claim.withdrawn_at is not None:
        problems.append(Problem("The school withdrew the claim.", "Nothing needs to be done."))
    refuse(problems)
    held.agreed, held.words, held.answered_at = agreed, words.strip(), now
    held.save()
    write_down(VALIDATED, claim.urn, f"claim {claim.pk}: {agreed}", by=by, now=now)
