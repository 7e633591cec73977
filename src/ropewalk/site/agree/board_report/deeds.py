"""What the actions of board reports are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

MADE, PUBLISHED, WITHDRAWN = "board_report:made", "board_report:published", "board_report:withdrawn"

DEEDS.update(
    {
        MADE: "a board report: made",
        PUBLISHED: "a board report: its public version published",
        WITHDRAWN: "a board report: its public version withdrawn",
    }
)
