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
from ropewalk.site.agree.partnership.models.funding import FundingLine, Spending

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Body",
    "Commitment",
    "CommitmentMark",
    "Decision",
    "FundingLine",
    "Seat",
    "Signature",
    "Spending",
    "TermsOfReference",
]
