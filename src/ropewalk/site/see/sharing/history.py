"""Receipts as pages show them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from ropewalk.core.use_cases.returns import Receipt, receipts, refused_files
from ropewalk.core.use_cases.school_returns import rules
from ropewalk.site.foundation.accounts.in_the_store import name, names
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.permissions.reach import Reach
from ropewalk.site.see.sharing.check_page import FileLine, file_lines, kind_title
from ropewalk.site.see.sharing.facts import facts, key

# Tables of facts in the words of the returns they came from.
STORED = {"attendance": "register"}


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt in the history of a school."""

    id: str
    recorded: str
    by: str
    kinds: str
    lines: str
    refused: str
    is_open: bool


@dataclass(frozen=True)
class ProblemLine:
    """One rule in a receipt."""

    title: str
    severity: str
    count: str


def receipts_of(urn: int, *, seen: Reach) -> list[ReceiptLine]:
    """Receipts that speak of a school, newest first; of one that speaks of unseen schools too, that it is there."""
    found = receipts(facts(), school=urn)
    who = names(one.by for one in found)
    return [_line(one, who[one.by], seen) for one in found]


def _line(one: Receipt, by: str, seen: Reach) -> ReceiptLine:
    if not seen.holds_schools(one.schools):
        recorded = moment_words(one.recorded_at)
        return ReceiptLine(one.id, recorded, by, "sent together with other schools", "", "", is_open=False)
    kinds = dict.fromkeys(kind_title(file.kind) for file in one.files)
    lines = sum(file.lines for file in one.files)
    recorded, refused = moment_words(one.recorded_at), f"{one.refused:,}"
    return ReceiptLine(one.id, recorded, by, ", ".join(kinds), f"{lines:,}", refused, is_open=True)


def moment_words(recorded_at: str) -> str:
    """``24 November 2026, 06:15``, in the site's own time."""
    at = timezone.localtime(datetime.fromisoformat(recorded_at))
    return f"{long_date(at.date())}, {at:%H:%M}"


def receipt_context(one: Receipt) -> dict[str, object]:
    """What the page of a receipt shows of it."""
    return {
        "receipt": one,
        "facts": [
            ("Recorded", moment_words(one.recorded_at)),
            ("Sent by", name(one.by)),
            ("Academic years", ", ".join(one.years) or "none"),
            ("Pupils named", f"{one.pupils:,}"),
            ("Lines", f"{sum(file.lines for file in one.files):,}"),
            ("Counted", f"{sum(file.accepted for file in one.files):,}"),
            ("Set aside", f"{one.refused:,}"),
        ],
        "files": _files(one),
        "kept": [(kind_title(STORED.get(name, name)), f"{rows:,}") for name, rows in one.facts.items()],
        "problems": _problems(one.problems),
    }


def _files(one: Receipt) -> list[FileLine]:
    downloads = [reverse("sharing:set-aside", args=[one.id, f.number]) if f.refused else "" for f in one.files]
    return file_lines([asdict(file) for file in one.files], downloads)


def _problems(counts: Mapping[str, int]) -> list[ProblemLine]:
    known = rules()
    return [
        ProblemLine(known[rule].title, known[rule].severity.words, f"{count:,}")
        if rule in known
        else ProblemLine(rule, "", f"{count:,}")
        for rule, count in sorted(counts.items(), key=lambda item: -item[1])
    ]


def set_aside(one: Receipt, number: int) -> bytes | None:
    """The lines of a file that a submission set aside; None when there are none."""
    start = f"{one.id}-{number}-"
    kept = refused_files(facts(), one.id, key=key())
    return next((content for name, content in kept if name.startswith(start)), None)
