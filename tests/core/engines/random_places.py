"""Small places as Hypothesis writes them: children on several rolls, gaps, blanks, edges of census day and terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ropewalk.core.engines.plan import Level, Plan, over_returns, span, usual_spans

SCHOOLS = (
    {"school": 100001, "name": "Oak", "place": "E06000026", "phase": "secondary", "trust": "Rope Trust"},
    {"school": 100002, "name": "Elm", "place": "E06000026", "phase": "primary", "trust": "Rope Trust"},
    {"school": 100003, "name": "Ash", "place": "E06000026", "phase": "special", "trust": None},
    {"school": 100004, "name": "Fir", "place": "E06000027", "phase": "secondary", "trust": "Rope Trust"},
    {"school": 100005, "name": "Yew", "place": None, "phase": None, "trust": None},
)
URNS = tuple(school["school"] for school in SCHOOLS)
YEARS = ("2023/24", "2024/25")
# Around the start, half terms, Christmas, census days, Easter, the end of the year.
WEEKS = tuple(
    date.fromisoformat(day)
    for day in (
        "2023-09-04", "2024-01-15", "2024-04-01", "2024-07-29", "2024-08-05", "2024-09-02", "2024-10-21", "2024-10-28",
        "2024-12-30", "2025-01-13", "2025-02-17", "2025-04-14", "2025-04-21", "2025-05-26", "2025-07-14",
    )
)  # fmt: skip
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2023-09-04", "2023-10-05", "2024-01-18", "2024-05-16", "2024-07-31", "2024-08-01", "2024-09-01", "2024-09-30",
        "2024-10-01", "2024-10-03", "2024-10-04", "2025-01-15", "2025-01-16", "2025-01-17", "2025-04-20", "2025-04-21",
        "2025-05-15", "2025-06-30", "2025-07-01", "2025-07-31",
    )
)  # fmt: skip
ASSESSMENTS = {
    "GLD": [0.0, 1.0], "PHONICS": [31.0, 32.0], "KS2_READING": [99.0, 100.0], "KS2_WRITING": [0.0, 1.0],
    "KS2_MATHS": [100.0, 120.0], "KS4_A8": [0.0, 46.5, 51.25], "KS4_ENGLISH": [3.0, 4.0, 5.0], "KS4_MATHS": [4.0, 9.0],
}  # fmt: skip
KINDS = ("managed_move", "off_site_direction", "part_time_timetable", "moved_to_home_education", "missing_education")

schools = st.sampled_from(URNS)
days = st.sampled_from(DAYS)
maybe = st.sampled_from([True, False, None])


def year_of(day: date) -> str:
    start = day.year if day.month >= 8 else day.year - 1
    return f"{start}/{(start + 1) % 100:02d}"


@st.composite
def enrolments(draw: st.DrawFn, children: dict[int, int]) -> list[dict[str, Any]]:
    keys = draw(
        st.sets(
            st.tuples(schools, st.sampled_from(sorted(children)), st.sampled_from(YEARS), days), min_size=1, max_size=9
        )
    )
    return [
        {
            "school": school,
            "record": record,
            "child": children[record],
            "year": year,
            "start": start,
            "leaving": draw(st.none() | days.filter(lambda day, start=start: day >= start)),
            "status": draw(st.sampled_from(["C", "C", "M", "S", "G", "P", None])),
            "year_group": draw(st.sampled_from(["N2", "R", "7", "14", None])),
            "sex": draw(st.sampled_from(["F", "M", None])),
            "ethnicity": draw(st.sampled_from(["WBRI", "REFU", None])),
            "first_language": draw(st.sampled_from(["ENG", "ENB", "POL", "OTB", "ZZZ", None])),
            "fsm": draw(maybe),
            "disadvantaged": draw(maybe),
            "sen": draw(st.sampled_from(["N", "K", "E", None])),
            "looked_after": draw(maybe),
            "child_in_need": draw(maybe),
        }
        for school, record, year, start in sorted(keys)
    ]


@st.composite
def attendance(draw: st.DrawFn, children: dict[int, int]) -> list[dict[str, Any]]:
    keys = draw(st.sets(st.tuples(schools, st.sampled_from(sorted(children)), st.sampled_from(WEEKS)), max_size=14))
    rows = []
    for school, record, week in sorted(keys):
        authorised, unauthorised, approved = (draw(st.integers(0, 3)) for _ in range(3))
        present = draw(st.integers(0, 10 - authorised - unauthorised - approved))
        rows.append(
            {
                "school": school, "record": record, "child": children[record], "year": year_of(week), "week": week,
                "possible": present + approved + authorised + unauthorised, "present": present, "approved": approved,
                "authorised": authorised, "unauthorised": unauthorised, "late": draw(st.integers(0, present)),
                "part_time": draw(st.integers(0, authorised)), "suspended": draw(st.integers(0, authorised)),
                "illness": draw(st.integers(0, authorised)),
            }
        )  # fmt: skip
    return rows


@st.composite
def events(draw: st.DrawFn, children: dict[int, int]) -> dict[str, list[dict[str, Any]]]:
    pupils = st.tuples(schools, st.sampled_from(sorted(children)), days)
    suspensions = [
        {
            "school": school, "record": record, "child": children[record], "year": year_of(start), "start": start,
            "category": draw(st.sampled_from(["SUSP", "SUSP", "PERM", "LNCH"])),
            "sessions": draw(st.none() | st.integers(1, 20)),
        }
        for school, record, start in draw(st.lists(pupils, max_size=5))
    ]  # fmt: skip
    moves = [
        {
            "school": school, "record": record, "child": children[record], "year": year_of(start), "start": start,
            "kind": draw(st.sampled_from(KINDS)), "to_school": draw(st.none() | schools),
            "end": draw(st.none() | days.filter(lambda day, start=start: day >= start)),
        }
        for school, record, start in draw(st.lists(pupils, max_size=5))
    ]  # fmt: skip
    results = [
        {
            "school": school, "record": record, "child": children[record], "year": year, "assessment": assessment,
            "value": draw(st.sampled_from(ASSESSMENTS[assessment])),
        }
        for school, record, year, assessment in sorted(draw(st.sets(
            st.tuples(schools, st.sampled_from(sorted(children)), st.sampled_from(YEARS),
                      st.sampled_from(sorted(ASSESSMENTS))), max_size=8)))
    ]  # fmt: skip
    return {"suspension": suspensions, "move": moves, "result": results}


@st.composite
def places(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Rows of every relation; some records are one child."""
    children = {record: draw(st.integers(1, record)) for record in range(1, 5)}
    return {
        "school": [dict(school) for school in SCHOOLS],
        "enrolment": draw(enrolments(children)),
        "attendance": draw(attendance(children)),
        **draw(events(children)),
    }


@dataclass(frozen=True)
class Asked:
    """What is wanted of an engine, in few words."""

    measures: tuple[str, ...]
    periods: tuple[str, ...]
    today: date
    others: dict[str, Any]

    def plan(self) -> Plan:
        """The plan itself."""
        spans = tuple(span(period) for period in self.periods) or USUAL
        return Plan(measures=over_returns(self.measures), spans=spans, today=self.today, **self.others)


USUAL = tuple(s for s in usual_spans(YEARS, WEEKS[9]) if s.kind != "week" or s.first in WEEKS)
PERIODS = [*(s.id for s in USUAL), "2024/25 to 2025-W22", "2023/24 to 2023-W36"]
TODAY = tuple(date(*day) for day in ((2024, 11, 5), (2025, 1, 15), (2025, 1, 16), (2025, 5, 20), (2025, 9, 1)))


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """What is wanted: all measures, or some; all groups, or some; on a day before or after a census day."""
    measures = draw(st.just([]) | st.lists(st.sampled_from([m.id for m in over_returns()]), max_size=5, unique=True))
    periods = draw(st.just([]) | st.lists(st.sampled_from(PERIODS), max_size=6, unique=True))
    wanted: dict[str, Any] = {}
    if draw(st.booleans()):
        groups = st.sets(st.sampled_from(["all", "fsm", "girls", "eal", "year_7"]), min_size=1)
        wanted["groups"] = frozenset(draw(groups))
    if draw(st.booleans()):
        wanted["levels"] = frozenset(draw(st.sets(st.sampled_from(list(Level)), min_size=1)))
        wanted["phases"] = frozenset(draw(st.sets(st.sampled_from(["all", "secondary", "special"]), min_size=1)))
    if draw(st.booleans()):
        pairs = st.tuples(schools, st.sampled_from(["suspensions", "moves"]))
        wanted["sent"] = frozenset(draw(st.sets(pairs)))
    return Asked(tuple(measures), tuple(periods), draw(st.sampled_from(TODAY)), wanted)
