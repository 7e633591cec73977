"""Groups of pupils a figure may be cut by. Ids as in the contracts; words for readers."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.errors import NotFound


@dataclass(frozen=True)
class Group:
    """A group of pupils; ``other`` is the group it is compared with when a gap is drawn."""

    id: str
    words: str
    family: str
    other: str | None = None


_DECLARED = (
    Group("all", "All pupils", "all"),
    Group("disadvantaged", "Disadvantaged pupils", "disadvantage", other="not_disadvantaged"),
    Group("not_disadvantaged", "Other pupils (not disadvantaged)", "disadvantage", other="disadvantaged"),
    Group("fsm", "Eligible for free school meals", "free school meals", other="not_fsm"),
    Group("not_fsm", "Not eligible for free school meals", "free school meals", other="fsm"),
    Group("sen_support", "SEN support", "special educational needs", other="no_sen"),
    Group("ehcp", "Education, health and care plan", "special educational needs", other="no_sen"),
    Group("any_sen", "Any special educational need", "special educational needs", other="no_sen"),
    Group("no_sen", "No special educational need", "special educational needs", other="sen_support"),
    Group("looked_after", "Looked-after children", "social care", other="all"),
    Group("children_in_need", "Children in need", "social care", other="all"),
    Group("girls", "Girls", "sex", other="boys"),
    Group("boys", "Boys", "sex", other="girls"),
    Group("eal", "English as an additional language", "first language", other="not_eal"),
    Group("not_eal", "English as first language", "first language", other="eal"),
    Group("mobile", "Joined during the key stage", "mobility", other="not_mobile"),
    Group("not_mobile", "At the school throughout", "mobility", other="mobile"),
    Group("fsm_ever_6", "Free school meals at any time in six years", "free school meals", other="not_fsm_ever_6"),
    Group("not_fsm_ever_6", "No free school meals in six years", "free school meals", other="fsm_ever_6"),
    Group("nursery", "Nursery years", "year group"),
    Group("reception", "Reception", "year group"),
    *(Group(f"year_{year}", f"Year {year}", "year group") for year in range(1, 15)),
    Group("year_12_and_above", "Year 12 and above", "year group"),
    Group("age_4_and_under", "Age 4 and under", "age"),
    *(Group(f"age_{age}", f"Age {age}", "age") for age in range(4, 20)),
    Group("age_19_and_over", "Age 19 and over", "age"),
    *(
        Group(f"idaci_{decile}", f"Area deprivation decile {decile} (1 is most deprived)", "area deprivation")
        for decile in range(1, 11)
    ),
)
GROUPS = {group.id: group for group in _DECLARED}

ETHNICITIES = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other Mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Ethnicity refused",
    "NOBT": "Ethnicity not obtained",
    "UNCL": "Ethnicity not known",
    "WHIT": "White (all)",
    "MIXD": "Mixed (all)",
    "ASIA": "Asian (all)",
    "BLAC": "Black (all)",
    "ETHM": "Minority ethnic (all)",
}
GROUPS.update({code: Group(code, name, "ethnicity") for code, name in ETHNICITIES.items()})

NEEDS = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "BESD": "Behaviour, emotional and social difficulties (until 2013/14)",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Visual impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "OTH": "Other difficulty or disability",
    "NSA": "SEN support but no specialist assessment of the need",
}
GROUPS.update({f"need_{code}": Group(f"need_{code}", name, "primary need") for code, name in NEEDS.items()})

REASONS = {
    "PP": "Physical assault on a pupil",
    "PA": "Physical assault on an adult",
    "VP": "Verbal abuse or threat to a pupil",
    "VA": "Verbal abuse or threat to an adult",
    "BU": "Bullying",
    "RA": "Racist abuse",
    "SM": "Sexual misconduct",
    "DA": "Drugs or alcohol",
    "DM": "Damage",
    "TH": "Theft",
    "DB": "Persistent disruptive behaviour",
    "OT": "Other reasons",
}
GROUPS.update({f"reason_{code}": Group(f"reason_{code}", name, "reason") for code, name in REASONS.items()})


def group(group_id: str) -> Group:
    """Look a group up by id.

    Raises NotFound when no such group is declared.
    """
    try:
        return GROUPS[group_id]
    except KeyError:
        raise NotFound(
            f"There is no group '{group_id}'. "
            "Groups include all, disadvantaged, fsm, sen_support, ehcp, girls, boys and year_7."
        ) from None
