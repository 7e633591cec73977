"""Certificates as a file, for ``checking.faults`` and for whoever wants to write a checker of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from ropewalk.core.disclosure.audit.auditing import Finding, Findings


def certificates_as_json(findings: Findings, cell: Callable[[Finding], Mapping[str, str]]) -> str:
    """All certificates as JSON: each hidden cell names the two of ``tables`` that prove it uncertain.

    ``cell`` gives a finding's values by dimension. Tables hold a count for each of ``finest``.
    """
    numbers: dict[tuple[int, ...], int] = {}
    cells = [
        {
            "table": one.table,
            "cell": cell(one),
            "first": numbers.setdefault(one.proof.first, len(numbers)),
            "second": numbers.setdefault(one.proof.second, len(numbers)),
        }
        for one in findings.findings
        if one.proof
    ]
    return (
        f'{{"dimensions": {_line(findings.puzzle.dimensions)},\n"finest": {_line(findings.puzzle.finest)},\n'
        f'"tables": {_lines(list(numbers))},\n"cells": {_lines(cells)}}}\n'
    )


def _line(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _lines(content: Sequence[object]) -> str:
    return "[" + ",\n".join(_line(entry) for entry in content) + "]"
