"""Daily registers: *Pupil attendance in schools* by council, phase and code, for years, terms and weeks.

One design covers every layout met since 2022/23. Years, terms and weeks differ in how the period is written; the
phase stands in ``school_type`` until 2024/25 and in ``education_phase`` since, which makes two publications.
"""

from __future__ import annotations

from dataclasses import replace

from ropewalk.core.open_data.declaration import Computed, Cut, Mapped, Publication, Sql
from ropewalk.core.open_data.marks import USUAL_MARKS
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import PUBLISHED_PHASES

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools"
PLACE = Sql("published_place(geographic_level, country_code, region_code, new_la_code)")
WEEK = "trim(time_period) || '-W' || lpad(replace(time_identifier, 'Week ', ''), 2, '0')"
PERIOD = Sql(
    "CASE WHEN time_identifier = 'Academic year' THEN academic_year(time_period) "
    "WHEN time_identifier LIKE '% term' THEN academic_year(time_period) || ' ' "
    "|| lower(replace(time_identifier, ' term', '')) "
    f"WHEN time_identifier LIKE 'Week %' THEN {WEEK} END"
)
# A share of no session at all (a week that is a holiday) is written NaN: 0 divided by 0.
MARKS = {**USUAL_MARKS, "NaN": Missing.NOT_APPLICABLE}

TEXT = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "la_name",
    "old_la_code",
)
# Numbers of schools and enrolments are averages over the days of the period, hence fractions: never counts of a figure.
AVERAGES = ("num_schools", "enrolments", "total_num_schools", "total_enrolments")
SUMS = (
    "present_sessions",
    "overall_attendance",
    "approved_educational_activity",
    "overall_absence",
    "authorised_absence",
    "unauthorised_absence",
    "late_sessions",
    "possible_sessions",
)
CODES = (
    "reason_present_am",
    "reason_present_pm",
    "reason_present",
    "reason_l_present_late_before_registers_closed",
    "reason_i_authorised_illness",
    "reason_m_authorised_medical_dental",
    "reason_r_authorised_religious_observance",
    "reason_s_authorised_study_leave",
    "reason_h_authorised_holiday",
    "reason_e_authorised_excluded",
    "reason_c_authorised_other",
    "reason_b_aea_education_off_site",
    "reason_j_aea_interview",
    "reason_p_aea_approved_sporting_activity",
    "reason_v_aea_educational_visit_trip",
    "reason_w_aea_work_experience",
    "reason_g_unauthorised_holiday",
    "reason_u_unauthorised_late_after_registers_closed",
    "reason_o_other_unauthorised",
    "reason_n_no_reason_yet",
)
SHARES = (
    "attendance_perc",
    "overall_absence_perc",
    "authorised_absence_perc",
    "unauthorised_absence_perc",
    "illness_perc",
    "appointments_perc",
    "unauth_hol_perc",
    "unauth_oth_perc",
    "unauth_late_registers_closed_perc",
    "unauth_not_yet_perc",
    "auth_religious_perc",
    "auth_study_perc",
    "auth_excluded_perc",
    "auth_other_perc",
)
# Columns of some years only: dual registration and X until 2023/24, the codes of August 2024 from 2024/25.
SOME_YEARS = (
    "reason_t_authorised_grt_absence",
    "reason_d_aea_dual_registration",
    "reason_x_not_attending_covid_non_compulsory",
    "auth_grt_perc",
    "auth_holiday_perc",
    "covid_non_compulsory_perc",
    "reason_t_authorised_mobile_child",
    "reason_c1_authorised_regulated_performance",
    "reason_j1_authorised_interview",
    "reason_c2_authorised_temp_reduced_timetable",
    "reason_k_aea_education_arranged_by_la",
    "auth_mob_perc",
    "auth_performance_perc",
    "auth_interview_perc",
    "auth_part_time_perc",
    "pa_perc",
)
POSSIBLE = "possible_sessions"
HAS_LATENESS = "whole_number(late_sessions) IS NOT NULL AND whole_number(possible_sessions) > 0"
CUTS = (
    Cut(
        measure="daily_absence_overall", value="overall_absence_perc", numerator="overall_absence", denominator=POSSIBLE
    ),
    Cut(
        measure="daily_absence_authorised",
        value="authorised_absence_perc",
        numerator="authorised_absence",
        denominator=POSSIBLE,
    ),
    Cut(
        measure="daily_absence_unauthorised",
        value="unauthorised_absence_perc",
        numerator="unauthorised_absence",
        denominator=POSSIBLE,
    ),
    Cut(
        measure="daily_illness",
        value="illness_perc",
        numerator="reason_i_authorised_illness",
        denominator=POSSIBLE,
    ),
    Cut(
        measure="daily_suspended_sessions",
        value="auth_excluded_perc",
        numerator="reason_e_authorised_excluded",
        denominator=POSSIBLE,
    ),
    Cut(
        measure="daily_part_time_sessions",
        value="auth_part_time_perc",
        numerator="reason_c2_authorised_temp_reduced_timetable",
        denominator=POSSIBLE,
    ),
    Cut(measure="daily_persistent_absence", value="pa_perc"),
    # There is no published share of late sessions: it is computed below. Where nothing can be computed, the mark that
    # stands for the share of absence says why.
    Cut(measure="daily_lateness", value="overall_absence_perc", where=f"NOT coalesce({HAS_LATENESS}, false)"),
)


def _weighted_totals(cut: Cut) -> tuple[Cut, ...]:
    """A cut for the layout whose totals over phases are weighted: there the counts do not give the share."""
    if cut.numerator is None:
        return (cut,)
    return (
        replace(cut, where="school_type <> 'Total'"),
        replace(cut, where="school_type = 'Total'", numerator=None, denominator=None),
    )


def _lateness(phase: Mapped) -> Computed:
    return Computed(
        select=f"""SELECT {PLACE.sql()} AS place_ref, 'daily_lateness' AS measure, {phase.sql()} AS phase, 'all' AS grp,
            {PERIOD.sql()} AS period,
            round(100.0 * whole_number(late_sessions) / whole_number(possible_sessions), 6) AS value,
            whole_number(late_sessions) AS numerator, whole_number(possible_sessions) AS denominator, row
          FROM {{t}} WHERE {HAS_LATENESS}""",  # noqa: S608
        calculation="late sessions (codes L and U) divided by possible sessions, times 100",
        measures=("daily_lateness",),
    )


def _daily(publication_id: str, phase_column: str, years: str) -> Publication:
    """The family's design for one name of the phase column."""
    phase = Mapped(phase_column, PUBLISHED_PHASES)
    return Publication(
        id=publication_id,
        title=f"Pupil attendance in schools, daily registers ({years})",
        publisher=DFE,
        page=PAGE,
        files=("attendance_full_year_*.csv", "attendance_term_*.csv", "attendance_weekly_*.csv"),
        text=(*TEXT, phase_column),
        numbers=(*AVERAGES, *SUMS, *CODES, *SHARES),
        optional_text=("academic_year",),
        optional_numbers=SOME_YEARS,
        marks=MARKS,
        place=PLACE,
        phase=phase,
        period=PERIOD,
        cuts=CUTS if phase_column == "education_phase" else tuple(c for cut in CUTS for c in _weighted_totals(cut)),
        computed=(_lateness(phase),),
        notes=(
            "Management information from schools that share their registers, not the census-based official statistics.",
            "Numbers of schools and enrolments are averages over days, hence fractions.",
            "Shares of all phases together are weighted to the census until 2024/25, so their counts are left out; the "
            "share of late sessions is computed from counts and is not weighted.",
            "Persistent absence in a term's file is for that term alone; in a year's file for the year to date.",
        ),
    )


_TO_DATE = Publication(
    id="daily_persistent_absence_to_date",
    title="Pupil attendance in schools: persistent absence in the year to date, every second week",
    publisher=DFE,
    page=PAGE,
    files=("persistent_absence_ytd_*.csv", "*_persistent_absence.csv"),
    text=(*TEXT, "time_frame", "education_phase"),
    numbers=("persistent_absence_percent",),
    place=PLACE,
    phase=Mapped("education_phase", PUBLISHED_PHASES),
    period=Sql(WEEK),
    where="time_frame = 'Year to date'",
    cuts=(Cut(measure="daily_persistent_absence_to_date", value="persistent_absence_percent"),),
    notes=("Each value is for the school year up to and including the week, never for the week itself.",),
)

PUBLICATIONS = (
    _daily("daily_attendance", "school_type", "layout until 2024/25"),
    _daily("daily_attendance_by_education_phase", "education_phase", "layout since 2025/26"),
    _TO_DATE,
)
