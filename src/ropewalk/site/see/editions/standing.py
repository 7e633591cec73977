"""Where editions stand: their newest drafts, what was said of these, and the rules asked about it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ropewalk.core.use_cases.editions import Cut, EditionWanted, edition_of
from ropewalk.core.use_cases.editions import Edition as Content
from ropewalk.site.see.editions import life
from ropewalk.site.see.editions.life import Stage, Standing
from ropewalk.site.see.editions.models import DROPPED, OPEN, RELEASED, Challenge, Contentment, Draft, Edition
from ropewalk.site.see.editions.processing import CONTENT, DRAFTED
from ropewalk.site.see.editions.telling import tell_schools
from ropewalk.site.see.sharing.upload_folder import FAULT, Step, UploadFolder

DECIDES = "what all schools said decides where an edition stands, whoever asks"
AGREED = "agreed"


@dataclass(frozen=True)
class Found:
    """An edition with its newest draft, and where it stands on a day."""

    edition: Edition
    draft: Draft
    standing: Standing
    today: date

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return life.stage(self.standing, today=self.today)

    @property
    def hindrances(self) -> list[str]:
        """What stands in the way of releasing it."""
        return life.hindrances(self.standing, today=self.today)

    @property
    def wanted(self) -> EditionWanted:
        """The edition as the core computes it."""
        return wanted_of(self.edition, self.draft)

    @property
    def is_computing(self) -> bool:
        """Whether a process is at work on the newest draft."""
        return not self.draft.digest and folder_of(self.draft).is_running

    @property
    def fault(self) -> str:
        """Why the newest draft could not be computed, in words; empty when it was, or will be."""
        if self.draft.digest or self.is_computing or self.edition.state != OPEN:
            return ""
        folder = folder_of(self.draft)
        said = folder.read(FAULT) if folder.exists else None
        return str(said["words"]) if said else "The work stopped before its end. Nothing was lost; compute it again."

    @property
    def step(self) -> Step | None:
        """How far computing is."""
        folder = folder_of(self.draft)
        return folder.step if folder.exists else None


def folder_of(draft: Draft) -> UploadFolder:
    """The folder in which a draft is computed; it is deleted once the draft is kept."""
    return UploadFolder(Path(settings.ROPEWALK_UPLOADS) / "drafts", draft.id)


def find(edition: Edition, *, today: date) -> Found:
    """Where an edition stands; a draft whose computing has ended is kept first."""
    draft = _kept(edition.drafts.order_by("-number")[0])
    return Found(edition, draft, _standing(edition, draft), today)


def open_at(place: str, *, today: date) -> Found | None:
    """The edition of a place that is on its way to being released, if any."""
    edition = Edition.objects.filter(place=place, state=OPEN).select_related("made_by").first()
    return find(edition, today=today) if edition else None


def draft_before(draft: Draft) -> Draft | None:
    """The draft that schools saw before this one, if any."""
    before = Draft.objects.filter(edition=draft.edition, number__lt=draft.number).exclude(digest="")
    return before.order_by("-number").first()


def wanted_of(edition: Edition, draft: Draft) -> EditionWanted:
    """A draft as the core computes it."""
    return EditionWanted(
        place=edition.place,
        number=edition.number,
        period=edition.period,
        cuts=tuple(Cut(measure=measure, family=family) for measure, family in edition.cuts),
        schools=tuple(draft.schools),
        partners=tuple(draft.partners),
        threshold=draft.threshold,
        as_of=draft.as_of,
        replaces=edition.replaces,
        reason=edition.reason,
    )


def _kept(draft: Draft) -> Draft:
    """The draft with what its process came to, where that has ended well."""
    folder = folder_of(draft)
    said = None if draft.digest or not folder.exists else folder.read(DRAFTED)
    if said is None:
        return draft
    with transaction.atomic():
        locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if not locked.digest:
            locked.content, locked.digest = (folder.path / CONTENT).read_bytes(), said["digest"]
            locked.save(update_fields=["content", "digest"])
            transaction.on_commit(lambda: tell_schools(locked))
    folder.delete()
    return locked


def counted_in(draft: Draft) -> frozenset[int]:
    """The schools that are counted: of those that share, whoever has sent what the figures are made from."""
    if not draft.content:
        return frozenset(draft.schools)
    return counted_of(edition_of(bytes(draft.content)))


def counted_of(content: Content) -> frozenset[int]:
    """The schools that have rows in an edition's tables."""
    units = {cell[0] for table in content.tables for cell in table.rows}
    return frozenset(urn for urn in content.wanted.schools if str(urn) in units)


def _standing(edition: Edition, draft: Draft) -> Standing:
    said = Challenge.objects.for_system_job(DECIDES).filter(edition=edition, urn__in=draft.schools)
    content = Contentment.objects.for_system_job(DECIDES).filter(draft=draft)
    return Standing(
        released=edition.state == RELEASED,
        dropped=edition.state == DROPPED,
        drafted=bool(draft.digest),
        maker=draft.by_id,
        schools=counted_in(draft),
        content=frozenset(content.values_list("urn", flat=True)),
        until=edition.until,
        unanswered=said.filter(answered_at=None).count(),
        agreed=said.filter(outcome=AGREED, draft=draft.number).count(),
        checkers=frozenset(draft.checks.values_list("by", flat=True)),
    )
