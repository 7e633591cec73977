"""Set-up does a thing once, again when its inputs change, and again when it was cut off."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> ModuleType:
    """A module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


stamps = load("stamps")


class Kitchen:
    """A step that copies a file, and counts how often it did."""

    def __init__(self, folder: Path) -> None:
        self.source, self.output = folder / "source", folder / "output"
        self.source.mkdir()
        (self.source / "recipe").write_text("soup")
        self.stamps = stamps.Stamps(folder / "stamps")
        self.runs = 0

    def cook(self) -> None:
        self.runs += 1
        self.output.write_text((self.source / "recipe").read_text())

    def step(self, **changes: object) -> object:
        given = {"run": self.cook, "inputs": [self.source], "outputs": [self.output], **changes}
        return stamps.Step("soup", "Cooking", **given)


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path)


def test_the_second_time_nothing_is_done(kitchen: Kitchen) -> None:
    assert kitchen.stamps.bring_up_to_date(kitchen.step())
    assert not kitchen.stamps.bring_up_to_date(kitchen.step())
    assert kitchen.runs == 1


def test_a_changed_added_or_renamed_input_is_noticed(kitchen: Kitchen) -> None:
    kitchen.stamps.bring_up_to_date(kitchen.step())
    recipe = kitchen.source / "recipe"
    recipe.write_text("stew")
    assert kitchen.stamps.bring_up_to_date(kitchen.step())
    (kitchen.source / "spice").write_text("")
    assert kitchen.stamps.bring_up_to_date(kitchen.step())
    (kitchen.source / "spice").rename(kitchen.source / "salt")
    assert kitchen.stamps.bring_up_to_date(kitchen.step())
    assert kitchen.stamps.bring_up_to_date(kitchen.step(facts=["another Python"]))


def test_a_lost_output_is_made_again(kitchen: Kitchen) -> None:
    kitchen.stamps.bring_up_to_date(kitchen.step())
    kitchen.output.unlink()
    assert kitchen.stamps.bring_up_to_date(kitchen.step())
    assert kitchen.output.exists()


def test_a_step_that_was_cut_off_is_done_again(kitchen: Kitchen) -> None:
    def cut_off() -> None:
        kitchen.output.write_text("half")
        raise KeyboardInterrupt

    kitchen.stamps.bring_up_to_date(kitchen.step())
    (kitchen.source / "recipe").write_text("stew")
    with pytest.raises(KeyboardInterrupt):
        kitchen.stamps.bring_up_to_date(kitchen.step(run=cut_off))
    # Even with the old inputs back: what stands there now is half done.
    (kitchen.source / "recipe").write_text("soup")
    assert kitchen.stamps.bring_up_to_date(kitchen.step())
    assert kitchen.output.read_text() == "soup"


def test_a_step_that_makes_nothing_is_an_error(kitchen: Kitchen) -> None:
    with pytest.raises(stamps.SetUpError, match="missing"):
        kitchen.stamps.bring_up_to_date(kitchen.step(run=lambda: None))
    assert not kitchen.stamps.is_done(kitchen.step())


def test_what_tests_need_covers_what_running_needs(kitchen: Kitchen) -> None:
    kitchen.stamps.bring_up_to_date(kitchen.step(facts=["check"]))
    larger = stamps.fingerprint([kitchen.source], ["check"])
    assert kitchen.stamps.is_done(kitchen.step(facts=["run"], covered_by=[larger]))
    assert not kitchen.stamps.is_done(kitchen.step(facts=["run"]))


def test_a_wrong_request_ends_with_2_and_says_how() -> None:
    asked = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "set_up.py"), "everything"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 2
    assert "run|check|bench" in asked.stderr


def test_the_gate_of_the_project_is_the_command_people_type() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [
        "set -euo pipefail",
        'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
        "exec make test",
    ]
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
