"""Every figure of the LAIT mapping in the contracts equals the published file: all places, all years, 0 different.

The mapping is written out here once more, from the contracts and not from the catalogue, so that a slip in one of the
two is found. Values are held to the dictionary's decimal places, and exactly where the dictionary gives none.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import find_place

FILE = "la/lait_la_indicators_long.csv.gz"
ROWS = 79_050

# Short Desc: (measure, phase, group)
MAPPING = {
    "TotAbs": ("absence_overall", "all", "all"),
    "PriTotAbs": ("absence_overall", "primary", "all"),
    "SecTotAbs": ("absence_overall", "secondary", "all"),
    "total_absence_special": ("absence_overall", "special", "all"),
    "TotAuthAbs": ("absence_authorised", "all", "all"),
    "TotUnAuthAbs": ("absence_unauthorised", "all", "all"),
    "TotPerAbNew": ("persistent_absence", "all", "all"),
    "SFPriPerAbNew": ("persistent_absence", "primary", "all"),
    "SFSecPerAbNew": ("persistent_absence", "secondary", "all"),
    "LAC_Pers_Abs": ("persistent_absence", "all", "looked_after"),
    "CINPermAbsent_3Term": ("persistent_absence", "all", "children_in_need"),
    "TotSevPerAbNew": ("severe_absence", "all", "all"),
    "SFSecSevPerAbNew": ("severe_absence", "secondary", "all"),
    "TotFixedEx": ("suspension_rate", "all", "all"),
    "PriFixedEx": ("suspension_rate", "primary", "all"),
    "SecFixedEx": ("suspension_rate", "secondary", "all"),
    "SpecFixedEx": ("suspension_rate", "special", "all"),
    "Total_ Pup_FixedEx": ("suspended_pupils_rate", "all", "all"),
    "Sec_ Pup_FixedEx": ("suspended_pupils_rate", "secondary", "all"),
    "LAC_Fixed_ Ex": ("suspended_pupils_rate", "all", "looked_after"),
    "CINFixedExclusion": ("suspended_pupils_rate", "all", "children_in_need"),
    "TotPermEx": ("permanent_exclusion_rate", "all", "all"),
    "PriPermEx": ("permanent_exclusion_rate", "primary", "all"),
    "SecPermEx": ("permanent_exclusion_rate", "secondary", "all"),
    "SpecPermEx": ("permanent_exclusion_rate", "special", "all"),
    "KS2RWM_Expected_STD": ("ks2_rwm_expected", "all", "all"),
    "DAP_NEW_KS2_RWM": ("ks2_rwm_expected", "all", "disadvantaged"),
    "NonDAP_NEW_KS2_RWM": ("ks2_rwm_expected", "all", "not_disadvantaged"),
    "FSM_NEW_KS2_RWM": ("ks2_rwm_expected", "all", "fsm"),
    "NonFSM_NEW_KS2_RWM": ("ks2_rwm_expected", "all", "not_fsm"),
    "AVG_Attain8_Score": ("attainment8", "all", "all"),
    "DAP_KS4_ATT8": ("attainment8", "all", "disadvantaged"),
    "NonDAP_KS4_ATT8": ("attainment8", "all", "not_disadvantaged"),
    "FSM_AVG_Attain8_Score": ("attainment8", "all", "fsm"),
    "NonFSM_AVG_Attain8_Score": ("attainment8", "all", "not_fsm"),
    "SEN_WoStat_AVG_Attain8_Score": ("attainment8", "all", "sen_support"),
    "SEN_Stat_AVG_Attain8_Score": ("attainment8", "all", "ehcp"),
    "SEN_NoID_AVG_Attain8_Score": ("attainment8", "all", "no_sen"),
    "AVG_Prog8_Score": ("progress8", "all", "all"),
    "DAP_KS4_Prog8": ("progress8", "all", "disadvantaged"),
    "NonDAP_KS4_Prog8": ("progress8", "all", "not_disadvantaged"),
    "16-17 NEET": ("neet", "all", "all"),
    "16-17_not known": ("not_known", "all", "all"),
    "16-17_not known_NEET": ("neet_or_not_known", "all", "all"),
    "PriFSM": ("free_school_meals", "primary", "all"),
    "SecFSM": ("free_school_meals", "secondary", "all"),
    "SEN_TotStat": ("ehcp_share", "all", "all"),
    "SEN_TotSENSuP": ("sen_support_share", "all", "all"),
    "SEN_EHC_Excpt_20wks": ("ehc_plans_20_weeks", "all", "all"),
}
CALENDAR_YEARS = {"neet", "not_known", "neet_or_not_known"}


class Published(NamedTuple):
    """A row of the file: its number as a spreadsheet counts, its text."""

    row: int
    text: str
    places: int | None


Cell = tuple[str, str, str, str, str]


def period_of(measure: str, years: str) -> str:
    """How a year of the file is written as a period: 2023 is 2022/23, but NEET's 2025 stays 2025."""
    plain = years.split(" (")[0].strip()
    if "/" in plain or measure in CALENDAR_YEARS:
        return plain
    return f"{int(plain) - 1}/{plain[2:]}"


@pytest.fixture(scope="module")
def decimals(shared_data: Path) -> dict[str, int | None]:
    """Decimal places of each measure by the dictionary; None where it gives none."""
    with (shared_data / "la" / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            line["Measure_short"]: int(float(line["dps"])) if line["dps"].strip() else None
            for line in csv.DictReader(file)
        }


@pytest.fixture(scope="module")
def published(shared_data: Path, decimals: dict[str, int | None]) -> dict[Cell, Published]:
    """Every row of the mapping, read with nothing but the standard library."""
    found: dict[Cell, Published] = {}
    with gzip.open(shared_data / FILE, "rt", encoding="utf-8-sig", newline="") as file:
        for row, line in enumerate(csv.DictReader(file), 2):
            name = line["Short Desc"].strip()
            if name in MAPPING:
                measure, phase, group = MAPPING[name]
                place = find_place(line["LA Number"]).code
                cell = (place, measure, phase, group, period_of(measure, line["Years"]))
                assert cell not in found, f"row {row} is there twice"
                found[cell] = Published(row, line["Values"].strip(), decimals.get(name))
    return found


@pytest.fixture(scope="module")
def figures(import_files: Callable[[Sequence[str]], Store]) -> dict[Cell, Figure]:
    """Every figure of the measures in the mapping, as readers get it."""
    reader = Reader(import_files([FILE]))
    measures = sorted({measure for measure, _, _ in MAPPING.values()})
    found = {(f.place, f.measure, f.phase, f.group, f.period): f for f in reader.figures(Selection(measures=measures))}
    reader.close()
    return found


def is_number(text: str) -> bool:
    """Whether a cell holds a value."""
    return text != "-"


def test_the_mapping_covers_the_rows_counted_beforehand(published: dict[Cell, Published]) -> None:
    assert len(published) == ROWS
    assert len(MAPPING) == 49


def test_there_is_a_figure_for_every_row_and_none_beside(
    published: dict[Cell, Published], figures: dict[Cell, Figure]
) -> None:
    assert figures.keys() == published.keys()


def test_every_value_equals_the_published_one_to_the_places_of_the_dictionary(
    published: dict[Cell, Published], figures: dict[Cell, Figure]
) -> None:
    different = []
    for cell, (row, text, places) in published.items():
        if is_number(text):
            wanted = float(text) if places is None else round(float(text), places)
            if figures[cell].value != wanted:
                different.append((row, cell, text, figures[cell].value))
    assert different == []


def test_rounding_half_up_differs_only_where_the_published_number_lies_on_the_edge(
    published: dict[Cell, Published], figures: dict[Cell, Figure]
) -> None:
    """0.155 is 0.16 half up, but 0.15 as the nearest to the float: of all values just these three."""
    edges = set()
    for cell, (row, text, places) in published.items():
        if is_number(text) and places is not None:
            half_up = Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if figures[cell].value != float(half_up):
                edges.add((row, text))
    assert edges == {(48_647, "0.155"), (56_608, "13.315"), (56_979, "3.125")}


def test_every_mark_is_a_reason_and_never_a_value(
    published: dict[Cell, Published], figures: dict[Cell, Figure]
) -> None:
    marks = [cell for cell, row in published.items() if not is_number(row.text)]
    assert len(marks) == 8_510
    assert all(figures[cell].value is None for cell in marks)
    reasons = Counter(str(figures[cell].missing) for cell in marks)
    assert reasons.keys() == {"not_available", "not_collected"}


def test_every_figure_names_its_row_and_keeps_its_text(
    published: dict[Cell, Published], figures: dict[Cell, Figure]
) -> None:
    told = {cell: (figure.source.row, figure.raw) for cell, figure in figures.items()}
    assert told == {cell: (row.row, row.text) for cell, row in published.items()}


def test_the_row_shown_for_a_figure_is_the_row_of_the_file(
    import_files: Callable[[Sequence[str]], Store], figures: dict[Cell, Figure]
) -> None:
    reader = Reader(import_files([FILE]))
    figure = figures["E06000026", "persistent_absence", "all", "all", "2022/23"]
    (edition,) = reader.editions.values()
    assert figure.source.row is not None
    cells = dict(reader.published_row(edition, figure.source.row))
    reader.close()
    assert cells["Short Desc"] == "TotPerAbNew"
    assert (cells["LA Number"], cells["Years"]) == ("879", "2023")
    assert float(cells["Values"]) == figure.value == 24.14
