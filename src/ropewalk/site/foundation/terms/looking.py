"""What pages of terms are called where the audit log is told. Looks at them are not written: no pupil stands there."""

from collections.abc import Mapping

from django.http import HttpRequest

from ropewalk.site.foundation.audit.looks import About, room

WORDS = {
    "own": "terms of one's places",
    "place": "the terms of the place",
    "version": "a version of the terms",
    "version-json": "a version of the terms",
    "draft": "the draft of the terms",
    "put-in-force": "which terms are in force",
    "answers": "who has answered the terms",
    "answers-csv": "who has answered the terms",
    "school": "what the school answered",
    "answer": "what the school shares for",
    "receipt": "the receipt of an answer",
    "receipt-text": "the receipt of an answer",
}


@room("terms", WORDS)
def about(_request: HttpRequest, _named: Mapping[str, object]) -> About | None:
    """Nothing: the actions write their own lines."""
    return None
