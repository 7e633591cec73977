"""What the actions of collaboration are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

HELP, HELP_ANSWERED, CAME_OF_IT = "collaboration:help", "collaboration:help-answered", "collaboration:came-of-it"
PRACTICE, TAKEN_UP = "collaboration:practice", "collaboration:taken-up"
COUNTS = "collaboration:counts"

DEEDS.update(
    {
        HELP: "help between members: written down",
        HELP_ANSWERED: "help between members: confirmed, disputed or withdrawn",
        CAME_OF_IT: "help between members: what came of it",
        PRACTICE: "practice: shared",
        TAKEN_UP: "practice: taken up",
        COUNTS: "what counts as collaboration: agreed",
    }
)
