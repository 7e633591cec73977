"""Money of a partnership: opening a funding line, writing down what was spent, striking out what was wrong."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.deeds import LINE_OPENED, SPENT, STRUCK_OUT
from ropewalk.site.agree.partnership.models import FundingLine, Spending
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import hold


@dataclass(frozen=True)
class NewLine:
    """What a funder gives, in pence, for a purpose, from a first day until a last one if there is one."""

    funder: str
    title: str
    pence: int
    begins: date
    until: date | None = None


@dataclass(frozen=True)
class Spent:
    """What was spent on a day, in pence, on what and for which objective."""

    day: date
    pence: int
    what: str
    objective: str


@transaction.atomic
def open_line(wanted: NewLine, *, place: Place, by: Account, now: datetime) -> FundingLine:
    """Open a funding line. Raises InputRefused without a funder or title, and for one that is there already."""
    may_run(place, by, now)
    hold(place.code)
    problems = [*named(wanted.funder, "funder"), *named(wanted.title, "title")]
    if wanted.pence <= 0:
        problems.append(Problem("The amount is not more than nothing.", "Write what the funder gives."))
    if wanted.until is not None and wanted.until < wanted.begins:
        problems.append(Problem("It would end before it begins.", "Choose a later last day."))
    same = FundingLine.objects.filter(place=place, funder=wanted.funder.strip(), title=wanted.title.strip())
    if same.exists():
        problems.append(Problem("There is a line of this funder and title.", "Choose another title."))
    refuse(problems)
    made = FundingLine(place=place, funder=wanted.funder.strip(), title=wanted.title.strip(), pence=wanted.pence)
    made.begins, made.until, made.by, made.at = wanted.begins, wanted.until, by, now
    made.save()
    write_down(LINE_OPENED, place, f"line {made.pk}", by=by, now=now)
    return made


@transaction.atomic
def spend(said: Spent, *, line: FundingLine, by: Account, now: datetime) -> Spending:
    """Write down what was spent. Raises InputRefused for nothing, no words, or a day outside the line or to come.

    More may be spent than was given: the page then says by how much, for it is better known than left out.
    """
    may_run(line.place, by, now)
    problems = [*named(said.what, "purchase", most=WORDS), *named(said.objective, "objective")]
    if said.pence <= 0:
        problems.append(Problem("The amount is not more than nothing.", "Write what was spent."))
    if said.day > timezone.localtime(now).date():
        problems.append(Problem("The day is still to come.", "Write down what was spent, not what will be."))
    if said.day < line.begins or (line.until is not None and said.day > line.until):
        last = f" until {long_date(line.until)}" if line.until else ""
        runs = f"The line runs from {long_date(line.begins)}{last}."
        problems.append(Problem(runs, "Choose a day within it, or another line."))
    refuse(problems)
    made = Spending(line=line, day=said.day, pence=said.pence, what=said.what.strip(), objective=said.objective.strip())
    made.by, made.at = by, now
    made.save()
    write_down(SPENT, line.place, f"spending {made.pk} of line {line.pk}", by=by, now=now)
    return made


@transaction.atomic
def strike_out(*, spending: Spending, because: str, by: Account, now: datetime) -> None:
    """Strike out what was written down wrongly; it is kept. Raises InputRefused without a reason, or a second time."""
    may_run(spending.line.place, by, now)
    locked = Spending.objects.select_for_update().get(pk=spending.pk)
    refuse(named(because, "reason", most=WORDS))
    if locked.struck_at is not None:
        raise InputRefused([Problem("This is struck out already.", "Nothing needs to be done.")])
    locked.struck_at, locked.struck_by, locked.struck_because = now, by, because.strip()
    locked.save(update_fields=["struck_at", "struck_by", "struck_because"])
    write_down(STRUCK_OUT, spending.line.place, f"spending {spending.pk}", by=by, now=now)
