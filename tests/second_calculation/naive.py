"""A second, deliberately naive calculation of the measures from returns: the csv module, dictionaries and loops.

It shares no code with the package: the attendance codes are typed from the Department's list, Easter from a calendar.
It is slow, and each step can be checked by reading. It takes returns as sent, without the checks: of rows with the same
key the first counts, and of folders the one whose name comes last.

``calculate`` gives ``{(level, key, measure, phase, group, period): (numerator, denominator)}`` where level is school,
trust or place. What is not there is nought of nought. The denominator of a count of moves or pupils is None.
Attainment 8 has the sum of the scores in ten-thousandths as its numerator. Gaps are differences of what is here, and
are not given.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

Key = tuple[str, str, str, str, str, str]
Counts = dict[Key, tuple[int, int | None]]
Row = dict[str, str]

# --- The school calendar ------------------------------------------------------------------------------------------

# Month and day of Easter Sunday from 2010 on.
EASTER = dict(
    enumerate(
        [
            *((4, 4), (4, 24), (4, 8), (3, 31), (4, 20), (4, 5), (3, 27), (4, 16), (4, 1), (4, 21)),
            *((4, 12), (4, 4), (4, 17), (4, 9), (3, 31), (4, 20), (4, 5), (3, 28), (4, 16), (4, 1)),
            *((4, 21), (4, 13), (3, 28), (4, 17), (4, 9), (3, 25)),
        ],
        start=2010,
    )
)
ONE_DAY = timedelta(days=1)


def year_of(day: date) -> str:
    """Academic years begin on 1 August."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}/{str(first + 1)[2:]}"


@cache
def days_of(year: str) -> list[date]:
    """All days of an academic year."""
    day, days = date(int(year[:4]), 8, 1), []
    while year_of(day) == year:
        days.append(day)
        day += ONE_DAY
    return days


def term_of(day: date) -> str:
    """Autumn until the end of December, spring until Easter Sunday, then summer."""
    if day.month >= 8:
        return f"{year_of(day)} autumn"
    return f"{year_of(day)} {'spring' if (day.month, day.day) <= EASTER[day.year] else 'summer'}"


@cache
def half_term_of(day: date) -> str:
    """Second halves begin: first Monday from 26 October, first Monday from 15 February, last Monday of May."""
    term = term_of(day)
    if term.endswith("autumn"):
        mondays = [
            d for d in days_of(year_of(day)) if d.weekday() == 0 and (d.month, d.day) >= (10, 26) and d.month > 9
        ]
    elif term.endswith("spring"):
        mondays = [d for d in days_of(year_of(day)) if d.weekday() == 0 and (2, 15) <= (d.month, d.day) < (8, 1)]
    else:
        mondays = [d for d in days_of(year_of(day)) if d.weekday() == 0 and d.month == 5][-1:]
    return f"{term} {2 if day >= mondays[0] else 1}"


def thursday(year: str, month: int, nth: int) -> date:
    """The nth Thursday of a month of an academic year."""
    return [day for day in days_of(year) if day.month == month and day.weekday() == 3][nth - 1]


def week_name(monday: date) -> str:
    """ISO week, as 2025-W37."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


# --- The attendance codes -----------------------------------------------------------------------------------------

PRESENT = {"/", "\\", "L"}
APPROVED = {"K", "V", "P", "W", "B"}
AUTHORISED = {"C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E"}
UNAUTHORISED = {"G", "N", "O", "U"}
# Withdrawn in August 2024; those still sent later count as they did.
APPROVED_ONCE, AUTHORISED_ONCE = {"J"}, {"H"}
NOT_POSSIBLE = {"D", "X", "Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#", "-"}


def count_week(codes: Iterable[str]) -> dict[str, int]:
    """How many of a week's sessions are possible, and how many of each kind."""
    counts = dict.fromkeys(("possible", "authorised", "unauthorised", "late", "part_time", "suspended", "illness"), 0)
    for code in codes:
        if code in NOT_POSSIBLE:
            continue
        counts["possible"] += 1
        if code in AUTHORISED | AUTHORISED_ONCE:
            counts["authorised"] += 1
        elif code in UNAUTHORISED:
            counts["unauthorised"] += 1
        elif code not in PRESENT | APPROVED | APPROVED_ONCE:
            raise ValueError("a code that is on no list")
        counts["late"] += code in {"L", "U"}
        counts["part_time"] += code == "C2"
        counts["suspended"] += code == "E"
        counts["illness"] += code == "I"
    return counts


# --- Reading the files --------------------------------------------------------------------------------------------


def day(text: str) -> date | None:
    """A date as returns write it."""
    if not text:
        return None
    if "/" in text:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day without a time
    return date.fromisoformat(text)


def results_year(text: str) -> str:
    """2024/25, 202425 and 2025 are the same academic year."""
    if re.fullmatch(r"\d{4}", text):
        return f"{int(text) - 1}/{text[2:]}"
    return text if "/" in text else f"{text[:4]}/{text[4:]}"


def is_pupil_number(text: str) -> bool:
    """A letter, eleven digits and a digit, or a letter where the number is temporary; whether the first fits or not."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    return re.fullmatch(f"[{letters}][0-9]{{11}}[0-9{letters}]", text) is not None


def read(folder: Path, name: str) -> list[Row]:
    """Rows of a file with trimmed cells and without those that are wholly empty; none when there is no file."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    rows = [
        {k.strip().lower(): (v or "").strip() for k, v in row.items() if k}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
    return [row for row in rows if any(row.values())]


class Returns:
    """Everything that was sent, each child known by one number."""

    def __init__(self, folder: Path) -> None:
        """Read the folder and those in it, in the order of their names."""
        self.now_called: dict[str, str] = {}
        # (school, child, year) to rows of the roll; (school, child, Monday) to ten codes; events to their rows.
        self.roll: dict[tuple[str, str, str], list[Row]] = {}
        self.weeks: dict[tuple[str, str, date], list[str]] = {}
        self.suspensions: dict[tuple[Any, ...], Row] = {}
        self.moves: dict[tuple[Any, ...], Row] = {}
        self.results: dict[tuple[Any, ...], Row] = {}
        folders = [folder, *sorted(path for path in folder.rglob("*") if path.is_dir())]
        for one in folders:
            self._learn_numbers(read(one, "roll"))
        for one in folders:
            self._read_folder(one)
        self._stand_in()

    def child(self, row: Row) -> str:
        """The number a child goes by now; one that is no unique pupil number says who it is within its school only."""
        number = row["upn"].upper()
        if not is_pupil_number(number):
            return f"{row.get('urn') or row['from_urn']} {number}"
        seen = {number}
        while self.now_called.get(number, number) not in seen:
            number = self.now_called[number]
            seen.add(number)
        return number

    def _learn_numbers(self, rows: list[Row]) -> None:
        for row in rows:
            now, once = row["upn"].upper(), row.get("former_upn", "").upper()
            if is_pupil_number(now) and is_pupil_number(once):
                self.now_called[once] = now

    def _read_folder(self, folder: Path) -> None:
        weeks = self._read_register(folder)
        self.weeks.update(weeks)
        self._read_roll(folder, {(school, year_of(monday)) for school, _, monday in weeks})
        keys = {
            "suspensions": ("category", "start_date"),
            "moves": ("kind", "start_date"),
            "results": ("year", "assessment"),
        }
        for name, columns in keys.items():
            new: dict[tuple[Any, ...], Row] = {}
            for row in read(folder, name):
                school = row["from_urn" if name == "moves" else "urn"]
                known = tuple(
                    day(row[c]) if c == "start_date" else results_year(row[c]) if c == "year" else row[c].upper()
                    for c in columns
                )
                new.setdefault((school, self.child(row), *known), row)
            getattr(self, name).update(new)

    def _read_register(self, folder: Path) -> dict[tuple[str, str, date], list[str]]:
        weeks: dict[tuple[str, str, date], list[str]] = {}
        for row in read(folder, "register"):
            monday = day(row["week_beginning"])
            if monday is not None:
                weeks.setdefault((row["urn"], self.child(row), monday), row["marks"].upper().split())
        seen = set()
        for row in read(folder, "marks"):
            on = day(row["date"])
            if on is None or (row["urn"], self.child(row), on, row["session"].upper()) in seen:
                continue
            seen.add((row["urn"], self.child(row), on, row["session"].upper()))
            codes = weeks.setdefault((row["urn"], self.child(row), on - on.weekday() * ONE_DAY), ["-"] * 10)
            codes[2 * on.weekday() + (row["session"].upper() == "PM")] = row["code"].upper()
        return weeks

    def _read_roll(self, folder: Path, register_years: set[tuple[str, str]]) -> None:
        """Each row describes the years of the register it overlaps; without a register, the latest year it names."""
        rows = read(folder, "roll")
        latest: dict[str, date] = {}
        for row in rows:
            for on in (day(row["start_date"]), day(row.get("leaving_date", ""))):
                if on is not None:
                    latest[row["urn"]] = max(on, latest.get(row["urn"], on))
        new: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for number, row in enumerate(rows):
            child = self.child(row) if row["upn"] else f"{folder} {number}"
            years = [year for school, year in register_years if school == row["urn"]]
            described = [year for year in years if overlaps(row, year)] if years else [year_of(latest[row["urn"]])]
            for year in described:
                starts = [other["start_date"] for other in new[row["urn"], child, year]]
                if row["start_date"] not in starts:
                    new[row["urn"], child, year].append(row)
        self.roll.update(new)

    def _stand_in(self) -> None:
        """Where a school has weeks, suspensions or moves in a year but no roll, the nearest year's roll stands in."""
        known: dict[str, set[str]] = defaultdict(set)
        for school, _, year in self.roll:
            known[school].add(year)
        wanted = {(school, year_of(monday)) for school, _, monday in self.weeks}
        wanted |= {(school, year_of(start)) for school, _, _, start in (*self.suspensions, *self.moves)}
        for school, year in wanted:
            if year in known[school] or not known[school]:
                continue
            # Of two years equally near, the later one.
            nearest = min(known[school], key=lambda other: (abs(int(other[:4]) - int(year[:4])), -int(other[:4])))
            for (of, child, described), rows in list(self.roll.items()):
                standing = [row for row in rows if overlaps(row, year)]
                if of == school and described == nearest and standing:
                    self.roll[school, child, year] = standing

    def attributes(self, school: str, child: str, year: str) -> Row | None:
        """The row that says which groups an enrolment is in: the one that started last."""
        rows = self.roll.get((school, child, year))
        return max(rows, key=lambda row: day(row["start_date"]) or date.min) if rows else None


def overlaps(row: Row, year: str) -> bool:
    """Whether a row of the roll has a day in an academic year."""
    start, leaving = day(row["start_date"]), day(row.get("leaving_date", ""))
    days = days_of(year)
    return start is not None and start <= days[-1] and (leaving is None or leaving >= days[0])


def on_roll(row: Row, on: date) -> bool:
    """Whether a pupil is on roll on a day."""
    start, leaving = day(row["start_date"]), day(row.get("leaving_date", ""))
    return start is not None and start <= on and (leaving is None or leaving >= on)


def counts_in_headcount(row: Row) -> bool:
    """Registered here only, or mainly here; a blank status counts as registered here only."""
    return row.get("enrolment_status", "").upper() in {"", "C", "M"}


def groups_of(row: Row | None) -> list[str]:
    """All groups a pupil is in; a blank says nothing."""
    groups = ["all"]
    if row is None:
        return groups
    value = {name: text.upper() for name, text in row.items()}
    pairs = {"disadvantaged": ("disadvantaged", "not_disadvantaged"), "fsm_eligible": ("fsm", "not_fsm")}
    for column, (yes, no) in pairs.items():
        groups += {"Y": [yes], "N": [no]}.get(value.get(column, ""), [])
    groups += {"K": ["sen_support"], "E": ["ehcp"], "N": ["no_sen"]}.get(value.get("sen_provision", ""), [])
    groups += ["looked_after"] if value.get("looked_after") == "Y" else []
    groups += ["children_in_need"] if value.get("child_in_need") == "Y" else []
    groups += {"F": ["girls"], "M": ["boys"]}.get(value.get("sex", ""), [])
    year_group = value.get("year_group", "")
    if year_group in {"N1", "N2"}:
        groups.append("nursery")
    elif year_group:
        groups.append("reception" if year_group == "R" else f"year_{year_group}")
    groups += [value["ethnicity"]] if value.get("ethnicity") else []
    language = value.get("first_language", "")
    if language in {"ENG", "ENB"}:
        groups.append("not_eal")
    elif language not in {"", "REF", "NOT", "ZZZ"}:
        groups.append("eal")
    return groups


# --- Counting -----------------------------------------------------------------------------------------------------


class Tally:
    """Numerators and denominators of each school, added up for its trust, its place and the phases of both."""

    def __init__(self, schools: Mapping[str, Mapping[str, str]]) -> None:
        """``schools`` has, for each URN, place, phase and trust; any may be missing."""
        self.schools = schools
        self.counts: dict[Key, list[int | None]] = {}

    def add(self, school: str, measure: str, groups: Iterable[str], period: str, n: int, d: int | None) -> None:
        """Count at a school and at all that it is part of."""
        told = self.schools.get(school, {})
        where = [("school", school, "all")]
        for level in ("trust", "place"):
            if told.get(level):
                where += [(level, told[level], "all"), (level, told[level], told["phase"])]
        for level, key, phase in where:
            self.add_at(level, key, phase, measure, groups, period, n, d)

    def add_at(
        self, level: str, key: str, phase: str, measure: str, groups: Iterable[str], period: str, n: int, d: int | None
    ) -> None:
        """Count at one level."""
        for group in groups:
            counts = self.counts.setdefault((level, key, measure, phase, group, period), [0, None if d is None else 0])
            counts[0] = (counts[0] or 0) + n
            if d is not None:
                counts[1] = (counts[1] or 0) + d

    def done(self) -> Counts:
        """What was counted, without noughts of noughts."""
        return {key: (n or 0, d) for key, (n, d) in self.counts.items() if n or d}


SESSION_MEASURES = {
    "absence_overall": ("authorised", "unauthorised"),
    "absence_authorised": ("authorised",),
    "absence_unauthorised": ("unauthorised",),
    "lateness": ("late",),
    "part_time_sessions": ("part_time",),
    "suspended_sessions": ("suspended",),
    "illness": ("illness",),
}
ABSENTEES = {"persistent_absence": 10, "severe_absence": 2}


def calculate(
    folder: Path,
    schools: Mapping[str, Mapping[str, str]],
    today: date | None = None,
    to_date: Iterable[date] | None = None,
) -> Counts:
    """All counts of the returns in a folder.

    ``schools`` is ``{urn: {"place": ..., "phase": ..., "trust": ...}}``. Rates over a census day after ``today`` are
    left out; without it all days are taken to have come. ``to_date`` are the Mondays with whose weeks a year to date
    ends; without it those of all weeks with registers.
    """
    returns, tally = Returns(folder), Tally(schools)
    ends = sorted({monday for _, _, monday in returns.weeks} if to_date is None else set(to_date))
    count_sessions(returns, tally, ends)
    count_headcount(returns, tally, today)
    count_suspensions(returns, tally, today)
    count_movement(returns, tally, today)
    count_moves(returns, tally, ends)
    count_results(returns, tally)
    return tally.done()


def periods_of_day(on: date, ends: Iterable[date]) -> list[str]:
    """Year, term and half term of a day, and the years to date whose last week is not before it."""
    year = year_of(on)
    to_date = [f"{year} to {week_name(end)}" for end in ends if end + 6 * ONE_DAY >= on and year_of(end) == year]
    return [year, term_of(on), half_term_of(on), *to_date]


def count_sessions(returns: Returns, tally: Tally, ends: Iterable[date]) -> None:
    """Shares of sessions, and enrolments and children that missed a tenth or a half of theirs."""
    mondays = {monday for _, _, monday in returns.weeks}
    # A week goes where its Monday is. The week itself comes first.
    periods = {monday: [week_name(monday), *periods_of_day(monday, ends)] for monday in mondays}
    # (school, group, Monday) to what its pupils' sessions were; (school, child, year, period) to possible and missed.
    of_group: dict[tuple[str, str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    own: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (school, child, monday), codes in returns.weeks.items():
        counts, year = count_week(codes), year_of(monday)
        for group in groups_of(returns.attributes(school, child, year)):
            for kind, sessions in counts.items():
                of_group[school, group, monday][kind] += sessions
        # Persistent absence is not defined for a week.
        for period in periods[monday][1:]:
            own[school, child, year, period][0] += counts["possible"]
            own[school, child, year, period][1] += counts["authorised"] + counts["unauthorised"]
    for (school, group, monday), counts in of_group.items():
        for measure, kinds in SESSION_MEASURES.items():
            for period in periods[monday]:
                tally.add(school, measure, [group], period, sum(counts[kind] for kind in kinds), counts["possible"])
    count_absent_enrolments(returns, tally, own)
    count_absent_children(returns, tally, own)


def count_absent_enrolments(returns: Returns, tally: Tally, own: Mapping[tuple[str, str, str, str], list[int]]) -> None:
    """Enrolments that missed a tenth, or a half, of their sessions, over those that had any."""
    for (school, child, year, period), (possible, missed) in own.items():
        if possible:
            groups = groups_of(returns.attributes(school, child, year))
            for measure, times in ABSENTEES.items():
                tally.add(school, measure, groups, period, int(missed * times >= possible), 1)


def count_absent_children(returns: Returns, tally: Tally, own: Mapping[tuple[str, str, str, str], list[int]]) -> None:
    """The same for each child of a place over all its rolls there; groups are those of the roll with most sessions."""
    rolls: dict[tuple[str, str, str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for (school, child, year, period), (possible, missed) in own.items():
        place = tally.schools.get(school, {}).get("place")
        if place and possible:
            rolls[place, child, year, period].append((school, possible, missed))
    for (place, child, year, period), found in rolls.items():
        main = main_school(returns, child, year, {school: possible for school, possible, _ in found})
        groups = groups_of(returns.attributes(main, child, year))
        possible, missed = sum(one[1] for one in found), sum(one[2] for one in found)
        for measure, times in ABSENTEES.items():
            absent = int(missed * times >= possible)
            tally.add_at("place", place, "all", f"{measure}_of_children", groups, period, absent, 1)


def main_school(returns: Returns, child: str, year: str, possible: Mapping[str, int]) -> str:
    """Of a child's schools the one with most sessions; then the one it started at last; then the lowest URN."""

    def rank(school: str) -> tuple[int, date, int]:
        row = returns.attributes(school, child, year)
        return possible[school], (day(row["start_date"]) if row else None) or date.min, -int(school)

    return max(possible, key=rank)


def enrolments_on(returns: Returns, on: date) -> Iterator[tuple[str, str, Row]]:
    """School, child and attributes of each enrolment that counts in a headcount on a day."""
    for (school, child, year), rows in returns.roll.items():
        if year == year_of(on) and any(on_roll(row, on) and counts_in_headcount(row) for row in rows):
            attributes = returns.attributes(school, child, year)
            if attributes is not None:
                yield school, child, attributes


def census_years(returns: Returns, today: date | None, month: int = 1) -> list[tuple[str, date]]:
    """Years of the rolls and their census day, third Thursday of a month, as far as it has come."""
    days = [(year, thursday(year, month, 3)) for year in sorted({year for _, _, year in returns.roll})]
    return [(year, census) for year, census in days if today is None or census <= today]


def count_headcount(returns: Returns, tally: Tally, today: date | None) -> None:
    """Pupils on roll on January census day, and shares of them."""
    shares = {"free_school_meals": "fsm", "ehcp_share": "ehcp", "sen_support_share": "sen_support"}
    for year, census in census_years(returns, today):
        for school, _, row in enrolments_on(returns, census):
            groups = groups_of(row)
            tally.add(school, "pupils_on_roll", groups, year, 1, None)
            for measure, group in shares.items():
                tally.add(school, measure, groups, year, int(group in groups), 1)


def year_and_terms(year: str) -> list[str]:
    """The periods whose rates stand over a year's headcount."""
    return [year, *(f"{year} {term}" for term in ("autumn", "spring", "summer"))]


def add_headcount(returns: Returns, tally: Tally, measures: Iterable[str], census: date) -> None:
    """The headcount of a census day under all rates of its year and terms."""
    for school, _, row in enrolments_on(returns, census):
        for period in year_and_terms(year_of(census)):
            for measure in measures:
                tally.add(school, measure, groups_of(row), period, 0, 1)


def count_suspensions(returns: Returns, tally: Tally, today: date | None) -> None:
    """Suspensions and exclusions over the headcount, by enrolment; and by child over the children of a place."""
    rates = ("suspension_rate", "permanent_exclusion_rate", "suspended_pupils_rate", "days_lost_to_suspension")
    years = dict(census_years(returns, today))
    for census in years.values():
        add_headcount(returns, tally, rates, census)
    suspended: set[tuple[str, str, str, str]] = set()
    for (school, child, category, start), row in returns.suspensions.items():
        year = year_of(start)
        if row.get("cancelled", "").upper() == "Y" or year not in years:
            continue
        groups = groups_of(returns.attributes(school, child, year))
        for period in (year, term_of(start)):
            if category == "PERM":
                tally.add(school, "permanent_exclusion_rate", groups, period, 1, 0)
            elif category == "SUSP":
                tally.add(school, "suspension_rate", groups, period, 1, 0)
                tally.add(school, "days_lost_to_suspension", groups, period, int(row.get("sessions") or 0), 0)
                suspended.add((school, child, year, period))
    for school, child, year, period in suspended:
        tally.add(school, "suspended_pupils_rate", groups_of(returns.attributes(school, child, year)), period, 1, 0)
    count_suspended_children(returns, tally, suspended, list(years.values()))


def count_suspended_children(
    returns: Returns, tally: Tally, suspended: set[tuple[str, str, str, str]], census_days: list[date]
) -> None:
    """Children of a place suspended at least once, over its children on roll on census day."""
    place_of = {school: told["place"] for school, told in tally.schools.items() if told.get("place")}
    groups = groups_of_children(returns, place_of)
    measure = "suspended_children_rate"
    counted = {(place_of[school], *of) for school, *of in suspended if school in place_of}
    for place, child, year, period in counted:
        tally.add_at("place", place, "all", measure, groups.get((place, child, year), ["all"]), period, 1, 0)
    for census in census_days:
        year = year_of(census)
        enrolled = enrolments_on(returns, census)
        for place, child in {(place_of[school], child) for school, child, _ in enrolled if school in place_of}:
            for period in year_and_terms(year):
                tally.add_at("place", place, "all", measure, groups[place, child, year], period, 0, 1)


def groups_of_children(returns: Returns, place_of: Mapping[str, str]) -> dict[tuple[str, str, str], list[str]]:
    """The groups of each child of a place in a year: those of the roll with most possible sessions."""
    possible: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for school, child, year in returns.roll:
        if school in place_of:
            possible[place_of[school], child, year][school] += 0
    for (school, child, monday), codes in returns.weeks.items():
        # A school without the child on its roll cannot say which groups it is in.
        if school in place_of and (school, child, year_of(monday)) in returns.roll:
            possible[place_of[school], child, year_of(monday)][school] += count_week(codes)["possible"]
    return {
        (place, child, year): groups_of(returns.attributes(main_school(returns, child, year, schools), child, year))
        for (place, child, year), schools in possible.items()
    }


def count_movement(returns: Returns, tally: Tally, today: date | None) -> None:
    """Joiners after September and leavers before July over the headcount; and who stayed from October to May."""
    for year, census in census_years(returns, today):
        add_headcount(returns, tally, ("joiners", "leavers"), census)
        moved = {found for key, rows in returns.roll.items() for row in rows for found in movements(key, row, year)}
        for measure, school, child, period in moved:
            tally.add(school, measure, groups_of(returns.attributes(school, child, year)), period, 1, 0)
    for year, may in census_years(returns, today, month=5):
        days = (thursday(year, 10, 1), thursday(year, 1, 3), may)
        there = [{(school, child) for school, child, _ in enrolments_on(returns, on)} for on in days]
        for school, child in set.union(*there):
            stayed = all((school, child) in on for on in there)
            tally.add(school, "stability", groups_of(returns.attributes(school, child, year)), year, int(stayed), 1)


def movements(key: tuple[str, str, str], row: Row, year: str) -> Iterator[tuple[str, str, str, str]]:
    """Joining and leaving that a row of a year's roll tells of, for the year and the term it was in."""
    school, child, described = key
    # Guests, and second registrations of dually registered pupils, are not counted.
    if described != year or row.get("enrolment_status", "").upper() in {"G", "S"}:
        return
    first = int(year[:4])
    spans = (
        ("joiners", day(row["start_date"]), date(first, 10, 1), date(first + 1, 7, 31)),
        ("leavers", day(row.get("leaving_date", "")), date(first, 9, 1), date(first + 1, 6, 30)),
    )
    for measure, on, begin, end in spans:
        if on is not None and begin <= on <= end:
            yield from ((measure, school, child, period) for period in (year, term_of(on)))


MOVES_OUT = {
    "MANAGED_MOVE": "managed_moves_out",
    "OFF_SITE_DIRECTION": "off_site_directions",
    "MOVED_TO_HOME_EDUCATION": "moved_to_home_education",
    "MISSING_EDUCATION": "missing_education",
}


def count_moves(returns: Returns, tally: Tally, ends: Iterable[date]) -> None:
    """Moves that begin in a period, which is no week; part-time timetables in force on any day of it."""
    for (school, child, kind, start), row in returns.moves.items():
        year = year_of(start)
        for period in periods_of_day(start, ends):
            if kind in MOVES_OUT:
                tally.add(school, MOVES_OUT[kind], groups_of(returns.attributes(school, child, year)), period, 1, None)
            if kind == "MANAGED_MOVE" and row.get("to_urn"):
                groups = groups_of(returns.attributes(row["to_urn"], child, year))
                tally.add(row["to_urn"], "managed_moves_in", groups, period, 1, None)
        if kind == "PART_TIME_TIMETABLE":
            last = day(row.get("end_date", "")) or date.max
            count_part_time(returns, tally, (school, child), (start, last), ends)


def count_part_time(
    returns: Returns, tally: Tally, who: tuple[str, str], when: tuple[date, date], ends: Iterable[date]
) -> None:
    """An arrangement counts in every period that has a day of it, in the years the returns are about."""
    (school, child), (start, end) = who, when
    for year in {year for _, _, year in returns.roll} | {year_of(monday) for _, _, monday in returns.weeks}:
        days = [on for on in days_of(year) if start <= on <= end]
        groups = groups_of(returns.attributes(school, child, year))
        for period in {name for on in days for name in periods_of_day(on, ends)}:
            tally.add(school, "part_time_timetables", groups, period, 1, None)


def count_results(returns: Returns, tally: Tally) -> None:
    """Pupils who reach what is needed, over pupils with all the results; and the sum of Attainment 8."""
    needed = {
        "gld": {"GLD": 1},
        "phonics": {"PHONICS": 32},
        "ks2_rwm_expected": {"KS2_READING": 100, "KS2_WRITING": 1, "KS2_MATHS": 100},
        "basics_4": {"KS4_ENGLISH": 4, "KS4_MATHS": 4},
        "basics_5": {"KS4_ENGLISH": 5, "KS4_MATHS": 5},
    }
    values: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    for (school, child, year, assessment), row in returns.results.items():
        values[school, child, year][assessment] = Decimal(row["value"])
    for (school, child, year), found in values.items():
        groups = groups_of(returns.attributes(school, child, year))
        for measure, at_least in needed.items():
            if at_least.keys() <= found.keys():
                reached = all(found[assessment] >= needs for assessment, needs in at_least.items())
                tally.add(school, measure, groups, year, int(reached), 1)
        if "KS4_A8" in found:
            tally.add(school, "attainment8", groups, year, int(found["KS4_A8"] * 10_000), 1)
