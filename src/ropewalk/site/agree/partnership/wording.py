"""What an agreement says: its text and commitments by sort of member; and what a letter about a meeting says."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from ropewalk.core.errors import Problem
from ropewalk.site.agree.partnership.kinds import many
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import canonical
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.kinds import OrganisationKind

MOST_COMMITMENTS = 100


@dataclass(frozen=True)
class Wording:
    """A text, and commitments by sort of member in the order of ``OrganisationKind``."""

    text: str
    commitments: Mapping[OrganisationKind, tuple[str, ...]]

    @property
    def numbered(self) -> list[tuple[int, OrganisationKind, str]]:
        """Commitments with their numbers, which run through the agreement."""
        said = [(kind, words) for kind in OrganisationKind for words in self.commitments.get(kind, ())]
        return [(number, kind, words) for number, (kind, words) in enumerate(said, start=1)]


def problems_with(wording: Wording) -> list[Problem]:
    """What is in the way of anybody signing it."""
    found, said = [], wording.numbered
    if not wording.text.strip():
        found.append(Problem("There is no text.", "Write what members agree."))
    if len(wording.text) > TEXT:
        found.append(Problem("The text is too long.", f"Write at most {TEXT:,} characters."))
    if not said:
        found.append(Problem("Nobody commits themselves to anything.", "Name at least one commitment."))
    if len(said) > MOST_COMMITMENTS:
        found.append(Problem("There are too many commitments.", f"Name at most {MOST_COMMITMENTS}."))
    for _, kind, words in said:
        if len(words) > WORDS:
            start = f"A commitment of {many(kind)} is too long: “{words[:40]}…”"
            found.append(Problem(start, f"Write at most {WORDS} characters."))
    return found


def written(*, place: str, kind: str, title: str, number: int, wording: Wording) -> bytes:
    """The exact text that is signed, as it is hashed and given to take along."""
    commitments = [
        {"number": number, "kind": member.value, "words": words} for number, member, words in wording.numbered
    ]
    said = {"place": place, "kind": kind, "title": title, "version": number, "text": wording.text}
    return canonical({**said, "commitments": commitments})


def letter_of(meeting: Meeting, *, name: str, address: str, agenda: str, is_new: bool) -> tuple[str, str]:
    """Subject and text of a letter about a meeting to somebody."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    when = f"{starts:%A} {long_date(starts.date())}, {starts:%H:%M} to {ends:%H:%M}"
    if meeting.called_off_at is not None:
        subject, said = "Called off", f"This meeting does not take place. {meeting.called_off_because}"
    elif is_new:
        subject, said = "Invitation", "You are invited to this meeting."
    else:
        subject, said = "Changed", "This meeting was moved. It is now as follows."
    parts = [f"Dear {name},", said, f"{meeting.body.name}\n{when}\n{meeting.where}"]
    if agenda and meeting.called_off_at is None:
        parts.append(f"Agenda\n{agenda}")
    parts.append(f"Its page, for whoever signs in: {address}")
    # A body is named by whoever runs it: no line end may get into the head of a letter.
    title = " ".join(f"{subject}: {meeting.body.name}, {long_date(starts.date())}".split())
    return title, "\n\n".join(parts) + "\n"
