"""Permanent and fixed-period exclusions in England, 2006/07 to 2016/17: by place and school, by reason, by characteristic."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Cut, Mapped, Publication, Sql
from ropewalk.core.open_data.marks import EXCLUSIONS_MARKS
from ropewalk.core.schema.phases import PUBLISHED_PHASES

DFE = "Department for Education"
PAGE = "https://www.gov.uk/government/statistics/permanent-and-fixed-period-exclusions-in-england-2016-to-2017"
PLACE = Sql(
    "published_place(geographic_level, country_code, region_code, coalesce(nullif(trim(new_la_code), ''), old_la_code))"
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

_BY_PLACE = Publication(
    id="exclusions_by_place",
    title="Permanent and fixed-period exclusions in England: by school, council, region and country",
    publisher=DFE,
    page=PAGE,
    files=("exclusions_by_geographic_level*.csv",),
    text=(
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

PUBLICATIONS = (_BY_PLACE,)
