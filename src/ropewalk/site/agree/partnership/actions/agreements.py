"""Drafting agreements, putting them before members and in force, signing them, saying how commitments are kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, NotAllowed, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.deeds import (
    AGREEMENT_BEGUN,
    AGREEMENT_DRAFTED,
    AGREEMENT_PUT,
    AGREEMENT_SIGNED,
    COMMITMENT_MARKED,
)
from ropewalk.site.agree.partnership.kinds import AgreementKind, Stage, Standing
from ropewalk.site.agree.partnership.members import spoken_for
from ropewalk.site.agree.partnership.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    CommitmentMark,
    Signature,
)
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.partnership.selectors.agreements import asked_to_sign, content_of
from ropewalk.site.agree.partnership.wording import Wording, problems_with, written
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.terms.sharing import hold

CHANGED_MEANWHILE = Problem("Somebody changed the text after you opened it.", "Read it again, and then decide.")


@dataclass(frozen=True)
class NewAgreement:
    """An agreement as somebody begins it."""

    kind: AgreementKind
    title: str


@transaction.atomic
def draft_agreement(
    wanted: NewAgreement, wording: Wording, *, place: Place, by: Account, now: datetime
) -> AgreementVersion:
    """Begin an agreement with the draft of its first version. Raises InputRefused for a title that is taken."""
    may_run(place, by, now)
    hold(place.code)
    problems = [*named(wanted.title, "title"), *problems_with(wording)]
    if Agreement.objects.filter(place=place, title=wanted.title.strip()).exists():
        problems.append(Problem("There is an agreement of this title.", "Write its next version, or choose another."))
    refuse(problems)
    made = Agreement.objects.create(place=place, kind=wanted.kind, title=wanted.title.strip())
    return _write(AgreementVersion(agreement=made, number=1), wording, by, now)


@transaction.atomic
def write_draft(
    wording: Wording, *, agreement: Agreement, expected: str, by: Account, now: datetime
) -> AgreementVersion:
    """Write the draft of the next version; ``expected`` is the digest of the draft that was read, if there is one.

    Raises InputRefused for what nobody can sign, and when somebody else has changed the draft.
    """
    may_run(agreement.place, by, now)
    hold(agreement.place.code)
    refuse(problems_with(wording))
    found = AgreementVersion.objects.filter(agreement=agreement, put_at=None).first()
    if (found.digest if found else "") != expected:
        raise InputRefused([CHANGED_MEANWHILE])
    if found is None:
        newest = AgreementVersion.objects.filter(agreement=agreement).order_by("-number").first()
        found = AgreementVersion(agreement=agreement, number=newest.number + 1 if newest else 1)
    return _write(found, wording, by, now)


def _write(version: AgreementVersion, wording: Wording, by: Account, now: datetime) -> AgreementVersion:
    said = version.agreement
    content = written(place=said.place.code, kind=said.kind, title=said.title, number=version.number, wording=wording)
    version.text, version.digest = wording.text, hashlib.sha256(content).hexdigest()
    version.drafted_by, version.drafted_at = by, now
    version.save()
    # A draft is nobody's word yet; what is before members is never written anew.
    version.commitments.all().delete()
    rows = [
        Commitment(version=version, number=number, kind=kind, words=words) for number, kind, words in wording.numbered
    ]
    Commitment.objects.bulk_create(rows)
    write_down(AGREEMENT_DRAFTED, said.place, f"agreement {said.pk}, version {version.number}", by=by, now=now)
    return version


@transaction.atomic
def put_before_members(*, version: AgreementVersion, expected: str, by: Account, now: datetime) -> None:
    """Put a draft before members, who may sign it from now on; a version that was before them is replaced.

    Raises InputRefused when it is no draft, or not the one that was read.
    """
    locked = _locked(version, by, now)
    if locked.stage is not Stage.DRAFT:
        raise InputRefused([Problem("This is no draft any more.", "Nothing needs to be done.")])
    if locked.digest != expected:
        raise InputRefused([CHANGED_MEANWHILE])
    before = AgreementVersion.objects.filter(agreement=locked.agreement, put_at__isnull=False, begins_at=None)
    before.filter(replaced_at=None).update(replaced_at=now)
    locked.put_at, locked.put_by = now, by
    locked.save(update_fields=["put_at", "put_by"])
    _write_down(AGREEMENT_PUT, locked, by, now)


@transaction.atomic
def put_in_force(*, version: AgreementVersion, by: Account, now: datetime) -> None:
    """Put a version that is before members in force; the one in force until then is replaced."""
    locked = _locked(version, by, now)
    if locked.stage is not Stage.BEFORE_MEMBERS:
        raise InputRefused([Problem("This version is not before members.", "Put it before them first.")])
    in_force = AgreementVersion.objects.filter(agreement=locked.agreement, begins_at__isnull=False)
    in_force.filter(replaced_at=None).update(replaced_at=now)
    locked.begins_at, locked.begun_by = now, by
    locked.save(update_fields=["begins_at", "begun_by"])
    _write_down(AGREEMENT_BEGUN, locked, by, now)


def _locked(version: AgreementVersion, by: Account, now: datetime) -> AgreementVersion:
    may_run(version.agreement.place, by, now)
    hold(version.agreement.place.code)
    return AgreementVersion.objects.select_related("agreement__place").get(pk=version.pk)


def _write_down(thing: str, version: AgreementVersion, by: Account, now: datetime) -> None:
    about = f"agreement {version.agreement_id}, version {version.number}, {version.digest}"
    write_down(thing, version.agreement.place, about, by=by, now=now)


@transaction.atomic
def sign(
    *, version: AgreementVersion, organisation: Organisation, expected: str, by: Account, now: datetime
) -> Signature:
    """Sign a version for one's own school, trust or council; ``expected`` is the digest of the text that was read.

    Raises NotAllowed for whoever does not speak for it; InputRefused when it is not asked, has signed already, or the
    version is not before members or in force.
    """
    day, place = timezone.localtime(now).date(), version.agreement.place
    if organisation not in spoken_for(by, on=day):
        raise NotAllowed("Only whoever it names to speak for it signs for an organisation.")
    hold(place.code)
    locked = AgreementVersion.objects.select_related("agreement__place").get(pk=version.pk)
    problems = [] if locked.is_open else [Problem("This version cannot be signed now.", "Open the one in force.")]
    if locked.digest != expected or hashlib.sha256(content_of(locked)).hexdigest() != expected:
        problems.append(CHANGED_MEANWHILE)
    if organisation not in asked_to_sign(locked, on=day):
        problems.append(Problem(f"{organisation.name} is not asked to sign.", "Join the partnership first."))
    given = Signature.objects.filter(version=locked)
    if given.filter(organisation=organisation).exists():
        problems.append(Problem(f"{organisation.name} has signed already.", "Nothing needs to be done."))
    refuse(problems)
    made = Signature(version=locked, organisation=organisation, number=given.count() + 1, digest=locked.digest)
    made.by, made.at = by, now
    made.save()
    _record(AGREEMENT_SIGNED, organisation, place, made.receipt, by, now)
    return made


@dataclass(frozen=True)
class Word:
    """How a member says it stands with a commitment, and what shows it."""

    standing: Standing
    evidence: str


@transaction.atomic
def mark(
    word: Word, *, commitment: Commitment, organisation: Organisation, by: Account, now: datetime
) -> CommitmentMark:
    """Say how one's own school, trust or council keeps a commitment it signed.

    Raises NotAllowed for whoever does not speak for it; InputRefused without evidence, and for what it did not sign.
    """
    version = commitment.version
    place = version.agreement.place
    if organisation not in spoken_for(by, on=timezone.localtime(now).date()):
        raise NotAllowed("Only whoever it names to speak for it speaks for an organisation.")
    hold(place.code)
    problems = named(word.evidence, "evidence", most=WORDS)
    signed = Signature.objects.filter(version=version, organisation=organisation).exists()
    if not signed or commitment.kind != organisation.kind:
        problems.append(Problem(f"{organisation.name} did not sign this.", "Sign the agreement first."))
    if not AgreementVersion.objects.get(pk=version.pk).is_open:
        problems.append(Problem("This version was replaced.", "Speak of the one in force."))
    refuse(problems)
    made = CommitmentMark(commitment=commitment, organisation=organisation, standing=word.standing)
    made.evidence, made.by, made.at = word.evidence.strip(), by, now
    made.save()
    _record(COMMITMENT_MARKED, organisation, place, f"commitment {commitment.pk}: {made.standing}", by, now)
    return made


def _record(thing: str, organisation: Organisation, place: Place, about: str, by: Account, now: datetime) -> None:
    school = int(organisation.key) if organisation.kind == OrganisationKind.SCHOOL else None
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=school, place=place.code, about=about)
