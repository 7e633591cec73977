"""Agreements of a partnership: what they say, who signed and who has not, how commitments are kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ropewalk.site.agree.partnership.kinds import SIGN_HERE, Stage, Standing, many
from ropewalk.site.agree.partnership.members import spoken_for
from ropewalk.site.agree.partnership.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    CommitmentMark,
    Signature,
)
from ropewalk.site.agree.partnership.rules import paragraphs
from ropewalk.site.agree.partnership.selectors.belonging import members_on
from ropewalk.site.agree.partnership.wording import Wording, written
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place

# Which version a page shows when none is named: what holds, else what is being decided, else what is being written.
FIRST = (Stage.IN_FORCE, Stage.BEFORE_MEMBERS, Stage.DRAFT, Stage.REPLACED)


@dataclass(frozen=True)
class AgreementLine:
    """An agreement with the version that counts, and how many have signed it."""

    agreement: Agreement
    version: AgreementVersion | None
    signed: int


@dataclass(frozen=True)
class Signing:
    """An organisation that is asked to sign or did; ``signature`` is None while it has not."""

    organisation: Organisation
    signature: Signature | None
    is_asked: bool


@dataclass(frozen=True)
class Kept:
    """A commitment, its latest marks by member, and what those who signed it say in numbers."""

    commitment: Commitment
    marks: list[CommitmentMark]
    counts: list[tuple[str, int]]
    silent: list[Organisation]

    @property
    def words(self) -> str:
        """``3 kept, 1 at risk, 10 have not said``."""
        said = [f"{count} {words}" for words, count in self.counts if count]
        quiet = len(self.silent)
        silent = [f"{quiet} {'has' if quiet == 1 else 'have'} not said"] if quiet else []
        return ", ".join([*said, *silent]) or "nobody has signed it yet"


@dataclass(frozen=True)
class CommitmentsOf:
    """What members of one sort committed themselves to."""

    kind: str
    kept: list[Kept]

    @property
    def words(self) -> str:
        """Whose they are: “Schools”."""
        return many(self.kind).capitalize()


@dataclass(frozen=True)
class AgreementPage:
    """A version of an agreement as members see it."""

    version: AgreementVersion
    paragraphs: list[str]
    versions: list[AgreementVersion]
    signings: list[Signing]
    commitments: list[CommitmentsOf]
    mine: list[Signing]

    @property
    def signed(self) -> list[Signing]:
        """Who signed, in that order."""
        given = [one for one in self.signings if one.signature is not None]
        return sorted(given, key=lambda one: one.signature.number if one.signature else 0)

    @property
    def unsigned(self) -> list[Signing]:
        """Who is asked and has not."""
        return [one for one in self.signings if one.signature is None]

    @property
    def headline(self) -> str:
        """``11 of 14 have signed.``"""
        asked = [one for one in self.signings if one.is_asked]
        signed = sum(one.signature is not None for one in asked)
        if not asked:
            return "Nobody is asked to sign today."
        if signed == len(asked):
            return f"All {signed} have signed." if signed > 1 else "The only one asked has signed."
        return f"{signed} of {len(asked)} {'has' if signed == 1 else 'have'} signed."


def wording_of(version: AgreementVersion) -> Wording:
    """What a version says."""
    said: defaultdict[OrganisationKind, list[str]] = defaultdict(list)
    for one in version.commitments.order_by("number"):
        said[OrganisationKind(one.kind)].append(one.words)
    return Wording(version.text, {kind: tuple(words) for kind, words in said.items()})


def content_of(version: AgreementVersion) -> bytes:
    """The exact text of a version, as it is hashed."""
    said = version.agreement
    return written(
        place=said.place.code,
        kind=said.kind,
        title=said.title,
        number=version.number,
        wording=wording_of(version),
    )


def asked_to_sign(version: AgreementVersion, *, on: date) -> list[Organisation]:
    """Members on a day whose sort committed itself to something, and whose authorised person can sign here."""
    kinds = {*version.commitments.values_list("kind", flat=True)} & {*SIGN_HERE}
    members = members_on(version.agreement.place, on=on) if kinds else []
    return [one for one in members if one.kind in kinds]


def agreements_of(place: Place, *, may_run: bool) -> list[AgreementLine]:
    """Agreements by title; whoever does not run the partnership sees no draft."""
    versions: defaultdict[int, list[AgreementVersion]] = defaultdict(list)
    for version in AgreementVersion.objects.filter(agreement__place=place).order_by("-number"):
        versions[version.agreement_id].append(version)
    signed: defaultdict[int, int] = defaultdict(int)
    for pk in Signature.objects.filter(version__agreement__place=place).values_list("version", flat=True):
        signed[pk] += 1
    lines = []
    for agreement in Agreement.objects.filter(place=place).order_by("title"):
        shown = first_of(seen_versions(versions[agreement.pk], may_run=may_run))
        lines.append(AgreementLine(agreement, shown, signed[shown.pk] if shown else 0))
    return lines


def seen_versions(versions: Iterable[AgreementVersion], *, may_run: bool) -> list[AgreementVersion]:
    """Those somebody sees: a draft only whoever runs the partnership."""
    return [one for one in versions if may_run or one.stage is not Stage.DRAFT]


def first_of(versions: Iterable[AgreementVersion]) -> AgreementVersion | None:
    """The version that counts among some."""
    return min(versions, key=lambda one: (FIRST.index(one.stage), -one.number), default=None)


def agreement_page(version: AgreementVersion, *, viewer: Account, may_run: bool, on: date) -> AgreementPage:
    """A version with who signed and how commitments are kept; ``mine`` are organisations the viewer speaks for."""
    rows = AgreementVersion.objects.filter(agreement=version.agreement).order_by("-number")
    signings = _signings(version, on)
    spoken = {one.pk for one in spoken_for(viewer, on=on)}
    return AgreementPage(
        version,
        paragraphs(version.text),
        seen_versions(rows, may_run=may_run),
        signings,
        _commitments(version, [one for one in signings if one.signature is not None]),
        [one for one in signings if one.organisation.pk in spoken],
    )


def _signings(version: AgreementVersion, on: date) -> list[Signing]:
    given = {
        one.organisation_id: one
        for one in Signature.objects.filter(version=version).select_related("organisation", "by")
    }
    asked = asked_to_sign(version, on=on) if version.stage is not Stage.REPLACED else []
    there = {one.pk for one in asked}
    gone = [Signing(one.organisation, one, is_asked=False) for pk, one in given.items() if pk not in there]
    return [*(Signing(one, given.get(one.pk), is_asked=True) for one in asked), *gone]


def _commitments(version: AgreementVersion, signed: list[Signing]) -> list[CommitmentsOf]:
    latest: dict[tuple[int, int], CommitmentMark] = {}
    rows = CommitmentMark.objects.filter(commitment__version=version).select_related("organisation", "by")
    for one in rows.order_by("pk"):
        latest[(one.commitment_id, one.organisation_id)] = one
    found: dict[str, list[Kept]] = {}
    for commitment in version.commitments.order_by("number"):
        who = [one.organisation for one in signed if one.organisation.kind == commitment.kind]
        marks = [latest[key] for one in who if (key := (commitment.pk, one.pk)) in latest]
        counts = [(standing.words, sum(one.standing == standing for one in marks)) for standing in Standing]
        silent = [one for one in who if (commitment.pk, one.pk) not in latest]
        found.setdefault(commitment.kind, []).append(Kept(commitment, marks, counts, silent))
    return [CommitmentsOf(kind, kept) for kind, kept in found.items()]
