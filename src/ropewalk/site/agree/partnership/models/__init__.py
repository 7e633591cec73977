"""What a partnership keeps. Nothing is deleted: what ends has a last day, what was said stays said."""

from ropewalk.site.agree.partnership.models.agreements import (
    Agreement,
    AgreementVersion,
    Commitment,
    CommitmentMark,
    Signature,
)
from ropewalk.site.agree.partnership.models.belonging import Decision
from ropewalk.site.agree.partnership.models.bodies import Body, Seat, TermsOfReference
from ropewalk.site.agree.partnership.models.calendar import CalendarLink
from ropewalk.site.agree.partnership.models.funding import FundingLine, Spending
from ropewalk.site.agree.partnership.models.meetings import AgendaItem, Attendance, Meeting, Outcome

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementVersion",
    "Attendance",
    "Body",
    "CalendarLink",
    "Commitment",
    "CommitmentMark",
    "Decision",
    "FundingLine",
    "Meeting",
    "Outcome",
    "Seat",
    "Signature",
    "Spending",
    "TermsOfReference",
]
