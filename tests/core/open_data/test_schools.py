"""The list of schools, links between them, and who their pupils are, read from the real files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ropewalk.core.measures import all_measures
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

ImportFiles = Callable[[Sequence[str]], Store]
SCHOOLS = "register/spc_school_level_2022_23.csv.gz"
LINKS = "register/gias_establishment_links_20250422.csv.gz"
CENSUS = "characteristics/england_census_2018_19_school.csv.gz"
CONTEXT = "characteristics/secondary_school_context_sample.csv.gz"
REST = (
    "register/gias_establishments_sample_2026_08.csv.gz",
    "register/gias_groups_2026_08.csv.gz",
    "register/gias_links_sample_2026_08.csv.gz",
    "register/la_and_region_codes.csv",
)
FILES = (SCHOOLS, LINKS, CENSUS, CONTEXT, *REST)
ENGLAND, PLYMOUTH = "E92000001", "E06000026"


@pytest.fixture(scope="module")
def store(import_files: ImportFiles) -> Store:
    return import_files(FILES)


@pytest.fixture(scope="module")
def reader(store: Store) -> Reader:
    return Reader(store)


@pytest.mark.parametrize(
    ("publication", "read", "refused", "missing"),
    [
        ("schools_and_pupils", 24_442, 0, 0),
        ("gias_links", 33_801, 0, 0),
        ("gias_links_sample", 1_728, 0, 0),
        ("gias_groups", 7_176, 0, 0),
        ("gias_establishments", 1_924, 0, 0),
        ("councils_and_regions", 151, 0, 0),
        ("census_2018_19", 23_942, 0, 45),
        ("similar_schools_context", 1_393, 0, 0),
    ],
)
def test_every_row_is_accounted_for(reader: Reader, publication: str, read: int, refused: int, missing: int) -> None:
    edition = next(e for e in reader.editions.values() if e.publication == publication)
    assert (edition.read, edition.refused, edition.missing) == (read, refused, missing)
    assert edition.kept == read - refused - missing


def _value(reader: Reader, place: str, measure: str, phase: str, period: str) -> float | None:
    found = reader.figures(
        Selection(places=[place], measures=[measure], phases=[phase], groups=["all"], periods=[period])
    )
    assert len(found) == 1
    return found[0].value


def test_rolls_add_up_to_what_was_published(reader: Reader) -> None:
    assert _value(reader, ENGLAND, "pupils_on_roll", "all", "2022/23") == 9_073_829
    assert _value(reader, PLYMOUTH, "pupils_on_roll", "all", "2022/23") == 40_366
    phases = ("primary", "secondary", "special", "alternative")
    parts = [_value(reader, PLYMOUTH, "pupils_on_roll", phase, "2022/23") for phase in phases]
    assert parts == [20_735, 17_542, 737, 221]


def test_free_school_meals_of_england_are_counted_over_state_funded_schools(reader: Reader) -> None:
    figure = reader.figures(
        Selection(places=[ENGLAND], measures=["free_school_meals"], phases=["all"], groups=["all"], periods=["2022/23"])
    )[0]
    assert (figure.numerator, figure.denominator, figure.value) == (2_019_508, 8_481_875, 23.81)
    assert figure.source.calculation


@pytest.mark.parametrize(
    ("measure", "phase", "value"),
    [
        ("pupils_on_roll", "secondary", 3_327_970),
        ("fsm_ever_share", "secondary", 27.7),
        ("ehcp_share", "secondary", 1.7),
        ("sen_support_share", "secondary", 10.8),
        ("pupils_on_roll", "primary", 4_727_089),
        ("fsm_ever_share", "primary", 23.0),
    ],
)
def test_national_rows_of_the_census_are_england(reader: Reader, measure: str, phase: str, value: float) -> None:
    assert _value(reader, ENGLAND, measure, phase, "2018/19") == value


def test_every_school_of_plymouth_is_listed_with_phase_and_trust(reader: Reader) -> None:
    schools = reader.schools(place=PLYMOUTH)
    assert len(schools) == 102
    kinds = [school.phase for school in schools]
    assert kinds.count("nursery") == 2
    assert kinds.count("independent") == 4
    assert kinds.count("alternative") == 1
    assert None not in kinds
    assert reader.school("8794190").urn == reader.school("136626").urn == "136626"
    assert reader.school("136626").trust == "GREENSHAW LEARNING TRUST"


def test_a_school_is_found_by_its_postcode(reader: Reader) -> None:
    assert "136626" in [school.urn for school in reader.schools(text="PL3 4BD")]


def test_an_independent_school_has_a_roll_and_reasons_for_the_rest(reader: Reader) -> None:
    figures = {f.measure: f for f in reader.figures(Selection(schools=["100544"], periods=["2022/23"]))}
    assert figures["pupils_on_roll"].value == 365
    assert figures["free_school_meals"].value is None
    assert figures["free_school_meals"].missing == "not_applicable"


def test_links_keep_names_in_windows_1252_and_dates(reader: Reader) -> None:
    names = {link.linked_name for link in reader.links(["109401", "126416"])}
    assert "North Star 82°" in names
    assert "St Thomas à Becket Church of England Aided Primary School" in names
    merged = [link for link in reader.links(["100012"]) if link.linked_urn == "100021"]
    assert (merged[0].kind, merged[0].established) == ("Successor - merged", "2021-08-31")


def test_a_link_without_a_date_survives(reader: Reader) -> None:
    sixth_form = [link for link in reader.links(["100056"]) if link.linked_urn == "132838"]
    assert sixth_form
    assert sixth_form[0].established is None


def test_old_urns_carry_their_laestab(reader: Reader) -> None:
    # 2018/19 names no schools, so its rows match numbers and are not listed.
    assert "2013614" in reader.laestabs_of(["100000"])


def test_stability_has_no_period_because_the_file_states_none(reader: Reader) -> None:
    figure = reader.figures(Selection(schools=["113533"], measures=["pupil_stability"]))[0]
    assert figure.period == "not stated"
    assert figure.value == pytest.approx(87.66, abs=0.005)
    assert figure.place == PLYMOUTH


def test_shares_agree_with_the_interactive_tool(import_files: ImportFiles) -> None:
    store = import_files((SCHOOLS, "la/lait_la_indicators_long.csv.gz"))
    con = store.read()
    compared = con.execute("""SELECT a.place, a.phase, a.value, b.value FROM figure a JOIN figure b
        USING (place, measure, phase, grp, period) JOIN edition e ON e.id = a.edition
        WHERE a.measure = 'free_school_meals' AND a.school IS NULL AND b.school IS NULL AND e.publication = 'lait'
          AND b.calculation IS NOT NULL AND a.period = '2022/23' AND a.value IS NOT NULL""").fetchall()
    con.close()
    assert len(compared) > 300
    assert [row for row in compared if abs(row[2] - row[3]) > 0.0501] == []


def test_measures_of_these_files_are_declared() -> None:
    assert {"pupils_on_roll", "eal_share", "fsm_ever_share", "pupil_stability"} <= all_measures().keys()
