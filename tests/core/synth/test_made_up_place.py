"""The made-up place: read like any publication, plausible, consistent, the same for a seed, and never a real place."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ropewalk.core.compare.funnel import Kind, funnel
from ropewalk.core.measures import all_measures
from ropewalk.core.open_data.importing import ImportReport
from ropewalk.core.open_data.store import Store
from ropewalk.core.schema.made_up_places import MADE_UP_COUNCILS, MADE_UP_COUNTRY, MADE_UP_REGION
from ropewalk.core.synth import make_up_published_files

Rows = list[dict[str, str]]
Made = tuple[Path, Store, ImportReport]
CODES = {council.code for council in MADE_UP_COUNCILS}


def quietly(_what: str, _done: int, _of: int) -> None:
    """No progress."""


def checksums(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_every_file_is_recognised_and_no_row_refused(made_up: Made) -> None:
    folder, _, report = made_up
    assert {file.file for file in report.files} == {path.name for path in folder.iterdir()}
    assert report.unknown == ()
    assert [file for file in report.files if file.refused] == []
    assert all(file.read == file.kept + file.missing and file.kept for file in report.files)
    assert [file.file for file in report.files if file.ignored_columns] == []
    assert all("made_up" in file.file for file in report.files)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(made_up: Made, tmp_path: Path) -> None:
    again = make_up_published_files(tmp_path / "again", seed=1, progress=quietly)
    other = make_up_published_files(tmp_path / "other", seed=2, progress=quietly)
    assert [path.name for path in again] == [path.name for path in other]
    assert checksums(tmp_path / "again") == checksums(made_up[0])
    same = checksums(tmp_path / "again").items() & checksums(tmp_path / "other").items()
    assert same == set()


def test_the_store_says_that_it_is_made_up(made_up: Made) -> None:
    manifest = json.loads((made_up[1].folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["made_up"] is True


def test_every_row_of_the_council_table_that_measures_declare_is_there(
    rows: Callable[[str], Rows], figures: duckdb.DuckDBPyConnection
) -> None:
    declared = {row.short_description for measure in all_measures().values() for row in measure.lait}
    written = {row["Short Desc"] for row in rows("lait_")}
    assert written == declared
    places = Counter(
        figures.execute("SELECT place FROM figure WHERE school IS NULL AND current AND value IS NOT NULL").fetchall()
    )
    assert {place for (place,) in places} == {*CODES, MADE_UP_REGION, MADE_UP_COUNTRY}


def test_measures_of_the_place_page_have_figures_for_every_council(figures: duckdb.DuckDBPyConnection) -> None:
    found = defaultdict(set)
    for measure, place in figures.execute(
        "SELECT DISTINCT measure, place FROM figure WHERE school IS NULL AND value IS NOT NULL"
    ).fetchall():
        found[measure].add(place)
    lait_and_gaps = {m.id for m in all_measures().values() if (m.lait or m.gap) and m.on_place_page}
    assert {measure for measure in lait_and_gaps if not found[measure] >= CODES} == set()


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        ("absence_overall", 1, 30),
        ("persistent_absence", 2, 90),
        ("severe_absence", 0, 40),
        ("suspension_rate", 0, 80),
        ("suspended_pupils_rate", 0, 40),
        ("permanent_exclusion_rate", 0, 2),
        ("attainment8", 4, 75),
        ("progress8", -2, 2),
        ("ks2_rwm_expected", 15, 95),
        ("basics_4", 15, 95),
        ("neet_or_not_known", 0.2, 40),
        ("free_school_meals", 1, 90),
        ("ehcp_share", 0.5, 10),
        ("sen_support_share", 4, 25),
        ("gap_attainment8", 5, 30),
        ("gap_persistent_absence", 5, 50),
    ],
)
def test_figures_of_councils_lie_where_published_ones_do(
    figures: duckdb.DuckDBPyConnection, measure: str, low: float, high: float
) -> None:
    values = figures.execute(
        "SELECT min(value), max(value), count(DISTINCT round(value, 1)) FROM figure "
        "WHERE school IS NULL AND measure = ?",
        [measure],
    ).fetchone()
    assert values is not None
    assert low <= values[0] < values[1] <= high
    assert values[2] > 5 or measure == "permanent_exclusion_rate"


def test_the_pandemic_is_seen_and_what_was_not_collected_is_missing(figures: duckdb.DuckDBPyConnection) -> None:
    trend = dict(
        figures.execute(
            "SELECT period, value FROM figure WHERE place = ? AND school IS NULL AND measure = 'persistent_absence' "
            "AND phase = 'all' AND grp = 'all' AND current",
            [MADE_UP_COUNTRY],
        ).fetchall()
    )
    assert trend["2019/20"] is None
    assert trend["2021/22"] > 1.6 * trend["2018/19"]
    assert trend["2024/25"] < trend["2021/22"]
    marks = figures.execute("SELECT DISTINCT missing FROM figure WHERE missing IS NOT NULL").fetchall()
    assert {"suppressed", "not_available"} <= {mark for (mark,) in marks}


def test_parts_of_the_exclusions_file_add_up(rows: Callable[[str], Rows]) -> None:
    sums: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = ("num_schools", "headcount", "perm_excl", "fixed_excl", "one_plus_fixed")
    for row in rows("exclusions_by_geographic_level"):
        for column in columns:
            if row["geographic_level"] != "School":
                key = (row["time_period"], row["geographic_level"], row["school_type"])
                sums[key][column] += int(row[column])
    assert len(sums) == 11 * 3 * 4
    for (year, level, phase), counts in sums.items():
        assert counts == sums[(year, "National", phase)], (year, level, phase)
        parts = [sums[(year, level, part)] for part in ("State-funded primary", "State-funded secondary", "Special")]
        assert {c: sum(part[c] for part in parts) for c in columns} == sums[(year, level, "Total")]


def test_schools_add_up_to_their_council_and_rates_are_their_counts(rows: Callable[[str], Rows]) -> None:
    schools: dict[tuple[str, str], int] = defaultdict(int)
    hidden: Counter[tuple[str, str]] = Counter()
    councils: dict[tuple[str, str], int] = {}
    for row in rows("exclusions_by_geographic_level"):
        key = (row["time_period"], row["la_name"])
        if row["geographic_level"] == "School":
            if row["fixed_excl"] == "x":
                hidden[key] += 1
            else:
                schools[key] += int(row["fixed_excl"])
                assert int(row["fixed_excl"]) not in (1, 2)
        elif row["geographic_level"] == "Local authority" and row["school_type"] == "Total":
            councils[key] = int(row["fixed_excl"])
        if row["fixed_excl"] != "x":
            assert float(row["fixed_excl_rate"]) == pytest.approx(
                100 * int(row["fixed_excl"]) / int(row["headcount"]), abs=0.0051
            )
            if row["one_plus_fixed"] != "x":
                assert int(row["one_plus_fixed"]) <= min(int(row["fixed_excl"]), int(row["headcount"]))
    assert hidden
    for key, whole in councils.items():
        assert schools[key] + hidden[key] <= whole <= schools[key] + 2 * hidden[key]


def test_absence_bands_are_the_shares_the_council_table_gives(rows: Callable[[str], Rows]) -> None:
    table = {
        (row["Short Desc"], row["Years"], row["LA Number"]): row["Values"]
        for row in rows("lait_")
        if row["Short Desc"] in ("TotPerAbNew", "TotSevPerAbNew")
    }
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows("absence_bands"):
        number = {"National": "001", "Regional": "002"}.get(row["geographic_level"], row["old_la_code"])
        cell = counts[("20" + row["time_period"][4:], number)]
        bands = [int(value) for name, value in row.items() if name.startswith("n_")]
        for index, part in enumerate((sum(bands), sum(bands[2:]), bands[-1])):
            cell[index] += part
    assert len(counts) == 6 * 14
    for (year, number), (everyone, persistent, severe) in counts.items():
        assert float(table[("TotPerAbNew", year, number)]) == pytest.approx(100 * persistent / everyone, abs=0.0051)
        assert float(table[("TotSevPerAbNew", year, number)]) == pytest.approx(100 * severe / everyone, abs=0.0051)


def test_the_country_is_the_mean_of_its_councils(figures: duckdb.DuckDBPyConnection) -> None:
    outside = figures.execute(
        """SELECT measure, phase, grp, period FROM figure
        WHERE school IS NULL AND current AND value IS NOT NULL AND measure <> 'pupils_on_roll'
          AND NOT starts_with(measure, 'gap_')
        GROUP BY ALL HAVING count(*) FILTER (starts_with(place, 'X06')) = 12 AND (
          max(value) FILTER (place = ?) NOT BETWEEN min(value) FILTER (starts_with(place, 'X06')) - 0.06
            AND max(value) FILTER (starts_with(place, 'X06')) + 0.06)""",
        [MADE_UP_COUNTRY],
    ).fetchall()
    assert outside == []


def test_sums_of_the_daily_registers_are_the_codes(rows: Callable[[str], Rows]) -> None:
    for row in rows("attendance_full_year_la_2024_25"):
        attended, absent, possible = (
            int(row[name]) for name in ("overall_attendance", "overall_absence", "possible_sessions")
        )
        assert attended + absent == possible
        assert int(row["authorised_absence"]) + int(row["unauthorised_absence"]) == absent
        assert int(row["reason_present"]) == int(row["reason_present_am"]) + int(row["reason_present_pm"])
        assert float(row["overall_absence_perc"]) == pytest.approx(100 * absent / possible, abs=1e-8)
        assert min(int(value) for name, value in row.items() if name.startswith("reason_")) >= 0


def test_all_pupils_lie_between_the_disadvantaged_and_the_others(rows: Callable[[str], Rows]) -> None:
    for row in rows("la_ks4_2"):
        for year in ("Current", "Previous", "Previous2"):
            low, all_, high = (float(row[f"Attainment8_{group}_LA_{year}_Num"]) for group in ("Dis", "Tot", "NDi"))
            assert low < all_ < high
            counts = [int(row[f"EngMaths49_{group}_LA_{year}_Num"]) for group in ("Dis", "NDi", "Tot")]
            assert counts[0] + counts[1] == counts[2]


def test_councils_keep_their_standing_and_hardship_shows_across_measures(figures: duckdb.DuckDBPyConnection) -> None:
    def by_council(measure: str, phase: str, period: str) -> list[float]:
        return [
            value
            for (value,) in figures.execute(
                "SELECT value FROM figure WHERE school IS NULL AND current AND measure = ? AND phase = ? "
                "AND grp = 'all' AND period = ? AND starts_with(place, 'X06') ORDER BY place",
                [measure, phase, period],
            ).fetchall()
        ]

    def together(one: list[float], other: list[float]) -> float:
        return statistics.correlation(one, other)

    before, after = (by_council("attainment8", "all", period) for period in ("2018/19", "2023/24"))
    assert together(before, after) > 0.7
    meals = by_council("free_school_meals", "secondary", "2022/23")
    assert together(meals, by_council("attainment8", "all", "2022/23")) < -0.2
    assert together(meals, by_council("persistent_absence", "all", "2022/23")) > 0.2


def test_funnels_have_schools_outside_and_more_spread_than_chance(figures: duckdb.DuckDBPyConnection) -> None:
    drawn = 0
    for code in sorted(CODES):
        counts = figures.execute(
            "SELECT school, numerator, denominator FROM figure WHERE place = ? AND measure = 'suspension_rate' "
            "AND phase = 'secondary' AND period = '2016/17' AND numerator IS NOT NULL AND school IS NOT NULL",
            [code],
        ).fetchall()
        plot = funnel(counts, Kind.RATE)
        if plot is not None:
            drawn += 1
            assert plot.over_dispersed
    assert drawn >= 8


def test_there_are_as_many_schools_and_trusts_as_in_a_council(rows: Callable[[str], Rows]) -> None:
    by_council: dict[str, Rows] = defaultdict(list)
    for row in rows("spc_school_level"):
        by_council[row["la_name"]].append(row)
    assert len(by_council) == 12
    for name, schools in by_council.items():
        assert name.endswith("(made up)")
        assert 60 <= len(schools) <= 90
        assert {school["phase_type_grouping"] for school in schools} == {
            "State-funded primary",
            "State-funded secondary",
            "State-funded special school",
            "State-funded AP school",
        }
        trusts = Counter(school["trust"] for school in schools if school["trust"])
        assert all(trust.endswith("(made up)") for trust in trusts)
        assert max(trusts.values()) > 2
        for school in schools:
            assert re.fullmatch(r"ZZ\d{1,2} \d[A-Z]{2}", school["school_postcode"])
            assert (
                0
                <= int(school["number of pupils known to be eligible for free school meals"])
                <= int(school["headcount of pupils"])
            )
    everything = [school for schools in by_council.values() for school in schools]
    for column in ("urn", "laestab", "school_name", "school_postcode"):
        assert len({school[column] for school in everything}) == len(everything), column


def test_a_school_that_became_an_academy_can_be_followed_back(rows: Callable[[str], Rows]) -> None:
    now = {row["urn"]: row for row in rows("spc_school_level")}
    before = {
        row["URN"]: row["LinkURN"]
        for row in rows("gias_establishment_links")
        if row["LinkType"] == "Predecessor" and row["LinkEstablishedDate"].endswith("2018")
    }
    assert len(before) > 50
    assert before.keys() <= now.keys()
    assert not set(before.values()) & now.keys()
    published = {row["laestab"] for row in rows("exclusions_by_geographic_level") if row["time_period"] == "201617"}
    assert {
        now[urn]["laestab"] for urn in before if now[urn]["phase_type_grouping"] != "State-funded AP school"
    } <= published
    later = {
        row["LinkURN"]
        for row in rows("gias_establishment_links")
        if row["LinkEstablishedDate"][-4:] in ("2020", "2021")
    }
    assert later & {row["URN"] for row in rows("england_abs_2018_19")}


def test_nothing_made_up_is_a_real_place_or_school(rows: Callable[[str], Rows], shared_data: Path) -> None:
    schools = rows("spc_school_level")
    urns = {row["urn"] for row in schools} | {row["LinkURN"] for row in rows("gias_establishment_links")}
    laestabs = {row["laestab"] for row in schools}
    numbers = {council.number for council in MADE_UP_COUNCILS}
    looked_at = 0
    for path in sorted(shared_data.rglob("*.csv*")):
        if path.parent.name in ("deprivation", "pupil_samples", "attendance"):
            continue
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        words = set(re.findall(rb"(?<![\w.])[\w]{6,9}(?![\w.])", raw))
        looked_at += 1
        for what in (laestabs, CODES, {MADE_UP_REGION, MADE_UP_COUNTRY}):
            assert not {word.encode() for word in what} & words, path.name
        if path.name.startswith(("spc_school", "gias_est", "gias_links", "england_", "ofsted_")):
            assert not {urn.encode() for urn in urns} & words, path.name
    assert looked_at > 40
    codes = (shared_data / "la" / "la_code_list.csv").read_text(encoding="utf-8")
    assert not {line.split(",")[0].strip('"') for line in codes.splitlines()} & numbers
