"""Key stage 4 by school: 2018/19 (final and provisional), information about schools 2023/24, a sample of 93."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Publication, Register, Sql
from ropewalk.core.open_data.publications.key_stage_2 import DISPLAY, PLACE_OF_SCHOOL, SECONDARY_USE
from ropewalk.core.open_data.publications.key_stage_4 import BASICS, WIDE_MARKS, wide_cuts
from ropewalk.core.schema.places import ENGLAND

DFE = "Department for Education"
PAGE = "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance"
TABLES_PAGE = "https://www.compare-school-performance.service.gov.uk/download-data"

_FINAL = Publication(
    id="ks4_schools_2018_19",
    title="Key stage 4 performance tables 2018/19: schools",
    publisher=DFE,
    page=TABLES_PAGE,
    files=("england_ks4final*.csv",),
    text=("RECTYPE", "URN", "SCHNAME", "PCODE", "SCHTYPE", "PHASE"),
    numbers=("P8MEA", "ATT8SCR", "PTL2BASICS_95", "PTEBACC_E_PTQ_EE", "EBACCAPS"),
    optional_text=(*DISPLAY, "GRAMMAR"),
    optional_numbers=("P8_BANDING",),
    school=Column("URN"),
    period=Fixed("2018/19"),
    cuts=(
        Cut(measure="attainment8", value="ATT8SCR", place=PLACE_OF_SCHOOL),
        Cut(measure="progress8", value="P8MEA", place=PLACE_OF_SCHOOL),
        Cut(measure="basics_5", value="PTL2BASICS_95", place=PLACE_OF_SCHOOL),
    ),
    notes=(SECONDARY_USE, "Some independent schools show 0% because they sit qualifications that do not count."),
)

# RECTYPE: 1 mainstream school, 2 special school, 4 council, 5 all schools of England, 7 its state-funded schools.
_PROVISIONAL = Publication(
    id="ks4_provisional_2018_19",
    title="Key stage 4 performance tables 2018/19 (provisional): schools, councils and England",
    publisher=DFE,
    page=TABLES_PAGE,
    files=("england_ks4provisional*.csv",),
    text=("RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "ICLOSE", "NFTYPE"),
    numbers=(
        "TPUP",
        "ATT8SCR",
        "P8PUP",
        "TP8ADJ",
        "P8MEA",
        "P8CILOW",
        "P8CIUPP",
        "PTL2BASICS_94",
        "PTL2BASICS_95",
        "EBACCAPS",
    ),
    optional_numbers=(
        "P8MEA_ORIG",
        "P8CILOW_ORIG",
        "P8CIUPP_ORIG",
        "PTEBACC_E_PTQ_EE",
        "PTEBACC_94",
        "PTEBACC_95",
        "PT5EM_94",
        "P8_BANDING",
    ),
    place=Sql(f"coalesce(nullif(trim(LEA), ''), '{ENGLAND}')"),
    school=Column("URN"),
    period=Fixed("2018/19"),
    where="trim(RECTYPE) <> '5'",
    cuts=(
        Cut(measure="attainment8", value="ATT8SCR", denominator="TPUP"),
        Cut(measure="progress8", value="P8MEA", denominator="P8PUP"),
        Cut(measure="basics_4", value="PTL2BASICS_94", denominator="TPUP"),
        Cut(measure="basics_5", value="PTL2BASICS_95", denominator="TPUP"),
    ),
    precedence=40,
    notes=("Provisional: final figures stand before these. England is its state-funded schools (RECTYPE 7).",),
)

_INFORMATION = Publication(
    id="ks4_school_information",
    title="Key stage 4 performance: information about schools",
    publisher=DFE,
    page=PAGE,
    files=("ks4_school_information*.csv", "*_information_about_schools_*.csv"),
    text=(
        "time_period",
        "time_identifier",
        "geographic_level",
        "country_code",
        "country_name",
        "school_laestab",
        "school_urn",
        "school_name",
        "old_la_code",
        "new_la_code",
        "la_name",
        "version",
        "establishment_type_group",
    ),
    numbers=(
        "t_pupils",
        "t_disadvantaged",
        "pt_disadvantaged",
        "t_not_mobile",
        "pt_not_mobile",
        "diffn_att8",
        "diffn_p8mea",
    ),
    # The telephone number (telnum) is no statistic and is not kept.
    optional_text=(
        "full_address",
        "pcon_code",
        "pcon_name",
        "contflag",
        "iclose",
        "reldenom",
        "admpol_pt",
        "egender",
        "feeder",
        "agerange",
        "p8_banding",
    ),
    other_numbers=r"(t|pt|avg)_\w+",
    place=Column("new_la_code"),
    school=Column("school_urn"),
    period=Sql("academic_year(time_period)"),
    cuts=(
        Cut(
            measure="disadvantaged_share",
            value="pt_disadvantaged",
            numerator="t_disadvantaged",
            denominator="t_pupils",
        ),
        Cut(measure="stability_ks4", value="pt_not_mobile", numerator="t_not_mobile", denominator="t_pupils"),
        Cut(measure="attainment8_against_other_pupils", value="diffn_att8", denominator="t_disadvantaged"),
        Cut(measure="progress8_against_other_pupils", value="diffn_p8mea", denominator="t_disadvantaged"),
    ),
    # Without a name the rows tell which URN goes with which LAESTAB and are not listed as schools: the file says
    # neither phase nor trust, and the register of all schools does.
    registers=(
        Register(
            register="school",
            select="""SELECT trim(school_urn) AS urn, trim(school_laestab) AS laestab, NULL AS name, NULL AS phase,
              NULL AS type, NULL AS trust, new_la_code AS place_ref, NULL AS postcode, NULL AS opened, NULL AS pupils,
              academic_year(time_period) AS as_of, row FROM {t}""",
        ),
    ),
)

_SAMPLE = Publication(
    id="ks4_sample_of_schools",
    title="Key stage 4 in 93 schools of three cities, by disadvantage and mobility",
    publisher=DFE,
    page=PAGE,
    files=("school_ks4_performance*.csv",),
    text=("id",),
    numbers=(
        *(f"Attainment8_{group}_Est_Current_Num" for group in ("Tot", "Boy", "Grl", "Dis", "NDi", "EAL", "NMo")),
        *(f"{name}_{group}_Est_Current_Pct" for name in BASICS for group in ("Tot", "Dis", "NDi", "EAL", "NMo")),
    ),
    other_numbers=r"\w+_Est_(Current|Previous2?)_(Num|Pct)",
    marks=WIDE_MARKS,
    school=Column("id"),
    cuts=wide_cuts("Est", {"Current": "not stated"}, Sql(PLACE_OF_SCHOOL.expression.replace('"URN"', '"id"'))),
    precedence=30,
    edition="year not stated",
    notes=(
        "The file does not say which year Current is: its figures have no period, earlier years are kept as rows only.",
        "Of the oldest year, columns called Num hold percentages for English with maths.",
    ),
)

PUBLICATIONS = (_FINAL, _PROVISIONAL, _INFORMATION, _SAMPLE)
