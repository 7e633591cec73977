"""Who the pupils of a school are: school census in the tables of 2018/19, and a sample with pupil stability."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Mapped, Publication, Register, Sql
from ropewalk.core.open_data.publications.key_stage_2 import PLACE_OF_SCHOOL
from ropewalk.core.open_data.publications.schools import PHASES
from ropewalk.core.schema.places import ENGLAND

DFE = "Department for Education"

# National rows say NAT for URN and the phase for ESTAB.
_IS_SCHOOL = "regexp_full_match(trim(\"URN\"), '\\d{6}')"

_CENSUS = Publication(
    id="census_2018_19",
    title="School census in the performance tables of 2018/19",
    publisher=DFE,
    page="https://www.compare-school-performance.service.gov.uk/download-data",
    files=("england_census_2018*.csv", "england_census.csv"),
    text=("URN", "LA", "ESTAB", "SCHOOLTYPE"),
    numbers=(
        "NOR",
        "NORG",
        "NORB",
        "PNORG",
        "PNORB",
        "TSENELSE",
        "PSENELSE",
        "TSENELK",
        "PSENELK",
        "NUMEAL",
        "NUMENGFL",
        "NUMUNCFL",
        "PNUMEAL",
        "PNUMENGFL",
        "PNUMUNCFL",
        "NUMFSM",
        "NUMFSMEVER",
        "PNUMFSMEVER",
    ),
    place=Sql(f"coalesce(nullif(trim(\"LA\"), ''), '{ENGLAND}')"),
    school=Sql(f'CASE WHEN {_IS_SCHOOL} THEN trim("URN") END'),
    phase=Mapped("SCHOOLTYPE", PHASES),
    period=Fixed("2018/19"),
    cuts=(
        Cut(measure="pupils_on_roll", value="NOR"),
        Cut(measure="ehcp_share", value="PSENELSE", numerator="TSENELSE", denominator="NOR"),
        Cut(measure="sen_support_share", value="PSENELK", numerator="TSENELK", denominator="NOR"),
        Cut(measure="eal_share", value="PNUMEAL", numerator="NUMEAL"),
        Cut(measure="fsm_ever_share", value="PNUMFSMEVER", numerator="NUMFSMEVER", denominator="NOR"),
    ),
    registers=(
        Register(
            register="school",
            select=f"""SELECT trim("URN") AS urn, trim("LA") || trim("ESTAB") AS laestab, NULL AS name, NULL AS phase,
              NULL AS type, NULL AS trust, "LA" AS place_ref, NULL AS postcode, NULL AS opened, NULL AS pupils,
              '2018/19' AS as_of, row FROM {{t}} WHERE {_IS_SCHOOL.replace("{6}", "{{6}}")}""",  # noqa: S608
        ),
    ),
    notes=(
        "The number known to be eligible for free school meals (NUMFSM) is given without its share: kept as cells.",
    ),
)

_CONTEXT = Publication(
    id="similar_schools_context",
    title="Secondary schools in context: pupil stability and other inputs to similar schools",
    publisher=DFE,
    page="https://github.com/DFE-Digital/sap-sector",
    files=("secondary_school_context*.csv",),
    text=("URN",),
    numbers=(
        "KS2MRP",
        "PPPerc",
        "PercentEAL",
        "Polar4QuintilePupils",
        "PStability",
        "IdaciPupils",
        "PercentSchSupport",
        "NumberOfPupils",
        "PercentageStatementOrEHP",
        "Att8Scr",
    ),
    school=Column("URN"),
    phase=Fixed("secondary"),
    period=Fixed("not stated"),
    cuts=(Cut(measure="pupil_stability", value="PStability", place=PLACE_OF_SCHOOL),),
    edition="year not stated",
    notes=("The file does not state its year; its Attainment 8 is of 2023/24 or 2024/25.",),
)

PUBLICATIONS = (_CENSUS, _CONTEXT)
