"""Key stage 2 performance tables 2018/19 by school, as cut down by a secondary author."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Publication, Sql

DFE = "Department for Education"
PAGE = "https://www.compare-school-performance.service.gov.uk/download-data"
# These files name no council. A register imported before them does; England holds until then.
PLACE_OF_SCHOOL = Sql(
    "coalesce((SELECT arg_max(place_ref, as_of) FROM (SELECT urn AS known_urn, place_ref, as_of FROM school) "
    "WHERE known_urn = trim(\"URN\")), 'E92000001')"
)
SECONDARY_USE = (
    "Official columns, cut down and joined by their author with postcodes, positions and Ofsted grades: secondary use."
)
# Columns the author of these cut-down files added or kept for display.
DISPLAY = (
    "PCODE2",
    "TOWN",
    "OFSTEDRATING",
    "INSPECTIONDT",
    "WEB",
    "GENDER",
    "RELIGION",
    "LATITUDE",
    "LONGITUDE",
    "COLOUR1",
    "COLOUR2",
)
PROGRESS = {
    "ks2_reading_progress": "READPROG",
    "ks2_writing_progress": "WRITPROG",
    "ks2_maths_progress": "MATPROG",
}

PUBLICATIONS = (
    Publication(
        id="ks2_schools_2018_19",
        title="Key stage 2 performance tables 2018/19: progress by school",
        publisher=DFE,
        page=PAGE,
        files=("england_ks2final*.csv",),
        text=("RECTYPE", "URN", "SCHNAME", "PCODE", "SCHTYPE", "PHASE"),
        numbers=tuple(PROGRESS.values()),
        optional_text=DISPLAY,
        optional_numbers=("READPROG_DESCR", "WRITPROG_DESCR", "MATPROG_DESCR"),
        school=Column("URN"),
        period=Fixed("2018/19"),
        cuts=tuple(Cut(measure=measure, value=column, place=PLACE_OF_SCHOOL) for measure, column in PROGRESS.items()),
        notes=(SECONDARY_USE,),
    ),
)
