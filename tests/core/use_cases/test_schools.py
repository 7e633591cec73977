"""Lists, funnels and pages of schools hold what the published files hold."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.school_detail import OFSTED, find_school, school_detail, search_schools
from ropewalk.core.use_cases.schools import FUNNEL_KINDS, school_funnel, school_list
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.core.views.schools import SchoolFilter

PLYMOUTH = find_place("Plymouth")


@pytest.fixture(scope="module")
def reader(everything: Path) -> Iterator[Reader]:
    """A reader of every real published file."""
    opened = Reader(Store(everything))
    yield opened
    opened.close()


def test_every_school_of_the_census_is_listed_once(reader: Reader, shared_data: Path) -> None:
    name = shared_data / "register" / "spc_school_level_2022_23.csv.gz"
    with gzip.open(name, "rt", encoding="utf-8", newline="") as file:
        census = {row["urn"] for row in csv.DictReader(file) if row["new_la_code"] == PLYMOUTH.code}
    listed = school_list(reader, PLYMOUTH)
    urns = [row.school.urn for row in listed.rows]
    assert len(census) == 102
    assert len(urns) == len(set(urns))
    # A school of the census is there itself or, where it has a new number since, as an earlier entry.
    assert census <= set(urns) | {school.urn for school in listed.earlier}
    assert sum(count.schools for count in listed.counts) == len(urns)
    assert sum(count.pupils for count in listed.counts) == sum(row.school.pupils or 0 for row in listed.rows)


def test_the_figure_in_the_list_is_the_newest_on_the_page_of_the_school(reader: Reader) -> None:
    listed = school_list(reader, PLYMOUTH, SchoolFilter(phase="secondary"))
    for row in listed.rows:
        detail = school_detail(reader, row.school.urn)
        for measure, figure in row.latest.items():
            own = [f for f in detail.by_measure[measure] if f.group == "all"]
            newest = next((f for f in own if f.value is not None), own[0])
            assert (figure.period, figure.value) == (newest.period, newest.value)
            assert figure in own


def test_filters_narrow_the_list_and_say_when_nothing_can_fit(reader: Reader) -> None:
    everyone = school_list(reader, PLYMOUTH).rows
    phases = {row.school.phase for row in everyone}
    by_phase = [school_list(reader, PLYMOUTH, SchoolFilter(phase=phase or "")).rows for phase in phases]
    assert sum(len(rows) for rows in by_phase) == len(everyone)
    alone = school_list(reader, PLYMOUTH, SchoolFilter(trust="none")).rows
    assert {row.school.trust for row in alone} == {None}
    for text in ("Stoke Damerel Community", "136626", "8794190", "PL3 4BD", "pl34bd"):
        assert "136626" in {row.school.urn for row in school_list(reader, PLYMOUTH, SchoolFilter(text=text)).rows}
    assert school_list(reader, PLYMOUTH, SchoolFilter(text="no such school")).rows == ()
    for wrong in (SchoolFilter(phase="tertiary"), SchoolFilter(trust="No Such Trust")):
        with pytest.raises(NotFound, match="Plymouth"):
            school_list(reader, PLYMOUTH, wrong)


@pytest.mark.parametrize("measure", FUNNEL_KINDS)
def test_a_funnel_is_made_of_the_published_counts(reader: Reader, measure: str) -> None:
    shown = school_funnel(reader, PLYMOUTH, measure)
    assert shown.funnel is not None
    figures = {figure.school: figure for figure in shown.released}
    assert len(figures) == len(shown.funnel.points) + len(shown.funnel.left_out)
    for point in shown.funnel.points:
        figure = figures[point.school]
        assert (point.numerator, point.denominator) == (figure.numerator, figure.denominator)
        # The published rate is rounded.
        assert point.value == pytest.approx(figure.value, abs=0.051)
        assert point.school in shown.names
    assert (shown.phase, shown.period) in shown.choices


def test_every_choice_of_a_funnel_leads_to_one(reader: Reader) -> None:
    for phase, period in school_funnel(reader, PLYMOUTH, "suspension_rate").choices:
        shown = school_funnel(reader, PLYMOUTH, "suspension_rate", phase, period)
        assert shown.funnel is not None
        assert (shown.phase, shown.period) == (phase, period)


def test_what_there_is_no_funnel_of_is_said(reader: Reader) -> None:
    with pytest.raises(NotFound, match="There is no funnel of 'attainment8'"):
        school_funnel(reader, PLYMOUTH, "attainment8")
    with pytest.raises(NotFound, match="There is no phase 'tertiary'"):
        school_funnel(reader, PLYMOUTH, "suspension_rate", "tertiary")
    with pytest.raises(NotFound, match="is not a period"):
        school_funnel(reader, PLYMOUTH, "suspension_rate", None, "last year")
    none = school_funnel(reader, PLYMOUTH, "suspension_rate", "alternative", "2016/17")
    assert none.funnel is None
    assert none.choices


def test_beside_a_figure_stand_place_and_country_of_the_same_cell(reader: Reader) -> None:
    detail = school_detail(reader, "136626")
    compared = 0
    for history in detail.histories:
        for row in history.figures:
            for other, place in ((row.place, PLYMOUTH.code), (row.country, "E92000001")):
                if other is not None:
                    compared += 1
                    assert (other.place, other.school) == (place, None)
                    assert (other.measure, other.group, other.period) == (
                        row.figure.measure,
                        row.figure.group,
                        row.figure.period,
                    )
                    assert other.phase in {row.figure.phase, "secondary", "all"}
                    assert row.same_phase is (other.phase != "all")
    assert compared > 20


def test_absence_of_a_secondary_school_stands_beside_secondary_schools(reader: Reader) -> None:
    histories = school_detail(reader, "136626").histories
    (absence,) = [history for history in histories if history.measure.id == "absence_overall"]
    row = next(row for row in absence.figures if row.figure.period == "2018/19")
    assert row.country is not None
    assert row.country.phase == "secondary"


def test_ofsted_judgements_are_kept_apart(reader: Reader) -> None:
    detail = school_detail(reader, "136626")
    assert detail.ofsted
    assert OFSTED not in {history.measure.id for history in detail.histories}


def test_schools_are_found_by_name_number_and_postcode(reader: Reader) -> None:
    for text in ("136626", "879/4190", "8794190", "stoke damerel community", "PL3 4BD"):
        assert "136626" in {school.urn for school in search_schools(reader, text)}, text
    assert search_schools(reader, "   ") == []
    assert search_schools(reader, "no such school at all") == []
    assert len(search_schools(reader, "primary")) == 100


def test_a_laestab_means_the_school_of_today(reader: Reader) -> None:
    assert find_school(reader, "879/4190").urn == "136626"
    with pytest.raises(NotFound, match="999999"):
        find_school(reader, "999999")
