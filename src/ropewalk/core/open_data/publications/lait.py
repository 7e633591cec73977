"""Local Authority Interactive Tool (LAIT) of the Department for Education: its values, dictionary and neighbours.

Which rows are figures of which measure stands with the measures (``Measure.lait``), so that a measure is one file.
"""

from __future__ import annotations

from ropewalk.core.measures import Lait, Measure, all_measures
from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Publication, Register, Sql, literal

DFE = "Department for Education"
PAGE = "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
_YEAR = "regexp_replace(trim(\"Years\"), '\\s*\\(.*\\)$', '')"


def _cut(measure: Measure, row: Lait) -> Cut:
    period = _YEAR if row.calendar else f"CASE WHEN {_YEAR} LIKE '%/%' THEN {_YEAR} ELSE year_ending({_YEAR}) END"
    return Cut(
        measure=measure.id,
        value="Values",
        phase=Fixed(row.phase),
        group=Fixed(row.group),
        period=Sql(period),
        where=f'trim("Short Desc") = {literal(row.short_description)}',
        places=row.places,
    )


_CUTS = tuple(_cut(measure, row) for measure in all_measures().values() for row in measure.lait)

_LONG = Publication(
    id="lait",
    title="Local Authority Interactive Tool",
    publisher=DFE,
    page=PAGE,
    files=("lait_la_indicators*.csv", "bds_long*.csv"),
    text=("Short Desc", "Data item", "Years", "LA and Regions", "LA Number", "Region"),
    numbers=("Values",),
    multiline=True,
    place=Column("LA Number"),
    cuts=_CUTS,
    precedence=90,
    notes=(
        "Values are rounded to the decimal places the dictionary gives; the text as published is kept beside them.",
    ),
)

_EXTRACT = Publication(
    id="lait_inclusion_extract",
    title="Local Authority Interactive Tool: extract of inclusion measures",
    publisher=DFE,
    page=PAGE,
    files=("lait_inclusion_extract*.csv",),
    text=(
        "Short Desc",
        "Topic",
        "Measure",
        "y_axis_name",
        "Polarity",
        "Years",
        "LA and Regions",
        "LA Number",
        "Region",
    ),
    numbers=("Values",),
    multiline=True,
    place=Column("LA Number"),
    cuts=_CUTS,
    precedence=80,
)

_DICTIONARY = Publication(
    id="lait_dictionary",
    title="Local Authority Interactive Tool: data dictionary",
    publisher=DFE,
    page=PAGE,
    files=("lait_data_dictionary*.csv",),
    text=(
        "Measure_code",
        "Topic",
        "Measure",
        "Chart_title",
        "Measure_short",
        "Polarity",
        "y_axis_name",
        "Description",
        "Methodology",
    ),
    optional_text=(
        "state_funded_flag",
        "Table_status",
        "Last Update",
        "Next Update",
        "Data Owner (DO) /Supplier and Contact Details",
        "Hyperlink(s)",
        "Year_Type",
        "No_Quartile",
    ),
    numbers=("dps",),
    multiline=True,
    edition="dictionary",
)

_NEIGHBOURS = Publication(
    id="statistical_neighbours",
    title="Statistical neighbours of local authorities",
    publisher=DFE,
    page=PAGE,
    files=("statistical_neighbours*.csv", "sn_*.csv"),
    text=("la_code", "la_name", "neighbour_la_code", "closeness"),
    numbers=("rank",),
    place=Column("la_code"),
    registers=(
        Register(
            register="neighbour",
            select="SELECT la_code AS place_ref, TRY_CAST(rank AS INTEGER) AS position, "
            "neighbour_la_code AS neighbour_ref, closeness, row FROM {t} WHERE position IS NOT NULL",
        ),
    ),
    edition="May 2025",
)

_LIST = Publication(
    id="lait_councils",
    title="Local Authority Interactive Tool: list of councils",
    publisher=DFE,
    page=PAGE,
    files=("la_code_list*.csv",),
    text=("LA Number", "LA Name", "Region", "Type"),
    place=Column("LA Number"),
    edition="list",
)

PUBLICATIONS = (_LONG, _EXTRACT, _DICTIONARY, _NEIGHBOURS, _LIST)
