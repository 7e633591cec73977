"""School absence statistics: known figures, marks, and LAIT as the independent check."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

PLYMOUTH, ENGLAND = "E06000026", "E92000001"
VALUE = """SELECT f.value FROM figure f JOIN edition e ON e.id = f.edition WHERE e.publication = ? AND f.place = ?
    AND f.school IS NOT DISTINCT FROM ? AND f.measure = ? AND f.phase = ? AND f.grp = ? AND f.period = ?"""
BESIDE_LAIT = """SELECT o.place, o.measure, o.phase, o.period, o.value, o.numerator, o.denominator, l.value
    FROM figure o JOIN edition eo ON eo.id = o.edition
    JOIN figure l ON l.place = o.place AND l.measure = o.measure AND l.phase = o.phase AND l.grp = o.grp
      AND l.period = o.period AND l.school IS NULL
    JOIN edition el ON el.id = l.edition
    WHERE eo.publication = ? AND el.publication = 'lait' AND o.school IS NULL AND l.value IS NOT NULL
    ORDER BY ALL"""


def two_places(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_every_row_of_every_file_is_accounted_for(census_statistics, published_rows):
    editions = census_statistics.manifest.editions
    assert len(editions) == 7 + 6 + 3 + 15 + 1
    for edition in editions:
        assert edition["read"] == published_rows[edition["file"]], edition["file"]
        assert edition["read"] == edition["kept"] + edition["refused"] + edition["missing"]


def test_only_two_rows_about_no_place_are_set_aside(census_statistics, ask):
    refused = ask(
        census_statistics,
        "SELECT e.file, r.row, r.reason FROM refused r JOIN edition e ON e.id = r.edition ORDER BY ALL",
    )
    assert {file for file, _, _ in refused} == {"la_absence_202122_to_202324.csv.gz"}
    assert {reason for _, _, reason in refused} == {"no place is known as 'x'", "blank row"}
    assert len(refused) == 2


@pytest.mark.parametrize(
    ("publication", "place", "school", "measure", "phase", "group", "period", "published"),
    [
        ("absence_bands", PLYMOUTH, None, "persistent_absence", "all", "all", "2022/23", 24.14),
        ("absence_bands", PLYMOUTH, None, "severe_absence", "all", "all", "2022/23", 2.56),
        ("absence_bands", PLYMOUTH, None, "persistent_absence", "all", "all", "2018/19", 12.24),
        ("absence_bands", PLYMOUTH, None, "severe_absence", "all", "all", "2018/19", 0.63),
        ("absence_bands", ENGLAND, None, "persistent_absence", "all", "all", "2022/23", 21.22),
        ("absence_bands", ENGLAND, None, "severe_absence", "all", "all", "2022/23", 2.03),
        ("absence_bands", ENGLAND, None, "persistent_absence", "all", "fsm", "2022/23", 36.50),
        ("absence_bands", ENGLAND, None, "persistent_absence", "all", "not_fsm", "2022/23", 15.58),
        ("absence_bands", PLYMOUTH, None, "persistent_absence", "all", "fsm", "2022/23", 41.38),
        ("absence_bands", PLYMOUTH, None, "persistent_absence", "all", "not_fsm", "2022/23", 17.15),
        ("performance_tables_absence", ENGLAND, None, "absence_overall", "primary", "all", "2018/19", 4.0),
        ("performance_tables_absence", ENGLAND, None, "persistent_absence", "primary", "all", "2018/19", 8.2),
        ("performance_tables_absence", ENGLAND, None, "absence_overall", "secondary", "all", "2018/19", 5.5),
        ("performance_tables_absence", ENGLAND, None, "persistent_absence", "secondary", "all", "2018/19", 13.7),
        ("performance_tables_absence", ENGLAND, None, "absence_overall", "special", "all", "2018/19", 10.1),
        ("performance_tables_absence", ENGLAND, None, "persistent_absence", "special", "all", "2018/19", 28.8),
        ("school_absence", PLYMOUTH, "136626", "persistent_absence", "all", "all", "2023/24", 42.64),
        ("school_absence", PLYMOUTH, "136626", "absence_overall", "all", "all", "2023/24", 14.65),
        ("council_absence", PLYMOUTH, None, "absence_overall", "secondary", "all", "2023/24", 11.11),
        ("council_absence", PLYMOUTH, None, "absence_overall", "secondary", "all", "2022/23", 10.64),
        ("council_absence", PLYMOUTH, None, "absence_overall", "secondary", "all", "2021/22", 10.83),
        ("absence_by_term", ENGLAND, None, "absence_overall", "primary", "all", "2016/17", 4.0),
        ("absence_by_term", ENGLAND, None, "absence_overall", "secondary", "all", "2016/17", 5.4),
        ("absence_by_term", ENGLAND, None, "absence_overall", "special", "all", "2016/17", 9.7),
        ("absence_in_prus", ENGLAND, None, "absence_overall", "alternative", "all", "2016/17", 33.9),
        ("absence_in_prus", ENGLAND, None, "persistent_absence", "alternative", "all", "2016/17", 73.9),
    ],
)
def test_known_figures(census_statistics, ask, publication, place, school, measure, phase, group, period, published):
    rows = ask(census_statistics, VALUE, [publication, place, school, measure, phase, group, period])
    assert len(rows) == 1
    assert rows[0][0] == pytest.approx(published, abs=0.00501)


def test_counts_of_the_bands_are_kept(census_statistics, ask):
    counts = ask(
        census_statistics,
        "SELECT grp, denominator FROM figure f JOIN edition e ON e.id = f.edition "
        "WHERE e.publication = 'absence_bands' AND place = ? AND measure = 'persistent_absence' "
        "AND phase = 'all' AND period = '2022/23' AND grp IN ('all', 'fsm', 'not_fsm')",
        [PLYMOUTH],
    )
    assert dict(counts) == {"all": 34_527, "fsm": 9_516, "not_fsm": 24_677}


def test_groups_and_phases_of_the_bands_sum_to_all(census_statistics, ask):
    sql = """SELECT place, period, sum(numerator) FILTER (phase = 'all' AND grp = 'all'),
        sum(numerator) FILTER (phase = 'all' AND grp LIKE 'year_%'),
        sum(numerator) FILTER (phase <> 'all' AND grp = 'all')
        FROM figure f JOIN edition e ON e.id = f.edition
        WHERE e.publication = 'absence_bands' AND measure = 'persistent_absence' GROUP BY ALL"""
    rows = ask(census_statistics, sql)
    assert len(rows) == 984
    assert [row for row in rows if not row[2] == row[3] == row[4]] == []


# One enrolment, counted in a band by one of the two and not by the other, explains each of the five. Rotherham's
# 312 of 18,087 is 1.724996 %: rounded to five places and again to two it is the published 1.73.
ONE_ENROLMENT_APART = {
    ("E09000024", "severe_absence", "secondary", "2022/23"): -1,
    ("E09000023", "severe_absence", "all", "2022/23"): -1,
    ("E09000017", "persistent_absence", "primary", "2022/23"): -1,
    ("E10000009", "severe_absence", "all", "2018/19"): -1,
    ("E08000018", "severe_absence", "secondary", "2020/21"): +1,
}


def test_bands_sum_to_lait_for_every_council_and_year_both_have(census_statistics, ask):
    rows = ask(census_statistics, BESIDE_LAIT, ["absence_bands"])
    assert len(rows) == 4_837
    assert {row[3] for row in rows} == {"2016/17", "2017/18", "2018/19", "2020/21", "2021/22", "2022/23"}
    assert len({row[0] for row in rows}) > 155
    apart = {}
    for place, measure, phase, period, _, numerator, denominator, lait in rows:
        published = Decimal(str(lait))
        if two_places(Decimal(100 * numerator) / denominator) != published:
            apart[place, measure, phase, period] = [
                step for step in (-1, 1) if two_places(Decimal(100 * (numerator + step)) / denominator) == published
            ]
    assert apart == {cell: [step] for cell, step in ONE_ENROLMENT_APART.items()}


def test_lait_has_no_council_and_year_that_the_bands_lack(census_statistics, ask):
    lacking = ask(
        census_statistics,
        """SELECT place, period FROM figure f JOIN edition e ON e.id = f.edition WHERE e.publication = 'lait'
          AND measure = 'persistent_absence' AND phase = 'all' AND grp = 'all' AND value IS NOT NULL
          AND period BETWEEN '2016/17' AND '2022/23' AND (place, period) NOT IN
          (SELECT (place, period) FROM figure b JOIN edition eb ON eb.id = b.edition
           WHERE eb.publication = 'absence_bands')""",
    )
    assert lacking == []


def test_council_file_agrees_with_lait_for_every_council_phase_and_year(census_statistics, ask):
    rows = ask(census_statistics, BESIDE_LAIT, ["council_absence"])
    valued = [row for row in rows if row[4] is not None]
    assert len(valued) == 4 * (151 + 151 + 152)
    assert [row for row in valued if two_places(Decimal(str(row[4]))) != two_places(Decimal(str(row[7])))] == []


def test_published_wins_over_computed(census_statistics, ask):
    current = ask(
        census_statistics,
        "SELECT e.publication FROM figure f JOIN edition e ON e.id = f.edition "
        "WHERE current AND school IS NULL AND place = ? AND measure = 'persistent_absence' "
        "AND phase = 'all' AND grp = 'all' AND period = '2022/23'",
        [PLYMOUTH],
    )
    assert current == [("lait",)]


def test_marks_become_reasons(census_statistics, ask):
    reasons = ask(
        census_statistics,
        """SELECT e.publication, raw, f.missing, count(*) FROM figure f JOIN edition e ON e.id = f.edition
        WHERE f.missing IS NOT NULL AND e.publication IN ('performance_tables_absence', 'absence_by_term',
        'school_absence', 'council_absence') AND measure = 'persistent_absence'
        OR e.publication = 'absence_by_term' AND f.missing IS NOT NULL AND measure = 'absence_overall'
        GROUP BY ALL ORDER BY ALL""",
    )
    assert reasons == [
        ("absence_by_term", ".", "not_applicable", 1280),
        ("council_absence", "", "not_available", 40),
        ("performance_tables_absence", "SUPP", "suppressed", 864),
        ("school_absence", "", "not_available", 109),
    ]


def test_the_terms_without_sessions_are_those_of_special_schools(census_statistics, ask):
    assert ask(
        census_statistics,
        "SELECT DISTINCT school_type, sess_possible FROM published_absence_by_term WHERE sess_overall_percent = '.'",
    ) == [("Special", "0")]


def test_terms_of_2016_17_add_up_to_the_year(census_statistics, ask):
    counts = dict(
        ask(
            census_statistics,
            "SELECT period, numerator FROM figure f JOIN edition e ON e.id = f.edition "
            "WHERE e.publication = 'absence_by_term' AND place = ? AND measure = 'absence_overall' "
            "AND phase = 'primary' AND period LIKE '2016/17%'",
            [ENGLAND],
        )
    )
    year = counts.pop("2016/17")
    assert set(counts) == {"2016/17 autumn", "2016/17 spring", "2016/17 summer"}
    assert sum(counts.values()) == year


def test_schools_are_kept_by_urn(census_statistics, ask):
    by_publication = ask(
        census_statistics,
        """SELECT e.publication, count(DISTINCT school), min(length(school)), max(length(school))
        FROM figure f JOIN edition e ON e.id = f.edition
        WHERE e.publication IN ('performance_tables_absence', 'school_absence') AND school IS NOT NULL
        GROUP BY ALL ORDER BY ALL""",
    )
    assert by_publication == [("performance_tables_absence", 21_214, 6, 6), ("school_absence", 1_912, 6, 6)]
