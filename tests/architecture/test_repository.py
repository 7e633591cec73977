"""What is committed: no path of anybody's machine, no registry address, a reason beside each dependency."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_RECORD = 60
MACHINE_PATHS = re.compile(r"(?<![\w.$}~-])/(?:home(?!/letters/)|Users|work|root|mnt|tmp/[a-z]+)/[\w.-]+")
REGISTRIES = re.compile(
    r"://[\w.-]*(?:pypi|pythonhosted|npmjs|registry|packages)[\w.-]*/|(?:index|extra-index)-url|find-links\s"
)
ENTRY = re.compile(r'^\s+"(?P<requirement>[A-Za-z][\w.-]*[^"]*)",(?P<rest>.*)$')
# This file spells out what it looks for; the script that locks names the option that keeps addresses out.
SPELL_IT_OUT = {"tests/architecture/test_repository.py", "scripts/lock.py"}


def tracked_text_files() -> list[Path]:
    """Every committed file that is text; outside a git checkout, every file of the source folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        paths = [ROOT / name for name in names]
    else:
        paths = [path for folder in ("src", "tests", "scripts", "docs") for path in (ROOT / folder).rglob("*")]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192]]


def offending_lines(text: str) -> list[str]:
    """Lines that hold a path of a machine or the address of a package registry."""
    lines = enumerate(text.splitlines(), 1)
    return [f"line {number}: {line.strip()[:120]}" for number, line in lines if is_offending(line)]


def is_offending(line: str) -> bool:
    """Does this line tie the repository to one machine or one registry?"""
    return bool(MACHINE_PATHS.search(line) or REGISTRIES.search(line))


def requirement_names(line: str) -> tuple[str, str] | None:
    """The requirement on a line of pyproject.toml and what follows it; None for other lines."""
    found = ENTRY.match(line)
    return (found["requirement"], found["rest"]) if found else None


def declared() -> list[str]:
    """Every direct dependency, as declared."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    return [*project["project"]["dependencies"], *(entry for group in groups for entry in group)]


def test_no_machine_paths_or_registry_addresses() -> None:
    files = [path for path in tracked_text_files() if str(path.relative_to(ROOT)) not in SPELL_IT_OUT]
    found = {path: offending_lines(path.read_text(encoding="utf-8", errors="replace")) for path in files}
    report = [f"{path.relative_to(ROOT)} {line}" for path, lines in found.items() for line in lines]
    assert files
    assert not report, "\n".join(report)


@pytest.mark.parametrize(
    ("line", "offends"),
    [
        ("open('/home/ann/data.csv')", True),
        ("open('/Users/ann/data.csv')", True),
        # Put together here, so that this file holds no such line itself.
        ('"resolved": "' + "https:" + '//registry.example/x.tgz"', True),
        ("--index" + "-url https:" + "//packages.example/simple", True),
        ("see https://example.org/home/ann", False),
        # A page of the site, not a folder of somebody.
        ('client.get("/home/letters/")', False),
        ("{% url 'home' %}/places/E06000026", False),
    ],
)
def test_what_offends(line: str, *, offends: bool) -> None:
    assert is_offending(line) is offends


def test_every_direct_dependency_has_a_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    entries = [entry for entry in map(requirement_names, lines) if entry]
    reasons = {requirement: rest.partition("#")[2].strip() for requirement, rest in entries}
    without = [requirement for requirement in declared() if len(reasons.get(requirement, "")) < 10]
    assert declared()
    assert not without, f"no reason beside {without}"


def test_every_locked_package_has_hashes_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        pinned = re.findall(r"^[a-z0-9].*$(?:\n(?:    --hash=sha256:[0-9a-f]{64}.*|    # .*))+", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 0, path.name
        assert all("--hash=sha256:" in package for package in pinned), path.name


RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))
    assert RECORDS


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_decision_record_is_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_RECORD
