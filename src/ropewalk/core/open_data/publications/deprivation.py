"""English indices of deprivation 2019 and 2025, by small area and district, with the lookups between them."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Computed, Cut, Fixed, Publication

MHCLG = "Ministry of Housing, Communities and Local Government"
PAGE_2025 = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
PAGE_2019 = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019"
LOOKUPS = "https://geoportal.statistics.gov.uk/"
ONS = "Office for National Statistics"
_DOMAINS = ("IMD", "Income", "Employment", "Education", "Health", "Crime")


def _small_areas(domains: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{domain}_{kind}" for domain in domains for kind in kinds)


_AREAS_2025 = Publication(
    id="imd_2025_small_areas",
    title="English indices of deprivation 2025: small areas",
    publisher=MHCLG,
    page=PAGE_2025,
    files=("imd2025_lsoa21*.csv",),
    text=("lsoa21_code",),
    numbers=_small_areas((*_DOMAINS, "Housing_and_Services", "Environment"), ("decile", "rank", "score")),
    edition="2025",
)

_AREAS_2019 = Publication(
    id="imd_2019_small_areas",
    title="English indices of deprivation 2019: small areas",
    publisher=MHCLG,
    page=PAGE_2019,
    files=("imd2019_lsoa11*.csv",),
    text=("lsoa11_code",),
    numbers=_small_areas((*_DOMAINS, "Housing_and_Access", "Environment"), ("decile", "rank")),
    edition="2019",
)

_INDICATORS_2025 = Publication(
    id="iod_2025_indicators",
    title="English indices of deprivation 2025: indicators of small areas",
    publisher=MHCLG,
    page=PAGE_2025,
    files=("iod2025_lsoa21_indicators*.csv",),
    text=("lsoa21_code",),
    numbers=(
        "income_domain_numerator",
        "income_deprivation_affecting_children_index_idaci_numerator",
        "income_deprivation_affecting_older_people_index_idaopi_numerator",
        "employment_domain_numerator",
    ),
    other_numbers=r"[a-z0-9_]+_(indicator|ratio|lost|population|properties|score|rooms|bedrooms|speeds|households)",
    optional_numbers=("homelessness_indicator_rate_per_1_000_households",),
    edition="2025",
    notes=("Numerators of the index for children are counts of children; the index itself is not in the file.",),
)

_DISTRICTS_2025 = Publication(
    id="imd_2025_districts",
    title="English indices of deprivation 2025: districts",
    publisher=MHCLG,
    page=PAGE_2025,
    files=("imd2025_ltla24*.csv",),
    text=("ltla24_code", "ltla24_name"),
    numbers=(
        "imd_average_rank",
        "imd_rank_of_average_rank",
        "imd_average_score",
        "imd_rank_of_average_score",
    ),
    other_numbers=r"(imd|imd25|income|employment|education|health|crime|barriers|living)_\w+|rank_of_\w+_scale",
    period=Fixed("2025"),
    cuts=(
        # The place stands with each figure, so that districts that are no councils for education are kept as rows.
        Cut(measure="imd_average_score", value="imd_average_score", place=Column("ltla24_code")),
        Cut(measure="imd_rank_of_average_score", value="imd_rank_of_average_score", place=Column("ltla24_code")),
    ),
    notes=("Districts below a county are kept as rows; they are no councils for education and give no figure.",),
)

_DECILE = "Income Deprivation Affecting Children Index (IDACI) Decile (where 1 is most deprived 10% of LSOAs)"
_DISTRICT = "Local Authority District code (2019)"

_CHILDREN_2019 = Publication(
    id="idaci_2019_small_areas",
    title="English indices of deprivation 2019: income deprivation affecting children and older people",
    publisher=MHCLG,
    page=PAGE_2019,
    files=("iod2019_idaci*.csv", "File_3_*IDACI*.csv"),
    text=("LSOA code (2011)", "LSOA name (2011)", _DISTRICT, "Local Authority District name (2019)"),
    numbers=(
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
        "Income Deprivation Affecting Children Index (IDACI) Rank (where 1 is most deprived)",
        _DECILE,
        "Income Deprivation Affecting Older People (IDAOPI) Rank (where 1 is most deprived)",
        "Income Deprivation Affecting Older People (IDAOPI) Decile (where 1 is most deprived 10% of LSOAs)",
    ),
    computed=(
        Computed(
            select=f"""SELECT trim("{_DISTRICT}") AS place_ref, 'idaci_most_deprived_share' AS measure, 'all' AS phase,
              'all' AS grp, '2019' AS period,
              round(100.0 * count(*) FILTER (trim("{_DECILE}") = '1') / count(*), 2) AS value,
              count(*) FILTER (trim("{_DECILE}") = '1') AS numerator, count(*) AS denominator, min(row) AS row
            FROM {{t}} GROUP BY ALL""",  # noqa: S608
            calculation="small areas of decile 1 divided by all small areas of the district, times 100",
            measures=("idaci_most_deprived_share",),
        ),
    ),
    notes=("Districts below a county give no figure; their small areas are kept as rows.",),
)

_WARDS = Publication(
    id="lookup_small_areas_2021",
    title="Small areas of 2021 to wards and districts of 2024",
    publisher=ONS,
    page=LOOKUPS,
    files=("lookup_lsoa21*.csv",),
    text=("lsoa21_name", "lsoa21_code", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code"),
    edition="2024",
)

_DISTRICTS = Publication(
    id="lookup_small_areas_2011",
    title="Small areas of 2011 to districts of 2021",
    publisher=ONS,
    page=LOOKUPS,
    files=("lookup_lsoa11*.csv",),
    text=("lsoa11_name", "lsoa11_code", "ltla21_name", "ltla21_code"),
    edition="2021",
)

PUBLICATIONS = (
    _AREAS_2025,
    _AREAS_2019,
    _INDICATORS_2025,
    _DISTRICTS_2025,
    _CHILDREN_2019,
    _WARDS,
    _DISTRICTS,
)
