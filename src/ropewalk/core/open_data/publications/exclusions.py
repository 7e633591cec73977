"""Permanent and fixed-period exclusions in England, 2006/07 to 2016/17: by place, by reason, by characteristic."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Mapped, Publication, Sql
from ropewalk.core.open_data.marks import EXCLUSIONS_MARKS
from ropewalk.core.schema.phases import PUBLISHED_PHASES

DFE = "Department for Education"
PAGE = "https://www.gov.uk/government/statistics/permanent-and-fixed-period-exclusions-in-england-2016-to-2017"
# Councils abolished in 2009 have a dot for their ONS code in some rows, and their number.
PLACE = Sql(
    "published_place(geographic_level, country_code, region_code, "
    "coalesce(nullif(nullif(trim(new_la_code), ''), '.'), old_la_code))"
)
PHASE = Mapped("school_type", PUBLISHED_PHASES)
PERIOD = Sql("academic_year(time_period)")
RATES = (
    Cut(measure="suspension_rate", value="fixed_excl_rate", numerator="fixed_excl", denominator="headcount"),
    Cut(measure="permanent_exclusion_rate", value="perm_excl_rate", numerator="perm_excl", denominator="headcount"),
    Cut(
        measure="suspended_pupils_rate",
        value="one_plus_fixed_rate",
        numerator="one_plus_fixed",
        denominator="headcount",
    ),
)
COUNTS = (
    "headcount",
    "perm_excl",
    "perm_excl_rate",
    "fixed_excl",
    "fixed_excl_rate",
    "one_plus_fixed",
    "one_plus_fixed_rate",
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
# Columns are named perm_... and fixed_... followed by the reason; codes as in definitions of the exclusions census.
KINDS = {"perm": "permanent_exclusions_by_reason", "fixed": "suspensions_by_reason"}
REASON_OF = {
    "physical_pupils": "PP",
    "physical_adult": "PA",
    "verbal_pupil": "VP",
    "verbal_adult": "VA",
    "bullying": "BU",
    "racist_abuse": "RA",
    "sexual_misconduct": "SM",
    "drug_alcohol": "DA",
    "damage": "DM",
    "theft": "TH",
    "persistent_disruptive": "DB",
    "other": "OT",
}
_MINOR = "Ethnicity Minor "
_MAJOR = "Ethnicity Major "
_NEED = "SEN primary need "
GROUP_OF = {
    "Total": "all",
    "Gender female": "girls",
    "Gender male": "boys",
    "FSM Eligible": "fsm",
    "FSM NotEligible": "not_fsm",
    "FSM eligible in last 6 years": "fsm_ever_6",
    "FSM not eligible in last 6 years": "not_fsm_ever_6",
    "SEN Provision No SEN": "no_sen",
    "SEN provision SEN with statement EHC": "ehcp",
    "SEN provision SEN without statement": "sen_support",
    "Age 4 and under": "age_4_and_under",
    "Age 19 and over": "age_19_and_over",
    **{f"Age {age}": f"age_{age}" for age in range(5, 19)},
    "NC Year Nursery": "nursery",
    "NC Year Reception": "reception",
    "NC Year 12 and above": "year_12_and_above",
    **{f"NC Year {year}": f"year_{year}" for year in range(1, 12)},
    "IDACI decile 0 to 10pc most deprived": "idaci_1",
    **{f"IDACI decile {10 * (decile - 1)} to {10 * decile}pc": f"idaci_{decile}" for decile in range(2, 10)},
    "IDACI decile 90 to 100pc least deprived": "idaci_10",
    f"{_MAJOR}Asian Total": "ASIA",
    f"{_MAJOR}Black Total": "BLAC",
    f"{_MAJOR}Mixed Total": "MIXD",
    f"{_MAJOR}White Total": "WHIT",
    "Ethnicity Minority ethnic pupil": "ETHM",
    "Ethnicity Unclassified": "UNCL",
    f"{_MINOR}Any Other Ethnic Group": "OOTH",
    f"{_MINOR}Any other Asian background": "AOTH",
    f"{_MINOR}Any other Mixed background": "MOTH",
    f"{_MINOR}Any other black background": "BOTH",
    f"{_MINOR}Any other white background": "WOTH",
    f"{_MINOR}Bangladeshi": "ABAN",
    f"{_MINOR}Black African": "BAFR",
    f"{_MINOR}Black Caribbean": "BCRB",
    f"{_MINOR}Chinese": "CHNE",
    f"{_MINOR}Gypsy Roma": "WROM",
    f"{_MINOR}Indian": "AIND",
    f"{_MINOR}Irish": "WIRI",
    f"{_MINOR}Pakistani": "APKN",
    f"{_MINOR}Traveller of Irish heritage": "WIRT",
    f"{_MINOR}White British": "WBRI",
    f"{_MINOR}White and Asian": "MWAS",
    f"{_MINOR}White and Black African": "MWBA",
    f"{_MINOR}White and Black Caribbean": "MWBC",
    f"{_NEED}Autistic spectrum disorder": "need_ASD",
    f"{_NEED}Behavioural emotional and social difficulties": "need_BESD",
    f"{_NEED}Hearing impairment": "need_HI",
    f"{_NEED}Moderate learning difficulty": "need_MLD",
    f"{_NEED}Multisensory impairment": "need_MSI",
    f"{_NEED}No specialist assessment": "need_NSA",
    f"{_NEED}Other difficulty disability": "need_OTH",
    f"{_NEED}Physical disability": "need_PD",
    f"{_NEED}Profound and multiple learning difficulty": "need_PMLD",
    f"{_NEED}Severe learning difficulty": "need_SLD",
    f"{_NEED}Social emotional and mental health": "need_SEMH",
    f"{_NEED}Specific learning difficulty": "need_SPLD",
    f"{_NEED}Speech language and communications needs": "need_SLCN",
    f"{_NEED}Visual impairment": "need_VI",
}

_BY_PLACE = Publication(
    id="exclusions_by_place",
    title="Permanent and fixed-period exclusions in England: by school, council, region and country",
    publisher=DFE,
    page=PAGE,
    files=("exclusions_by_geographic_level*.csv",),
    text=(
        *GEOGRAPHY,
        "estab",
        "laestab",
        "academy_type",
        "academy_open_date",
        "school_type",
    ),
    numbers=("num_schools", *COUNTS),
    marks=EXCLUSIONS_MARKS,
    place=PLACE,
    school=Sql("CASE WHEN geographic_level = 'School' THEN trim(laestab) END"),
    phase=PHASE,
    period=PERIOD,
    cuts=RATES,
    notes=(
        "Small numbers are hidden as x; national and regional counts are rounded to 5.",
        "A school that became an academy during a year has a row before and a row after.",
    ),
)

_BY_REASON = Publication(
    id="exclusions_by_reason",
    title="Permanent and fixed-period exclusions in England: by reason",
    publisher=DFE,
    page=PAGE,
    files=("exclusions_by_reason*.csv",),
    text=(*GEOGRAPHY, "school_type"),
    numbers=tuple(f"{kind}_{reason}" for kind in KINDS for reason in REASON_OF),
    marks=EXCLUSIONS_MARKS,
    place=PLACE,
    phase=PHASE,
    period=PERIOD,
    cuts=tuple(
        Cut(measure=measure, value=f"{kind}_{reason}", group=Fixed(f"reason_{code}"))
        for kind, measure in KINDS.items()
        for reason, code in REASON_OF.items()
    ),
    notes=(
        "Small numbers are hidden as x; national and regional counts are rounded to 5.",
        "One reason, the main one, was recorded for each exclusion.",
    ),
)

_BY_CHARACTERISTIC = Publication(
    id="exclusions_by_characteristic",
    title="Permanent and fixed-period exclusions in England: by pupil characteristic",
    publisher=DFE,
    page=PAGE,
    files=("exclusions_by_characteristic*.csv",),
    text=(
        "time_identifier",
        "time_period",
        "geographic_level",
        "country_code",
        "country_name",
        "school_type",
        "characteristic_group",
        "characteristic",
    ),
    numbers=COUNTS,
    marks=EXCLUSIONS_MARKS,
    place=Column("country_code"),
    phase=PHASE,
    group=Mapped("characteristic", GROUP_OF),
    period=PERIOD,
    cuts=RATES,
    notes=(
        "National only. Rows that cross sex with age, year group or ethnicity are kept as rows and give no figure.",
        "SEN without statement is shown as SEN support: until 2013/14 it was School Action and School Action Plus.",
    ),
)

PUBLICATIONS = (_BY_PLACE, _BY_REASON, _BY_CHARACTERISTIC)
