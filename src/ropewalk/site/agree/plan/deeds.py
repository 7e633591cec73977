"""What the actions of a plan are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

PLAN_DRAFTED, PLAN_MOVED, PLAN_AGREED = "plan:drafted", "plan:moved", "plan:agreed"
ITEM_ADDED, ITEM_CHANGED, EVIDENCE_ADDED = "plan:item-added", "plan:item-changed", "plan:evidence-added"
TARGET_PROPOSED, TARGET_ANSWERED = "plan:target-proposed", "plan:target-answered"

DEEDS.update(
    {
        PLAN_DRAFTED: "a plan: drafted",
        PLAN_MOVED: "a plan: where it stands",
        PLAN_AGREED: "a plan: somebody agreed it",
        ITEM_ADDED: "a plan: something added",
        ITEM_CHANGED: "a plan: something changed",
        EVIDENCE_ADDED: "a plan: evidence added",
        TARGET_PROPOSED: "a target of a plan: proposed",
        TARGET_ANSWERED: "a target of a plan: answered",
    }
)
