"""Key stage 4 in 2017/18 by council, region and characteristic: sums of pupils and points."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Computed, Publication

DFE = "Department for Education"
PAGE = "https://www.gov.uk/government/statistics/key-stage-4-and-multi-academy-trust-performance-2018-revised"

# Words of the file for a group; each stands in one of the characteristic columns, the others saying Total.
_GROUPS = {
    "characteristic_disadvantage": {
        "disadvantaged": "disadvantaged",
        "disadvantaged_Total_other": "not_disadvantaged",
    },
    "characteristic_free_school_meals": {"fsm": "fsm", "fsm all other": "not_fsm"},
    "characteristic_first_language": {"Other than English": "eal", "English": "not_eal"},
    "characteristic_sen_status": {"No_Sen": "no_sen", "Sen_Supp": "sen_support", "SenStateEhc": "ehcp"},
    "characteristic_ethnic_major": {
        "WHITE": "WHIT",
        "MIXED": "MIXD",
        "ASIAN": "ASIA",
        "BLACK": "BLAC",
        "CHINESE": "CHNE",
    },
}
_CASES = " ".join(
    f"WHEN {column} = '{word}' THEN '{group}'" for column, words in _GROUPS.items() for word, group in words.items()
)
# All pupils, girls and boys are not in the file; every pupil is disadvantaged or not, so those two add up.
_CELLS = f"""WITH named AS (
    SELECT row, academic_year(time_period) AS period, characteristic_gender AS sex,
      CASE WHEN geographic_level = 'Regional' THEN region_name ELSE old_la_code END AS own,
      CASE WHEN geographic_level = 'Local authority' THEN country_code END AS country,
      breakdown = 'Disadvantage' AS whole, CASE {_CASES} END AS said,
      TRY_CAST(t_pupils AS DOUBLE) AS pupils, TRY_CAST(t_inp8calc AS DOUBLE) AS p8_pupils,
      TRY_CAST(t_att8 AS DOUBLE) AS att8, TRY_CAST(t_p8score AS DOUBLE) AS p8,
      TRY_CAST(t_l2basics_94 AS DOUBLE) AS basics_4, TRY_CAST(t_l2basics_95 AS DOUBLE) AS basics_5 FROM {{t}}),
  grouped AS (
    SELECT * EXCLUDE (sex, whole, said), said AS grp FROM named WHERE sex = 'Total' AND said IS NOT NULL
    UNION ALL SELECT * EXCLUDE (sex, whole, said), CASE sex WHEN 'Total' THEN 'all' WHEN 'Girls' THEN 'girls'
      WHEN 'Boys' THEN 'boys' END AS grp FROM named WHERE whole AND said IS NOT NULL),
  cells AS (SELECT place_ref, grouped.* FROM grouped, unnest([own, country]) AS p(place_ref)
    WHERE place_ref IS NOT NULL)
"""  # noqa: S608


def _average(measure: str, points: str, pupils: str, places: int) -> str:
    return f"""{_CELLS} SELECT place_ref, '{measure}' AS measure, 'all' AS phase, grp, period,
      round(sum({points}) / nullif(sum({pupils}), 0), {places}) AS value, NULL AS numerator,
      sum({pupils})::BIGINT AS denominator, min(row) AS row FROM cells GROUP BY ALL HAVING sum({pupils}) > 0"""  # noqa: S608


def _share(measure: str) -> str:
    return f"""{_CELLS} SELECT place_ref, '{measure}' AS measure, 'all' AS phase, grp, period,
      round(100.0 * sum({measure}) / nullif(sum(pupils), 0), 2) AS value, sum({measure})::BIGINT AS numerator,
      sum(pupils)::BIGINT AS denominator, min(row) AS row FROM cells GROUP BY ALL HAVING sum(pupils) > 0"""  # noqa: S608


_ADDED = "; all pupils, girls and boys are disadvantaged and other pupils together, England all councils together"

PUBLICATIONS = (
    Publication(
        id="ks4_characteristics_2017_18",
        title="Key stage 4 by council and characteristic, 2017/18 (revised)",
        publisher=DFE,
        page=PAGE,
        files=("ks4_201718_la_characteristics*.csv", "KS4_2018_LA_Char*.csv"),
        text=(
            "time_period",
            "time_identifier",
            "geographic_level",
            "country_code",
            "country_name",
            "region_code",
            "region_name",
            "old_la_code",
            "new_la_code",
            "la_name",
            "version",
            "school_characteristic",
            "breakdown",
            "characteristic_gender",
            *_GROUPS,
        ),
        numbers=(
            "t_inp8calc",
            "t_p8score",
            "t_pupils",
            "t_ebacc_e_ptq_ee",
            "t_l2basics_95",
            "t_l2basics_94",
            "t_att8",
            "t_ebaccaps",
            "t_ebacc_95",
            "t_ebacc_94",
        ),
        computed=(
            Computed(
                select=_average("attainment8", "att8", "pupils", 1),
                calculation="sum of Attainment 8 scores divided by pupils" + _ADDED,
                measures=("attainment8",),
            ),
            Computed(
                select=_average("progress8", "p8", "p8_pupils", 2),
                calculation="sum of Progress 8 scores divided by pupils in Progress 8" + _ADDED,
                measures=("progress8",),
            ),
            *(
                Computed(
                    select=_share(measure),
                    calculation=f"pupils with grade {grade} or above in both divided by pupils, times 100" + _ADDED,
                    measures=(measure,),
                )
                for measure, grade in (("basics_4", 4), ("basics_5", 5))
            ),
        ),
        precedence=45,
        notes=("London is given as Inner and Outer London only.",),
    ),
)
