"""What the pages of returns are about, for the audit log; and who looked at a school, as its page tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.returns import receipt as find_receipt
from ropewalk.site.foundation.audit.looks import About, room, words_of
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import Deed
from ropewalk.site.see.sharing.facts import facts
from ropewalk.site.see.sharing.models import Upload

# The page asks again and again how far checking is; templates and the page of who looked show nothing of a school.
NOTHING_SHOWN = ("progress", "template", "template-workbook", "who-looked", "who-looked-csv")
WORDS = {
    "coverage": "who has sent what in the place",
    "coverage-csv": "who has sent what in the place",
    "school": "the school's returns",
    "send": "the school's returns: files to be checked",
    "reminder": "a reminder to the school",
    "upload": "files that were checked",
    "problems": "the problems of files that were checked",
    "refused": "lines set aside, as they were sent",
    "submit": "the school's returns: files submitted",
    "check-again": "the school's returns: files to be checked again",
    "give-up": "the school's returns: files given up",
    "receipt": "a receipt",
    "set-aside": "lines set aside, as they were sent",
    "links": "pairs of records that may be one child",
    "look": "pairs of records that may be one child",
    "decide": "whether two records are one child",
    "undo": "whether two records are one child",
}


@dataclass(frozen=True)
class Look:
    """One line of who looked: somebody, one kind of page, one day."""

    day: date
    who: str
    deed: str
    what: str
    times: int
    first: datetime
    last: datetime

    @property
    def when(self) -> str:
        """The time of day, or how often and between which times."""
        first, last = f"{self.first:%H:%M}", f"{self.last:%H:%M}"
        if self.times == 1:
            return first
        return f"{self.times} times, {first}" if first == last else f"{self.times} times, {first} to {last}"


def in_days(entries: Iterable[Entry]) -> list[Look]:
    """Entries, newest first, as one line for each day, person and kind of page."""
    found: dict[tuple[date, str, str, str], list[datetime]] = {}
    for entry in entries:
        at = timezone.localtime(entry.at)
        who = entry.who or "somebody whose name was deleted"
        found.setdefault((at.date(), who, Deed(entry.deed).words, words_of(entry.thing)), []).append(at)
    return [Look(*key, len(times), min(times), max(times)) for key, times in found.items()]


@room("sharing", WORDS)
def about(request: HttpRequest, named: Mapping[str, object]) -> About | None:
    """What a page of returns is about."""
    match = request.resolver_match
    if match is None or match.url_name in NOTHING_SHOWN:
        return None
    if "urn" in named:
        return About((int(str(named["urn"])),))
    if "upload" in named:
        uploads = Upload.objects.for_system_job("the audit log names the school whoever may see it was shown")
        return About(tuple(uploads.filter(pk=str(named["upload"])).values_list("urn", flat=True)))
    if "receipt" in named:
        return _of_receipt(str(named["receipt"]))
    return About(place=request.GET.get("place", ""))


def _of_receipt(receipt: str) -> About:
    try:
        return About(find_receipt(facts(), receipt).schools, what=receipt)
    except NotFound:
        return About(what=receipt)
