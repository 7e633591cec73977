"""Pupil absence in schools in England (school census): by term, in pupil referral units, by school, by council.

Counts of pupils by how much they missed stand in ``absence_bands``.
"""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Mapped, Publication, Sql
from ropewalk.core.schema.phases import PUBLISHED_PHASES, Phase

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england"
TABLES_PAGE = "https://www.compare-school-performance.service.gov.uk/download-data"
PLACE = Sql(
    "published_place(geographic_level, country_code, region_code, coalesce(nullif(trim(new_la_code), ''), old_la_code))"
)
GEOGRAPHY = (
    "time_identifier",
    "time_period",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
SESSIONS = (
    "sess_possible",
    "sess_overall",
    "sess_authorised",
    "sess_unauthorised",
    "sess_overall_percent",
    "sess_authorised_percent",
    "sess_unauthorised_percent",
)
REASONS = (
    "sess_auth_illness",
    "sess_auth_appointments",
    "sess_auth_religious",
    "sess_auth_study",
    "sess_auth_traveller",
    "sess_auth_holiday",
    "sess_auth_ext_holiday",
    "sess_auth_excluded",
    "sess_auth_other",
    "sess_auth_totalreasons",
    "sess_unauth_holiday",
    "sess_unauth_late",
    "sess_unauth_other",
    "sess_unauth_noyet",
    "sess_unauth_totalreasons",
    "sess_overall_totalreasons",
)
POSSIBLE = "sess_possible"
ABSENCE_RATES = (
    Cut(measure="absence_overall", value="sess_overall_percent", numerator="sess_overall", denominator=POSSIBLE),
    Cut(
        measure="absence_authorised",
        value="sess_authorised_percent",
        numerator="sess_authorised",
        denominator=POSSIBLE,
    ),
    Cut(
        measure="absence_unauthorised",
        value="sess_unauthorised_percent",
        numerator="sess_unauthorised",
        denominator=POSSIBLE,
    ),
)
PERSISTENT = Cut(
    measure="persistent_absence",
    value="enrolments_pa_10_exact_percent",
    numerator="enrolments_pa_10_exact",
    denominator="enrolments",
)
# Words of the columns Current, Previous and Previous2 of the school improvement service's files.
YEARS = {"Current": "2023/24", "Previous": "2022/23", "Previous2": "2021/22"}

_BY_TERM = Publication(
    id="absence_by_term",
    title="Pupil absence in schools in England: by term, council, region and country",
    publisher=DFE,
    page=PAGE,
    files=("absence_by_term*.csv",),
    text=(*GEOGRAPHY, "term", "school_type"),
    numbers=(*SESSIONS, *REASONS),
    place=PLACE,
    phase=Mapped("school_type", PUBLISHED_PHASES),
    period=Sql(
        "CASE term WHEN 'Total' THEN academic_year(time_period) "
        "ELSE academic_year(time_period) || ' ' || lower(replace(term, ' term', '')) END"
    ),
    cuts=ABSENCE_RATES,
    notes=("Special schools gave one figure for the whole year: their autumn and spring terms hold no session.",),
)

_IN_PRUS = Publication(
    id="absence_in_prus",
    title="Pupil absence in schools in England: pupil referral units",
    publisher=DFE,
    page=PAGE,
    files=("absence_in_prus*.csv",),
    text=(*GEOGRAPHY, "school_type"),
    numbers=(
        "num_schools",
        "enrolments",
        *SESSIONS,
        "enrolments_pa_10_exact",
        "enrolments_pa_10_exact_percent",
        *REASONS,
    ),
    place=PLACE,
    phase=Mapped("school_type", PUBLISHED_PHASES),
    period=Sql("academic_year(time_period)"),
    cuts=(*ABSENCE_RATES, PERSISTENT),
)

_TABLES_2019 = Publication(
    id="performance_tables_absence",
    title="School performance tables 2018/19: absence by school",
    publisher=DFE,
    page=TABLES_PAGE,
    files=("england_abs*.csv",),
    text=("LA", "ESTAB", "URN"),
    numbers=("PERCTOT", "PPERSABS10"),
    place=Sql("CASE trim(LA) WHEN 'NAT' THEN 'England' ELSE nullif(trim(LA), '') END"),
    school=Sql("CASE WHEN trim(LA) <> 'NAT' THEN nullif(trim(URN), '') END"),
    phase=Sql(
        "CASE WHEN trim(LA) <> 'NAT' THEN 'all' ELSE CASE trim(ESTAB) WHEN 'PRI' THEN 'primary' "
        "WHEN 'SEC' THEN 'secondary' WHEN 'SPE' THEN 'special' END END"
    ),
    period=Fixed("2018/19"),
    cuts=(Cut(measure="absence_overall", value="PERCTOT"), Cut(measure="persistent_absence", value="PPERSABS10")),
    edition="2018/19",
    notes=("The three rows named NAT are England's primary, secondary and special schools.",),
)


def _school_cuts() -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    for word, year in YEARS.items():
        period = Fixed(year)
        cuts.append(Cut(measure="absence_overall", value=f"Abs_Tot_Est_{word}_Pct", period=period))
        cuts.append(Cut(measure="persistent_absence", value=f"Abs_Persistent_Est_{word}_Pct", period=period))
    now = Fixed(YEARS["Current"])
    cuts.append(Cut(measure="absence_authorised", value="Auth_Tot_Est_Current_Pct", period=now))
    cuts.append(Cut(measure="absence_unauthorised", value="UnAuth_Tot_Est_Current_Pct", period=now))
    return tuple(cuts)


def _council_cuts() -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    for name, phase in (("Primary", Phase.PRIMARY), ("Secondary", Phase.SECONDARY)):
        of_phase = Fixed(phase)
        for word, year in YEARS.items():
            period = Fixed(year)
            cuts.append(
                Cut(measure="absence_overall", value=f"Abs_Tot_{name}_LA_{word}_Pct", phase=of_phase, period=period)
            )
            cuts.append(
                Cut(
                    measure="persistent_absence",
                    value=f"Abs_Persistent_{name}_LA_{word}_Pct",
                    phase=of_phase,
                    period=period,
                )
            )
        now = Fixed(YEARS["Current"])
        cuts.append(
            Cut(measure="absence_authorised", value=f"Auth_Tot_{name}_LA_Current_Pct", phase=of_phase, period=now)
        )
        cuts.append(
            Cut(measure="absence_unauthorised", value=f"UnAuth_Tot_{name}_LA_Current_Pct", phase=of_phase, period=now)
        )
    return tuple(cuts)


_SCHOOLS = Publication(
    id="school_absence",
    title="Pupil absence by school, 2021/22 to 2023/24 (some schools)",
    publisher=DFE,
    page=TABLES_PAGE,
    files=("school_absence*.csv",),
    text=("Id", "LAId", "LAName", "RegionId", "RegionName"),
    numbers=tuple(cut.value for cut in _school_cuts()),
    place=Column("LAId"),
    school=Column("Id"),
    cuts=_school_cuts(),
    notes=("Current is 2023/24, Previous 2022/23, Previous2 2021/22.", "A sample: 1,912 schools."),
)

_COUNCILS = Publication(
    id="council_absence",
    title="Pupil absence by council, 2021/22 to 2023/24",
    publisher=DFE,
    page=TABLES_PAGE,
    files=("la_absence*.csv",),
    text=("Id",),
    numbers=tuple(cut.value for cut in _council_cuts()),
    place=Column("Id"),
    cuts=_council_cuts(),
    notes=(
        "Current is 2023/24, Previous 2022/23, Previous2 2021/22.",
        "Two rows are set aside: one is blank, one is about a council numbered 'x'; all their cells are empty.",
    ),
)

PUBLICATIONS = (_BY_TERM, _IN_PRUS, _TABLES_2019, _SCHOOLS, _COUNCILS)
