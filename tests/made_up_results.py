"""Returns of twelve made-up secondary schools with results of two key stages, for tests of value added.

What each pupil reaches is made from what it reached before, its context, its school and chance, so that the answer is
known: school number n adds ``ADDED[n]`` Attainment 8 points.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

from ropewalk.core.identity.upn import check_letter
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import submit_files

FIRST_URN = 880001
PLACE = "X06000001"
YEAR, BEFORE = "2022/23", "2017/18"
# Points a school adds, and its pupils; the last has too few to be told.
ADDED = (8.0, -8.0, 0.0, 0.0, 1.0, -1.0, 0.5, -0.5, 0.0, 2.0, -2.0, 0.0)
PUPILS = (40,) * 11 + (6,)
SLOPE, FOR_SEN = 1.5, -5.0
ROLL = (
    "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date,first_language,disadvantaged,"
    "sen_provision,postcode"
)


def send_results(store: Path, scratch: Path) -> None:
    """Send rolls and results to a store."""
    chance = Random(11)  # noqa: S311 - made-up results, the same every time
    rolls, results, number = [ROLL], ["urn,upn,year,assessment,value"], 0
    for place, (added, pupils) in enumerate(zip(ADDED, PUPILS, strict=True)):
        urn = FIRST_URN + place
        for _ in range(pupils):
            number += 1
            digits = f"8012067{number:05d}"
            upn = f"{check_letter('A' + digits)}{digits}"
            sen = chance.choice("NNNNK")
            reading, maths = chance.randint(85, 118), chance.randint(85, 118)
            score = 45 + SLOPE * ((reading + maths) / 2 - 102) + added + FOR_SEN * (sen == "K") + chance.gauss(0, 4)
            rolls.append(
                f"{urn},{upn},Reed,R{number},2007-05-01,{chance.choice('FM')},11,C,2018-09-01,ENG,"
                f"{chance.choice('YN')},{sen},ZZ1 1AA"
            )
            results.append(f"{urn},{upn},{YEAR},KS4_A8,{min(max(score, 0), 90):.2f}")
            if number % 20:
                results += [f"{urn},{upn},{BEFORE},KS2_READING,{reading}", f"{urn},{upn},{BEFORE},KS2_MATHS,{maths}"]
    scratch.mkdir(parents=True, exist_ok=True)
    files = []
    for kind, lines in (("roll", rolls), ("results", results)):
        files.append(scratch / f"{kind}.csv")
        files[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    sent = submit_files(
        Facts(store),
        files,
        by="Alice",
        key=b"k" * 32,
        scratch=scratch,
        now=datetime(2023, 9, 1, tzinfo=UTC),
        year=YEAR,
        place=PLACE,
    )
    if not sent.is_new:
        raise AssertionError("Nothing was stored.")
