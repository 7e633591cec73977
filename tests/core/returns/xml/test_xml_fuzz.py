"""However a file is spoilt: it is refused whole, or every pupil and suspension in it is a row or is asked about."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ropewalk.core.returns.tables import open_tables
from ropewalk.core.returns.xml_files import stage_xml

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
PUPIL = st.fixed_dictionaries(
    {"UPN": st.from_regex(r"[A-Z][0-9]{11}[0-9A-Z]", fullmatch=True)},
    optional={
        "Surname": WORDS,
        "Forename": WORDS,
        "Sex": st.sampled_from("FMX"),
        "SchoolLunchTaken": st.just("true"),
        "SessionsPossible": st.just("120"),
        "EntryDate": st.dates().map(str),
        "NCyearActual": st.sampled_from(["R", "7", "11", "X"]),
        "SENprovision": st.sampled_from("NKE"),
        "SENneeds": st.lists(st.sampled_from(["SEMH", "MLD", "ASD"]), max_size=4),
        "FSMperiods": st.lists(st.fixed_dictionaries({"FSMstartDate": st.dates().map(str)}), max_size=2),
        "events": st.lists(
            st.fixed_dictionaries(
                {"Category": st.sampled_from(["SUSP", "PERM", "FIXD"]), "Reasons": st.lists(WORDS, max_size=4)}
            ),
            max_size=3,
        ),
    },
)
RECORDS = {"PupilOnRoll", "PupilNoLongerOnRoll", "TermlyExclusion"}
FAST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SPOILERS: list[Callable[[bytes, random.Random], bytes]] = [
    lambda text, chance: text[: chance.randrange(len(text))],
    lambda text, chance: text[: (at := chance.randrange(len(text)))] + bytes([chance.randrange(256)]) + text[at + 1 :],
    lambda text, chance: text[: (at := chance.randrange(len(text)))] + text[at + chance.randrange(1, 60) :],
    lambda text, chance: text[: (at := chance.randrange(len(text)))] + text[max(0, at - chance.randrange(200)) :],
    lambda text, chance: _rename(text, chance),  # noqa: PLW0108 - stands below
    lambda text, chance: text.replace(b"\n", chance.choice([b"", b"\r", b"\r\n", b"\n\n", b" "])),
    lambda text, chance: text.replace(b">", chance.choice([b"><!-- x -->", b"><?x?>", b">\n"]), chance.randrange(40)),
]


def _rename(text: bytes, chance: random.Random) -> bytes:
    """Every element of one name by another name, so that the file stays well-formed."""
    names = sorted(set(re.findall(rb"</(\w+)>", text)))
    old, new = chance.choice(names), chance.choice([*names, b"Other"])
    return re.sub(rb"(</?)" + old + rb"(?=>)", rb"\1" + new, text)


def read(folder: Path, content: bytes) -> duckdb.DuckDBPyConnection:
    """Tables with a file read into them."""
    path = folder / "census.xml"
    path.write_bytes(content)
    con = open_tables(folder)
    stage_xml(con, 1, path)
    return con


def lost(content: bytes, con: duckdb.DuckDBPyConnection) -> set[str]:
    """Elements of pupils and suspensions in the file that are neither rows nor below or behind one asked about."""
    rows = {
        kind: con.execute(f"SELECT count(*), count(DISTINCT line) FROM raw_{kind}").fetchall()[0]  # noqa: S608
        for kind in ("roll", "suspensions")
    }
    assert all(count == lines for count, lines in rows.values())
    told = dict(con.execute("SELECT kind, lines FROM source_file WHERE kind IS NOT NULL").fetchall())
    assert told == {kind: count for kind, (count, _) in rows.items() if count}
    asked = {detail for (detail,) in con.execute("SELECT detail FROM problem").fetchall()}
    tree = etree.fromstring(content)
    held = [element for element in tree.iter() if isinstance(element.tag, str) and element.tag in RECORDS]
    unasked = [e for e in held if not asked & {e.tag, *(above.tag for above in e.iterancestors())}]
    pupils = sum(element.tag != "TermlyExclusion" for element in unasked)
    return ({"pupils"} if pupils > rows["roll"][0] else set()) | (
        {"suspensions"} if len(unasked) - pupils > rows["suspensions"][0] else set()
    )


def refused(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file was refused whole; then nothing of it may be in the tables."""
    whole = {"xml_hostile", "xml_unreadable", "file_not_recognised"}
    found = {check_id for (check_id,) in con.execute("SELECT check_id FROM problem").fetchall()} & whole
    if found:
        assert con.execute("SELECT count(*) FROM raw_roll").fetchall() == [(0,)]
        assert con.execute("SELECT count(*), max(lines) FROM source_file").fetchall() == [(1, 0)]
    return bool(found)


@FAST
@given(pupils=st.lists(PUPIL, max_size=4), leavers=st.lists(PUPIL, max_size=2))
def test_every_pupil_and_every_suspension_of_a_sound_file_is_a_row(
    tmp_path: Path, census: Callable[..., str], pupils: list[dict[str, Any]], leavers: list[dict[str, Any]]
) -> None:
    with read(tmp_path, census(pupils, leavers).encode()) as con:
        got = con.execute("SELECT upn, surname FROM raw_roll ORDER BY line").fetchall()
        wanted = [(one["UPN"], (one.get("Surname") or "").strip() or None) for one in (*pupils, *leavers)]
        assert got == wanted
        events = sum(len(one.get("events", ())) for one in (*pupils, *leavers))
        assert con.execute("SELECT count(*) FROM raw_suspensions").fetchall() == [(events,)]


@FAST
@given(pupils=st.lists(PUPIL, min_size=1, max_size=4), seed=st.integers(0, 2**32), often=st.integers(1, 3))
def test_nothing_of_a_spoilt_file_is_lost_in_silence(
    tmp_path: Path, census: Callable[..., str], pupils: list[dict[str, Any]], seed: int, often: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    content = census(pupils).encode()
    for _ in range(often):
        content = chance.choice(SPOILERS)(content, chance) or b" "
    with read(tmp_path, content) as con:
        assert refused(con) or not lost(content, con)


@FAST
@given(content=st.binary(max_size=300), transfer=st.booleans())
def test_no_bytes_make_the_readers_fall_over(tmp_path: Path, content: bytes, transfer: bool) -> None:
    start = b"<CTfile><CTFpupilData><Pupil>" if transfer else b"<Message><Pupils><PupilsOnRoll><PupilOnRoll>"
    with read(tmp_path, start + content) as con:
        assert refused(con)
