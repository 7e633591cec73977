"""What the actions of a partnership are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

CAME, WENT = "partnership:came", "partnership:went"
JOINED, LEFT = "partnership:joined", "partnership:left"
BODY_MADE, BODY_ENDED, TERMS_AGREED = "partnership:body-made", "partnership:body-ended", "partnership:terms-agreed"
SEAT_TAKEN, SEAT_LEFT = "partnership:seat-taken", "partnership:seat-left"
AGREEMENT_DRAFTED, AGREEMENT_PUT = "partnership:agreement-drafted", "partnership:agreement-put"
AGREEMENT_BEGUN, AGREEMENT_SIGNED = "partnership:agreement-begun", "partnership:agreement-signed"
COMMITMENT_MARKED = "partnership:commitment-marked"
LINE_OPENED, SPENT, STRUCK_OUT = "partnership:line-opened", "partnership:spent", "partnership:struck-out"
CALENDAR_MADE, CALENDAR_ENDED = "partnership:calendar-made", "partnership:calendar-ended"
MEETING_CALLED, MEETING_OFF = "partnership:meeting-called", "partnership:meeting-off"
MINUTES_WRITTEN, ACTION_DONE = "partnership:minutes-written", "partnership:action-done"

DEEDS.update(
    {
        JOINED: "the partnership: a school joined",
        LEFT: "the partnership: a school left",
        CAME: "the partnership: an organisation came to it",
        WENT: "the partnership: an organisation left it",
        BODY_MADE: "bodies of the partnership: one begun",
        BODY_ENDED: "bodies of the partnership: one ended",
        TERMS_AGREED: "terms of reference of a body",
        SEAT_TAKEN: "who is on a body: somebody joined",
        SEAT_LEFT: "who is on a body: somebody left",
        AGREEMENT_DRAFTED: "the draft of an agreement",
        AGREEMENT_PUT: "an agreement: put before members",
        AGREEMENT_BEGUN: "an agreement: put in force",
        AGREEMENT_SIGNED: "an agreement: signed",
        COMMITMENT_MARKED: "how a commitment is kept",
        CALENDAR_MADE: "an address for a calendar program: made",
        CALENDAR_ENDED: "an address for a calendar program: ended",
        MEETING_CALLED: "meetings: called",
        MEETING_OFF: "meetings: called off",
        MINUTES_WRITTEN: "the minutes of a meeting",
        ACTION_DONE: "an action of a meeting: done",
        LINE_OPENED: "money of the partnership: a funding line",
        SPENT: "money of the partnership: something spent",
        STRUCK_OUT: "money of the partnership: a line struck out",
    }
)
MEETING_MOVED, GUEST_NAMED, LETTERS_SENT = "partnership:meeting-moved", "partnership:guest", "partnership:letters"
SLOT_BOOKED, SLOT_GIVEN_BACK = "partnership:slot-booked", "partnership:slot-given-back"
DILIGENCE_BEGUN, DILIGENCE_FOUND = "partnership:diligence-begun", "partnership:diligence-found"
DILIGENCE_ANSWERED, DILIGENCE_READER = "partnership:diligence-answered", "partnership:diligence-reader"

DEEDS.update(
    {
        MEETING_MOVED: "meetings: moved",
        GUEST_NAMED: "meetings: a guest named",
        LETTERS_SENT: "meetings: invitations sent",
        SLOT_BOOKED: "a slot of a surgery: booked",
        SLOT_GIVEN_BACK: "a slot of a surgery: given back",
        DILIGENCE_BEGUN: "due diligence: begun",
        DILIGENCE_FOUND: "due diligence: what was found",
        DILIGENCE_ANSWERED: "due diligence: the answer",
        DILIGENCE_READER: "due diligence: who else may read it",
    }
)
