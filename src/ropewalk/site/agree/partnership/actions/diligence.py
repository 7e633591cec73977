"""Due diligence: begun, found, answered, shown to others. What was found before stays beside what is found now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ropewalk.core.errors import NotAllowed, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named
from ropewalk.site.agree.partnership.deeds import (
    DILIGENCE_ANSWERED,
    DILIGENCE_BEGUN,
    DILIGENCE_FOUND,
    DILIGENCE_READER,
)
from ropewalk.site.agree.partnership.kinds import DiligenceArea
from ropewalk.site.agree.partnership.models import Diligence, DiligenceAnswer, DiligenceReader, Finding, Meeting
from ropewalk.site.agree.partnership.models.diligence import FINDING
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.partnership.selectors.diligence import answers_for
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.papers.actions import About, Incoming, keep
from ropewalk.site.foundation.terms.sharing import hold

_LINK = URLValidator(schemes=["https", "http"])


@transaction.atomic
def begin_diligence(*, place: Place, organisation: Organisation, why: str, by: Account, now: datetime) -> Diligence:
    """Begin a record on a school or trust. Raises InputRefused without a reason."""
    may_run(place, by, now)
    refuse(named(why, "reason", most=FINDING))
    made = Diligence.objects.create(place=place, organisation=organisation, why=why.strip(), by=by, at=now)
    _write_down(DILIGENCE_BEGUN, made, "", by, now)
    return made


@dataclass(frozen=True)
class Found:
    """What was found: the area, the question, the finding in words, who looked when, what shows it, what follows."""

    area: DiligenceArea
    question: str
    words: str
    looked_on: date
    looked_by: str
    link: str = ""
    minutes: Meeting | None = None
    file: Incoming | None = None
    follows: str = ""
    due: date | None = None


@transaction.atomic
def find(said: Found, *, diligence: Diligence, number: int | None, by: Account, now: datetime) -> Finding:
    """Write down a finding, or the next version of finding ``number``; its file stays unless another one is sent.

    Raises InputRefused for what is missing, and for a day to come.
    """
    may_run(diligence.place, by, now)
    hold(diligence.place.code)
    rows = Finding.objects.filter(diligence=diligence)
    before = rows.filter(number=number).order_by("-version").first() if number else None
    refuse(_missing(said, now))
    newest = rows.order_by("-number").first()
    made = Finding(diligence=diligence, area=said.area, question=said.question.strip(), words=said.words.strip())
    made.number = before.number if before else (newest.number + 1 if newest else 1)
    made.version = before.version + 1 if before else 1
    made.looked_on, made.looked_by, made.link = said.looked_on, said.looked_by.strip(), said.link.strip()
    made.minutes, made.follows, made.due = said.minutes, said.follows.strip(), said.due
    made.paper = before.paper if before else None
    if said.file is not None:
        made.paper = keep(said.file, title="", by=by, about=_about(diligence), now=now)
    made.by, made.at = by, now
    made.save()
    _write_down(DILIGENCE_FOUND, diligence, f", finding {made.number}, version {made.version}", by, now)
    return made


def _missing(said: Found, now: datetime) -> list[Problem]:
    found = [*named(said.question, "question"), *named(said.words, "finding", most=FINDING)]
    found += named(said.looked_by, "name of who looked")
    if said.looked_on > timezone.localtime(now).date():
        found.append(Problem("The day is still to come.", "Write down what was found once it is."))
    if said.due is not None and not said.follows.strip():
        found.append(Problem("It is not said what follows by that day.", "Write it, or leave the day empty."))
    if said.link.strip():
        try:
            _LINK(said.link.strip())
        except ValidationError:
            found.append(Problem("This is no link.", "Copy it from the address line, with https:// before it."))
    return found


@transaction.atomic
def answer(*, diligence: Diligence, number: int, words: str, by: Account, now: datetime) -> DiligenceAnswer:
    """Answer a finding (or the whole, with 0) for one's own school or trust. Raises NotAllowed for anybody else."""
    if not answers_for(by, diligence.organisation, on=timezone.localtime(now).date()):
        raise NotAllowed("Only the school or trust itself answers.")
    problems = named(words, "answer", most=FINDING)
    if number and not Finding.objects.filter(diligence=diligence, number=number).exists():
        problems.append(Problem("There is no such finding.", "Choose one of the list."))
    refuse(problems)
    made = DiligenceAnswer(diligence=diligence, number=number, words=words.strip(), by=by, at=now)
    made.save()
    _write_down(DILIGENCE_ANSWERED, diligence, f", finding {number}", by, now)
    return made


@transaction.atomic
def let_read(*, diligence: Diligence, account: Account, begins: date, by: Account, now: datetime) -> DiligenceReader:
    """Let somebody else read a record from a day on. Raises InputRefused a second time."""
    may_run(diligence.place, by, now)
    hold(diligence.place.code)
    rows = DiligenceReader.objects.filter(Q(until=None) | Q(until__gte=begins), diligence=diligence, account=account)
    if rows.exists():
        refuse([Problem("They may read it already.", "Nothing needs to be done.")])
    made = DiligenceReader.objects.create(diligence=diligence, account=account, begins=begins, by=by, at=now)
    _write_down(DILIGENCE_READER, diligence, f", reader {made.pk}", by, now)
    return made


@transaction.atomic
def end_reading(*, reader: DiligenceReader, until: date, by: Account, now: datetime) -> None:
    """Somebody may read a record until a last day. Raises InputRefused a second time, or before the first day."""
    may_run(reader.diligence.place, by, now)
    locked = DiligenceReader.objects.select_for_update().get(pk=reader.pk)
    if locked.until is not None:
        refuse([Problem("A last day is named already.", "Nothing needs to be done.")])
    if until < locked.begins:
        refuse([Problem("The last day is before the first.", "Choose a later one.")])
    locked.until, locked.ended_by, locked.ended_at = until, by, now
    locked.save(update_fields=["until", "ended_by", "ended_at"])
    _write_down(DILIGENCE_READER, reader.diligence, f", reader {reader.pk} until {until}", by, now)


def _about(diligence: Diligence) -> About:
    return About(place=diligence.place.code, school=school_of(diligence))


def school_of(diligence: Diligence) -> int | None:
    """The number of the school it is about; None for a trust."""
    one = diligence.organisation
    return int(one.key) if one.kind == OrganisationKind.SCHOOL else None


def _write_down(thing: str, diligence: Diligence, more: str, by: Account, now: datetime) -> None:
    school, place, about = school_of(diligence), diligence.place.code, f"due diligence {diligence.pk}{more}"
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=school, place=place, about=about)
