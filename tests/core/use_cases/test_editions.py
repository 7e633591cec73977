"""Editions of a made-up place of fourteen schools: drafted, seen by their schools, released, computed again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.databases import copy_store, database_of

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.use_cases.editions import (
    Audience,
    Cut,
    Edition,
    EditionWanted,
    draft_edition,
    own_figures,
    release_edition,
    released_edition,
    released_editions,
    reproduce_edition,
)
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.safe_figures import SafeWanted, safe_returns_figures
from ropewalk.core.use_cases.shredding import child_of_record, erase_child, held_about

PLACE = "X06000001"
# Eleven of the fourteen schools share; partners may see the own rows of nine.
SHARING = (990005, 990008, 990018, 990041, 990045, 990048, 990070, 990074, 990082, 990098, 990105)
WANTED = EditionWanted(
    place=PLACE,
    number=1,
    period="2024/25",
    cuts=(Cut(measure="persistent_absence", family="sex"), Cut(measure="suspended_pupils_rate")),
    schools=SHARING,
    partners=SHARING[:9],
    threshold=5,
    as_of="2025-10-01T00:00:00.000000Z",
)


@pytest.fixture(scope="module")
def untouched(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the store from which nothing was given out yet; tests only read it."""
    return copy_store(live_store, tmp_path_factory.mktemp("untouched") / "store")


@pytest.fixture(scope="module")
def draft(untouched: Path) -> Edition:
    return draft_edition(Facts(untouched), WANTED)


@pytest.fixture(scope="module")
def store(untouched: Path, draft: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which the draft was released."""
    copy = copy_store(untouched, tmp_path_factory.mktemp("released") / "store")
    assert release_edition(Facts(copy), WANTED, expected=draft.digest) == draft
    return copy


def files(store: Path) -> dict[str, bytes]:
    """Everything that was given out: ledgers and editions."""
    found = [path for name in ("released", "editions") for path in (store / name).rglob("*") if path.is_file()]
    return {str(path.relative_to(store)): path.read_bytes() for path in found if path.name != ".lock"}


def test_a_draft_gives_nothing_out(untouched: Path, draft: Edition) -> None:
    assert not files(untouched)
    assert draft.content == draft_edition(Facts(untouched), WANTED).content


def test_what_is_released_is_what_was_drafted(store: Path, draft: Edition) -> None:
    assert released_edition(store, PLACE, 1) == draft
    assert [one.digest for one in released_editions(store, PLACE)] == [draft.digest]
    with pytest.raises(NotFound, match="no edition 2"):
        released_edition(store, PLACE, 2)


def test_the_bytes_hold_whole_numbers_and_nothing_of_the_machine(store: Path, draft: Edition) -> None:
    def numbers(said: object) -> list[object]:
        inside = said.values() if isinstance(said, dict) else said if isinstance(said, list) else []
        return ([said] if isinstance(said, float) else []) + [one for part in inside for one in numbers(part)]

    said = json.loads(draft.content)
    assert numbers(said) == []
    assert said["wanted"]["as_of"] == WANTED.as_of
    assert str(store).encode() not in draft.content
    assert draft.content == (json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def test_an_edition_is_computed_again_to_the_same_bytes_whatever_the_register_says_today(store: Path) -> None:
    copy = store.with_name("without-register")
    copy_store(store, copy, ignore=lambda _folder, names: {"manifest.json"} & set(names))
    assert reproduce_edition(Facts(copy), PLACE, 1).same


def test_figures_are_out_of_the_schools_that_share_and_partners_see_those_that_may_be_seen(draft: Edition) -> None:
    partners, everyone = draft.figures(Audience.PARTNERS), draft.figures(Audience.EVERYONE)
    assert {figure.school for figure in partners} == {None, *map(str, WANTED.partners)}
    assert {figure.school for figure in everyone} == {None}
    assert (partners.audience, everyone.audience) == ("partners", "everyone")
    whole = next(f for f in everyone if (f.measure, f.phase, f.group) == ("persistent_absence", "all", "all"))
    assert whole.numerator and whole.denominator and whole.denominator < 500
    assert whole.source.edition == "edition 1, as known on 1 October 2025"
    assert len(whole.source.submissions) == 1


def test_trusts_have_figures_for_partners_alone_and_none_that_give_away_a_single_school(draft: Edition) -> None:
    titles = {figure.source.title for figure in draft.figures(Audience.PARTNERS)} - {"Schools' own returns"}
    schools: dict[str, set[int]] = {}
    for school, trust in draft.grouping.trusts.items():
        schools.setdefault(trust, set()).add(int(school))
    told = {trust for trust, inside in schools.items() if len(inside - set(WANTED.partners)) != 1}
    assert titles == {f"Schools' own returns: {trust}" for trust in told}
    assert told
    assert told < schools.keys()
    assert {figure.source.title for figure in draft.figures(Audience.EVERYONE)} == {"Schools' own returns"}


def test_a_school_sees_its_own_true_figures_and_no_other_does(untouched: Path) -> None:
    own = own_figures(Facts(untouched), WANTED, 990105)
    assert own.audience == "the school itself"
    assert {figure.school for figure in own} == {"990105"}
    cells = {(f.measure, f.group): (f.numerator, f.denominator) for f in own}
    groups = [cells["persistent_absence", group] for group in ("girls", "boys")]
    assert tuple(map(sum, zip(*groups, strict=True))) == cells["persistent_absence", "all"]
    assert any(0 < (numerator or 0) < 5 for numerator, _ in cells.values())
    with pytest.raises(NotFound, match="not counted"):
        own_figures(Facts(untouched), WANTED, 990003)


def test_releasing_again_changes_nothing_and_another_edition_takes_no_number(store: Path, draft: Edition) -> None:
    before = files(store)
    assert release_edition(Facts(store), WANTED, expected=draft.digest) == draft
    with pytest.raises(InputRefused, match="never changes"):
        release_edition(Facts(store), replace(WANTED, threshold=8), expected=draft.digest)
    with pytest.raises(InputRefused, match="never changes"):
        release_edition(Facts(store), WANTED, expected="0" * 64)
    assert files(store) == before


def test_what_was_not_checked_is_not_released(untouched: Path, draft: Edition, tmp_path: Path) -> None:
    copy = copy_store(untouched, tmp_path / "store")
    with pytest.raises(InputRefused, match="differ from what was checked"):
        release_edition(Facts(copy), replace(WANTED, schools=SHARING[:10]), expected=draft.digest)
    assert not files(copy)
    # Figures given out in between are protected with: the draft was not.
    wanted = SafeWanted(
        place=PLACE, measure="suspended_pupils_rate", period="2024/25", audience=Audience.EVERYONE, groups=("all",)
    )
    safe_returns_figures(Facts(copy), wanted, Known(today=date(2025, 10, 1), as_of=WANTED.as_of))
    with pytest.raises(InputRefused, match="differ from what was checked"):
        release_edition(Facts(copy), WANTED, expected=draft.digest)


def test_a_damaged_edition_is_refused(store: Path, tmp_path: Path) -> None:
    copy = copy_store(store, tmp_path / "store")
    file = copy / "editions" / PLACE / "0001.json"
    file.write_bytes(file.read_bytes().replace(b'"threshold": 5', b'"threshold":  5'))
    with pytest.raises(InputRefused, match="damaged"):
        released_edition(copy, PLACE, 1)
    with pytest.raises(InputRefused, match="damaged"):
        reproduce_edition(Facts(copy), PLACE, 1)


def test_an_edition_that_was_changed_afterwards_does_not_come_out_again(store: Path, tmp_path: Path) -> None:
    copy = copy_store(store, tmp_path / "store")
    file = copy / "editions" / PLACE / "0001.json"
    said = json.loads(file.read_bytes())
    row = next(row for row in said["tables"][0]["rows"] if row[0] == "*" and row[-1] != "c")
    row[-1] += 1
    file.write_bytes((json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode())
    again = reproduce_edition(Facts(copy), PLACE, 1)
    assert not again.same
    assert again.reasons == (
        f"persistent_absence by sex: 1 of {len(said['tables'][0]['rows'])} cells come out otherwise; facts were erased "
        "or changed since.",
    )


def test_other_figures_of_the_period_are_protected_together_with_the_edition(store: Path, tmp_path: Path) -> None:
    copy = copy_store(store, tmp_path / "store")
    wanted = SafeWanted(place=PLACE, measure="persistent_absence", period="2024/25", audience=Audience.PARTNERS)
    known = Known(today=date(2025, 10, 1))
    alike = safe_returns_figures(Facts(copy), replace(wanted, groups=("girls", "boys", "all")), known)
    released = released_edition(copy, PLACE, 1).figures(Audience.EVERYONE)
    mine = {(f.phase, f.group): f.value for f in alike if f.school is None}
    assert mine == {(f.phase, f.group): f.value for f in released if f.measure == "persistent_absence"}
    # Only the schools of the edition are counted: one more would be told by the difference.
    assert {f.school for f in alike} == {None, *map(str, SHARING)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": 0}, "numbered from 1"),
        ({"replaces": 1}, "numbered from 1"),
        ({"number": 2, "replaces": 1}, "not said why"),
        ({"cuts": ()}, "at least one table"),
        ({"schools": ()}, "No school is counted"),
        ({"partners": (990003,)}, "not counted"),
        ({"threshold": 2}, "Counts below 3"),
        ({"place": "../elsewhere"}, "no place"),
        ({"as_of": "yesterday"}, "no moment"),
    ],
)
def test_what_cannot_be_an_edition_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        replace(WANTED, **change)  # type: ignore[arg-type]


# A process that ends itself at the n-th moment at which a file becomes visible under its name or goes.
KILLED = """
import os, sys, types
from pathlib import Path
from ropewalk.core.use_cases.editions import release_edition
from ropewalk.site.foundation.facts_store import open_facts
# Another library may bring a package of this name.
sys.modules["tests"] = types.ModuleType("tests")
sys.modules["tests"].__path__ = ["tests"]

from test_editions import WANTED

def release(store, url, digest, step):
    seen = 0
    def watch(event, arguments):
        nonlocal seen
        if event in ("os.rename", "os.remove") and store in str(arguments[0]):
            seen += 1
            if seen == step:
                os._exit(99)
    sys.addaudithook(watch)
    release_edition(open_facts(Path(store), {"DATABASE_URL": url}), WANTED, expected=digest)
    os._exit(0)

digest, *stores = sys.argv[1:]
for entry in stores:
    step, store, url = entry.split("|")
    child = os.fork()
    if child == 0:
        release(store, url, digest, int(step))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_release_that_is_killed_is_not_released_and_ends_in_the_same_bytes_when_done_again(
    untouched: Path, store: Path, draft: Edition, tmp_path: Path
) -> None:
    whole = files(store)
    root = Path(__file__).resolve().parents[3]
    steps = (3, 6, 9, 10, 11)
    copies = [copy_store(untouched, tmp_path / str(step)) for step in steps]
    named = [f"{step}|{copy}|{database_of(copy)}" for step, copy in zip(steps, copies, strict=True)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, draft.digest, *named],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}:{Path(__file__).parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["99"] * len(steps), done.stderr
    released = []
    for copy in copies:
        left = files(Path(copy))
        released.append(f"editions/{PLACE}/0001.json" in left)
        # Whatever is released stands in the ledgers.
        if released[-1]:
            assert {name for name in whole if name.startswith("released/")} <= left.keys()
        assert release_edition(Facts(Path(copy)), WANTED, expected=draft.digest) == draft
        assert {name: content for name, content in files(Path(copy)).items() if not name.endswith(".new")} == whole
    assert released == [False] * 4 + [True]


def test_that_facts_were_erased_since_is_told_and_what_was_released_stays(store: Path, tmp_path: Path) -> None:
    facts, key = Facts(copy_store(store, tmp_path / "store")), b"k" * 32
    children = (held_about(facts, child_of_record(facts, number, key=key), key=key) for number in range(1, 500))
    held = next(
        one for one in children if set(one.schools) & set(SHARING) and any(p.year == "2024/25" for p in one.parts)
    )
    now = datetime(2026, 4, 1, tzinfo=UTC)
    erase_child(facts, held, key=key, by="Dana", reason="A parent asked for it", now=now)
    assert released_edition(facts.root, PLACE, 1) == released_edition(store, PLACE, 1)
    again = reproduce_edition(facts, PLACE, 1)
    assert not again.same
    assert again.reasons[0].startswith("Facts about 2024/25 were erased since")
    assert again.reasons[0].endswith("last on 2026-04-01.")
