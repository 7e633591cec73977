"""Key stage 4 destinations: by council and for 93 schools (wide files), and the tables of 2018/19 by school.

The period of a figure is the year in which the pupils were followed, as the Department labels its releases.
"""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Expression, Fixed, Publication, Sql, quoted
from ropewalk.core.open_data.publications.key_stage_2 import PLACE_OF_SCHOOL
from ropewalk.core.open_data.publications.key_stage_4 import WIDE_MARKS
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.places import ENGLAND

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-destination-measures"
MEASURES = {
    "sustained_destination_ks4": "AllDest",
    "education_destination_ks4": "Education",
    "apprenticeship_destination_ks4": "Apprentice",
}
GROUPS = {"Tot": "all", "Boy": "boys", "Grl": "girls", "Dis": "disadvantaged", "NDi": "not_disadvantaged"}
YEARS = {"Current": "2022/23", "Previous": "2021/22", "Previous2": "2020/21"}


def _number(column: str) -> str:
    return f"TRY_CAST(trim({quoted(column)}) AS DOUBLE)"


def _swapped(cell: str, whole: str) -> str:
    """SQL condition: the columns Num and Pct of a cell hold each other's values.

    A count divided by its share gives the pupils it is a share of. All destinations of the same group are never
    swapped and give those pupils, so the reading that comes nearer to them (as a ratio) is right.
    """
    count, share = _number(f"{cell}_Num"), _number(f"{cell}_Pct")
    pupils = f"({_number(f'{whole}_Num')} * 100 / nullif({_number(f'{whole}_Pct')}, 0))"
    straight = f"abs(ln({count} * 100 / {share} / {pupils}))"
    crossed = f"abs(ln({share} * 100 / {count} / {pupils}))"
    # Logarithms only of what is above 0; a cell with a mark or a 0 is read as its heading says.
    return f"CASE WHEN {count} > 0 AND {share} > 0 AND {pupils} > 0 THEN {crossed} < {straight} ELSE false END"


def _cuts(level: str, years: dict[str, str], place: Expression | None = None) -> tuple[Cut, ...]:
    cuts = []
    for year, period in years.items():
        for group, id_ in GROUPS.items():
            for measure, name in MEASURES.items():
                cell, whole = f"{name}_{group}_{level}_{year}", f"AllDest_{group}_{level}_{year}"
                swapped = _swapped(cell, whole)
                columns = [(f"{cell}_Pct", f"{cell}_Num", f"NOT {swapped}"), (f"{cell}_Num", f"{cell}_Pct", swapped)]
                cuts += [
                    Cut(
                        measure=measure,
                        value=value,
                        numerator=numerator,
                        place=place,
                        period=Fixed(period),
                        group=Fixed(id_),
                        where=where,
                    )
                    for value, numerator, where in columns[: 1 if name == "AllDest" else 2]
                ]
    return tuple(cuts)


def _columns(level: str, years: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{name}_{group}_{level}_{year}_{kind}"
        for name in MEASURES.values()
        for group in GROUPS
        for year in years
        for kind in ("Num", "Pct")
    )


_COUNCILS = Publication(
    id="ks4_destinations_councils",
    title="Key stage 4 destinations by council, 2020/21 to 2022/23",
    publisher=DFE,
    page=PAGE,
    files=("la_ks4_destinations*.csv",),
    text=("Id",),
    numbers=_columns("LA", YEARS),
    other_numbers=r"\w+_LA_(Current|Previous2?)_(Num|Pct)",
    marks=WIDE_MARKS,
    place=Column("Id"),
    cuts=_cuts("LA", YEARS),
    notes=(
        "Counts of groups are rounded to 5.",
        "For education and apprenticeships of other pupils in 2022/23 the file holds shares under Num and counts under "
        "Pct; each cell is read the way round that agrees with all destinations of the same pupils.",
    ),
)

_SAMPLE = Publication(
    id="ks4_destinations_sample_of_schools",
    title="Key stage 4 destinations of 93 schools of three cities",
    publisher=DFE,
    page=PAGE,
    files=("school_ks4_destinations*.csv",),
    text=("id",),
    numbers=_columns("Est", YEARS),
    other_numbers=r"\w+_Est_(Current|Previous2?)_(Num|Pct)",
    marks=WIDE_MARKS,
    school=Column("id"),
    cuts=_cuts("Est", {"Current": "not stated"}, Sql(PLACE_OF_SCHOOL.expression.replace('"URN"', '"id"'))),
    precedence=30,
    edition="year not stated",
    notes=(
        "The file does not say which year Current is: its figures have no period, earlier years are kept as rows only.",
    ),
)

_TABLE_SUFFIXES = {"": "all", "_DIS": "disadvantaged", "_NONDIS": "not_disadvantaged"}
_TABLE_MEASURES = {
    "sustained_destination_ks4": "OVERALL_DEST",
    "education_destination_ks4": "EDUCATION",
    "apprenticeship_destination_ks4": "APPREN",
}
# The tables of 2018/19 follow the leavers of 2016/17 through 2017/18; _18 and _17 repeat the two tables before.
_EARLIER_TABLES = {"_18": "2016/17", "_17": "2015/16"}
_KINDS = (
    "OVERALL_DEST",
    "APPREN",
    "EMPLOYMENT",
    "EDUCATION",
    "FE",
    "SCH_6TH",
    "SIXTH_COL",
    "OTHER_EDU",
    "NOT_SUSTAINED",
    "UNKNOWN",
)

_TABLE_MARKS = {
    "": Missing.NOT_AVAILABLE,
    "NA": Missing.NOT_AVAILABLE,
    "SUPP": Missing.SUPPRESSED,
    "SP": Missing.LOW,
}

_TABLES = Publication(
    id="ks4_destinations_2018_19",
    title="Key stage 4 destinations in the performance tables of 2018/19: schools, councils and England",
    publisher=DFE,
    page="https://www.compare-school-performance.service.gov.uk/download-data",
    files=("england_ks4_pupdest*.csv",),
    text=("RECTYPE", "LEA", "ESTAB", "URN", "ICLOSE", "SCHNAME", "NFTYPE"),
    numbers=tuple(
        name
        for suffix in _TABLE_SUFFIXES
        for name in (
            f"COHORT{suffix}",
            *(f"{kind}{suffix}" for kind in _KINDS),
            *(f"{kind}PER{suffix}" for kind in _KINDS),
        )
    ),
    optional_numbers=tuple(
        f"{name}{suffix}{table}"
        for table in _EARLIER_TABLES
        for suffix in _TABLE_SUFFIXES
        for name in ("COHORT", "OVERALL_DESTPER")
    ),
    marks=_TABLE_MARKS,
    place=Sql(f"coalesce(nullif(trim(LEA), ''), '{ENGLAND}')"),
    school=Column("URN"),
    period=Fixed("2017/18"),
    cuts=(
        *(
            Cut(
                measure=measure,
                value=f"{name}PER{suffix}",
                numerator=f"{name}{suffix}",
                denominator=f"COHORT{suffix}",
                group=Fixed(group),
            )
            for measure, name in _TABLE_MEASURES.items()
            for suffix, group in _TABLE_SUFFIXES.items()
        ),
        *(
            Cut(
                measure="sustained_destination_ks4",
                value=f"OVERALL_DESTPER{suffix}{table}",
                denominator=f"COHORT{suffix}{table}",
                group=Fixed(group),
                period=Fixed(period),
            )
            for table, period in _EARLIER_TABLES.items()
            for suffix, group in _TABLE_SUFFIXES.items()
        ),
    ),
    notes=("SP stands for a small percentage that rounds to 0.", "Percentages are published as whole numbers."),
)

PUBLICATIONS = (_COUNCILS, _SAMPLE, _TABLES)
