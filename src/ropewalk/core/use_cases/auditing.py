"""Attack released tables as a stranger would, and check what was proven about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ropewalk.core.disclosure.audit import Finding, Findings, audit, read_counts, read_released
from ropewalk.core.disclosure.audit.auditing import Progress
from ropewalk.core.disclosure.audit.checking import faults
from ropewalk.core.disclosure.audit.writing import certificates_as_json
from ropewalk.core.errors import InputRefused, Problem


@dataclass(frozen=True, kw_only=True)
class Attack:
    """What is attacked and with what knowledge.

    ``released`` and ``specifications`` go together in their order; one specification may stand for all. ``knows`` holds
    counts the audience knows, ``counts`` the truth, so that only cells with a small true count are looked at.
    ``zeros_shown`` attacks as somebody who believes that a nought is never hidden.
    """

    released: Sequence[Path]
    specifications: Sequence[Path]
    knows: Path | None = None
    counts: Path | None = None
    zeros_shown: bool = False


@dataclass(frozen=True, slots=True)
class AuditReport:
    """``findings`` and the dimensions of each table by its name."""

    findings: Findings
    dimensions: dict[str, tuple[str, ...]]

    def cell(self, finding: Finding) -> dict[str, str]:
        """A hidden cell as values by dimension."""
        names = self.dimensions.get(finding.table, self.findings.puzzle.dimensions)
        return dict(zip(names, finding.coordinates, strict=True))


def audit_files(attack: Attack, *, certificates: Path | None, progress: Progress) -> AuditReport:
    """For each hidden cell the interval that can be proven; the proofs are written to ``certificates``.

    Raises InputRefused when a file is not as it should be or the releases contradict each other.
    """
    tables = [read_released(name, *texts) for name, texts in _released(attack.released, attack.specifications).items()]
    dimensions = tuple(dict.fromkeys(dimension for table in tables for dimension in table.dimensions))
    found = audit(
        tables,
        knows=_counts(attack.knows, dimensions),
        truth=_counts(attack.counts, dimensions),
        zeros_shown=attack.zeros_shown,
        progress=progress,
    )
    report = AuditReport(found, {table.name: table.dimensions for table in tables})
    if certificates:
        certificates.write_text(certificates_as_json(found, report.cell), encoding="utf-8")
    return report


def check_certificates(
    certificates: Path, released: Sequence[Path], specifications: Sequence[Path], knows: Path | None
) -> list[str]:
    """What is wrong with a file of certificates, found by adding; nothing when it proves what it claims.

    Raises InputRefused when a file cannot be read.
    """
    texts = _released(released, specifications)
    for name, pair in texts.items():
        read_released(name, *pair)
    try:
        return faults(_text(certificates), texts, _text(knows) if knows else "")
    except (ValueError, KeyError, TypeError, IndexError) as error:
        what = f"The certificates cannot be read ({error.__class__.__name__})."
        raise InputRefused([Problem(what, "Let the auditor write them again.", certificates.name)]) from error


def _released(released: Sequence[Path], specifications: Sequence[Path]) -> dict[str, tuple[str, str]]:
    """By a name of its own, each table's text and that of its specification."""
    specs = list(specifications) * len(released) if len(specifications) == 1 else list(specifications)
    if len(specs) != len(released):
        what = f"There are {len(released)} released tables and {len(specs)} specifications."
        raise InputRefused([Problem(what, "Give one specification for each table, in the same order, or one for all.")])
    found: dict[str, tuple[str, str]] = {}
    for path, spec in zip(released, specs, strict=True):
        name = path.name if path.name not in found else f"{path.name} ({len(found) + 1})"
        found[name] = _text(path), _text(spec)
    return found


def _counts(path: Path | None, dimensions: tuple[str, ...]) -> dict[tuple[str, ...], int] | None:
    return read_counts(path.name, _text(path), dimensions) if path else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem("The file cannot be read.", "Check its name and that it is text.", path.name)
        raise InputRefused([problem]) from error
