"""Mistakes on the roll."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ropewalk.core.synth.returns.mistakes.book import Book, Row
from ropewalk.core.synth.returns.mistakes.registry import When, in_books, in_rows
from ropewalk.core.synth.returns.upn import temporary


def _slashed(day: str, *, digits: int) -> str:
    year, month, number = day.split("-")
    return f"{number}/{month}/{year[-digits:]}"


@in_rows("roll")
def urn_not_six_digits(row: Row, _chance: Random) -> bool:
    """The LAESTAB in the column of the URN."""
    row["urn"] = f"{row['urn'][:3]}/{row['urn'][2:]}"
    return True


@in_rows("roll")
def school_not_in_register(row: Row, _chance: Random) -> bool:
    """A URN with two digits swapped, which no school has."""
    row["urn"] = f"10{row['urn'][2:]}"
    return True


@in_rows("roll", apart=True)
def upn_not_usable(row: Row, _chance: Random) -> bool:
    """A number a spreadsheet took for a very large one."""
    row["upn"] = f"{row['upn'][1]}.{row['upn'][2:5]}E+11"
    return True


@in_rows("roll", apart=True)
def upn_check_letter(row: Row, _chance: Random) -> bool:
    """A digit mistyped."""
    if not row["upn"]:
        return False
    digit = (int(row["upn"][5]) + 1) % 10
    row["upn"] = f"{row['upn'][:5]}{digit}{row['upn'][6:]}"
    return True


@in_rows("roll", apart=True)
def upn_temporary(row: Row, chance: Random) -> bool:
    """A number given for a time by a school that did not wait for the pupil's own."""
    row["upn"] = temporary("0122001", int(row["start_date"][:4]), int(chance.random() * 2000))
    return not row["former_upn"]


@in_rows("roll")
def former_upn_not_usable(row: Row, _chance: Random) -> bool:
    """A note where a number belongs."""
    row["former_upn"] = "see file"
    return True


@in_rows("roll")
def value_missing(row: Row, _chance: Random) -> bool:
    """No day of entry."""
    row["start_date"] = ""
    return True


@in_rows("roll")
def date_unreadable(row: Row, _chance: Random) -> bool:
    """A day of entry that no calendar has."""
    row["start_date"] = "31/09/" + row["start_date"][:4]
    return True


@in_rows("roll")
def other_date_unreadable(row: Row, _chance: Random) -> bool:
    """A date of birth in words."""
    row["date_of_birth"] = f"summer {row['date_of_birth'][:4]}"
    return True


@in_rows("roll")
def date_two_digit_year(row: Row, _chance: Random) -> bool:
    """A day of entry with a short year."""
    row["start_date"] = _slashed(row["start_date"], digits=2)
    return True


@in_rows("roll")
def date_in_future(row: Row, _chance: Random) -> bool:
    """A day of entry in a year that has not come."""
    row["start_date"] = f"{int(row['start_date'][:4]) + 70}{row['start_date'][4:]}"
    return True


@in_rows("roll")
def ethnicity_unknown(row: Row, _chance: Random) -> bool:
    """The words in place of the code."""
    row["ethnicity"] = "White British"
    return True


@in_rows("roll")
def language_unknown(row: Row, _chance: Random) -> bool:
    """The words in place of the code."""
    row["first_language"] = "English"
    return True


@in_rows("roll")
def postcode_unreadable(row: Row, _chance: Random) -> bool:
    """Half a postcode."""
    row["postcode"] = row["postcode"].split(" ")[0]
    return True


@in_rows("roll")
def other_code_unknown(row: Row, _chance: Random) -> bool:
    """A word in place of Y or N."""
    row["fsm_eligible"] = "maybe"
    return True


@in_rows("roll")
def leaving_before_entry(row: Row, _chance: Random) -> bool:
    """Entry and leaving swapped."""
    row["leaving_date"] = (date.fromisoformat(row["start_date"]) - timedelta(days=30)).isoformat()
    row["leaving_reason"] = row["leaving_reason"] or "UNK"
    return True


@in_rows("roll")
def birth_date_implausible(row: Row, _chance: Random) -> bool:
    """The day of entry copied into the date of birth."""
    row["date_of_birth"] = row["start_date"]
    return True


@in_rows("roll", apart=True)
def year_group_against_age(row: Row, _chance: Random) -> bool:
    """The year group of another child."""
    if not row["year_group"].isdigit():
        return False
    row["year_group"] = str(int(row["year_group"]) + (4 if int(row["year_group"]) < 6 else -4))
    return True


@in_rows("roll")
def leaver_without_reason(row: Row, _chance: Random) -> bool:
    """A leaver, and nothing said of why."""
    fit = row["leaving_reason"] == "END"
    row["leaving_reason"] = ""
    return fit


@in_rows("roll")
def leaver_without_destination(row: Row, _chance: Random) -> bool:
    """A leaver to another school, and nothing said of which."""
    fit = row["leaving_reason"] in ("MOV", "OTH", "MAN") and row["enrolment_status"] == "C"
    row["destination_urn"] = ""
    return fit


@in_rows("roll")
def disadvantage_contradicts(row: Row, _chance: Random) -> bool:
    """Eligible for meals and not disadvantaged."""
    fit = row["fsm_eligible"] == "Y" and row["year_group"] not in ("N1", "N2", "12", "13", "14")
    row["disadvantaged"] = "N"
    return fit


@in_rows("roll")
def need_without_provision(row: Row, _chance: Random) -> bool:
    """A need, and no provision."""
    fit = row["sen_provision"] in ("K", "E") and row["sen_type_1"] != ""
    row["sen_provision"] = "N"
    return fit


@in_rows("roll")
def provision_without_need(row: Row, _chance: Random) -> bool:
    """Provision, and no need."""
    fit = row["sen_provision"] in ("K", "E") and row["sen_type_1"] != ""
    row["sen_type_1"] = row["sen_type_2"] = ""
    return fit


@in_rows("roll")
def main_without_subsidiary(row: Row, _chance: Random) -> bool:
    """Main school of a pupil who has no other."""
    fit = row["enrolment_status"] == "C" and not row["leaving_date"]
    row["enrolment_status"] = "M"
    return fit


@in_rows("roll")
def subsidiary_without_main(row: Row, _chance: Random) -> bool:
    """The other school of a pupil who has only this one."""
    fit = row["enrolment_status"] == "C" and not row["leaving_date"]
    row["enrolment_status"] = "S"
    return fit


@in_books("roll", When.ADDING)
def two_sole_rolls_same_day(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A pupil also on the roll of another school, at both as the only one."""
    urns = sorted({urn for urn, _ in book.pupils})
    found = []
    for _ in range(count if len(urns) > 1 else 0):
        index = book.pick("roll", chance, lambda row: row["enrolment_status"] == "C" and not row["leaving_date"])
        if index is not None:
            row = book.row("roll", index)
            row["urn"] = chance.choice([urn for urn in urns if urn != row["urn"]])
            found.append(("roll", book.add("roll", row)))
    return found


@in_books("roll", When.TAKING_AWAY)
def pupil_without_register(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A pupil on the roll of whom no register was sent."""
    found: list[tuple[str, int]] = []
    gone: set[str] = set()
    for _ in range(count):
        index = book.pick("roll", chance, lambda row: _is_taught_all_year(row) and row["upn"][-1:].isdigit())
        if index is not None:
            row = book.row("roll", index)
            gone.add(f"{row['urn']},{row['upn']}")
            found.append(("roll", book.put("roll", index, row)))
    book.drop("register", lambda line: line.rsplit(",", 2)[0] in gone)
    return found


def _is_taught_all_year(row: Row) -> bool:
    return row["enrolment_status"] == "C" and not row["leaving_date"] and row["year_group"] not in ("N1", "N2")


@in_books("roll", When.TAKING_AWAY, often=False)
def register_missing_for_class(book: Book, chance: Random, _count: int) -> list[tuple[str, int]]:
    """A class whose register was left out for three weeks."""
    classes: dict[tuple[str, str], set[str]] = {}
    for (urn, upn), row in book.pupils.items():
        if row["enrolment_status"] in "CM" and row["year_group"] not in ("N1", "N2", "11", "12", "13"):
            classes.setdefault((urn, row["year_group"]), set()).add(upn)
    large = sorted(key for key, pupils in classes.items() if len(pupils) >= _CLASS and _others(classes, key))
    large = [key for key in large if key[0] == book.apart] or large
    if not large or len(book.weeks) < 5:
        return []
    urn, group = chance.choice(large)
    weeks = {week.isoformat() for week in book.weeks[2:5]}
    pupils = {upn for (school, upn), row in book.pupils.items() if school == urn and row["year_group"] == group}
    book.drop("register", lambda line: line.startswith(urn) and _is_of(line, pupils, weeks))
    index = next(i for i, line in enumerate(book.lines["roll"]) if _in_group(book.row("roll", i), urn, group))
    return [("roll", book.put_text("roll", index, book.lines["roll"][index]))]


_CLASS = 12


def _others(classes: dict[tuple[str, str], set[str]], key: tuple[str, str]) -> bool:
    """Whether the school has enough other classes for a gap to be seen."""
    return sum(len(pupils) for other, pupils in classes.items() if other[0] == key[0] and other != key) > _CLASS


def _is_of(line: str, pupils: set[str], weeks: set[str]) -> bool:
    _, upn, week, _ = line.split(",", 3)
    return upn in pupils and week in weeks


def _in_group(row: Row, urn: str, group: str) -> bool:
    return row["urn"] == urn and row["year_group"] == group


@in_books("roll")
def excluded_still_on_roll(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A permanent exclusion of last autumn of a pupil whose day of leaving was never filled in."""
    if (book.weeks[-1] - book.weeks[1]).days < _LONG:
        return []
    found = []
    for _ in range(count):
        index = book.pick("roll", chance, _is_taught_all_year)
        if index is not None:
            row = book.row("roll", index)
            day = max(book.weeks[1].isoformat(), row["start_date"])
            exclusion = {"urn": row["urn"], "upn": row["upn"], "category": "PERM", "start_date": day, "reason_1": "PP"}
            book.add("suspensions", exclusion)
            found.append(("roll", book.put("roll", index, row)))
    return found


@in_books("roll")
def home_education_still_on_roll(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A move to home education of a pupil who is still on the roll."""
    if (book.weeks[-1] - book.weeks[1]).days < _LONG:
        return []
    found = []
    for _ in range(count):
        index = book.pick("roll", chance, _is_taught_all_year)
        if index is not None:
            row = book.row("roll", index)
            day = max(book.weeks[1].isoformat(), row["start_date"])
            move = {"upn": row["upn"], "kind": "moved_to_home_education", "from_urn": row["urn"], "start_date": day}
            book.add("moves", move)
            found.append(("roll", book.put("roll", index, row)))
    return found


_LONG = 120
