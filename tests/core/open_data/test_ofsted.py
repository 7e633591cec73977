"""Ofsted judgements up to August 2020, read from the real file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.recognise import all_publications
from ropewalk.core.open_data.store import Store

ImportFiles = Callable[[Sequence[str]], Store]


@pytest.fixture(scope="module")
def store(import_files: ImportFiles) -> Store:
    return import_files(("ofsted/ofsted_mi_state_funded_schools_20200831.csv.gz",))


@pytest.fixture(scope="module")
def reader(store: Store) -> Reader:
    return Reader(store)


def test_every_row_is_accounted_for(reader: Reader) -> None:
    edition = next(iter(reader.editions.values()))
    assert (edition.read, edition.kept, edition.refused, edition.missing) == (21_969, 21_776, 0, 193)


def test_grades_are_as_published(store: Store) -> None:
    con = store.read()
    cells = con.execute(
        'SELECT "Overall.effectiveness", count(*) FROM published_ofsted_state_funded_schools GROUP BY 1 ORDER BY 1'
    ).fetchall()
    grades = {value for (value,) in con.execute("SELECT DISTINCT value FROM figure").fetchall()}
    con.close()
    assert cells == [("", 193), ("1", 4_148), ("2", 14_625), ("3", 2_197), ("4", 806)]
    assert grades == {1.0, 2.0, 3.0, 4.0}


def test_nine_is_not_judged() -> None:
    assert all_publications()["ofsted_state_funded_schools"].marks["9"] == "not_applicable"


def test_a_judgement_stands_under_the_year_and_school_of_its_inspection(reader: Reader) -> None:
    # 100000 was inspected in April 2013 and in September 2008.
    figures = {f.period: f.value for f in reader.figures(Selection(schools=["100000"], measures=["ofsted_overall"]))}
    assert figures == {"2012/13": 1.0, "2008/09": 1.0}


def test_a_school_has_at_most_one_grade_a_year(store: Store) -> None:
    con = store.read()
    twice = con.execute("SELECT school, period FROM figure WHERE current GROUP BY ALL HAVING count(*) > 1").fetchall()
    both = con.execute(
        "SELECT edition, row, school, period FROM figure GROUP BY ALL HAVING count(DISTINCT value) > 1"
    ).fetchall()
    con.close()
    assert twice == []
    assert both == []


def test_closed_schools_are_matched_and_not_listed(reader: Reader) -> None:
    assert "2013614" in reader.laestabs_of(["100000"])
    assert reader.schools(text="Sir John Cass") == []


def test_it_says_that_single_word_judgements_ended() -> None:
    assert any("September 2024" in note for note in all_publications()["ofsted_state_funded_schools"].notes)
