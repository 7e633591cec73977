"""Leavers: NEET, not known, participation and the September Guarantee."""

from __future__ import annotations

import pytest

ENGLAND = "E92000001"
VALUE = """SELECT f.value FROM figure f JOIN edition e ON e.id = f.edition WHERE e.publication = 'neet_participation'
    AND place = ? AND measure = ? AND grp = ? AND period = ? AND phase = 'all'"""


@pytest.mark.parametrize(
    ("measure", "group", "period", "published"),
    [
        ("neet", "all", "2022", 2.6),
        ("not_known", "all", "2022", 2.2),
        ("neet_or_not_known", "all", "2022", 4.7),
        ("neet_or_not_known", "ehcp", "2022", 8.6),
        ("neet_or_not_known", "sen_support", "2023", 9.3),
        ("neet_or_not_known", "no_sen", "2025", 4.9),
        ("participation_16_17", "all", "2025", 92),
        ("september_guarantee", "all", "2023", 94.6),
    ],
)
def test_known_figures(census_statistics, ask, measure, group, period, published):
    assert ask(census_statistics, VALUE, [ENGLAND, measure, group, period]) == [(published,)]


def test_all_layouts_are_one_publication(census_statistics):
    editions = [e for e in census_statistics.manifest.editions if e["publication"] == "neet_participation"]
    assert [(e["edition"], e["read"]) for e in editions] == [("2022", 160), ("2023", 160), ("2025", 161)]


def test_lait_says_the_same_for_every_place_and_year(census_statistics, ask):
    rows = ask(
        census_statistics,
        """SELECT o.measure, o.value, l.value FROM figure o JOIN edition eo ON eo.id = o.edition
        JOIN figure l USING (place, measure, phase, grp, period) JOIN edition el ON el.id = l.edition
        WHERE eo.publication = 'neet_participation' AND el.publication = 'lait' AND l.value IS NOT NULL""",
    )
    assert len(rows) == 3 * (160 + 160 + 161)
    # LAIT gives 'not known' with more decimal places than the one of the yearly file.
    assert all(abs(ours - theirs) <= 0.0501 for _, ours, theirs in rows)
    assert all(ours == theirs for measure, ours, theirs in rows if measure != "not_known")


def test_marks_become_reasons(census_statistics, ask):
    reasons = ask(
        census_statistics,
        """SELECT measure, raw, f.missing, count(*) FROM figure f JOIN edition e ON e.id = f.edition
        WHERE e.publication = 'neet_participation' AND f.missing IS NOT NULL GROUP BY ALL ORDER BY ALL""",
    )
    assert reasons == [
        ("neet_or_not_known", "c", "suppressed", 11),
        ("neet_or_not_known", "z", "not_applicable", 8),
        ("participation_16_17", "c", "suppressed", 1),
    ]


def test_a_cohort_that_is_an_average_is_no_count(census_statistics, ask):
    assert ask(
        census_statistics,
        "SELECT DISTINCT measure FROM figure f JOIN edition e ON e.id = f.edition "
        "WHERE e.publication = 'neet_participation' AND denominator IS NOT NULL",
    ) == [("participation_16_17",)]
