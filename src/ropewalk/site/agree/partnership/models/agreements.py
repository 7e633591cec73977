"""Agreements of a partnership: versions, commitments, signatures, and how members say they keep them."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q

from ropewalk.site.agree.partnership.kinds import AgreementKind, Stage, Standing, many
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.foundation.organisations.models import NAME, Organisation, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


def _somebody() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class Agreement(models.Model):
    """A memorandum of understanding or a cross-agency agreement of a place; what it says stands in its versions."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=NAME)

    kept = Kept("agreements of a partnership", Rule(ALWAYS), public=("place", "kind", "title"), internal=("id",))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "title"), name="one_agreement_of_a_title"),)

    def __str__(self) -> str:
        return self.title

    @property
    def kind_words(self) -> str:
        """What sort it is, in words."""
        return AgreementKind(self.kind).words


class AgreementVersion(models.Model):
    """What an agreement says: a draft, then before members, in force, replaced. Only a draft's text changes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=TEXT)
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    put_by = _somebody()
    put_at = models.DateTimeField(null=True, blank=True)
    begun_by = _somebody()
    begins_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "what members of a partnership agreed",
        Rule(ALWAYS),
        public=("agreement", "number", "text", "digest", "put_at", "begins_at", "replaced_at"),
        internal=("id", "drafted_by", "drafted_at", "put_by", "begun_by"),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agreement", "number"), name="one_version_of_an_agreement_s_number"),
            models.UniqueConstraint(
                fields=("agreement",),
                condition=Q(put_at__isnull=True, replaced_at__isnull=True),
                name="one_draft_of_an_agreement",
            ),
            models.UniqueConstraint(
                fields=("agreement",),
                condition=Q(put_at__isnull=False, begins_at__isnull=True, replaced_at__isnull=True),
                name="one_version_before_members",
            ),
            models.UniqueConstraint(
                fields=("agreement",),
                condition=Q(begins_at__isnull=False, replaced_at__isnull=True),
                name="one_version_in_force",
            ),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True) | Q(put_at__isnull=False), name="put_before_members_first"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; the text of a version that was put before members is not changed."""
        put = AgreementVersion.objects.filter(pk=self.pk, put_at__isnull=False)
        if put.exclude(text=self.text, digest=self.digest).exists():
            raise ProtectedError("What is before members is not changed: draft a new version.", {self})
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("Versions of an agreement are kept.", {self})

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.replaced_at is not None:
            return Stage.REPLACED
        if self.begins_at is not None:
            return Stage.IN_FORCE
        return Stage.DRAFT if self.put_at is None else Stage.BEFORE_MEMBERS

    @property
    def is_open(self) -> bool:
        """Whether members may sign it."""
        return self.stage in {Stage.BEFORE_MEMBERS, Stage.IN_FORCE}


class Commitment(models.Model):
    """What members of one sort bind themselves to in a version; ``number`` counts those of the version."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=WORDS)

    kept = Kept(
        "what members of a partnership bound themselves to",
        Rule(ALWAYS),
        public=("version", "number", "kind", "words"),
        internal=("id",),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "number"), name="one_commitment_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"

    @property
    def kind_words(self) -> str:
        """Whose it is, in words."""
        return many(self.kind)


class Signature(Said):
    """An organisation signed a version, by its authorised person. ``digest`` is that of the text that was read."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)

    kept = Kept(
        "who signed what",
        Rule(ALWAYS),
        public=("version", "organisation", "number", "digest"),
        internal=("id", "by", "at"),
    )

    objects = SaidRows["Signature"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "organisation"), name="an_organisation_signs_once"),
            models.UniqueConstraint(fields=("version", "number"), name="one_signature_of_a_number"),
        )

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """The number on its receipt."""
        version = self.version
        return f"{version.agreement.place.code}-A{version.agreement_id}-{version.number}-{self.number:03}"


class CommitmentMark(Said):
    """What a member that signed says of how it keeps a commitment; its latest counts."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="marks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="marks")
    standing = models.CharField(max_length=20)
    evidence = SealedText(max_length=WORDS)

    kept = Kept(
        "how members say they keep what they signed",
        Rule(ALWAYS),
        public=("commitment", "organisation"),
        internal=("id", "standing", "by", "at"),
        personal=("evidence",),
    )

    objects = SaidRows["CommitmentMark"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(evidence=""), name="a_mark_has_evidence"),)
        indexes = (models.Index(fields=("commitment", "organisation", "-id"), name="marks_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.standing_words}"

    @property
    def standing_words(self) -> str:
        """How it stands, in words."""
        return Standing(self.standing).words
