"""Alternative provision: pupils and placements, their characteristics, and absence from state-funded AP schools.

Partly tables of the SEND and alternative provision inclusion dashboard, partly files as Explore Education Statistics
published them. The dashboard's tables have both ``total`` and ``Total``, the same cells twice: the first is read.
"""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Cut, Fixed, Mapped, Publication, Sql
from ropewalk.core.open_data.publications.absence import ABSENCE_RATES, GEOGRAPHY, PERSISTENT, REASONS, SESSIONS
from ropewalk.core.open_data.publications.send_ap import BY_CODE, BY_NAME, SIX_DIGITS

DFE = "Department for Education"
DASHBOARD = "https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/"
SCHOOL_PUPILS = (
    "https://explore-education-statistics.service.gov.uk/find-statistics/school-pupils-and-their-characteristics"
)
ABSENCE = "https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england"
TWO_TERMS = Sql("academic_year(time_period) || ' autumn and spring'")
GROUP_OF = {
    "Total": "all",
    "Female": "girls",
    "Male": "boys",
    "FSM eligible": "fsm",
    "Not FSM eligible": "not_fsm",
    "EHC plan": "ehcp",
    "SEN Support": "sen_support",
    "No SEN": "no_sen",
    "All SEN": "any_sen",
}
TOTALS = (
    "time_period",
    "geographic_level",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "prov_type",
    "setting_type",
    "academic_year",
    "Type of AP",
    "Academic year",
    "Provision type",
    "Local authority",
    "Region",
)

_COUNTS = Publication(
    id="ap_counts",
    title="SEND inclusion dashboard: pupils and placements in alternative provision",
    publisher=DFE,
    page=DASHBOARD,
    files=("ap_counts*.csv",),
    text=TOTALS,
    numbers=("total",),
    place=BY_CODE,
    period=SIX_DIGITS,
    cuts=tuple(
        Cut(measure=measure, value="total", where=f"prov_type = '{word}' AND setting_type = 'Total'")
        for word, measure in (
            ("State-funded AP school", "ap_state_funded_pupils"),
            ("School arranged AP", "ap_school_arranged_pupils"),
            ("LA funded AP placements", "ap_council_funded_placements"),
        )
    ),
    notes=("Only places with at least one pupil have a row: no row is not published as a nought.",),
)

_UNREGISTERED = Publication(
    id="unregistered_ap_counts",
    title="SEND inclusion dashboard: pupils and placements in unregistered provision",
    publisher=DFE,
    page=DASHBOARD,
    files=("uap_counts*.csv",),
    text=(*TOTALS, "Setting type"),
    numbers=("total",),
    place=BY_CODE,
    period=SIX_DIGITS,
    cuts=tuple(
        Cut(measure=measure, value="total", where=f"prov_type = '{word}' AND setting_type LIKE 'Grand total %'")
        for word, measure in (
            ("School arranged unregistered AP pupils", "unregistered_ap_school_arranged"),
            ("LA funded unregistered AP placements", "unregistered_ap_council_funded"),
        )
    ),
)

_CHARACTERISTICS = Publication(
    id="ap_characteristics",
    title="SEND inclusion dashboard: characteristics of pupils in alternative provision",
    publisher=DFE,
    page=DASHBOARD,
    files=("ap_characteristics*.csv",),
    text=(
        "time_period",
        "time_identifier",
        "geographic_level",
        "country_code",
        "country_name",
        "region_name",
        "region_code",
        "old_la_code",
        "la_name",
        "new_la_code",
        "prov_type",
        "char_dv",
        "pupil_characteristic",
        "academic_year",
        "Academic year",
        "Type of AP",
        "Characteristic",
        "Region",
        "Local authority",
    ),
    numbers=("pupils_dv", "char_per", "% of pupils", "Total pupils"),
    # Older years give no code for councils, so names are used throughout.
    place=BY_NAME,
    period=SIX_DIGITS,
    group=Mapped("char_dv", GROUP_OF),
    # Pupils without SEN stand there twice, among kinds of need and beside all needs together: one of the two is used.
    where="NOT (pupil_characteristic = 'All SEN' AND char_dv = 'No SEN')",
    cuts=tuple(
        Cut(measure=measure, value="pupils_dv", where=f"prov_type = '{word}'")
        for word, measure in (
            ("State-funded AP school", "ap_state_funded_pupils"),
            ("School arranged AP", "ap_school_arranged_pupils"),
        )
    ),
    notes=("Age bands are kept as rows and give no figure: they are wider than a year.",),
)

_DASHBOARD_ABSENCE = Publication(
    id="ap_absence",
    title="SEND inclusion dashboard: absence from state-funded alternative provision",
    publisher=DFE,
    page=DASHBOARD,
    files=("sf_ap_absence*.csv",),
    text=(
        "time_period",
        "geographic_level",
        "region_name",
        "new_la_code",
        "la_name",
        "academic_year",
        "Academic year",
        "Absence measure",
        "Region",
    ),
    numbers=("total_schools_included", "total_enrolments", "Percentage"),
    place=BY_CODE,
    phase=Fixed("alternative"),
    period=TWO_TERMS,
    cuts=tuple(
        Cut(measure=measure, value="Percentage", where=f"\"Absence measure\" = '{word}'")
        for word, measure in (
            ("Overall absence %", "absence_overall"),
            ("Authorised absence %", "absence_authorised"),
            ("Unauthorised absence %", "absence_unauthorised"),
            ("% of persistent absentees - 10% or more sessions missed", "persistent_absence"),
            ("% of persistent absentees - 50% or more sessions missed", "severe_absence"),
        )
    ),
    precedence=40,
    notes=(
        "The table says academic year; every value is that of autumn and spring terms in the underlying file, "
        "so that is the period here.",
    ),
)

_TWO_TERM_ABSENCE = Publication(
    id="ap_absence_two_terms",
    title="Pupil absence in schools in England: pupil referral units, autumn and spring terms",
    publisher=DFE,
    page=ABSENCE,
    files=("absence_2term_pru*.csv",),
    text=GEOGRAPHY,
    numbers=(
        "num_schools",
        "enrolments",
        *SESSIONS,
        "enrolments_pa_10_exact",
        "enrolments_pa_10_exact_percent",
        "enrolments_pa_50_exact",
        "enrolments_pa_50_exact_percent",
        *REASONS,
        "sess_x_covid",
        "sess_y_exceptional",
    ),
    place=Sql("published_place(geographic_level, country_code, region_code, new_la_code)"),
    phase=Fixed("alternative"),
    period=TWO_TERMS,
    where="time_identifier = 'Autumn and spring term'",
    cuts=(
        *ABSENCE_RATES,
        PERSISTENT,
        Cut(
            measure="severe_absence",
            value="enrolments_pa_50_exact_percent",
            numerator="enrolments_pa_50_exact",
            denominator="enrolments",
        ),
    ),
)

_SCHOOL_ARRANGED = Publication(
    id="school_arranged_ap",
    title="Schools, pupils and their characteristics: alternative provision arranged by schools",
    publisher=DFE,
    page=SCHOOL_PUPILS,
    files=("spc_school_ap_*.csv",),
    text=(
        *GEOGRAPHY,
        "characteristic_grouping",
        "pupil_characteristic",
        "setting_type",
    ),
    numbers=("pupils",),
    place=Sql("published_place(geographic_level, country_code, region_code, new_la_code)"),
    period=SIX_DIGITS,
    group=Mapped("pupil_characteristic", GROUP_OF),
    # Every characteristic stands there twice, in its own grouping and again under Total: its own is used.
    where="setting_type = 'Total' AND (characteristic_grouping = 'Total') = (pupil_characteristic = 'Total')",
    cuts=(Cut(measure="ap_school_arranged_pupils", value="pupils"),),
    notes=(
        "Two files have this layout: one by pupil characteristic, one by reason of the placement. Both hold the total.",
        "Ages, ethnicity, reasons and kinds of setting are kept as rows and give no figure yet.",
    ),
)

PUBLICATIONS = (
    _COUNTS,
    _UNREGISTERED,
    _CHARACTERISTICS,
    _DASHBOARD_ABSENCE,
    _TWO_TERM_ABSENCE,
    _SCHOOL_ARRANGED,
)
