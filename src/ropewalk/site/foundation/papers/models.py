"""A kept file, and its content. Other rooms attach it by a row of theirs, and say who may see it."""

from typing import NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError

from ropewalk.site.foundation.papers.kinds import PaperKind
from ropewalk.site.foundation.retention.declaration import SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedBytes, SealedText

TITLE, WHY = 200, 500


class Paper(models.Model):
    """That a file is here, or was: what it is called, who put it here, and who deleted it and why."""

    title = SealedText(max_length=TITLE)
    name = SealedText(max_length=100)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deleted_because = SealedText(max_length=WHY, blank=True)

    kept = Kept(
        "files that people put on the site",
        Rule("six years after it was put here; the content until it is deleted, if that is earlier", "at", SIX_YEARS),
        internal=("id", "kind", "size", "digest", "by", "at", "deleted_at", "deleted_by"),
        personal=("title", "name", "deleted_because"),
    )

    def __str__(self) -> str:
        return self.title

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Never: ``actions.remove`` deletes the content, and that it was here stays."""
        raise ProtectedError("That a file was here is kept.", {self})

    @property
    def is_there(self) -> bool:
        """Whether it can still be taken along."""
        return self.deleted_at is None

    @property
    def kind_words(self) -> str:
        """What sort it is, in words."""
        return PaperKind(self.kind).words

    @property
    def size_words(self) -> str:
        """``12 KB`` or ``3.4 MB``."""
        kilobytes = max(1, round(self.size / 1024))
        return f"{kilobytes:,} KB" if kilobytes < 1000 else f"{self.size / 1024 / 1024:.1f} MB"


class PaperContent(models.Model):
    """What is in a file; apart, so that a list of files reads none of them."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, primary_key=True, related_name="content")
    sealed = SealedBytes()

    kept = Kept(
        "what is in files that people put on the site",
        Rule("until the file is deleted, six years at most"),
        internal=("paper",),
        personal=("sealed",),
    )

    def __str__(self) -> str:
        return f"content of file {self.paper_id}"


class Attached(models.Model):
    """A file that belongs to something of another room, which adds what it belongs to.

    The row goes with the paper when its time is over: the job that deletes what is kept no longer must not stop.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True
