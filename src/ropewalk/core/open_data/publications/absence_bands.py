"""Absence bands: how many pupils missed how much, by council, phase, free school meals, SEN, sex and year group."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Computed, Publication

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england"
BELOW_5 = ("n_0_5",)
FROM_5_TO_10 = ("n_5_10",)
FROM_10_TO_50 = ("n_10_15", "n_15_20", "n_20_25", "n_25_30", "n_30_35", "n_35_40", "n_40_45", "n_45_50")
FROM_50 = ("n_50plus",)
BANDS = (*BELOW_5, *FROM_5_TO_10, *FROM_10_TO_50, *FROM_50)


def _sum(columns: tuple[str, ...]) -> str:
    return " + ".join(f"TRY_CAST({column} AS BIGINT)" for column in columns)


# One line of the file counts in several groups and in two phases: its own and all. London is Inner and Outer London.
_SELECT = f"""
WITH cell AS (
  SELECT row, academic_year(time_period) AS period,
    CASE geographic_level WHEN 'National' THEN country_code WHEN 'Regional' THEN region_code
      ELSE old_la_code END AS place,
    geographic_level = 'Regional' AND region_code LIKE 'E13%' AS in_london,
    CASE school_type WHEN 'State-funded primary' THEN 'primary' WHEN 'State-funded secondary' THEN 'secondary'
      WHEN 'Special' THEN 'special' END AS own_phase,
    ['all', CASE fsm_eligible WHEN 'Eligible' THEN 'fsm' WHEN 'Not Eligible' THEN 'not_fsm' END,
      CASE sen_status WHEN 'Any special educational need' THEN 'any_sen'
        WHEN 'No identified special educational need' THEN 'no_sen' END,
      CASE gender WHEN 'Female' THEN 'girls' WHEN 'Male' THEN 'boys' END, 'year_' || trim(nc_year)] AS groups,
    {_sum(BELOW_5)} AS below_5, {_sum((*FROM_10_TO_50, *FROM_50))} AS persistent, {_sum(FROM_50)} AS severe,
    {_sum(BANDS)} AS enrolments
  FROM {{t}}
), of_place AS (
  SELECT * EXCLUDE (place, in_london),
    unnest(CASE WHEN in_london THEN [place, 'E12000007'] ELSE [place] END) AS place_ref
  FROM cell
), of_phase AS (SELECT *, unnest(['all', own_phase]) AS phase FROM of_place),
of_group AS (SELECT * EXCLUDE (groups), unnest(groups) AS grp FROM of_phase),
summed AS (
  SELECT place_ref, period, phase, grp, sum(below_5) AS below_5, sum(persistent) AS persistent, sum(severe) AS severe,
    sum(enrolments) AS enrolments, min(row) AS row
  FROM of_group WHERE grp IS NOT NULL GROUP BY place_ref, period, phase, grp HAVING sum(enrolments) > 0
), figure_of AS (
  SELECT place_ref, period, phase, grp, row, enrolments,
    unnest(['persistent_absence', 'severe_absence', 'absence_below_5']) AS measure,
    unnest([persistent, severe, below_5]) AS counted
  FROM summed
)
SELECT place_ref, measure, phase, grp, period, round(100.0 * counted / enrolments, 4) AS value,
  CAST(counted AS BIGINT) AS numerator, CAST(enrolments AS BIGINT) AS denominator, row
FROM figure_of
"""  # noqa: S608

_BANDS = Publication(
    id="absence_bands",
    title="Absence bands: pupils by the share of sessions they missed",
    publisher=DFE,
    page=PAGE,
    files=("absence_bands*.csv",),
    text=(
        "time_identifier",
        "time_period",
        "geographic_level",
        "country_code",
        "country_name",
        "region_name",
        "region_code",
        "old_la_code",
        "new_la_code",
        "la_name",
        "school_type",
        "fsm_eligible",
        "sen_status",
        "gender",
        "nc_year",
    ),
    numbers=BANDS,
    computed=(
        Computed(
            select=_SELECT,
            calculation=(
                "enrolments in the bands of this measure, summed over all rows of the place, year, phase and group "
                "and divided by all their enrolments, times 100; the row named is the first of them"
            ),
            measures=("persistent_absence", "severe_absence", "absence_below_5"),
        ),
    ),
    notes=(
        "Enrolments, not pupils: a child at two schools counts twice.",
        "Special educational needs are any or none; SEN support and plans are not told apart.",
        "There is no 2019/20: the census of that summer was not taken.",
    ),
)

PUBLICATIONS = (_BANDS,)
