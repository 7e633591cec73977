"""Key stages 2 and 4, read from the real files; two files published apart must agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

ImportFiles = Callable[[Sequence[str]], Store]
LAIT = "la/lait_la_indicators_long.csv.gz"
FILES = (
    LAIT,
    "characteristics/england_census_2018_19_school.csv.gz",
    "performance/england_ks2final_2018_19_school_subset_columns.csv.gz",
    "performance/england_ks4_202223_to_202425.csv",
    "performance/england_ks4final_2018_19_school_subset_columns.csv.gz",
    "performance/england_ks4provisional_2018_19_school.csv.gz",
    "performance/ks4_201718_la_characteristics.csv.gz",
    "performance/ks4_school_information_2023_24.csv.gz",
    "performance/la_ks4_202223_to_202425.csv.gz",
    "performance/school_ks4_performance_93_schools.csv.gz",
)
ENGLAND, PLYMOUTH, SOUTH_WEST = "E92000001", "E06000026", "E12000009"


@pytest.fixture(scope="module")
def store(import_files: ImportFiles) -> Store:
    return import_files(FILES)


@pytest.fixture(scope="module")
def reader(store: Store) -> Reader:
    return Reader(store)


def _of(store: Store, publication: str, condition: str) -> list[tuple[object, ...]]:
    """Figures of one publication, current or not: place, group, period, value, raw, numerator."""
    con = store.read()
    found = con.execute(f"""SELECT f.place, f.grp, f.period, f.value, f.raw, f.numerator FROM figure f
        JOIN edition e ON e.id = f.edition WHERE e.publication = '{publication}' AND {condition}
        AND NOT starts_with(f.measure, 'gap_') ORDER BY ALL""").fetchall()  # noqa: S608
    con.close()
    return found


def _beside_lait(store: Store, publication: str, measure: str) -> list[tuple[str, str, str, float, float]]:
    """Cells that the publication and the interactive tool both have: place, group, period, ours, the tool's."""
    con = store.read()
    found = con.execute(f"""SELECT place, grp, period, a.value, b.value FROM figure a JOIN figure b
        USING (place, measure, phase, grp, period) JOIN edition e ON e.id = a.edition JOIN edition l ON l.id = b.edition
        WHERE e.publication = '{publication}' AND l.publication = 'lait' AND measure = '{measure}'
          AND a.school IS NULL AND b.school IS NULL AND a.value IS NOT NULL AND b.value IS NOT NULL""").fetchall()  # noqa: S608
    con.close()
    return found


@pytest.mark.parametrize(
    ("publication", "read", "refused", "missing"),
    [
        ("ks2_schools_2018_19", 16_355, 0, 978),
        ("ks4_schools_2018_19", 5_516, 0, 989),
        ("ks4_provisional_2018_19", 5_652, 1, 1_551),
        ("ks4_characteristics_2017_18", 7_044, 0, 0),
        ("ks4_school_information", 5_709, 0, 47),
        ("ks4_councils", 155, 1, 2),
        ("ks4_england", 3, 0, 0),
        ("ks4_sample_of_schools", 93, 0, 2),
    ],
)
def test_every_row_is_accounted_for(reader: Reader, publication: str, read: int, refused: int, missing: int) -> None:
    edition = next(e for e in reader.editions.values() if e.publication == publication)
    assert (edition.read, edition.refused, edition.missing) == (read, refused, missing)
    assert edition.kept == read - refused - missing
    assert len(reader.refused(edition)) == refused


def test_sums_of_2017_18_agree_with_the_interactive_tool_for_every_council(store: Store) -> None:
    compared = _beside_lait(store, "ks4_characteristics_2017_18", "attainment8")
    assert {group for _, group, *_ in compared} >= {"all", "disadvantaged", "not_disadvantaged", "fsm", "ehcp"}
    assert len({place for place, *_ in compared}) == 162
    differ = {(place, group) for place, group, _, ours, theirs in compared if abs(ours - theirs) > 0.001}
    # The tool's two figures for the South West are not what its councils add up to.
    assert differ == {(SOUTH_WEST, "disadvantaged"), (SOUTH_WEST, "not_disadvantaged")}


def test_plymouth_2017_18_as_in_the_check_by_hand(store: Store) -> None:
    con = store.read()
    rows = con.execute(
        "SELECT grp, value, denominator FROM figure f JOIN edition e ON e.id = f.edition WHERE e.publication = "
        "'ks4_characteristics_2017_18' AND place = ? AND measure = 'attainment8' AND grp LIKE '%disadvantaged' "
        "ORDER BY grp",
        [PLYMOUTH],
    ).fetchall()
    con.close()
    assert rows == [("disadvantaged", 38.1, 977), ("not_disadvantaged", 48.0, 1503)]


def test_two_publications_of_2022_to_2025_agree_where_no_revision_lies_between(store: Store) -> None:
    compared = _beside_lait(store, "ks4_councils", "attainment8")
    for period in ("2022/23", "2024/25"):
        same = [abs(ours - theirs) for _, _, at, ours, theirs in compared if at == period]
        assert len(same) > 300
        assert max(same) < 0.001
    # 2023/24 was revised between the two.
    assert max(abs(ours - theirs) for _, _, at, ours, theirs in compared if at == "2023/24") < 0.31


def test_plymouth_2024_25(store: Store) -> None:
    rows = _of(store, "ks4_councils", f"f.place = '{PLYMOUTH}' AND f.measure = 'attainment8' AND f.period = '2024/25'")
    values = {group: value for _, group, _, value, *_ in rows}
    assert (values["all"], values["disadvantaged"], values["not_disadvantaged"]) == (45.7, 34.3, 50.1)
    basics = _of(
        store, "ks4_councils", f"f.place = '{PLYMOUTH}' AND f.measure = 'basics_4' AND f.grp = 'disadvantaged'"
    )
    assert basics[-1][2:4] == ("2024/25", 45.2)
    assert isinstance(basics[-1][5], int)


def test_pupils_called_mobile_are_those_who_did_not_move(store: Store) -> None:
    # They score at least as much as all pupils in every council, and are most of its pupils.
    condition = "f.measure = 'attainment8' AND f.period = '2024/25' AND f.grp IN ('all', 'not_mobile')"
    rows = _of(store, "ks4_councils", condition)
    values = {(place, group): value for place, group, _, value, *_ in rows if value is not None}
    places = {place for place, group in values if group == "not_mobile"}
    assert len(places) > 150
    assert all(values[place, "not_mobile"] >= values[place, "all"] for place in places)
    assert _of(store, "ks4_councils", "f.grp = 'mobile'") == []


def test_only_the_national_row_is_england(store: Store) -> None:
    rows = _of(store, "ks4_england", "f.measure = 'attainment8' AND f.period = '2024/25'")
    assert {place for place, *_ in rows} == {ENGLAND}
    values = {group: value for _, group, _, value, *_ in rows}
    assert (values["all"], values["disadvantaged"], values["not_disadvantaged"]) == (46.0, 34.9, 50.4)
    assert len(_of(store, "ks4_england", "f.measure = 'progress8'")) == 2


def test_provisional_results_of_2018_19(store: Store) -> None:
    condition = "f.school IS NULL AND f.measure = '{}' AND f.place = '{}'"
    assert _of(store, "ks4_provisional_2018_19", condition.format("attainment8", ENGLAND))[0][3] == 46.5
    assert _of(store, "ks4_provisional_2018_19", condition.format("basics_4", ENGLAND))[0][3:5] == (64.4, "64.4%")
    assert _of(store, "ks4_provisional_2018_19", condition.format("attainment8", PLYMOUTH))[0][3] == 43.6
    assert _of(store, "ks4_provisional_2018_19", condition.format("progress8", PLYMOUTH))[0][3] == -0.28


def test_final_results_of_a_school_stand_before_provisional_ones(reader: Reader) -> None:
    figure = reader.figures(Selection(schools=["136626"], measures=["attainment8"], periods=["2018/19"]))[0]
    assert (figure.value, figure.source.publication, figure.place) == (38.3, "ks4_schools_2018_19", PLYMOUTH)


def test_marks_of_the_tables_become_reasons(store: Store) -> None:
    con = store.read()
    reasons = dict(
        con.execute(
            "SELECT DISTINCT f.raw, f.missing FROM figure f JOIN edition e ON e.id = f.edition "
            "WHERE publication IN ('ks2_schools_2018_19', 'ks4_schools_2018_19') AND value IS NULL"
        ).fetchall()
    )
    con.close()
    assert reasons == {
        "": "not_available",
        "SUPP": "suppressed",
        "LOWCOV": "unreliable",
        "NE": "not_applicable",
        "NP": "not_available",
    }


def test_progress_to_age_11_by_school(reader: Reader) -> None:
    figures = {f.measure: f.value for f in reader.figures(Selection(schools=["141279"], periods=["2018/19"]))}
    assert figures["ks2_reading_progress"] == 2.6
    assert figures["ks2_writing_progress"] == 2.3
    assert figures["ks2_maths_progress"] == 2.0


def test_information_about_schools_keeps_no_telephone_numbers(reader: Reader) -> None:
    figures = {f.measure: f for f in reader.figures(Selection(schools=["147905"], periods=["2023/24"]))}
    assert figures["disadvantaged_share"].value == 44.9
    assert (figures["stability_ks4"].value, figures["stability_ks4"].denominator) == (91.0, 78)
    assert figures["attainment8_against_other_pupils"].value == -20.6
    assert figures["progress8_against_other_pupils"].value == -0.94
    edition = next(e for e in reader.editions.values() if e.publication == "ks4_school_information")
    assert "telnum" not in dict(reader.published_row(edition, 2))


def test_the_sample_of_schools_has_no_year(reader: Reader) -> None:
    figures = reader.figures(Selection(schools=["145191"], measures=["attainment8"], periods=["not stated"]))
    values = {f.group: f.value for f in figures}
    assert (values["all"], values["disadvantaged"], values["not_disadvantaged"]) == (41.5, 29.7, 46.6)
