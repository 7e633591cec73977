"""Everything that leaves takes a SafeTable. A type or an import error, not a review, stops the rest."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.publish.shown_table import Column, ShownTable, check_released
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ropewalk"
FACES = sorted([*(SOURCE / "site").rglob("*.py"), *(SOURCE / "cli").rglob("*.py")])
CORE = sorted((SOURCE / "core").rglob("*.py"))
# Functions that give a face figures of which it may show no other than those it was given, and why.
EXCEPTIONS = {
    "ropewalk.core.use_cases.live_overview.newest_published": "asks the reader of published figures alone",
    "ropewalk.core.use_cases.overview.change": "gives back the figure it was given",
}
MAKERS = {
    "already_published",
    "for_those_who_see_returns",
    "for_the_school_itself",
    "protected_for",
    "rounded_for_analysts",
}


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of everything a file imports from the core."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ropewalk.core"):
            yield from ((str(node.module), alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.startswith("ropewalk.core"))


def raw_figure() -> Figure:
    source = Source("returns", "returns", "Schools' own returns", "as known", "", "", None)
    cut = ("X06000001", None, "persistent_absence", "all", "all", "2024/25")
    return Figure(*cut, None, "percent", None, None, Missing.NOT_AVAILABLE, "", source)


def test_faces_import_the_safe_table_and_nothing_that_makes_one() -> None:
    taken = {name for path in FACES for module, name in imported(path) if module == "ropewalk.core.disclosure"}
    assert taken <= {"SafeTable", "Audience"}
    assert not [p for p in FACES for module, _ in imported(p) if module.startswith("ropewalk.core.disclosure.")]


def test_protected_figures_come_from_protection_alone() -> None:
    users = {str(path.relative_to(SOURCE)) for path in CORE for _, name in imported(path) if name == "protected_for"}
    assert users == {"core/disclosure/shares.py"}
    rounding = {
        str(path.relative_to(SOURCE)) for path in CORE for _, name in imported(path) if name == "rounded_for_analysts"
    }
    assert rounding == {"core/disclosure/exploring/figures.py"}
    keys = {str(path.relative_to(SOURCE)) for path in CORE if "_KEY" in path.read_text(encoding="utf-8")}
    assert "core/disclosure/safe_table.py" in keys
    assert not [path for path in (*CORE, *FACES) for _, name in imported(path) if name == "_KEY"]


def test_views_and_engines_make_no_safe_table() -> None:
    makers = {
        path.relative_to(SOURCE / "core").parts[0] for path in CORE for _, name in imported(path) if name in MAKERS
    }
    assert makers <= {"disclosure", "publish", "use_cases"}


def test_a_safe_table_cannot_be_made_or_changed_elsewhere() -> None:
    with pytest.raises(TypeError, match="nowhere else"):
        SafeTable((raw_figure(),), "everyone")
    with pytest.raises(TypeError, match="nowhere else"):
        dataclasses.replace(already_published([]), figures=(raw_figure(),))
    with pytest.raises(ValueError, match="must be protected"):
        already_published([raw_figure()])
    with pytest.raises(dataclasses.FrozenInstanceError):
        already_published([]).figures = (raw_figure(),)  # type: ignore[misc]


def test_a_document_refuses_bare_figures_when_it_is_made() -> None:
    with pytest.raises(TypeError, match="bare figures may not"):
        ShownTable("A table", (Column("school"),), (), (raw_figure(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not in the SafeTable"):
        check_released(already_published([]), [raw_figure()])


SNIPPET = """
from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.schema.figure import Figure

def shown(figures: list[Figure], released: SafeTable) -> tuple[ShownTable, ShownTable]:
    return ShownTable("Right", (), (), released), ShownTable("Wrong", (), (), figures)
"""


def test_the_type_checker_stops_a_face_that_shows_bare_figures(tmp_path: Path) -> None:
    face = tmp_path / "a_face.py"
    face.write_text(SNIPPET, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), str(face)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert len(errors) == 1, done.stdout + done.stderr
    assert '"list[Figure]"; expected "SafeTable"' in errors[0]


def parts_of(hint: object) -> Iterator[object]:
    """A type and everything inside it."""
    yield hint
    for inner in typing.get_args(hint):
        yield from parts_of(inner)


def bare(hint: object, seen: frozenset[object] = frozenset()) -> str | None:
    """How a type holds figures outside a SafeTable; None where it does not.

    A view holds figures beside the SafeTable ``released``, of which they are (``check_released`` sees to that).
    """
    for part in parts_of(hint):
        if part is Figure:
            return "Figure"
        if not isinstance(part, type) or not dataclasses.is_dataclass(part) or part is SafeTable or part in seen:
            continue
        fields = typing.get_type_hints(part)
        if fields.get("released") is SafeTable:
            continue
        for name, of in fields.items():
            inside = bare(of, seen | {part})
            if inside:
                return f"{part.__name__}.{name} → {inside}"
    return None


def given_to_faces() -> Iterator[tuple[str, str, object]]:
    """Every function of a use case that site or command line call, with what it gives back."""
    named = {pair for path in FACES for pair in imported(path) if pair[0].startswith("ropewalk.core.use_cases.")}
    for module, name in sorted(named):
        thing = getattr(importlib.import_module(module), name, None)
        if callable(thing) and not isinstance(thing, type) and hasattr(thing, "__annotations__"):
            yield module, name, typing.get_type_hints(thing).get("return")


def test_use_cases_give_faces_no_bare_figures() -> None:
    found = list(given_to_faces())
    assert len(found) > 20
    leaky = {f"{module}.{name}": how for module, name, given in found if (how := bare(given))}
    assert leaky.keys() == EXCEPTIONS.keys(), leaky


def test_the_search_for_bare_figures_bites() -> None:
    @dataclasses.dataclass
    class Leaky:
        shown: dict[str, list[Figure]]

    @dataclasses.dataclass
    class Fine:
        shown: list[Figure]
        released: SafeTable

    globals().update(Leaky=Leaky, Fine=Fine)
    assert bare(list[Leaky]) == "Leaky.shown → Figure"
    assert bare(tuple[Figure, ...]) == "Figure"
    assert bare(Fine | None) is None
    assert bare(SafeTable) is None
