"""The second calculation gives what was worked out by hand for four children at two schools."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

# Two secondary schools of one place: 101 in trust T, 102 in none. Ann is registered at both, mainly at 101.
SCHOOLS = {
    "101": {"place": "E06000001", "phase": "secondary", "trust": "T"},
    "102": {"place": "E06000001", "phase": "secondary"},
}
ANN, BEN, CAT, DAN = "X801200000001", "L801200000002", "A801200000003", "P801200000004"
BEN_ONCE = "H80120000000A"
COLUMNS = (
    "urn,upn,former_upn,sex,year_group,enrolment_status,start_date,leaving_date,ethnicity,first_language,"
    "fsm_eligible,sen_provision"
)
ROLL = f"""{COLUMNS}
101,{ANN},,F,7,M,2024-09-03,,WBRI,ENG,Y,K
102,{ANN},,F,7,S,2024-11-04,,WBRI,ENG,Y,K
101,{BEN},{BEN_ONCE},M,8,C,2023-09-05,2025-02-14,WBRI,POL,N,N
101,{CAT},,F,8,,2024-10-07,,,,,E
102,{DAN},,M,R,C,03/09/2024,,AIND,REF,N,N
"""
# Week 1: autumn 1. Week 2: autumn 2. Week 3: spring 2 (from 17 February). Ben's second row is under his old number.
REGISTER = f"""urn,upn,week_beginning,marks
101,{ANN},2024-10-07,/ \\ / \\ I I / \\ L \\
101,{ANN},2024-11-04,/ \\ / \\ D D D D D D
102,{ANN},2024-11-04,- - - - I I / \\ / \\
101,{BEN},2024-10-07,/ \\ U \\ N N O O G G
101,{BEN_ONCE},2024-11-04,C2 C2 / \\ E E # # Y1 Y1
101,{CAT},2024-10-07,/ \\ / \\ / \\ / \\ / \\
102,{DAN},2025-02-17,K \\ V W P B J1 M S T
"""
SUSPENSIONS = f"""urn,upn,category,start_date,sessions,cancelled
101,{BEN},SUSP,2024-11-06,2,N
101,{BEN},SUSP,2025-01-13,5,
102,{ANN},SUSP,2024-11-18,3,
101,{ANN},SUSP,2024-12-02,4,Y
101,{CAT},LNCH,2024-12-02,1,
101,{BEN},PERM,2025-02-10,,
"""
MOVES = f"""upn,kind,from_urn,to_urn,start_date,end_date
{BEN},managed_move,101,102,2025-02-17,
{CAT},part_time_timetable,101,,2024-10-21,2024-11-08
{DAN},missing_education,102,,2025-06-02,
"""
RESULTS = f"""urn,upn,year,assessment,value
101,{ANN},2024/25,KS2_READING,100
101,{ANN},2025,KS2_WRITING,1
101,{ANN},202425,KS2_MATHS,99
101,{CAT},2024/25,KS2_READING,110
102,{DAN},2024/25,GLD,1
101,{BEN},2024/25,PHONICS,31
101,{CAT},2024/25,PHONICS,32
101,{BEN},2024/25,KS4_A8,46.5
101,{CAT},2024/25,KS4_A8,50.25
101,{BEN},2024/25,KS4_ENGLISH,5
101,{BEN},2024/25,KS4_MATHS,4
"""
YEAR, AUTUMN, SPRING = "2024/25", "2024/25 autumn", "2024/25 spring"
HALF_1, HALF_2 = "2024/25 autumn 1", "2024/25 autumn 2"

# School 101: what is possible is Ann 10 + 4, Ben 10 + 6 (the closure and Y1 are not possible), Cat 10.
AT_101 = {
    # Week 41: Ann 2 ill; Ben U N N O O G G = 7; Cat 0; of 30.
    ("absence_overall", "all", "2024-W41"): (9, 30),
    # Week 45: Ann 0 of 4; Ben C2 C2 E E = 4 of 6.
    ("absence_overall", "all", "2024-W45"): (4, 10),
    ("absence_overall", "all", HALF_1): (9, 30),
    ("absence_overall", "all", AUTUMN): (13, 40),
    ("absence_overall", "all", YEAR): (13, 40),
    ("absence_overall", "all", "2024/25 to 2024-W41"): (9, 30),
    ("absence_overall", "all", "2024/25 to 2024-W45"): (13, 40),
    ("absence_overall", "all", "2024/25 to 2025-W08"): (13, 40),
    ("absence_authorised", "all", YEAR): (6, 40),
    ("absence_unauthorised", "all", YEAR): (7, 40),
    ("lateness", "all", YEAR): (2, 40),
    ("part_time_sessions", "all", YEAR): (2, 40),
    ("suspended_sessions", "all", YEAR): (2, 40),
    ("illness", "all", YEAR): (2, 40),
    ("absence_overall", "fsm", YEAR): (2, 14),
    ("absence_overall", "not_fsm", YEAR): (11, 16),
    ("absence_overall", "eal", YEAR): (11, 16),
    ("absence_overall", "not_eal", YEAR): (2, 14),
    ("absence_overall", "boys", YEAR): (11, 16),
    ("absence_overall", "girls", YEAR): (2, 24),
    ("absence_overall", "year_8", YEAR): (11, 26),
    ("absence_overall", "WBRI", YEAR): (13, 30),
    ("absence_overall", "ehcp", YEAR): (0, 10),
    # Ann 2 of 14 and Ben 11 of 16 missed a tenth; Ben a half; Cat neither.
    ("persistent_absence", "all", YEAR): (2, 3),
    ("severe_absence", "all", YEAR): (1, 3),
    # In the second half Ann missed none of 4, and Cat had no sessions.
    ("persistent_absence", "all", HALF_2): (1, 2),
    # On 16 January: Ann (M), Ben (C), Cat (blank).
    ("pupils_on_roll", "all", YEAR): (3, None),
    ("free_school_meals", "all", YEAR): (1, 3),
    ("ehcp_share", "all", YEAR): (1, 3),
    ("sen_support_share", "girls", YEAR): (1, 2),
    ("suspension_rate", "all", YEAR): (2, 3),
    ("suspension_rate", "all", AUTUMN): (1, 3),
    ("suspension_rate", "fsm", YEAR): (0, 1),
    ("suspended_pupils_rate", "all", YEAR): (1, 3),
    ("permanent_exclusion_rate", "all", SPRING): (1, 3),
    ("days_lost_to_suspension", "all", YEAR): (7, 3),
    # Cat came on 7 October; Ben left on 14 February.
    ("joiners", "all", YEAR): (1, 3),
    ("joiners", "all", SPRING): (0, 3),
    ("leavers", "all", SPRING): (1, 3),
    # Of Ann, Ben and Cat only Ann was there on 3 October, 16 January and 15 May.
    ("stability", "all", YEAR): (1, 3),
    ("managed_moves_out", "all", "2024/25 spring 2"): (1, None),
    ("part_time_timetables", "all", HALF_1): (1, None),
    ("part_time_timetables", "all", HALF_2): (1, None),
    # Ben's move began on the Monday of week 8, Cat's timetable on that of week 43.
    ("managed_moves_out", "all", "2024/25 to 2025-W08"): (1, None),
    ("managed_moves_out", "all", "2024/25 to 2024-W45"): None,
    ("part_time_timetables", "all", "2024/25 to 2024-W45"): (1, None),
    ("part_time_timetables", "all", "2024/25 to 2024-W41"): None,
    ("ks2_rwm_expected", "all", YEAR): (0, 1),
    ("phonics", "all", YEAR): (1, 2),
    ("attainment8", "all", YEAR): (967_500, 2),
    ("basics_4", "all", YEAR): (1, 1),
    ("basics_5", "all", YEAR): (0, 1),
}
# School 102: Ann 2 ill of 6 in week 45; Dan J1 M S T = 4 of 10 in week 8. Ann's registration there is the second one.
AT_102 = {
    ("absence_overall", "all", "2024-W45"): (2, 6),
    ("absence_overall", "all", "2025-W08"): (4, 10),
    ("persistent_absence", "all", YEAR): (2, 2),
    ("severe_absence", "all", YEAR): (0, 2),
    ("pupils_on_roll", "all", YEAR): (1, None),
    ("suspension_rate", "all", YEAR): (1, 1),
    ("stability", "reception", YEAR): (1, 1),
    ("managed_moves_in", "all", SPRING): (1, None),
    ("missing_education", "all", "2024/25 summer 2"): (1, None),
    ("gld", "all", YEAR): (1, 1),
    # Nothing is known of Dan's first language, and Ann is no joiner at her second school.
    ("absence_overall", "eal", YEAR): None,
    ("joiners", "girls", YEAR): None,
}
AT_PLACE = {
    ("absence_overall", "all", YEAR): (19, 56),
    # Five enrolments; four children. Ann over both rolls missed 4 of 20, Ben 11 of 16, Cat 0 of 10, Dan 4 of 10.
    ("persistent_absence", "all", YEAR): (4, 5),
    ("persistent_absence_of_children", "all", YEAR): (3, 4),
    ("severe_absence_of_children", "all", YEAR): (1, 4),
    ("persistent_absence_of_children", "girls", HALF_2): (1, 1),
    # Ann was suspended at her second school only; on roll in January were Ann, Ben, Cat and Dan.
    ("suspended_children_rate", "all", YEAR): (2, 4),
    ("suspended_children_rate", "fsm", AUTUMN): (1, 1),
    ("suspended_children_rate", "all", SPRING): (1, 4),
    ("suspended_pupils_rate", "all", YEAR): (2, 4),
    ("pupils_on_roll", "boys", YEAR): (2, None),
}
WANTED = [
    *((("school", "101", measure, "all", group, period), n) for (measure, group, period), n in AT_101.items()),
    *((("school", "102", measure, "all", group, period), n) for (measure, group, period), n in AT_102.items()),
    *((("place", "E06000001", measure, "all", group, period), n) for (measure, group, period), n in AT_PLACE.items()),
    (("place", "E06000001", "absence_overall", "secondary", "all", YEAR), (19, 56)),
    (("trust", "T", "absence_overall", "all", "all", YEAR), (13, 40)),
    (("place", "E06000001", "persistent_absence_of_children", "secondary", "all", YEAR), None),
]


@pytest.fixture(scope="module")
def counts(
    naive: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, ...], tuple[int, int | None]]:
    """The example, calculated."""
    folder = tmp_path_factory.mktemp("returns")
    texts = {"roll": ROLL, "register": REGISTER, "suspensions": SUSPENSIONS, "moves": MOVES, "results": RESULTS}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    found: dict[tuple[str, ...], tuple[int, int | None]] = naive.calculate(folder, SCHOOLS)
    return found


@pytest.mark.parametrize(("key", "wanted"), WANTED, ids=[" ".join(key[1:]) for key, _ in WANTED])
def test_the_answer_is_the_one_worked_out_by_hand(
    counts: dict[tuple[str, ...], tuple[int, int | None]], key: tuple[str, ...], wanted: tuple[int, int | None] | None
) -> None:
    assert counts.get(key) == wanted


def test_rates_over_a_census_day_to_come_are_left_out(naive: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    measures = {key[2] for key in naive.calculate(tmp_path, SCHOOLS, today=date(2024, 12, 1))}
    assert "absence_overall" in measures
    assert not measures & {"pupils_on_roll", "suspension_rate", "joiners", "stability"}


def test_marks_one_by_one_count_as_weeks_do(naive: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    marks = "urn,upn,date,session,code\n101,{0},2024-10-07,AM,/\n101,{0},08/10/2024,PM,I\n101,{0},2024-10-11,PM,u\n"
    (tmp_path / "marks.csv").write_text(marks.format(ANN), encoding="utf-8")
    counts = naive.calculate(tmp_path, SCHOOLS)
    assert counts["school", "101", "absence_overall", "all", "all", "2024-W41"] == (2, 3)


def test_a_number_of_another_shape_is_known_within_its_school_only(naive: ModuleType, tmp_path: Path) -> None:
    wrong = ANN[:-3]
    (tmp_path / "roll.csv").write_text(ROLL.replace(ANN, wrong), encoding="utf-8")
    (tmp_path / "register.csv").write_text(REGISTER.replace(ANN, wrong), encoding="utf-8")
    counts = naive.calculate(tmp_path, SCHOOLS)
    assert counts["place", "E06000001", "persistent_absence_of_children", "all", "all", YEAR] == (4, 5)


def test_a_number_whose_letter_does_not_fit_is_followed_all_the_same(naive: ModuleType, tmp_path: Path) -> None:
    counts = []
    for number in (ANN, {"B": "A"}.get(ANN[0], "B") + ANN[1:]):
        (tmp_path / "roll.csv").write_text(ROLL.replace(ANN, number), encoding="utf-8")
        (tmp_path / "register.csv").write_text(REGISTER.replace(ANN, number), encoding="utf-8")
        counts.append(naive.calculate(tmp_path, SCHOOLS))
    assert counts[0] == counts[1]


def test_it_shares_no_code_with_the_package() -> None:
    tree = ast.parse((Path(__file__).parent / "naive.py").read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert not [name for name in imported if name and name.startswith("ropewalk")]
