"""Who has answered, as CSV: exactly the table of the page."""

import csv
import io
from collections.abc import Sequence

from django.utils import timezone

from ropewalk.core.publish.table_files import guarded
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.selectors import SchoolStanding


def answers_csv(shown: Sequence[SchoolStanding], offered: Sequence[Purpose]) -> bytes:
    """A line for each school."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    last = ("Version answered", "On", "By", "Receipt", "Note", "Erase by")
    writer.writerow(["URN", "School", "Answer", *(one.words for one in offered), *last])
    for one in shown:
        cells = [one.name, one.words, *("yes" if purpose in one.shared else "no" for purpose in offered), *_last(one)]
        writer.writerow([one.urn, *map(guarded, cells)])
    return out.getvalue().encode("utf-8-sig")


def _last(one: SchoolStanding) -> list[str]:
    if one.answer is None:
        return [""] * 6
    on = timezone.localtime(one.answer.at).date().isoformat()
    erase = timezone.localtime(one.erase_by).date().isoformat() if one.erase_by else ""
    return [str(one.answer.terms.number), on, one.answer.who, one.answer.receipt, one.answer.note, erase]
