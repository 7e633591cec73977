"""Sharing practice with its evidence, and taking up what others shared."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ropewalk.core.errors import Problem
from ropewalk.site.agree.collaboration import deeds
from ropewalk.site.agree.collaboration.actions.speaking import belong, may_speak, write_down
from ropewalk.site.agree.collaboration.models import Practice, TakenUp
from ropewalk.site.agree.collaboration.models.practice import URL
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.terms.sharing import hold


@dataclass(frozen=True)
class NewPractice:
    """What a member does, what shows that it works, and where to read more, if anywhere."""

    organisation: Organisation
    title: str
    words: str
    evidence: str
    link: str = ""


@transaction.atomic
def share(said: NewPractice, *, place: Place, by: Account, now: datetime) -> Practice:
    """Share practice of one's own member.

    Raises NotAllowed for whoever does not speak for it, InputRefused without evidence and for a title twice.
    """
    may_speak(said.organisation, by, now)
    hold(place.code)
    problems = [*named(said.title, "title"), *named(said.words, "description", most=WORDS)]
    problems += [*named(said.evidence, "evidence", most=WORDS), *belong(place, said.organisation, now=now)]
    if said.link and (len(said.link) > URL or not said.link.startswith(("https://", "http://"))):
        problems.append(Problem("The link is no address.", "Write one that begins with https://, or none."))
    rows = Practice.objects.filter(place=place, organisation=said.organisation)
    if rows.filter(title=said.title.strip()).exists():
        problems.append(Problem("Your organisation shared practice of this title.", "Choose another title."))
    refuse(problems)
    made = Practice(place=place, organisation=said.organisation, title=said.title.strip(), words=said.words.strip())
    made.evidence, made.link, made.by, made.at = said.evidence.strip(), said.link, by, now
    made.save()
    write_down(deeds.PRACTICE, place, f"practice {made.pk}", of=said.organisation, by=by, now=now)
    return made


@transaction.atomic
def take_up(words: str, *, practice: Practice, organisation: Organisation, by: Account, now: datetime) -> TakenUp:
    """Say that one's own member took up another's practice, and what became of it.

    Raises NotAllowed for whoever does not speak for it, InputRefused for one's own practice and a second time.
    """
    may_speak(organisation, by, now)
    hold(practice.place.code)
    problems = [*named(words, "sentence", most=WORDS), *belong(practice.place, organisation, now=now)]
    if organisation.pk == practice.organisation_id:
        problems.append(Problem("It is your own practice.", "Others say that they took it up."))
    if TakenUp.objects.filter(practice=practice, organisation=organisation).exists():
        problems.append(Problem("You have said so already.", "Nothing needs to be done."))
    refuse(problems)
    made = TakenUp(practice=practice, organisation=organisation, words=words.strip(), by=by, at=now)
    made.save()
    write_down(deeds.TAKEN_UP, practice.place, f"practice {practice.pk}", of=organisation, by=by, now=now)
    return made
