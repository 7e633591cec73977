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
from ropewalk.site.agree.partnership.models.diligence import Diligence, DiligenceAnswer, DiligenceReader, Finding
from ropewalk.site.agree.partnership.models.funding import FundingLine, Spending
from ropewalk.site.agree.partnership.models.meetings import AgendaItem, Attendance, Meeting, Outcome
from ropewalk.site.agree.partnership.models.papers import Guest, Letter, MeetingPaper
from ropewalk.site.agree.partnership.models.surgeries import Booking

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementVersion",
    "Attendance",
    "Body",
    "Booking",
    "CalendarLink",
    "Commitment",
    "CommitmentMark",
    "Decision",
    "Diligence",
    "DiligenceAnswer",
    "DiligenceReader",
    "Finding",
    "FundingLine",
    "Guest",
    "Letter",
    "Meeting",
    "MeetingPaper",
    "Outcome",
    "Seat",
    "Signature",
    "Spending",
    "TermsOfReference",
]
