"""What pupils did after key stage 4, read from the real files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

ImportFiles = Callable[[Sequence[str]], Store]
FILES = (
    "performance/england_ks4_pupdest_2018_19_tables_school.csv.gz",
    "performance/la_ks4_destinations_to_202223.csv.gz",
    "performance/school_ks4_destinations_93_schools.csv.gz",
)
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
        ("ks4_destinations_2018_19", 3_877, 0, 0),
        ("ks4_destinations_councils", 159, 1, 5),
        ("ks4_destinations_sample_of_schools", 93, 0, 1),
    ],
)
def test_every_row_is_accounted_for(reader: Reader, publication: str, read: int, refused: int, missing: int) -> None:
    edition = next(e for e in reader.editions.values() if e.publication == publication)
    assert (edition.read, edition.refused, edition.missing) == (read, refused, missing)
    assert edition.kept == read - refused - missing


def test_england_in_the_tables_of_2018_19(reader: Reader) -> None:
    figures = reader.figures(Selection(places=[ENGLAND], measures=["sustained_destination_ks4"], periods=["2017/18"]))
    values = {f.group: (f.value, f.raw, f.denominator) for f in figures}
    assert values["all"] == (94.0, "94%", 528_139)
    assert values["disadvantaged"][:2] == (88.0, "88%")


def test_marks_become_reasons(store: Store) -> None:
    con = store.read()
    reasons = dict(
        con.execute(
            "SELECT DISTINCT f.raw, f.missing FROM figure f JOIN edition e ON e.id = f.edition WHERE e.publication = "
            "'ks4_destinations_2018_19' AND value IS NULL AND NOT starts_with(measure, 'gap_')"
        ).fetchall()
    )
    con.close()
    assert reasons == {"SUPP": "suppressed", "SP": "low", "NA": "not_available"}


def test_plymouth_after_key_stage_4(reader: Reader) -> None:
    figures = reader.figures(Selection(places=[PLYMOUTH], measures=["sustained_destination_ks4"], periods=["2022/23"]))
    assert {f.group: f.value for f in figures} == {
        "all": 91.1,
        "boys": 90.5,
        "girls": 91.8,
        "disadvantaged": 82.7,
        "not_disadvantaged": 94.2,
    }
    gap = reader.figures(Selection(places=[PLYMOUTH], measures=["gap_sustained_destination_ks4"], periods=["2022/23"]))
    assert gap[0].value == pytest.approx(11.5)


def test_cells_whose_count_and_share_are_swapped_are_read_the_right_way_round(reader: Reader) -> None:
    figures = {
        f.measure: f
        for f in reader.figures(Selection(places=[PLYMOUTH], groups=["not_disadvantaged"], periods=["2022/23"]))
        if f.measure.startswith(("education", "apprenticeship"))
    }
    education = figures["education_destination_ks4"]
    apprenticeship = figures["apprenticeship_destination_ks4"]
    assert (education.value, education.numerator) == (81.8, 1750)
    assert (apprenticeship.value, apprenticeship.numerator) == (9.7, 210)


def test_no_share_is_beyond_a_hundred_and_every_count_fits_its_share(store: Store) -> None:
    con = store.read()
    cells = con.execute("""SELECT f.measure, place, grp, period, f.value, f.numerator, whole.value, whole.numerator
        FROM figure f JOIN figure whole USING (place, grp, period) JOIN edition e ON e.id = f.edition
        WHERE e.publication = 'ks4_destinations_councils' AND whole.edition = f.edition
          AND f.value > 0 AND whole.value > 0
          AND f.measure = 'education_destination_ks4' AND whole.measure = 'sustained_destination_ks4'""").fetchall()
    con.close()
    assert len(cells) > 2_000
    for measure, place, group, period, share, count, all_share, all_count in cells:
        assert share <= 100
        pupils = all_count * 100 / all_share
        # Counts are rounded to 5 and shares to 0.1.
        assert count * 100 / share == pytest.approx(pupils, rel=0.05, abs=10), (measure, place, group, period)


def test_one_figure_for_each_cell(store: Store) -> None:
    con = store.read()
    twice = con.execute(
        "SELECT place, school, measure, grp, period, count(*) FROM figure GROUP BY ALL HAVING count(*) > 1"
    ).fetchall()
    con.close()
    assert twice == []


def test_the_sample_of_schools_has_no_year(store: Store) -> None:
    con = store.read()
    rows = con.execute(
        "SELECT f.school, period, value FROM figure f JOIN edition e ON e.id = f.edition WHERE e.publication = "
        "'ks4_destinations_sample_of_schools' AND measure = 'sustained_destination_ks4' AND grp = 'disadvantaged'"
    ).fetchall()
    con.close()
    assert {period for _, period, _ in rows} == {"not stated"}
    assert {school: value for school, _, value in rows}["105574"] == 83.0
