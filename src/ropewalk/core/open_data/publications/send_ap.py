"""Special educational needs: the tables behind the Department's SEND and alternative provision inclusion dashboard.

The dashboard's tables were tidied by the Department: several repeat a column under a display name, several name places
instead of giving codes. Alternative provision stands in ``alternative_provision``.
"""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Computed, Cut, Fixed, Mapped, Publication, Sql

DFE = "Department for Education"
PAGE = "https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/"
_LEVEL = "CASE geographic_level WHEN 'National' THEN 'England' WHEN 'Regional' THEN nullif(trim(region_name), '') "
BY_CODE = Sql(_LEVEL + "ELSE nullif(trim(new_la_code), '') END")
BY_NAME = Sql(_LEVEL + "ELSE nullif(trim(la_name), '') END")
SIX_DIGITS = Sql("academic_year(time_period)")
NEEDS = {
    "All SEN": "any_sen",
    "Any SEN": "any_sen",
    "EHC plan": "ehcp",
    "EHCP or Statement": "ehcp",
    "SEN support": "sen_support",
    "No SEN": "no_sen",
    "No identified SEN": "no_sen",
}

_ABSENCE = Publication(
    id="send_absence",
    title="SEND inclusion dashboard: absence by special educational need",
    publisher=DFE,
    page=PAGE,
    files=("absence.csv",),
    text=(
        "time_period",
        "geographic_level",
        "characteristic",
        "region_name",
        "new_la_code",
        "la_name",
        "Absence measure",
        "academic_year",
    ),
    numbers=("Percentage",),
    place=BY_CODE,
    period=SIX_DIGITS,
    group=Mapped("characteristic", NEEDS),
    cuts=tuple(
        Cut(measure=measure, value="Percentage", where=f"\"Absence measure\" = '{word}'")
        for word, measure in (
            ("Overall", "absence_overall"),
            ("Authorised", "absence_authorised"),
            ("Unauthorised", "absence_unauthorised"),
        )
    ),
)

_SHARES = Publication(
    id="send_pupils",
    title="SEND inclusion dashboard: pupils with a plan and with SEN support",
    publisher=DFE,
    page=PAGE,
    files=("percent_pupils_ehcp*.csv",),
    text=(
        "time_period",
        "geographic_level",
        "region_name",
        "la_name",
        "new_la_code",
        "SEN provision",
        "academic_year",
    ),
    numbers=("% of pupils",),
    place=BY_CODE,
    period=SIX_DIGITS,
    cuts=(
        Cut(measure="ehcp_share", value="% of pupils", where="\"SEN provision\" = 'EHC plan'"),
        Cut(measure="sen_support_share", value="% of pupils", where="\"SEN provision\" = 'SEN support'"),
    ),
)

_TIMELINESS = Publication(
    id="send_timeliness",
    title="SEND inclusion dashboard: new plans issued within 20 weeks",
    publisher=DFE,
    page=PAGE,
    files=("ehcp_timeliness*.csv",),
    text=("time_period", "geographic_level", "region_code", "region_name", "old_la_code", "new_la_code", "la_name"),
    numbers=("new_all_ehc", "% of EHCPs issued within 20 weeks"),
    place=BY_CODE,
    period=Column("time_period"),
    cuts=(Cut(measure="ehc_plans_20_weeks", value="% of EHCPs issued within 20 weeks"),),
    notes=(
        "Plans issued in the calendar year, which is the period here. LAIT gives the same value under the same number; "
        "there it is shown as the academic year ending in it.",
    ),
)

_KS2 = Publication(
    id="send_ks2",
    title="SEND inclusion dashboard: key stage 2 by special educational need",
    publisher=DFE,
    page=PAGE,
    files=("ks2_attainment*.csv",),
    text=("time_period", "geographic_level", "region_name", "la_name", "characteristic", "academic_year"),
    numbers=(
        "pt_rwm_met_expected_standard",
        "t_rwm_met_expected_standard",
        "t_rwm_eligible_pupils",
        "Percent meeting expected standard",
    ),
    place=BY_NAME,
    period=SIX_DIGITS,
    group=Mapped("characteristic", NEEDS),
    cuts=(
        Cut(
            measure="ks2_rwm_expected",
            value="pt_rwm_met_expected_standard",
            numerator="t_rwm_met_expected_standard",
            denominator="t_rwm_eligible_pupils",
        ),
    ),
    notes=("The percentage is the whole number published; the dashboard's own column has two decimals.",),
)

_KS4 = Publication(
    id="send_ks4",
    title="SEND inclusion dashboard: key stage 4 by special educational need",
    publisher=DFE,
    page=PAGE,
    files=("ks4_attainment*.csv",),
    text=(
        "time_period",
        "geographic_level",
        "region_name",
        "la_name",
        "characteristic_sen_description",
        "academic_year",
        "SEN provision",
    ),
    numbers=(
        "t_pupils",
        "t_schools",
        "avg_att8",
        "avg_p8score",
        "p8score_ci_low",
        "p8score_ci_upp",
        "Average progress 8 score",
        "Progress 8 score (lower confidence interval)",
        "Progress 8 score (upper confidence interval)",
    ),
    place=BY_NAME,
    period=SIX_DIGITS,
    group=Mapped("characteristic_sen_description", NEEDS),
    cuts=(
        Cut(measure="attainment8", value="avg_att8", denominator="t_pupils"),
        Cut(measure="progress8", value="avg_p8score"),
    ),
)

_MAINSTREAM = Publication(
    id="send_mainstream",
    title="SEND inclusion dashboard: pupils with special educational needs in mainstream schools",
    publisher=DFE,
    page=PAGE,
    files=("mainstream_with_sen*.csv",),
    text=("time_period", "region_name", "geographic_level", "la_name", "SEN provision", "academic_year"),
    numbers=("total_pupils", "% of pupils"),
    place=BY_NAME,
    period=SIX_DIGITS,
    group=Mapped("SEN provision", NEEDS),
    cuts=(Cut(measure="mainstream_pupils_with_sen", value="% of pupils", denominator="total_pupils"),),
)

_SHARE = '"% of pupils (with SEN provision type)"'
_PROVIDERS = Publication(
    id="send_provider_types",
    title="SEND inclusion dashboard: types of school pupils with special educational needs are in",
    publisher=DFE,
    page=PAGE,
    files=("provider_types*.csv",),
    text=(
        "academic_year",
        "time_identifier",
        "geographic_level",
        "region_name",
        "la_name",
        "new_la_code",
        "phase_type_grouping",
        "Provision type",
    ),
    numbers=("% of pupils (with SEN provision type)",),
    place=BY_CODE,
    period=Column("academic_year"),
    computed=(
        Computed(
            select=f"""SELECT {BY_CODE.sql()} AS place_ref, 'in_mainstream_share' AS measure, 'all' AS phase,
                CASE "Provision type" WHEN 'all pupils' THEN 'all' WHEN 'pupils with EHC plans' THEN 'ehcp'
                  WHEN 'pupils on SEN support' THEN 'sen_support' END AS grp,
                trim(academic_year) AS period, round(sum(TRY_CAST({_SHARE} AS DOUBLE)), 4) AS value,
                NULL AS numerator, NULL AS denominator, min(row) AS row
              FROM {{t}} WHERE phase_type_grouping IN
                ('State-funded nursery', 'State-funded primary', 'State-funded secondary')
              GROUP BY ALL""",  # noqa: S608
            calculation="sum of the published percentages in state-funded nursery, primary and secondary schools",
            measures=("in_mainstream_share",),
        ),
    ),
)

_TRIBUNALS = Publication(
    id="send_tribunals",
    title="SEND inclusion dashboard: appeals to the SEND Tribunal",
    publisher="Ministry of Justice",
    page=PAGE,
    files=("tribunals*.csv",),
    text=("la_name", "metric", "year", "region", "geographic_level", "region_name"),
    numbers=("value", "SEND Tribunal Appeal Rate"),
    place=BY_NAME,
    period=Column("year"),
    phase=Fixed("all"),
    where="metric = 'appealrate'",
    cuts=(Cut(measure="sen_tribunal_appeal_rate", value="value", times=100, places=4),),
    notes=("The rate is published as a fraction and, rounded, as a percentage; the fraction is used.",),
)

PUBLICATIONS = (_ABSENCE, _SHARES, _TIMELINESS, _KS2, _KS4, _MAINSTREAM, _PROVIDERS, _TRIBUNALS)
