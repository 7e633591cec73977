"""The receipt of an answer, as text that can be kept and checked anywhere."""

import textwrap
from collections.abc import Iterator

from django.utils import timezone

from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.terms.models import Answer
from ropewalk.site.foundation.terms.purposes import KEPT, Purpose
from ropewalk.site.foundation.terms.selectors import erase_by

WIDTH = 76


def moment(answer: Answer) -> str:
    """``24 November 2026, 13:05``."""
    at = timezone.localtime(answer.at)
    return f"{long_date(at.date())}, {at:%H:%M}"


def parts_of(answer: Answer) -> list[tuple[Purpose, bool]]:
    """Every purpose the terms asked for, and whether it was accepted."""
    return [(purpose, purpose in answer.accepted) for purpose in answer.terms.wording.articles]


def as_text(answer: Answer) -> bytes:
    """The receipt as plain text. It follows from the answer alone: asked for again it is the same to the byte."""
    return ("\n".join(_lines(answer)) + "\n").encode()


def _lines(answer: Answer) -> Iterator[str]:
    yield f"RECEIPT {answer.receipt}"
    yield ""
    for name, said in (
        ("School", f"{answer.school} (URN {answer.urn})"),
        ("Place", f"{answer.place.name} ({answer.place.code})"),
        ("Terms", f"version {answer.terms.number}"),
        ("Answered by", f"{answer.who}, as head"),
        ("On", moment(answer)),
    ):
        yield f"{name + ':':13}{said}"
    yield ""
    for purpose, accepted in parts_of(answer):
        yield f"{'ACCEPTED' if accepted else 'NOT ACCEPTED':14}{purpose.words}"
    if answer.note:
        yield from ("", *_wrapped(f"Note: {answer.note}"))
    if not answer.accepted:
        last = long_date(timezone.localtime(erase_by(answer)).date())
        yield from ("", *_wrapped(f"The school shares nothing from now on. {KEPT} By these terms: until {last}."))
    yield from ("", "SHA-256 of the text of these terms:", answer.terms.digest, "")
    yield from _wrapped(
        "Whoever has the file of this version of the terms can check that it is the text that was answered: its "
        "SHA-256 is the one above."
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)
