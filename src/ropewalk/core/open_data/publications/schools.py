"""Schools, pupils and their characteristics: the school-level file, which is also the fullest list of schools."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Computed, Cut, Mapped, Publication, Register, Sql
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import PUBLISHED_PHASES, Phase

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/school-pupils-and-their-characteristics"
# Figures of nursery and independent schools stand under "all schools": no measure has a phase of its own for them.
PHASES = {
    **PUBLISHED_PHASES,
    "Non-maintained special school": Phase.SPECIAL,
    "State-funded nursery": Phase.ALL,
    "Independent school": Phase.ALL,
}
ROLL = "headcount of pupils"
# The marks of this family and no others: looking for many marks in hundreds of columns takes more memory than there is.
MARKS = {
    "": Missing.NOT_AVAILABLE,
    "x": Missing.NOT_AVAILABLE,
    "c": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
}
FSM = "number of pupils known to be eligible for free school meals"
FSM_SHARE = "% of pupils known to be eligible for free school meals"
ENGLISH = "number of pupils whose first language is known or believed to be English"
EAL = "number of pupils whose first language is known or believed to be other than English"
EAL_SHARE = "% of pupils whose first language is known or believed to be other than English"
UNKNOWN_LANGUAGE = "number of pupils whose first language is unclassified"

# The register names two kinds of school that measures do not tell apart, so that lists of schools can.
_REGISTERED_PHASE = """CASE WHEN all_through_school = 'Yes' THEN 'all_through' ELSE CASE phase_type_grouping
    WHEN 'State-funded primary' THEN 'primary' WHEN 'State-funded secondary' THEN 'secondary'
    WHEN 'State-funded special school' THEN 'special' WHEN 'Non-maintained special school' THEN 'special'
    WHEN 'State-funded AP school' THEN 'alternative' WHEN 'State-funded nursery' THEN 'nursery'
    WHEN 'Independent school' THEN 'independent' END END"""

_SCHOOLS = Register(
    register="school",
    select=f"""SELECT trim(urn) AS urn, trim(laestab) AS laestab, trim(school_name) AS name,
      {_REGISTERED_PHASE} AS phase, nullif(trim(typeofestablishment_name), '') AS type,
      nullif(trim(trust), '') AS trust, new_la_code AS place_ref,
      nullif(nullif(trim(school_postcode), ''), 'NULL') AS postcode,
      try_strptime(opendate, '%d/%m/%Y')::DATE::VARCHAR AS opened, whole_number("{ROLL}") AS pupils,
      academic_year(time_period) AS as_of, row FROM {{t}}""",  # noqa: S608
)

_BY_PLACE_AND_PHASE = f"""WITH schools AS (
    SELECT row, academic_year(time_period) AS period, new_la_code, region_code, country_code,
      CASE phase_type_grouping WHEN 'State-funded primary' THEN 'primary'
        WHEN 'State-funded secondary' THEN 'secondary' WHEN 'State-funded special school' THEN 'special'
        WHEN 'Non-maintained special school' THEN 'special' WHEN 'State-funded AP school' THEN 'alternative'
      END AS phase,
      whole_number("{ROLL}") AS roll, whole_number("{FSM}") AS fsm, whole_number("{EAL}") AS eal,
      whole_number("{EAL}") + whole_number("{ENGLISH}") + whole_number("{UNKNOWN_LANGUAGE}") AS languages
    FROM {{t}}), cells AS (
    SELECT place_ref, cut AS phase, period, row, roll, fsm, eal, languages FROM schools,
      unnest([new_la_code, region_code, country_code]) AS p(place_ref), unnest(['all', phase]) AS c(cut)
    WHERE cut IS NOT NULL)
"""  # noqa: S608


def _share(measure: str, part: str, whole: str) -> str:
    """SQL of a share over the schools for which the part is published."""
    return f"""{_BY_PLACE_AND_PHASE} SELECT place_ref, '{measure}' AS measure, phase, 'all' AS grp, period,
      round(100.0 * sum({part}) / nullif(sum({whole}), 0), 2) AS value, sum({part})::BIGINT AS numerator,
      sum({whole})::BIGINT AS denominator, min(row) AS row
    FROM cells WHERE {part} IS NOT NULL GROUP BY ALL HAVING sum({whole}) > 0"""  # noqa: S608


_ROLLS = Computed(
    select=f"""{_BY_PLACE_AND_PHASE} SELECT place_ref, 'pupils_on_roll' AS measure, phase, 'all' AS grp, period,
      sum(roll)::DOUBLE AS value, NULL AS numerator, NULL AS denominator, min(row) AS row FROM cells GROUP BY ALL""",  # noqa: S608
    calculation="headcounts of all schools of the place and phase added up",
    measures=("pupils_on_roll",),
)
_SHARES = tuple(
    Computed(
        select=_share(measure, part, whole),
        calculation=f"{words} of all schools of the place and phase added up, divided by their pupils, times 100",
        measures=(measure,),
    )
    for measure, part, whole, words in (
        ("free_school_meals", "fsm", "roll", "pupils eligible for free school meals"),
        ("eal_share", "eal", "languages", "pupils with a first language other than English"),
    )
)

PUBLICATIONS = (
    Publication(
        id="schools_and_pupils",
        title="Schools, pupils and their characteristics: every school",
        publisher=DFE,
        page=PAGE,
        files=("spc_school_level*.csv", "spc_school_level_underlying_data*.csv"),
        text=(
            "time_period",
            "time_identifier",
            "geographic_level",
            "country_code",
            "country_name",
            "region_name",
            "region_code",
            "urn",
            "old_la_code",
            "la_name",
            "new_la_code",
            "estab",
            "school_name",
            "laestab",
            "phase_type_grouping",
            "trust",
            "opendate",
            "typeofestablishment_name",
            "all_through_school",
            "school_postcode",
        ),
        numbers=(ROLL, FSM, FSM_SHARE, ENGLISH, EAL, EAL_SHARE, UNKNOWN_LANGUAGE),
        optional_text=(
            "sex_of_school_description",
            "middle_school",
            "hospital_school",
            "denomination",
            "admissions_policy",
            "district_administrative_code",
            "district_administrative_name",
            "parl_con_code",
            "parl_con_name",
            "ward_code",
            "ward_name",
            "urban_rural",
            "academy_flag",
            "school_size",
        ),
        other_numbers=(
            r"(?i)(part|full)[- ]time .+|number of .+|% of .+|headcount total .+|fte pupils|(boy|girl|total) boarders"
            r"|infants taken .+"
        ),
        marks=MARKS,
        place=Column("new_la_code"),
        school=Column("urn"),
        phase=Mapped("phase_type_grouping", PHASES),
        period=Sql("academic_year(time_period)"),
        cuts=(
            Cut(measure="pupils_on_roll", value=ROLL),
            Cut(measure="free_school_meals", value=FSM_SHARE, numerator=FSM, denominator=ROLL),
            Cut(measure="eal_share", value=EAL_SHARE, numerator=EAL),
        ),
        computed=(_ROLLS, *_SHARES),
        registers=(_SCHOOLS,),
        notes=(
            "Independent schools give headcounts by age only; everything else of theirs is marked z (does not apply).",
            "Rolls of all schools together include independent and nursery schools.",
        ),
    ),
)
