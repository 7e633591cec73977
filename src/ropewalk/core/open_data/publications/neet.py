"""NEET and participation of 16 and 17 year olds, by council: one file a year, its columns changing a little."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Publication, Sql

DFE = "Department for Education"
PAGE = "https://www.gov.uk/government/publications/neet-and-participation-local-authority-figures"

_NEET = Publication(
    id="neet_participation",
    title="NEET and participation: local authority figures",
    publisher=DFE,
    page=PAGE,
    files=("neet_not_known_la_*.csv",),
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
        "Age",
    ),
    numbers=(
        "Cohort_DJFavg",
        "NEET_not_known_percent",
        "NEET_percent",
        "Notknown_percent",
        "annual_change_ppts_NEET_not_known",
        "annualchange_NEET",
        "annualchange_notknown",
        "cohort_March",
        "TOTAL_participating_in_education_and_training_percent",
        "Full_time_education_percent",
        "Apprenticeship_percent",
        "Other_education_and_training_percent",
        "annual_change_Participation_in_education_training",
        "annual_change_FTE",
        "annual_change_apprenticeship",
        "annual_change_other_education_training",
        "September_guarantee_Offer_made_percent",
        "September_guarantee_annual_change_ppts",
        "cohort_noSEN_percent",
        "NEET_NK_noSEN_percent",
        "cohort_EHCP_percent",
        "NEET_NK_EHCP_percent",
        "cohort_SENDsupport_percent",
        "NEET_NK_SENDsupport_percent",
        "VG_cohort_DJF_avg",
        "VG_cohort_percentage",
        "VG_NEET_NK_percentage",
        "Level_3",
        "L2_em_GCSE_othL2",
        "avg_att8",
        "pt_l2basics_94",
        "sess_overall_percent",
        "NEET_NK_quintile",
        "NEET_quintile",
        "Notknown_quintile",
        "Participation_ET_quintile",
        "Sep_guarantee_quintile",
    ),
    optional_numbers=("sess_overall_percent_pa_10_exact", "enrolments_pa_10_exact_percent", "Age1617_ONS_population"),
    place=Sql("published_place(geographic_level, country_code, region_code, new_la_code)"),
    period=Column("time_period"),
    cuts=(
        Cut(measure="neet", value="NEET_percent"),
        Cut(measure="not_known", value="Notknown_percent"),
        Cut(measure="neet_or_not_known", value="NEET_not_known_percent"),
        Cut(measure="neet_or_not_known", value="NEET_NK_noSEN_percent", group=Fixed("no_sen")),
        Cut(measure="neet_or_not_known", value="NEET_NK_EHCP_percent", group=Fixed("ehcp")),
        Cut(measure="neet_or_not_known", value="NEET_NK_SENDsupport_percent", group=Fixed("sen_support")),
        Cut(
            measure="participation_16_17",
            value="TOTAL_participating_in_education_and_training_percent",
            denominator="cohort_March",
        ),
        Cut(measure="september_guarantee", value="September_guarantee_Offer_made_percent"),
    ),
    notes=(
        "NEET and not known are averages over December to February, so their cohort is no whole number of people.",
        "An offer rate can exceed 100 where more offers than residents were counted (100.2 in one place in 2023).",
    ),
)

PUBLICATIONS = (_NEET,)
