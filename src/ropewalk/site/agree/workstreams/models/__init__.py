"""What a workstream keeps. Nothing is deleted or changed: what was said stays said."""

from ropewalk.site.agree.workstreams.models.baseline import (
    Picture,
    PictureSignature,
    Reconciliation,
    SubmittedFigure,
)
from ropewalk.site.agree.workstreams.models.ideas import Idea, Shortlist, Shortlisted, Vote
from ropewalk.site.agree.workstreams.models.task import Charter, Closing, Decided, Extension
from ropewalk.site.agree.workstreams.models.workshop import Workshop
from ropewalk.site.agree.workstreams.models.workstream import Contributor, MeasureSet, Workstream

__all__ = [
    "Charter",
    "Closing",
    "Contributor",
    "Decided",
    "Extension",
    "Idea",
    "MeasureSet",
    "Picture",
    "PictureSignature",
    "Reconciliation",
    "Shortlist",
    "Shortlisted",
    "SubmittedFigure",
    "Vote",
    "Workshop",
    "Workstream",
]
