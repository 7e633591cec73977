"""Reports of a place as they are listed, one as it was made, and what everybody may read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from ropewalk.core.errors import StoreFault
from ropewalk.core.publish.board_report.content import Report, digest_of, read
from ropewalk.core.publish.board_report.public import public_version
from ropewalk.site.agree.board_report.models import PublicVersion
from ropewalk.site.agree.board_report.models import Report as Row
from ropewalk.site.agree.board_report.selectors.gathering import Moment, gathered, meeting_words, plan_reported
from ropewalk.site.agree.board_report.selectors.people import without_names
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.foundation.organisations.models import Place


@dataclass(frozen=True)
class Line:
    """A report in a list: the meeting it is for, in words, and its version for everybody, if one stands."""

    row: Row
    meeting: str
    public: PublicVersion | None


def reports_of(place: Place) -> list[Line]:
    """Reports of a place, the newest first. What they say is not opened for that."""
    rows = Row.objects.filter(place=place).defer("content").select_related("meeting__body", "plan", "by")
    standing = PublicVersion.objects.standing().filter(report__place=place).defer("content")
    public = {one.report_id: one for one in standing}
    return [
        Line(row, meeting_words(row.meeting) if row.meeting else "", public.get(row.pk))
        for row in rows.order_by("-number")
    ]


def newest_report(place: Place) -> Row | None:
    """The report that was made last."""
    return Row.objects.filter(place=place).defer("content").order_by("-number").first()


def now_at(place: Place, *, now: datetime, meeting: Meeting | None = None) -> tuple[Plan, Report] | None:
    """The plan that is reported and a report of how it stands now; ``None`` while no plan was put to anybody."""
    plan = plan_reported(place)
    if plan is None:
        return None
    return plan, gathered(plan, Moment(now, newest_report(place), meeting))


def said_in(kept: Row | PublicVersion) -> Report:
    """What a report says. Raises StoreFault where it is not what was kept."""
    if digest_of(kept.content) != kept.digest:
        raise StoreFault(f"{kept} is not as it was kept: its checksum differs.")
    return read(kept.content)


def for_everybody(report: Report, place: Place, *, on: date, money: bool) -> Report:
    """The version of a report that everybody may read."""
    plain: Callable[[str], str] = without_names(place, on=on)
    return public_version(report, plain=plain, money=money)


def public_of(row: Row) -> PublicVersion | None:
    """The version of a report that everybody may read now, if any."""
    return PublicVersion.objects.standing().filter(report=row).first()


def meetings_to_name(place: Place, *, now: datetime) -> list[Meeting]:
    """Meetings a report can be for: of boards, the next ones first, then those that were."""
    rows = Meeting.objects.filter(body__place=place, body__kind=BodyKind.BOARD, called_off_at=None)
    found = list(rows.select_related("body").order_by("starts_at"))
    coming = [one for one in found if one.ends_at > now]
    return [*coming, *[one for one in found if one.ends_at <= now][::-1]][:20]
