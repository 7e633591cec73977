"""What a school sent and what is missing, in the words of a page and of a letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ropewalk.core.schema.calendar import academic_year
from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.use_cases.school_returns import KINDS, NEEDED, KindSent, sent_by
from ropewalk.site.foundation.numbers import long_date, short_date
from ropewalk.site.see.sharing.facts import facts

# A register is late when its newest week began more than this ago.
LATE = timedelta(days=21)
FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Part:
    """One kind of return of a school. ``missing`` says what is; empty when nothing is. ``needed``: by every school."""

    id: str
    title: str
    sent: str
    missing: str
    needed: bool
    until: str


def parts_of(urn: int, *, today: date) -> list[Part]:
    """Every kind of return of a school, in the order of the pages."""
    return parts(sent_by(facts(), urn), today=today)


def parts(sent: Iterable[KindSent], *, today: date) -> list[Part]:
    """The same for what is known to be sent."""
    known = {one.kind: one for one in sent}
    return [_part(kind, known.get(kind), today) for kind in KINDS.values()]


def _part(kind: str, sent: KindSent | None, today: date) -> Part:
    title, needed = RETURN_FILES[kind].title, kind in NEEDED
    if sent is None:
        missing = f"the {title.lower()}" if needed else f"{title.lower()}, if there were any"
        return Part(kind, title, "", missing, needed, "")
    return Part(kind, title, f"{_when(sent)}; {_pupils(sent)}", _late(sent, today), needed, _until(sent))


def _when(sent: KindSent) -> str:
    if _is_day(sent.last_day):
        return " to ".join(dict.fromkeys((short_date(sent.first_day), short_date(_last(sent)))))
    return ", ".join(sent.years)


def _pupils(sent: KindSent) -> str:
    return f"{sent.pupils:,} pupil{'' if sent.pupils == 1 else 's'}"


def _until(sent: KindSent) -> str:
    return f"until {short_date(_last(sent))}" if _is_day(sent.last_day) else sent.years[-1]


def _late(sent: KindSent, today: date) -> str:
    """What of a kind that was sent is not there yet."""
    year = academic_year(today)
    if sent.kind == "roll" and year not in sent.years:
        return f"the roll of {year}"
    if sent.kind == "register" and today - date.fromisoformat(sent.last_day) > LATE:
        return f"the register after {long_date(_last(sent))}"
    return ""


def _last(sent: KindSent) -> date:
    day = date.fromisoformat(sent.last_day)
    # Weeks are told by their Mondays; they last until Friday.
    return day + FRIDAY if sent.kind == "register" else day


def _is_day(text: str) -> bool:
    return text.count("-") == 2


def missing_words(said: Iterable[Part]) -> str:
    """What every school must send and this one has not, in a line; empty when it has."""
    return ", ".join(part.missing for part in said if part.needed and part.missing)


def letter(name: str, said: Sequence[Part], *, sender: str, unanswered: Sequence[str] = ()) -> str:
    """A text to send to a school: what is missing, and how to send it.

    ``unanswered`` are places whose data-sharing terms the head must accept before anything can be sent.
    """
    needed = [part for part in said if part.needed and part.missing]
    others = [part.title.lower() for part in said if not part.needed and part.missing]
    lines = ["Dear colleague,", ""]
    if needed:
        lines += [f"To see how our children are doing, all schools share their data. Of {name} we still miss:", ""]
        lines += [f"- {part.missing}: {_what_for(part)}" for part in needed]
    else:
        lines += [f"Thank you: the roll and the register of {name} are here."]
    if others:
        lines += ["", f"If there were any, please send these as well: {', '.join(others)}."]
    if unanswered:
        lines += [
            "",
            f"Before files can be sent, the head must answer the data-sharing terms of {' or '.join(unanswered)}: sign",
            "in, and open “Data-sharing terms”. They take two minutes to read.",
        ]
    lines += [
        "",
        "You can export the files from your system, or fill in the templates that we give you.",
        "They name children: please use the secure way agreed with us, never ordinary e-mail.",
        "",
        "With thanks",
        sender,
    ]
    return "\n".join(lines)


def _what_for(part: Part) -> str:
    said = RETURN_FILES[part.id].what_for
    return f"{said[0].lower()}{said[1:]}"
