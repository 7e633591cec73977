"""Key stage 4 by council and England in the wide files of the school profiles service, 2022/23 to 2024/25.

Columns are called <Measure>_<Group>_<Level>_<Current|Previous|Previous2>_<Num|Pct>.
"""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Expression, Fixed, Publication
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.places import ENGLAND

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance"
YEARS = {"Current": "2024/25", "Previous": "2023/24", "Previous2": "2022/23"}
# What the council and England files call Mob holds 84 to 98 per cent of the pupils of every council and scores above
# all pupils in every one of them: those are the pupils who did not move.
GROUPS = {
    "Tot": "all",
    "Boy": "boys",
    "Grl": "girls",
    "Dis": "disadvantaged",
    "NDi": "not_disadvantaged",
    "EAL": "eal",
    "Mob": "not_mobile",
    "NMo": "not_mobile",
}
BASICS = {"EngMaths49": "basics_4", "EngMaths59": "basics_5"}
# The marks of these files and no others: looking for many marks in hundreds of columns takes more memory than there is.
WIDE_MARKS = {
    "": Missing.NOT_AVAILABLE,
    "c": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
    "low": Missing.LOW,
}
# Groups every edition gives for every year; the others come for some years only.
_ALWAYS = ("Tot", "Boy", "Grl", "Dis", "EAL")


def wide_cuts(level: str, years: dict[str, str], place: Expression | None = None) -> tuple[Cut, ...]:
    """Cuts of Attainment 8, Progress 8 and English with maths at one level (LA, Eng or Est) of the wide files.

    ``years`` gives the period of Current, Previous and Previous2; a year left out gives no figures.
    """
    cuts = []
    for year, period in years.items():
        for group, id_ in GROUPS.items():
            cuts.append(
                Cut(
                    measure="attainment8",
                    value=f"Attainment8_{group}_{level}_{year}_Num",
                    group=Fixed(id_),
                    place=place,
                    period=Fixed(period),
                )
            )
            cuts += [
                Cut(
                    measure=measure,
                    value=f"{name}_{group}_{level}_{year}_Pct",
                    numerator=f"{name}_{group}_{level}_{year}_Num",
                    group=Fixed(id_),
                    place=place,
                    period=Fixed(period),
                )
                for name, measure in BASICS.items()
            ]
        cuts.append(Cut(measure="progress8", value=f"Prog8_Avg_{level}_{year}_Num", place=place, period=Fixed(period)))
    return tuple(cuts)


def _required(level: str) -> tuple[str, ...]:
    names = []
    for year in YEARS:
        for group in _ALWAYS:
            names.append(f"Attainment8_{group}_{level}_{year}_Num")
            names += [f"{name}_{group}_{level}_{year}_{kind}" for name in BASICS for kind in ("Num", "Pct")]
    return tuple(names)


_NOTES = (
    "Current is 2024/25 (provisional), Previous 2023/24, Previous2 2022/23.",
    "Columns called Mob hold the pupils who did not move (most pupils of every council), and are read as such.",
    "Results in single subjects are kept as rows only.",
)

_COUNCILS = Publication(
    id="ks4_councils",
    title="Key stage 4 by council, 2022/23 to 2024/25 (provisional)",
    publisher=DFE,
    page=PAGE,
    files=("la_ks4_2*.csv",),
    text=("Id",),
    numbers=_required("LA"),
    other_numbers=r"\w+_LA_(Current|Previous2?)_(Num|Pct)",
    marks=WIDE_MARKS,
    place=Column("Id"),
    cuts=wide_cuts("LA", YEARS),
    precedence=40,
    notes=_NOTES,
)

_ENGLAND = Publication(
    id="ks4_england",
    title="Key stage 4 in England, 2022/23 to 2024/25 (provisional)",
    publisher=DFE,
    page=PAGE,
    files=("england_ks4_2*.csv",),
    text=("Id",),
    numbers=_required("Eng"),
    other_numbers=r"\w+_Eng_(Current|Previous2?)_(Num|Pct)",
    marks=WIDE_MARKS,
    where="trim(\"Id\") = 'National'",
    cuts=wide_cuts("Eng", YEARS, Fixed(ENGLAND)),
    precedence=40,
    notes=(*_NOTES, "Only the row National is England; the other two rows are parts of it and give no figures."),
)

PUBLICATIONS = (_COUNCILS, _ENGLAND)
