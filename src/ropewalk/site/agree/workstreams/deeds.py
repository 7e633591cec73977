"""What the actions of a workstream are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

PROPOSED, CONTRIBUTOR = "workstreams:proposed", "workstreams:contributor"
MEASURE_SET, SUBMITTED, RECONCILED = "workstreams:measure-set", "workstreams:submitted", "workstreams:reconciled"
FROZEN, SIGNED = "workstreams:frozen", "workstreams:signed"
IDEA, VOTED, SHORTLISTED = "workstreams:idea", "workstreams:voted", "workstreams:shortlisted"
BEGUN, EXTENDED, CLOSED = "workstreams:begun", "workstreams:extended", "workstreams:closed"
DECIDED, WORKSHOP = "workstreams:decided", "workstreams:workshop"

DEEDS.update(
    {
        WORKSHOP: "a workstream: its baselining workshop named",
        PROPOSED: "workstreams: one proposed",
        CONTRIBUTOR: "a workstream: an organisation contributes",
        MEASURE_SET: "a workstream: its measure set",
        SUBMITTED: "a workstream: a figure submitted",
        RECONCILED: "a workstream: definitions reconciled",
        FROZEN: "a workstream: its baseline frozen",
        SIGNED: "a workstream: its baseline signed",
        IDEA: "a workstream: an idea",
        VOTED: "a workstream: a vote",
        SHORTLISTED: "a workstream: ideas shortlisted",
        BEGUN: "a workstream: task and finish begun",
        EXTENDED: "a workstream: formally extended",
        CLOSED: "a workstream: task and finish closed",
        DECIDED: "a workstream: adopted, adapted or stopped",
    }
)
