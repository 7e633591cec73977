"""Sentences about where one child was on roll. They say what rolls say, and never why."""

from __future__ import annotations

from datetime import date

from ropewalk.core.publish.wording import long_date, number_words
from ropewalk.core.schema.code_sets import code_set
from ropewalk.core.views.child_history import (
    ChildHistory,
    Ending,
    Gap,
    GapKind,
    Overlap,
    OverlapKind,
    Stay,
)

# Short words for the ways of being registered; the code set's own explain them.
STATUS_WORDS = {
    "C": "sole",
    "M": "dual main",
    "S": "dual subsidiary",
    "G": "guest",
    "F": "further education college",
    "O": "other provider",
    "P": "previous: no longer on roll",
    None: "not given, taken as sole",
}
GAP_WORDS = {
    GapKind.WEEKEND: "A weekend: no school day lies in it.",
    GapKind.BETWEEN_YEARS: "Between two school years: the usual time to move.",
    GapKind.BETWEEN_ROLLS: "On no roll that we know of. The child may have been at a school elsewhere.",
    GapKind.TO_BE_FOUND: "On no roll that we know of, and to be found. The child may be at a school elsewhere.",
    GapKind.SAID_WHERE: "On no roll here. The last roll says where the child would be.",
    GapKind.OUT_OF_AGE: "On no roll here. By the last year group the child is not of compulsory school age.",
    GapKind.NOT_SENT: "Not known: the school has sent no roll for this time.",
}
OVERLAP_WORDS = {
    OverlapKind.GUEST: "As it should be: a guest is registered at the other school.",
    OverlapKind.DUAL: "As it should be: one school is the main one, the other the subsidiary.",
    OverlapKind.BESIDE: "As it should be: one of the two is a college or another provider.",
    OverlapKind.TWO_SOLE: "To be asked: both rolls say that they are the only one. The schools can say which is right.",
    OverlapKind.DO_NOT_FIT: "To be asked: the two registrations do not go together as main and subsidiary.",
}


def day_words(days: int) -> str:
    """``1 day``, ``1,234 days``."""
    return f"{number_words(days, 0)} day{'' if days == 1 else 's'}"


def school_words(history: ChildHistory, urn: int | None) -> str:
    """A school's name."""
    return "not given" if urn is None else history.schools[urn].name


def status_words(stay: Stay) -> str:
    """The ways of being registered, one after another: ``sole, then dual main``."""
    return ", then ".join(STATUS_WORDS.get(one, str(one)) for one in stay.statuses)


def until_words(stay: Stay, day: date) -> str:
    """The last day on roll, or how far the rolls vouch for the child."""
    if stay.ending is Ending.ON_ROLL:
        return "on roll"
    if stay.ending is Ending.LEFT:
        given = stay.newest.leaving
        return long_date(given) if given else "no longer on roll, last day not given"
    what = "not on the next roll" if stay.ending is Ending.NOT_NAMED else "no newer roll sent"
    return f"{long_date(min(stay.last, day))} or before: {what}"


def reason_words(stay: Stay) -> str:
    """Why the child left, as the roll has it."""
    code = stay.newest.leaving_reason
    if code is None:
        return "not given" if stay.ending is Ending.LEFT else "none"
    known = {one.code: one.words for one in code_set("leaving_reason").codes}
    return known.get(code, code)


def gap_sentence(gap: Gap) -> str:
    """From when until when on no roll, and what is known of it."""
    return f"{long_date(gap.first)} to {long_date(gap.last)} ({day_words(gap.days)}): {GAP_WORDS[gap.kind]}"


def overlap_sentence(history: ChildHistory, overlap: Overlap) -> str:
    """From when until when on two rolls, on which, and whether somebody should ask."""
    one, other = (school_words(history, urn) for urn in overlap.schools)
    last = min(overlap.last, max(history.day, overlap.first))
    days = (last - overlap.first).days + 1
    told = f"{long_date(overlap.first)} to {long_date(last)} ({day_words(days)}): on the rolls of {one} and {other}."
    return f"{told} {OVERLAP_WORDS[overlap.kind]}"


def history_sentence(history: ChildHistory) -> str:
    """How many schools, how long on no roll outside the summer, and how often on two rolls that do not go together."""
    schools = len({stay.school for stay in history.stays})
    asked = sum(one.kind.is_to_be_asked for one in history.overlaps)
    lost = [gap for gap in history.gaps if gap.kind in (GapKind.BETWEEN_ROLLS, GapKind.TO_BE_FOUND)]
    said = [f"On the rolls of {schools} school{'' if schools == 1 else 's'} that we know of."]
    if lost:
        said.append(f"On no roll that we know of for {day_words(sum(gap.days for gap in lost))} outside the summer.")
    if asked:
        said.append(
            f"{asked} time{'' if asked == 1 else 's'} on two rolls that do not go together: the schools can say."
        )
    return " ".join(said)


def timeline(history: ChildHistory) -> list[str]:
    """Everything in order of time, a sentence for each."""
    events: list[tuple[date, int, str]] = []
    for stay in history.stays:
        events.append((stay.first, 1, f"{long_date(stay.first)}: on the roll of {_named(history, stay)}."))
        if stay.ending is not Ending.ON_ROLL:
            events.append((stay.last, 2, _left(history, stay)))
    events += [(gap.first, 3, gap_sentence(gap)) for gap in history.gaps]
    events += [(one.first, 4, overlap_sentence(history, one)) for one in history.overlaps]
    return [words for _, _, words in sorted(events)]


def _named(history: ChildHistory, stay: Stay) -> str:
    school = history.schools[stay.school]
    within = f" ({school.trust})" if school.trust else ""
    return f"{school.name}{within}, registered as {status_words(stay)}"


def _left(history: ChildHistory, stay: Stay) -> str:
    name = school_words(history, stay.school)
    if stay.ending is Ending.NOT_NAMED:
        return f"By {long_date(stay.last)}: no longer at {name}, whose next roll does not name the child."
    if stay.ending is Ending.NOT_SENT:
        return f"{long_date(stay.last)}: the last day for which {name} has sent a roll."
    if stay.newest.leaving is None:
        return f"No longer on the roll of {name}; the last day is not given."
    told = f"{long_date(stay.last)}: last day on the roll of {name}. Reason: {_lower(reason_words(stay))}"
    going = stay.newest.destination
    return f"{told}. Next school: {school_words(history, going)}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
