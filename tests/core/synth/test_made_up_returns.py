"""Returns of a made-up place: declared shapes, clean under every check, consistent, the same for a seed, never real."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from stdnum.gb import upn as stdnum_upn
from tests.core.synth.made_up_returns import Rows, checked, checksums, found, make, rows, severity

from ropewalk.core.errors import InputRefused
from ropewalk.core.identity.upn import council_number, is_temporary
from ropewalk.core.returns.checks import Severity
from ropewalk.core.schema.made_up_places import MADE_UP_COUNCILS
from ropewalk.core.schema.returns import return_file
from ropewalk.core.synth.returns.writing import KINDS

YEARS = ("2022-23", "2023-24", "2024-25")
FOURTEEN = 14


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of twelve schools with 4,000 pupils."""
    folder = tmp_path_factory.mktemp("returns") / "place"
    make(folder, schools=12, pupils=4000, years=3, seed=5)
    return folder


@pytest.fixture(scope="session")
def rolls(place: Path) -> dict[str, Rows]:
    """The roll of each year."""
    return {year: rows(place / year / "roll.csv") for year in YEARS}


def test_the_same_wish_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    wish = {"schools": 5, "pupils": 400, "years": 2, "mistakes": 0.02}
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        make(tmp_path / name, seed=seed, **wish)
    one, again, other = (checksums(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert len(one) > 20
    same = {name for name in one.keys() & other.keys() if one[name] == other[name]}
    # A school may have sent no move at all.
    assert {name.split("/")[0] for name in same if not name.endswith("moves.csv")} <= {"unusable", "register"}


def test_every_file_has_the_declared_columns_and_every_written_file_is_told(tmp_path: Path) -> None:
    written = make(tmp_path, schools=3, pupils=200, years=1, seed=1)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(checksums(tmp_path))
    for kind in KINDS:
        header = (tmp_path / "2024-25" / f"{kind}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert tuple(header.split(",")) == return_file(kind).columns
    assert "NOTHING IN THIS FOLDER IS TRUE" in (tmp_path / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_refused_or_wrong_and_questions_are_rare(place: Path, year: str) -> None:
    paths = [place / year / f"{kind}.csv" for kind in KINDS]
    with checked(place, paths, date(2000 + int(year[5:]), 8, 31)) as con:
        problems = Counter(check for _, _, check in found(con))
        lines = con.execute("SELECT sum(lines) FROM source_file").fetchone()
        registers = con.execute("SELECT count(*) FROM register").fetchone()
    assert {check for check in problems if severity(check) is not Severity.QUESTION} == set()
    assert lines is not None
    assert registers is not None
    assert problems.total() < lines[0] / 2000
    assert registers[0] == len((place / year / "register.csv").read_text().splitlines()) - 1


def test_pupil_numbers_are_valid_and_of_councils_that_do_not_exist(rolls: dict[str, Rows]) -> None:
    councils = {council.number for council in MADE_UP_COUNCILS}
    for year, roll in rolls.items():
        for row in roll:
            for number in filter(None, (row["upn"], row["former_upn"])):
                assert stdnum_upn.calc_check_digit(number[1:]) == number[0], year
                assert council_number(number) in councils
            assert row["postcode"].startswith("ZZ")
    # A number is one child's: same name, birthday and sex wherever it stands.
    who = defaultdict(set)
    for roll in rolls.values():
        for row in roll:
            who[row["upn"]].add((row["surname"], row["forename"], row["date_of_birth"], row["sex"], row["ethnicity"]))
    assert {number for number, children in who.items() if len(children) > 1} == set()


def test_temporary_numbers_are_replaced_and_said_to_be_former_ones(rolls: dict[str, Rows]) -> None:
    before = {(row["urn"], row["upn"]) for row in rolls["2023-24"] if is_temporary(row["upn"])}
    after = {(row["urn"], row["former_upn"]) for row in rolls["2024-25"] if row["former_upn"]}
    assert before
    assert before & after
    assert all(is_temporary(former) for _, former in after)
    years = [{row["upn"] for row in rolls[year]} for year in YEARS]
    assert not {former for _, former in after} & years[-1]


def test_children_go_on_from_a_primary_to_the_secondaries_it_feeds(place: Path, rolls: dict[str, Rows]) -> None:
    feeds = {row["urn"]: row["feeds"].split() for row in rows(place / "schools.csv")}
    later = {(row["upn"], row["urn"]): row for row in rolls["2024-25"]}
    went_on = 0
    for row in rolls["2023-24"]:
        if row["year_group"] == "6" and row["leaving_reason"] == "END" and row["destination_urn"]:
            if is_temporary(row["upn"]):
                continue
            assert row["destination_urn"] in feeds[row["urn"]]
            new = later[row["upn"], row["destination_urn"]]
            assert (new["year_group"], new["start_date"]) == ("7", "2024-09-02")
            assert row["leaving_date"] < new["start_date"]
            went_on += 1
    assert went_on > 100


def test_children_keep_what_does_not_change_and_go_up_a_year(rolls: dict[str, Rows]) -> None:
    order = ["N2", "R", *map(str, range(1, FOURTEEN))]
    before = {row["upn"]: row for row in rolls["2023-24"]}
    both = [(before[row["upn"]], row) for row in rolls["2024-25"] if row["upn"] in before]
    assert len(both) > 2500
    for one, other in both:
        assert order.index(other["year_group"]) == order.index(one["year_group"]) + 1
        assert one["disadvantaged"] <= other["disadvantaged"]
        for column in ("surname", "forename", "date_of_birth", "sex", "ethnicity", "first_language", "postcode"):
            assert one[column] == other[column]


def test_there_are_brothers_and_sisters(rolls: dict[str, Rows]) -> None:
    homes = defaultdict(set)
    for row in rolls["2024-25"]:
        homes[row["surname"], row["postcode"]].add(row["upn"])
    shared = sum(len(children) for children in homes.values() if len(children) > 1)
    assert 0.3 < shared / len(rolls["2024-25"]) < 0.9


def test_who_is_registered_twice_is_so_at_two_schools_and_expected_at_one_at_a_time(
    place: Path, rolls: dict[str, Rows]
) -> None:
    seen = 0
    for year in YEARS:
        main = {row["upn"]: row for row in rolls[year] if row["enrolment_status"] == "M"}
        other = {row["upn"]: row for row in rolls[year] if row["enrolment_status"] == "S"}
        assert main.keys() == other.keys()
        marks: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        for row in rows(place / year / "register.csv"):
            if row["upn"] in main:
                marks[row["upn"], row["week_beginning"]][row["urn"]] = row["marks"].split(" ")
        for (number, _), here in marks.items():
            if len(here) == 2:
                pairs = zip(here[main[number]["urn"]], here[other[number]["urn"]], strict=True)
                for one, two in pairs:
                    if not {one, two} & {"#", "Z", "-", "Y4", "Y"}:
                        assert (one == "D") != (two == "D")
                        seen += 1
    assert seen > 100


def test_moves_agree_with_the_rolls(place: Path, rolls: dict[str, Rows]) -> None:
    kinds: Counter[str] = Counter()
    for year in YEARS:
        on_roll = defaultdict(list)
        for row in rolls[year]:
            on_roll[row["upn"]].append(row)
            if row["former_upn"]:
                on_roll[row["former_upn"]].append(row)
        names = {(r["surname"], r["forename"], r["date_of_birth"], r["urn"]): r for r in rolls[year]}
        for move in rows(place / year / "moves.csv"):
            kinds[move["kind"]] += 1
            (left,) = [row for row in on_roll[move["upn"]] if row["urn"] == move["from_urn"]]
            if move["kind"] in ("managed_move", "in_year_transfer"):
                new = names[left["surname"], left["forename"], left["date_of_birth"], move["to_urn"]]
                assert left["destination_urn"] == move["to_urn"]
                assert left["leaving_date"] < move["start_date"] == new["start_date"]
            if move["kind"] in ("moved_to_home_education", "missing_education"):
                assert left["leaving_reason"] in ("EHE", "CME")
            if move["kind"] in ("part_time_timetable", "off_site_direction"):
                assert move["start_date"] < move["review_date"] <= (move["end_date"] or "9")
    assert set(kinds) == {
        *("managed_move", "in_year_transfer", "moved_to_home_education", "missing_education", "part_time_timetable"),
        *("off_site_direction", "alternative_provision"),
    }


def test_suspensions_cluster_and_stand_in_the_register(place: Path) -> None:
    suspensions = [row for row in rows(place / "2024-25" / "suspensions.csv") if row["category"] == "SUSP"]
    counts = Counter((row["urn"], row["upn"]) for row in suspensions)
    assert sum(counts.values()) > 1.5 * len(counts)
    assert max(counts.values()) >= 5
    sessions: Counter[tuple[str, str]] = Counter()
    for row in suspensions:
        sessions[row["urn"], row["upn"]] += min(int(row["sessions"]), 10)
    marked: Counter[tuple[str, str]] = Counter()
    for row in rows(place / "2024-25" / "register.csv"):
        marked[row["urn"], row["upn"]] += row["marks"].split(" ").count("E")
    excluded = {
        (row["urn"], row["upn"]) for row in rows(place / "2024-25" / "suspensions.csv") if row["category"] == "PERM"
    }
    assert {who: number for who, number in marked.items() if number and who not in excluded} == {
        who: number for who, number in sessions.items() if who not in excluded
    }


def test_a_year_so_far_is_the_beginning_of_the_whole_year(tmp_path: Path) -> None:
    wish = {"schools": 8, "pupils": 1600, "years": 1, "seed": 9}
    make(tmp_path / "whole", **wish)
    until = date(2025, 2, 6)
    make(tmp_path / "part", until=until, **wish)
    whole, part = tmp_path / "whole" / "2024-25", tmp_path / "part" / "2024-25"
    last = max(row["week_beginning"] for row in rows(part / "register.csv"))
    assert last == "2025-01-27"
    early = [row for row in rows(whole / "register.csv") if row["week_beginning"] <= last]
    assert rows(part / "register.csv") == early
    known = (date.fromisoformat(last) + timedelta(days=4)).isoformat()
    assert rows(part / "suspensions.csv") == [
        row for row in rows(whole / "suspensions.csv") if row["start_date"] <= known
    ]
    for row in rows(part / "roll.csv"):
        assert row["start_date"] <= known
        assert row["leaving_date"] <= known
        assert bool(row["leaving_date"]) == bool(row["leaving_reason"])
        assert row["leaving_date"] or not row["destination_urn"]
    for row in rows(part / "moves.csv"):
        assert row["start_date"] <= (date.fromisoformat(known) + timedelta(days=3)).isoformat()
        assert row["end_date"] <= known
        assert row["end_date"] or not row["outcome"]
    assert rows(part / "results.csv") == []
    with checked(tmp_path / "part", sorted(part.iterdir()), until) as con:
        assert {check for _, _, check in found(con) if severity(check) is not Severity.QUESTION} == set()


def test_a_folder_for_each_school_holds_the_same_rows(tmp_path: Path) -> None:
    wish = {"schools": 4, "pupils": 300, "years": 1, "seed": 2}
    make(tmp_path / "together", **wish)
    make(tmp_path / "apart", by_school=True, **wish)
    urns = [row["urn"] for row in rows(tmp_path / "together" / "schools.csv")]
    for kind in KINDS:
        apart = [row for urn in urns for row in rows(tmp_path / "apart" / "2024-25" / urn / f"{kind}.csv")]
        assert apart == rows(tmp_path / "together" / "2024-25" / f"{kind}.csv")


def test_a_larger_place_has_schools_of_every_phase_each_once(tmp_path: Path) -> None:
    make(tmp_path, schools=110, pupils=2200, years=1, seed=1)
    schools = rows(tmp_path / "schools.csv")
    assert len({row["urn"] for row in schools}) == len({row["name"] for row in schools}) == 110
    assert {row["phase"] for row in schools} == {"primary", "secondary", "special", "alternative"}
    assert {row["place"] for row in schools} == {MADE_UP_COUNCILS[0].code}
    register = rows(tmp_path / "register" / "spc_school_level_2022_23_made_up.csv")
    assert {row["urn"] for row in schools} <= {row["urn"] for row in register}
    assert len({row["urn"] for row in register}) == len({row["laestab"] for row in register}) == len(register)


@pytest.mark.parametrize(
    "wish",
    [
        {"schools": 10, "pupils": 100, "years": 1},
        {"schools": 1, "pupils": 100, "years": 0},
        {"schools": 1, "pupils": 100, "years": 1, "until": date(2024, 9, 3)},
    ],
)
def test_a_place_that_cannot_be_is_refused_with_what_to_do(tmp_path: Path, wish: dict[str, int]) -> None:
    with pytest.raises(InputRefused) as refused:
        make(tmp_path, seed=1, **wish)
    assert refused.value.problems[0].do
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("schools", [1, 2, 6, 9])
def test_the_smallest_places_are_clean_too(tmp_path: Path, schools: int) -> None:
    make(tmp_path, schools=schools, pupils=60 * schools, years=1, seed=6)
    with checked(tmp_path, sorted((tmp_path / "2024-25").iterdir()), date(2025, 8, 31)) as con:
        assert {check for _, _, check in found(con) if severity(check) is not Severity.QUESTION} == set()


def test_years_before_august_2024_use_the_codes_of_their_time(place: Path) -> None:
    for year, withdrawn in (("2023-24", {"C2", "J1", "Y4", "K"}), ("2024-25", {"H", "J", "Y"})):
        codes = {mark for row in rows(place / year / "register.csv") for mark in row["marks"].split(" ")}
        assert not codes & withdrawn, year
        assert {"/", "\\", "I", "O", "M", "L", "U", "G", "V", "E", "#", "Z"} <= codes
