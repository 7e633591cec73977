"""Entries of the audit log."""

from typing import Any

from django.db import models
from django.db.models import ProtectedError

from ropewalk.site.foundation.audit.chain import Link
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

# Codes of places: nine characters for council areas; named sets of schools have a slug.
PLACE = 200
# What an entry says; the rest seals it.
CONTENT = ("who", "account", "deed", "thing", "school", "place", "about")


class EntryRows(models.QuerySet["Entry"]):
    """How entries are found. None is ever deleted or changed; ``recording.forget`` alone empties some."""

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ProtectedError("The audit log is only added to.", set(self))

    def update(self, **_values: Any) -> int:
        raise ProtectedError("The audit log is only added to.", set(self))


class Entry(models.Model):
    """One thing somebody did or looked at.

    ``deed`` is a ``Deed``, ``thing`` the name of the page or action, ``school`` a URN and ``place`` a code where it
    was about one. ``salt``, ``digest`` and ``seal``: see ``chain``. ``forgotten_at`` is when it was emptied.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = SealedText(max_length=80, blank=True)
    account = models.BigIntegerField(null=True, blank=True)
    deed = models.CharField(max_length=20, blank=True)
    thing = models.CharField(max_length=80, blank=True)
    school = models.IntegerField(null=True, blank=True)
    place = models.CharField(max_length=PLACE, blank=True)
    about = SealedText(max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "who looked and who did what",
        Rule("as long as the site; emptied for a person who must be forgotten"),
        public=("school", "place"),
        internal=("number", "at", "account", "deed", "thing", "salt", "digest", "seal", "forgotten_at"),
        personal=("who", "about"),
    )

    objects = EntryRows.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("school", "-number"), name="audit_of_a_school"),
            models.Index(fields=("place", "-number"), name="audit_of_a_place"),
            models.Index(fields=("account", "-number"), name="audit_of_an_account"),
        )

    def __str__(self) -> str:
        return f"entry {self.number} of {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new one; a written one is not changed."""
        if not self._state.adding:
            raise ProtectedError("The audit log is only added to.", {self})
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise ProtectedError("The audit log is only added to.", {self})

    @property
    def content(self) -> dict[str, object]:
        """What it says."""
        return {name: getattr(self, name) for name in CONTENT}

    @property
    def link(self) -> Link:
        """It as a link of the chain."""
        gone = self.forgotten_at is not None
        content, salt = (None, None) if gone else (self.content, self.salt)
        return Link(self.number, self.at, content, salt, self.digest, self.seal)


class Turn(models.Model):
    """One row that whoever adds an entry holds until it is written: entries follow one another, also on a server."""

    kept = Kept("the order of entries", Rule(ALWAYS), internal=("id",))

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_turn"),)

    def __str__(self) -> str:
        return "whose turn it is"
