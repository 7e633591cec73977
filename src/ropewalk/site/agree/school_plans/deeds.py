"""What the actions of a school's plans are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

CLAIM, EVIDENCE, ASKED, VALIDATED = (
    f"school-plans:{one}" for one in ("claim", "evidence", "validation-asked", "validated")
)
PLAN, PLAN_MOVED = "school-plans:plan", "school-plans:plan-moved"
NEED, NEED_SHARED, OBJECTIVE = "school-plans:need", "school-plans:need-shared", "school-plans:joint-objective"
SPENDING, SPENDING_MOVED = "school-plans:spending", "school-plans:spending-moved"

DEEDS.update(
    {
        CLAIM: "the school’s self-evaluation: a claim",
        EVIDENCE: "the school’s self-evaluation: evidence",
        ASKED: "the school’s self-evaluation: somebody asked to look at a claim",
        VALIDATED: "the school’s self-evaluation: what somebody who was asked says of a claim",
        PLAN: "the school’s plan: something changed",
        PLAN_MOVED: "the school’s plan: where it stands",
        NEED: "the school’s needs: one named or ended",
        NEED_SHARED: "the school’s needs: who sees one",
        OBJECTIVE: "needs of several schools: a joint objective made of them",
        SPENDING: "the school’s disadvantage plan: something changed",
        SPENDING_MOVED: "the school’s disadvantage plan: where it stands",
    }
)
