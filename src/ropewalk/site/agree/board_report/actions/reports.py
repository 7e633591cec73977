"""Making a report, publishing its version for everybody, withdrawing that."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.publish.board_report.content import Report, canonical, digest_of
from ropewalk.site.agree.board_report.deeds import MADE, PUBLISHED, WITHDRAWN
from ropewalk.site.agree.board_report.models import PublicVersion
from ropewalk.site.agree.board_report.models import Report as Row
from ropewalk.site.agree.board_report.selectors.reports import for_everybody, now_at, public_of, said_in
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import hold

NO_PLAN = Problem("There is no plan to report on.", "Put a plan to those who agree it first.")


@transaction.atomic
def make(*, place: Place, meeting: Meeting | None = None, by: Account, now: datetime) -> Row:
    """Freeze how the plan of a place stands now. Raises NotAllowed; InputRefused where there is no plan."""
    may_run(place, by, now)
    hold(place.code)
    found = now_at(place, now=now, meeting=meeting)
    if found is None:
        raise InputRefused([NO_PLAN])
    return keep(*found, meeting=meeting, by=by, now=now)


def keep(plan: Plan, report: Report, *, meeting: Meeting | None, by: Account, now: datetime) -> Row:
    """Keep a report that was gathered, under the next number of its place."""
    content = canonical(report)
    last = Row.objects.filter(place=plan.place).defer("content").order_by("-number").first()
    made = Row(
        place=plan.place,
        number=last.number + 1 if last else 1,
        plan=plan,
        meeting=meeting,
        content=content,
        digest=digest_of(content),
        by=by,
        at=now,
    )
    made.save()
    write_down(MADE, plan.place, f"board report {made.number}", by=by, now=now)
    return made


@transaction.atomic
def publish(*, report: Row, expected: str, money: bool, by: Account, now: datetime) -> PublicVersion:
    """Let everybody read the version of a report that somebody has looked at; ``expected`` is its digest.

    Raises NotAllowed; InputRefused when it is public already, or would not be what was looked at.
    """
    may_run(report.place, by, now)
    hold(report.place.code)
    if public_of(report) is not None:
        raise InputRefused([Problem("A version of this report is public already.", "Withdraw it first.")])
    day = timezone.localtime(now).date()
    content = canonical(for_everybody(said_in(report), report.place, on=day, money=money))
    digest = digest_of(content)
    if digest != expected:
        raise InputRefused(
            [Problem("What would be public is not what you looked at.", "Look at it again, then publish it.")]
        )
    made = PublicVersion(report=report, content=content, digest=digest, money=money, by=by, at=now)
    made.save()
    write_down(PUBLISHED, report.place, f"board report {report.number}", by=by, now=now)
    return made


@transaction.atomic
def withdraw(*, report: Row, because: str, by: Account, now: datetime) -> None:
    """Nobody outside reads the public version any more. Raises NotAllowed; InputRefused without a reason or version."""
    may_run(report.place, by, now)
    hold(report.place.code)
    found = public_of(report)
    problems = named(because, "reason", most=WORDS)
    if found is None:
        problems.append(Problem("No version of this report is public.", "Nothing needs to be withdrawn."))
    refuse(problems)
    if found is not None:
        found.withdrawn_by, found.withdrawn_at, found.withdrawn_because = by, now, because.strip()
        found.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    write_down(WITHDRAWN, report.place, f"board report {report.number}", by=by, now=now)
