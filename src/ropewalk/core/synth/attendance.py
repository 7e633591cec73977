"""A made-up year of daily registers by council and phase: sessions by code, and the sums and shares made from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from ropewalk.core.open_data.recognise import all_publications
from ropewalk.core.schema.attendance_codes import Category, code_of_column, columns_by_category, late_columns
from ropewalk.core.synth.absence import PHASES, Absence
from ropewalk.core.synth.published_csv import Cell, geography, write

PUBLICATION = "daily_attendance"
YEARS = (2023, 2024, 2025)
SESSIONS_OF_A_PUPIL = 362
# Daily registers show a little more absence than the census-based statistics.
MORE_ABSENCE, MORE_PERSISTENT = 1.015, 1.05
WORDS = {"primary": "Primary", "secondary": "Secondary", "special": "Special"}
# Per cent of possible sessions by code in 2024/25, England, rounded: primary, secondary, special.
SHARES = {
    "L": (1.10, 2.86, 0.77),
    "I": (2.86, 3.63, 5.12),
    "M": (0.26, 0.37, 0.99),
    "R": (0.10, 0.09, 0.08),
    "S": (0.0003, 0.10, 0.02),
    "T": (0.015, 0.003, 0.008),
    "H": (0.0001, 0.0, 0.0004),
    "E": (0.033, 0.31, 0.17),
    "C": (0.32, 0.46, 1.67),
    "C1": (0.003, 0.004, 0.007),
    "J1": (0.017, 0.016, 0.010),
    "C2": (0.13, 0.31, 1.43),
    "B": (0.18, 0.31, 0.89),
    "J": (0.0, 0.0, 0.0),
    "P": (0.09, 0.15, 0.05),
    "V": (0.76, 0.82, 0.50),
    "W": (0.0, 0.31, 0.06),
    "K": (0.013, 0.064, 0.11),
    "G": (0.56, 0.34, 0.41),
    "U": (0.16, 0.30, 0.28),
    "O": (0.73, 2.59, 2.61),
    "N": (0.05, 0.07, 0.07),
}
OLD_COLUMNS = (
    "reason_t_authorised_grt_absence",
    "reason_d_aea_dual_registration",
    "auth_grt_perc",
    "auth_holiday_perc",
)
NEW_COLUMNS = (
    "reason_t_authorised_mobile_child",
    "reason_c1_authorised_regulated_performance",
    "reason_j1_authorised_interview",
    "reason_c2_authorised_temp_reduced_timetable",
    "reason_k_aea_education_arranged_by_la",
    "auth_mob_perc",
    "auth_performance_perc",
    "auth_interview_perc",
    "auth_part_time_perc",
)
SHARE_COLUMNS = {
    "illness_perc": "I",
    "appointments_perc": "M",
    "unauth_hol_perc": "G",
    "unauth_oth_perc": "O",
    "unauth_late_registers_closed_perc": "U",
    "unauth_not_yet_perc": "N",
    "auth_religious_perc": "R",
    "auth_study_perc": "S",
    "auth_grt_perc": "T",
    "auth_mob_perc": "T",
    "auth_holiday_perc": "H",
    "auth_excluded_perc": "E",
    "auth_performance_perc": "C1",
    "auth_interview_perc": "J1",
    "auth_part_time_perc": "C2",
    "auth_other_perc": "C",
}


@dataclass(frozen=True, slots=True)
class Registers:
    """Sessions by column of code for one council and phase, or for several together."""

    schools: float
    enrolments: float
    possible: int
    persistent: float
    sessions: dict[str, int]


def write_attendance(folder: Path, made: Absence, year_ending: int) -> Path:
    """One year's file; councils by phase, region and country also for all phases together."""
    name = f"attendance_full_year_la_{year_ending - 1}_{year_ending % 100:02d}_made_up.csv"
    also = NEW_COLUMNS if year_ending >= 2025 else OLD_COLUMNS
    return write(folder / name, PUBLICATION, _rows(made, year_ending, also), also=(*also, "pa_perc"))


def _code_columns(also: Sequence[str]) -> list[str]:
    declared = all_publications()[PUBLICATION]
    return [c for c in (*declared.numbers, *also) if code_of_column(c) and c != "reason_present"]


def _rows(made: Absence, year: int, also: Sequence[str]) -> Iterator[dict[str, Cell]]:
    rng = made.world.stream(f"attendance/{year}")
    columns = _code_columns(also)
    by_phase: dict[str, list[Registers]] = {}
    for position, phase in enumerate(PHASES):
        lean = {code: made.world.leaning(rng, 0.3) for code in SHARES}
        for council in range(len(made.world.councils)):
            shares = {c: SHARES[c][position] * exp(0.25 * lean[c][council] - 0.03) for c in SHARES}
            found = _council(made, (council, phase, year), shares, columns)
            by_phase.setdefault(phase, []).append(found)
            yield {**geography(made.world, council, "Local authority"), **_cells(found, WORDS[phase], year, also)}
    for level in ("Regional", "National"):
        where = geography(made.world, None, level)
        for phase in PHASES:
            yield {**where, **_cells(_together(by_phase[phase]), WORDS[phase], year, also)}
        everyone = [registers for phase in PHASES for registers in by_phase[phase]]
        yield {**where, **_cells(_together(everyone), "Total", year, also)}


def _council(made: Absence, where: tuple[int, str, int], shares: dict[str, float], columns: Sequence[str]) -> Registers:
    council, phase, year = where
    schools = made.world.of_phase(phase, council)
    enrolments = sum(s.pupils for s in schools) * (0.985 if phase == "primary" else 0.96)
    possible = round(enrolments * SESSIONS_OF_A_PUPIL)
    by_category = columns_by_category(columns, f"{year - 1}/{year % 100:02d}")
    absent = [*by_category[Category.AUTHORISED], *by_category[Category.UNAUTHORISED]]
    overall = made.overall[where] * MORE_ABSENCE
    codes = {column: shares.get(code_of_column(column) or "", 0.0) for column in columns}
    level = overall / max(sum(codes[column] for column in absent), 0.01)
    sessions = {
        column: round(possible * share * (level if column in absent else 1) / 100) for column, share in codes.items()
    }
    for column in by_category[Category.NOT_POSSIBLE]:
        sessions[column] = round(enrolments * 0.2)
    counted = [c for category in Category if category.is_possible for c in by_category[category]]
    present = possible - sum(sessions[c] for c in counted if c not in ("reason_present_am", "reason_present_pm"))
    sessions["reason_present_am"] = round(present * 0.494)
    sessions["reason_present_pm"] = present - sessions["reason_present_am"]
    persistent = min(made.persistent[where] * MORE_PERSISTENT, 95)
    return Registers(len(schools) - 0.25, enrolments, possible, persistent, sessions)


def _together(several: Sequence[Registers]) -> Registers:
    enrolments = sum(r.enrolments for r in several)
    columns = several[0].sessions
    return Registers(
        sum(r.schools for r in several),
        enrolments,
        sum(r.possible for r in several),
        sum(r.persistent * r.enrolments for r in several) / enrolments,
        {column: sum(r.sessions[column] for r in several) for column in columns},
    )


def _cells(registers: Registers, phase: str, year: int, also: Sequence[str]) -> dict[str, Cell]:
    academic_year = f"{year - 1}/{year % 100:02d}"
    sessions, possible = registers.sessions, registers.possible
    sums = {
        category: sum(sessions[column] for column in columns)
        for category, columns in columns_by_category(sessions, academic_year).items()
    }
    authorised, unauthorised = sums[Category.AUTHORISED], sums[Category.UNAUTHORISED]
    by_code = {code_of_column(column): count for column, count in sessions.items()}
    attended = sums[Category.PRESENT] + sums[Category.APPROVED_ACTIVITY]
    cells: dict[str, Cell] = {
        "time_period": f"{year - 1}{year % 100:02d}",
        "time_identifier": "Academic year",
        "school_type": phase,
        "num_schools": registers.schools,
        "enrolments": f"{registers.enrolments:.6f}",
        "total_num_schools": round(registers.schools + 0.5),
        "total_enrolments": round(registers.enrolments * 1.03),
        "present_sessions": sums[Category.PRESENT],
        "overall_attendance": attended,
        "approved_educational_activity": sums[Category.APPROVED_ACTIVITY],
        "overall_absence": authorised + unauthorised,
        "authorised_absence": authorised,
        "unauthorised_absence": unauthorised,
        "late_sessions": sum(sessions[column] for column in late_columns(sessions, academic_year)),
        "possible_sessions": possible,
        "reason_present": sessions["reason_present_am"] + sessions["reason_present_pm"],
        "attendance_perc": _share(attended, possible),
        "overall_absence_perc": _share(authorised + unauthorised, possible),
        "authorised_absence_perc": _share(authorised, possible),
        "unauthorised_absence_perc": _share(unauthorised, possible),
        "pa_perc": f"{registers.persistent:.9f}",
        **sessions,
    }
    for column, code in SHARE_COLUMNS.items():
        if column in also or not column.startswith(
            ("auth_grt", "auth_mob", "auth_hol", "auth_perf", "auth_int", "auth_part")
        ):
            cells[column] = _share(by_code.get(code, 0), possible)
    return cells


def _share(count: int, possible: int) -> str:
    return f"{100 * count / possible:.9f}"
