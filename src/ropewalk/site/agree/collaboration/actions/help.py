"""Writing help down by either side, confirming it by the other, and saying what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, NotAllowed, Problem
from ropewalk.site.agree.collaboration import deeds
from ropewalk.site.agree.collaboration.actions.speaking import belong, may_speak, too_long, write_down
from ropewalk.site.agree.collaboration.kinds import Answered, Side
from ropewalk.site.agree.collaboration.models import CameOfIt, Help, HelpAnswer
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.terms.sharing import hold

MOST_MINUTES = 10_000 * 60


@dataclass(frozen=True)
class NewHelp:
    """Help as one side writes it down: on which side it stands, with whom, what, how long, from when until when.

    ``came`` is what came of it, for the member that was helped to say.
    """

    own: Organisation
    side: Side
    other: Organisation
    what: str
    minutes: int
    begins: date
    until: date
    came: str = ""


@transaction.atomic
def tell_help(said: NewHelp, *, place: Place, by: Account, now: datetime) -> Help:
    """Write help down for one's own member; the other side is asked to confirm it.

    Raises NotAllowed for whoever does not speak for the member, InputRefused for help that cannot have been.
    """
    may_speak(said.own, by, now)
    hold(place.code)
    refuse([*_wrong(said, timezone.localtime(now).date()), *belong(place, said.own, said.other, now=now)])
    giver, taker = (said.own, said.other) if said.side is Side.GAVE else (said.other, said.own)
    made = Help(place=place, giver=giver, taker=taker, told_by=said.own, what=said.what.strip())
    made.minutes, made.begins, made.until, made.by, made.at = said.minutes, said.begins, said.until, by, now
    made.save()
    if said.came.strip():
        CameOfIt(help=made, words=said.came.strip(), by=by, at=now).save()
    write_down(deeds.HELP, place, f"help {made.pk}", of=said.own, by=by, now=now)
    return made


def _wrong(said: NewHelp, today: date) -> list[Problem]:
    found = [*named(said.what, "description", most=WORDS), *too_long(said.came, "sentence on what came of it")]
    if said.own == said.other:
        found.append(Problem("Nobody helps themselves.", "Choose another member."))
    if not 0 < said.minutes <= MOST_MINUTES:
        found.append(Problem("These are no hours.", f"Write more than none and at most {MOST_MINUTES // 60:,}."))
    if said.until < said.begins:
        found.append(Problem("It would end before it began.", "Choose a later last day."))
    if said.until > today:
        found.append(Problem("The last day is still to come.", "Write help down once it was given."))
    if said.came.strip() and said.side is Side.GAVE:
        found.append(Problem("What came of it is for the other side to say.", "Leave it empty."))
    return found


@transaction.atomic
def answer_help(
    kind: Answered, words: str, *, record: Help, organisation: Organisation, by: Account, now: datetime
) -> HelpAnswer:
    """Confirm or dispute help the other side wrote down, or withdraw one's own record.

    Raises NotAllowed for whoever does not speak for the side that is asked, and for whoever wrote it down: nobody
    confirms for another. Raises InputRefused for a second answer, and for a dispute without words.
    """
    asked = record.told_by if kind is Answered.WITHDRAWN else record.asked
    if organisation != asked:
        raise NotAllowed("The other side answers for itself.")
    may_speak(organisation, by, now)
    if kind is not Answered.WITHDRAWN and by.pk == record.by_id:
        raise NotAllowed("Somebody else than who wrote it down confirms it.")
    hold(record.place.code)
    problems = named(words, "reason", most=WORDS) if kind is not Answered.CONFIRMED else too_long(words, "sentence")
    if HelpAnswer.objects.filter(help=record).exists():
        problems.append(Problem("It was answered already.", "Nothing needs to be done."))
    refuse(problems)
    came = kind is Answered.CONFIRMED and organisation.pk == record.taker_id and words.strip()
    made = HelpAnswer(help=record, kind=kind, words="" if came else words.strip(), by=by, at=now)
    made.save()
    if came:
        CameOfIt(help=record, words=words.strip(), by=by, at=now).save()
    write_down(deeds.HELP_ANSWERED, record.place, f"help {record.pk}: {kind}", of=organisation, by=by, now=now)
    return made


@transaction.atomic
def say_what_came(words: str, *, record: Help, organisation: Organisation, by: Account, now: datetime) -> CameOfIt:
    """Say what came of help one's own member was given; the latest word counts.

    Raises NotAllowed for anybody but the side that was helped, InputRefused without words and for help that is not so.
    """
    if organisation.pk != record.taker_id:
        raise NotAllowed("What came of it is for the side that was helped to say.")
    may_speak(organisation, by, now)
    hold(record.place.code)
    refuse(named(words, "sentence", most=WORDS))
    answered = HelpAnswer.objects.filter(help=record).first()
    if answered is not None and answered.kind != Answered.CONFIRMED:
        raise InputRefused([Problem("This help was disputed or withdrawn.", "Write it down anew if it was given.")])
    made = CameOfIt(help=record, words=words.strip(), by=by, at=now)
    made.save()
    write_down(deeds.CAME_OF_IT, record.place, f"help {record.pk}", of=organisation, by=by, now=now)
    return made
