"""The baselining workshop: the meeting of a body at which contributors bring their figures together."""

from django.db import models

from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.said import Said, SaidRows
from ropewalk.site.agree.workstreams.models.workstream import Workstream
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule


class Workshop(Said):
    """Which meeting is the baselining workshop of a workstream; the latest word counts."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="workshops")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="workshops")

    kept = Kept(
        "which meeting began a workstream",
        Rule(ALWAYS),
        internal=("id", "workstream", "meeting", "by", "at"),
    )

    objects = SaidRows["Workshop"].as_manager()

    def __str__(self) -> str:
        return f"workshop of {self.workstream}"
