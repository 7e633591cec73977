"""The tables of one child's history, and of lists of children. Pages and files are written from these same objects."""

from __future__ import annotations

from ropewalk.core.measures import Unit
from ropewalk.core.publish.child_history_words import (
    GAP_WORDS,
    OVERLAP_WORDS,
    reason_words,
    school_words,
    status_words,
    until_words,
)
from ropewalk.core.publish.shown_table import Cell, Column, ShownTable, count_cell, text_cell
from ropewalk.core.publish.wording import long_date, number_words, period_words, rounded
from ropewalk.core.schema.code_sets import code_set
from ropewalk.core.views.child_history import (
    ChildHistory,
    ChildLine,
    ChildrenKind,
    ChildrenListed,
    RollSessions,
    Sessions,
    YearSessions,
)

KIND_WORDS = {
    ChildrenKind.ON_NO_ROLL: "On no roll",
    ChildrenKind.TWO_SOLE_ROLLS: "On two sole rolls at once",
    ChildrenKind.SEVERAL_ROLLS: "On several rolls",
    ChildrenKind.DESTINATION_UNKNOWN: "Left, next school not known",
    ChildrenKind.YEAR_10_TO_11: "Left between Year 10 and Year 11",
    ChildrenKind.JOINERS: "Joined during the year",
    ChildrenKind.LEAVERS: "Left during the year",
    ChildrenKind.PART_TIME_PAST_REVIEW: "Part-time timetable past its review",
    ChildrenKind.SUSPENDED_REPEATEDLY: "Suspended three times or more",
    ChildrenKind.PAST_MOST_DAYS: "Suspended for more than 45 days",
    ChildrenKind.NEAR_MOST_DAYS: "Suspended for 35 to 45 days",
}
# What the day and the number of a line say, by list; what a list has not is left out of its table.
_DAY = {
    ChildrenKind.ON_NO_ROLL: "Last day a roll vouches for",
    ChildrenKind.TWO_SOLE_ROLLS: "First day on both, this year",
    ChildrenKind.DESTINATION_UNKNOWN: "Last day on roll",
    ChildrenKind.YEAR_10_TO_11: "Last day on roll",
    ChildrenKind.JOINERS: "First day on roll",
    ChildrenKind.LEAVERS: "Last day on roll",
    ChildrenKind.PART_TIME_PAST_REVIEW: "Day of review",
}
_NUMBER = {
    ChildrenKind.TWO_SOLE_ROLLS: "Days on both",
    ChildrenKind.SEVERAL_ROLLS: "Rolls",
    ChildrenKind.SUSPENDED_REPEATEDLY: "Suspensions",
    ChildrenKind.PAST_MOST_DAYS: "Days suspended",
    ChildrenKind.NEAR_MOST_DAYS: "Days suspended",
}
_IN_SESSIONS = (ChildrenKind.PAST_MOST_DAYS, ChildrenKind.NEAR_MOST_DAYS)
NUMBER_NOTE = "A child is shown by a number that is of use inside this store only. No name is kept with the figures."


def stays_table(history: ChildHistory) -> ShownTable:
    """One row for each stay at a school, in order of the first day."""
    headings = ("School", "Trust", "Place", "From", "To", "Registered as", "Reason for leaving", "Next school")
    rows = tuple(
        tuple(
            text_cell(words)
            for words in (
                history.schools[stay.school].name,
                history.schools[stay.school].trust or "none known",
                history.schools[stay.school].place or "not known",
                long_date(stay.first),
                until_words(stay, history.day),
                status_words(stay),
                reason_words(stay),
                school_words(history, stay.newest.destination) if stay.newest.leaving else "none",
            )
        )
        for stay in history.stays
    )
    columns = tuple(Column(heading) for heading in headings)
    title = f"Child {history.child}: schools in order of time"
    return ShownTable(title, columns, rows, history.released)


def gaps_table(history: ChildHistory) -> ShownTable:
    """One row for each time on no roll."""
    columns = (Column("From"), Column("To"), Column("Days", True), Column("Of them weekdays", True), Column("In words"))
    rows = tuple(
        (
            text_cell(long_date(gap.first)),
            text_cell(long_date(gap.last)),
            count_cell(gap.days),
            count_cell(gap.weekdays),
            text_cell(GAP_WORDS[gap.kind]),
        )
        for gap in history.gaps
    )
    notes = ("Weekdays are Mondays to Fridays, school holidays among them.",)
    return ShownTable(f"Child {history.child}: times on no roll", columns, rows, history.released, notes)


def overlaps_table(history: ChildHistory) -> ShownTable:
    """One row for each time on two rolls."""
    columns = (Column("From"), Column("To"), Column("Days", True), Column("Schools"), Column("In words"))
    rows = []
    for one in history.overlaps:
        last = min(one.last, max(history.day, one.first))
        schools = " and ".join(school_words(history, urn) for urn in one.schools)
        days = count_cell((last - one.first).days + 1)
        rows.append(
            (
                text_cell(long_date(one.first)),
                text_cell(long_date(last)),
                days,
                text_cell(schools),
                text_cell(OVERLAP_WORDS[one.kind]),
            )
        )
    return ShownTable(f"Child {history.child}: times on two rolls", columns, tuple(rows), history.released)


def sessions_table(history: ChildHistory, year: YearSessions) -> ShownTable:
    """One row for each roll of a year, and one for all rolls of each place."""
    columns = (
        Column("Roll"),
        Column("Possible sessions", True),
        Column("Missed", True),
        Column("Share missed", True),
        Column("Persistently absent"),
        Column("How it is counted"),
    )
    rows = [_roll_row(history, roll) for roll in year.rolls]
    for place, sessions, persistent in year.together:
        how = "Following the child over all rolls of the place"
        rows.append(_session_cells(f"All rolls in {place.name}", sessions, persistent, how))
    period = f"{period_words(year.year)}{' so far' if year.so_far else ''}"
    title = f"Child {history.child}: sessions possible and missed, {period}"
    return ShownTable(title, columns, tuple(rows), history.released, (), period)


def _roll_row(history: ChildHistory, roll: RollSessions) -> tuple[Cell, ...]:
    name = history.schools[roll.school].name
    return _session_cells(name, roll.sessions, roll.persistent, "Official: this enrolment")


def _session_cells(name: str, sessions: Sessions, persistent: bool | None, how: str) -> tuple[Cell, ...]:
    share = sessions.share
    missed = (
        text_cell("none possible")
        if share is None
        else Cell(f"{number_words(share, 1)}%", float(rounded(share, 1)), 1, Unit.PERCENT)
    )
    said = {None: "not counted", True: "yes", False: "no"}[persistent]
    return (
        text_cell(name),
        count_cell(sessions.possible),
        count_cell(sessions.missed),
        missed,
        text_cell(said),
        text_cell(how),
    )


def sessions_sentence(year: YearSessions) -> str:
    """What the two ways of counting say of the child in a year; says so where they differ."""
    counted = [roll for roll in year.rolls if roll.persistent is not None]
    if not counted:
        return "No register counts a possible session."
    persistent = sum(bool(roll.persistent) for roll in counted)
    rolls = f"{len(counted)} enrolment{'' if len(counted) == 1 else 's'}"
    said = f"The official figure counts {rolls}, {persistent or 'none'} of them persistently absent."
    for place, _, whole in year.together:
        if whole is not None:
            is_absent = "is persistently absent" if whole else "is not persistently absent"
            said += f" Over all rolls in {place.name} the child {is_absent}."
            main = max(counted, key=lambda roll: roll.sessions.possible)
            if whole and not main.persistent:
                said += " The school with most of its sessions does not see that on its own roll."
    return said


def children_table(listed: ChildrenListed) -> ShownTable:
    """One row for each child and school of a list."""
    day, number = _DAY.get(listed.kind), _NUMBER.get(listed.kind)
    columns = [Column("Child"), Column("School"), Column("Year group")]
    columns += [Column(day)] if day else []
    columns += [Column(number, numeric=True)] if number else []
    rows = tuple(_child_row(listed, line, day=bool(day), number=bool(number)) for line in listed.lines)
    period = period_words(listed.year)
    title = f"{listed.scope.name}: {KIND_WORDS[listed.kind].lower()}, {period}"
    return ShownTable(title, tuple(columns), rows, listed.released, (NUMBER_NOTE,), period)


def _child_row(listed: ChildrenListed, line: ChildLine, *, day: bool, number: bool) -> tuple[Cell, ...]:
    groups = {one.code: one.words for one in code_set("year_group").codes}
    cells = [
        text_cell(f"Child {line.child}"),
        text_cell(listed.names[line.school]),
        text_cell(groups.get(line.year_group or "", "not given")),
    ]
    cells += [text_cell(long_date(line.day) if line.day else "not given")] if day else []
    cells += [_number_cell(listed.kind, line.number)] if number else []
    return tuple(cells)


def _number_cell(kind: ChildrenKind, number: int | None) -> Cell:
    if kind not in _IN_SESSIONS or number is None:
        return count_cell(number)
    days = number / 2
    return Cell(number_words(days, number % 2), days, number % 2, Unit.COUNT)
