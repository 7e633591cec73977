"""Two stores that are the same but for one child, who is met in everything a school can send."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ropewalk.core.facts.catalogue import Catalogue
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity import lines_aside
from ropewalk.core.identity.book import numbers, persons, standings
from ropewalk.core.identity.pseudonyms import pseudonym, written
from ropewalk.core.identity.upn import check_letter
from ropewalk.core.use_cases.returns import submit_files

PLACE = "E06000026"
OAK, ELM = 990001, 990002
KEY = b"a key for this test and no other, long enough"
PRESENT, ABSENT = "/ \\ / \\ / \\ / \\ / \\", "O O O O O O / \\ / \\"
WEEKS = ("2024-09-09", "2024-09-16")


def upn(serial: int) -> str:
    rest = f"879123420{serial:03d}"
    return check_letter("A" + rest) + rest


# What nobody else in the place has. None of it is anybody's.
BEFORE, AFTER, MISTYPED = upn(871), upn(872), "Z" + upn(873)[1:]
SURNAME, FORENAME, BORN, POSTCODE = "Quexwythe", "Zephyrindra", "2012-02-29", "ZZ99 8QX"
SECRETS = (BEFORE, AFTER, SURNAME, FORENAME, BORN, POSTCODE, "Gone to Quexland")
NUMBERS = (BEFORE, AFTER)
ROLL = "urn,upn,former_upn,surname,forename,date_of_birth,sex,postcode,year_group,start_date,leaving_date,fsm_eligible"
OTHERS = 6
# How a process that ends itself at a step says so, see erasing_in_a_fork.
ENDED = 99


@dataclass(frozen=True)
class Sent:
    """One submission: when, its files' lines of others and of the child, and the academic year it is about."""

    at: datetime
    files: dict[str, tuple[list[str], list[str]]]
    year: str = "2024/25"


def _roll(school: int, serial: int, day: str = "2023-09-04") -> str:
    return f"{school},{upn(serial)},,Other{serial},Name{serial},2012-01-{serial + 1:02d},F,,8,{day},,N"


def _child_on_roll(school: int, number: str, former: str, start: str, left: str) -> str:
    return f"{school},{number},{former},{SURNAME},{FORENAME},{BORN},F,{POSTCODE},8,{start},{left},Y"


def _marks(school: int, number: str, week: str, marks: str) -> str:
    return f"{school},{number},{week},{marks}"


def submissions() -> list[Sent]:
    """A term at one school, a correction of it, then a move to another school under another number."""
    here = [(OAK if serial < OTHERS / 2 else ELM, serial) for serial in range(OTHERS)]
    register = [_marks(school, upn(serial), week, PRESENT) for school, serial in here for week in WEEKS]
    header = "urn,upn,week_beginning,marks"
    wrong = f"{OAK},{BEFORE},,{SURNAME},{FORENAME},29/02/2012,F,,8,never,,Y"
    other_wrong = f"{OAK},{upn(0)},,Other0,Name0,2012-01-01,F,,8,never,,N"
    # Another child of the same names, and the child once more without a number, both to be mended.
    namesake = f"{ELM},,,{SURNAME},{FORENAME},2010-05-05,F,,8,never,,N"
    without = f"{ELM},,,{SURNAME.upper()},{FORENAME},{BORN},F,,8,never,,Y"
    return [
        Sent(
            datetime(2024, 10, 1, 8, tzinfo=UTC),
            {
                "roll": (
                    [ROLL, *(_roll(school, serial) for school, serial in here), other_wrong],
                    [_child_on_roll(OAK, BEFORE, "", "2023-09-04", ""), wrong],
                ),
                "register": ([header, *register], [_marks(OAK, BEFORE, week, ABSENT) for week in WEEKS]),
                "suspensions": (
                    ["urn,upn,category,start_date,sessions", f"{OAK},{upn(1)},SUSP,2024-09-12,2"],
                    [f"{OAK},{BEFORE},SUSP,2024-09-23,4"],
                ),
                "moves": (
                    [
                        "from_urn,to_urn,upn,kind,start_date,outcome",
                        f"{OAK},{ELM},{upn(1)},managed_move,2024-09-13,stayed",
                    ],
                    [f"{OAK},{ELM},{BEFORE},managed_move,2024-09-20,Gone to Quexland"],
                ),
                "results": (
                    ["urn,upn,year,assessment,value", f"{OAK},{upn(1)},2023/24,KS2_READING,104"],
                    [f"{OAK},{BEFORE},2023/24,KS2_READING,97"],
                ),
            },
        ),
        Sent(
            datetime(2024, 10, 8, 8, tzinfo=UTC),
            {"register": ([header, *register[:4]], [_marks(OAK, BEFORE, WEEKS[0], PRESENT)])},
        ),
        Sent(
            datetime(2024, 11, 1, 8, tzinfo=UTC),
            {
                "roll": (
                    [ROLL, *(_roll(school, serial) for school, serial in here), namesake],
                    [_child_on_roll(ELM, AFTER, BEFORE, "2024-10-07", ""), without],
                ),
                "register": (
                    [header, _marks(ELM, upn(4), "2024-10-14", PRESENT)],
                    [_marks(ELM, AFTER, "2024-10-14", ABSENT)],
                ),
            },
        ),
    ]


def store(
    folder: Path, *, planted: bool, catalogue: Catalogue | None = None, sent: Iterable[Sent] | None = None
) -> Facts:
    """A store to which all was sent, with the child or without it."""
    facts, scratch, files = Facts(folder / "store", catalogue), folder / "scratch", folder / "files"
    for made in (scratch, files):
        made.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(submissions() if sent is None else sent):
        paths = []
        for name, (others, child) in one.files.items():
            path = files / f"{number}-{name}.csv"
            path.write_text("".join(line + "\n" for line in [*others, *(child if planted else ())]), encoding="utf-8")
            paths.append(path)
        by = ("Alice", "Bob")[number % 2]
        done = submit_files(facts, paths, by=by, key=KEY, scratch=scratch, now=one.at, year=one.year, place=PLACE)
        assert done.receipt is not None
    return facts


def send_again(facts: Facts, folder: Path) -> None:
    """Send all files of a store again, in their order."""
    for number in range(len(submissions())):
        files = sorted((folder / "files").glob(f"{number}-*.csv"))
        done = submit_files(
            facts,
            files,
            by="Alice",
            key=KEY,
            scratch=folder / "scratch",
            now=datetime(2025, 2, 1 + number, tzinfo=UTC),
            year="2024/25",
            place=PLACE,
            again=True,
        )
        assert done.is_new


def traces(facts: Facts, records: tuple[int, ...]) -> list[str]:
    """Where anything of the child is found, every byte of the store read and all that is sealed opened."""
    found = []
    needles = {secret: secret.lower().encode() for secret in SECRETS}
    needles |= {f"pseudonym of {number}": pseudonym(KEY, written("upn", number)) for number in NUMBERS}
    for path in sorted(path for path in facts.root.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        found += [
            f"{what} in {path.name}" for what, needle in needles.items() if needle in raw or needle in raw.lower()
        ]
        if path.suffix == ".parquet":
            found += [f"{what} in {path.parent.name}/{path.name}" for what in _in_parquet(path, records)]
        if path.suffix == ".sqlite":
            said = " ".join(_all_rows(path)).lower()
            found += [f"{secret} in a table of {path.name}" for secret in SECRETS if secret.lower() in said]
    opened = " ".join(_opened(facts)).lower()
    return found + [f"{secret} sealed" for secret in SECRETS if secret.lower() in opened and secret not in _SHARED]


# The namesake has the names too, in a line set aside.
_SHARED = (SURNAME, FORENAME)


def _in_parquet(path: Path, records: tuple[int, ...]) -> Iterator[str]:
    with duckdb.connect() as con:
        names = [row[0] for row in con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]
        for name in {"record", "child"} & set(names):
            [(count,)] = con.execute(
                f"SELECT count(*) FROM read_parquet(?) WHERE list_contains(?, {name})",  # noqa: S608 - one of two
                [str(path), list(records)],
            ).fetchall()
            if count:
                yield f"{count} rows"
        text = str(con.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()).lower()
        yield from (secret for secret in SECRETS if secret.lower() in text)


def _all_rows(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as con:
        for (table,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            yield from (str(row) for row in con.execute(f'SELECT * FROM "{table}"').fetchall())  # noqa: S608 - its own names


def _opened(facts: Facts) -> Iterator[str]:
    """All that is sealed, opened."""
    every = set(standings(facts.book))
    yield from numbers(facts.book, KEY, every).values()
    yield from map(str, persons(facts.book, KEY).values())
    for submission in facts.snapshot().submissions:
        for file in lines_aside.files_with_lines(facts.book, submission.id):
            yield (lines_aside.read_lines(facts.book, submission.id, file, KEY) or b"").decode()
