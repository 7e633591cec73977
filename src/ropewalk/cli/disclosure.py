"""``ropewalk disclosure``: protect a table of counts before it is given out, and attack one that was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ropewalk.cli.options import json_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.auditing import Attack, AuditReport, audit_files, check_certificates
from ropewalk.core.use_cases.protecting import protect_file

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def disclosure() -> None:
    """Tables of counts about children: what may be given out."""


@disclosure.command()
@click.option("--counts", type=EXISTING, required=True, help="CSV with a row for each finest cell and its count.")
@click.option("--spec", type=EXISTING, required=True, help="JSON: dimensions, roll-ups, threshold, width, insiders.")
@click.option("--ledger", type=click.Path(path_type=Path, file_okay=False), help="Folder of all earlier releases.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="CSV to write.")
def protect(counts: Path, spec: Path, ledger: Path | None, output: Path) -> None:
    """Hide what would give a small count away, alone or together with everything in the ledger."""
    with ProgressBar() as progress:
        report = protect_file(counts, spec, output, ledger=ledger, progress=progress)
    click.echo(
        f"Wrote {output}: {report.shown:,} of {report.cells:,} cells shown, {report.sensitive:,} small counts hidden, "
        f"{report.secondary:,} more hidden to protect them."
    )
    if report.known_already:
        click.echo(
            f"{report.known_already:,} of the hidden counts can be worked out from earlier releases alone, by the "
            "public or by somebody who knows their own rows. They are hidden here; nothing can take them back.",
            err=True,
        )


released_option = click.option(
    "--released", type=EXISTING, required=True, multiple=True, help="CSV that was given out; may be repeated."
)
specs_option = click.option(
    "--spec", "specs", type=EXISTING, required=True, multiple=True, help="Its JSON; one for each table, or one for all."
)
knows_option = click.option("--knows", type=EXISTING, help="CSV of counts the audience knows, as a school its own.")


@disclosure.command()
@released_option
@specs_option
@knows_option
@click.option("--counts", type=EXISTING, help="CSV of true counts: only cells with a small true count are looked at.")
@click.option(
    "--certificates", type=click.Path(path_type=Path, dir_okay=False), help="JSON to write: two tables for each cell."
)
@click.option("--zeros-shown", is_flag=True, help="Attack as somebody who believes that a nought is never hidden.")
@click.option("--strict", is_flag=True, help="End with 2 when a cell can be narrowed down too far.")
@json_option
def audit(**given: Any) -> None:
    """Attack released tables with a solver: what can be proven about each hidden cell?"""
    attack = Attack(
        released=given["released"],
        specifications=given["specs"],
        knows=given["knows"],
        counts=given["counts"],
        zeros_shown=given["zeros_shown"],
    )
    with ProgressBar() as progress:
        report = audit_files(attack, certificates=given["certificates"], progress=progress)
    if given["as_json"]:
        print_json(_content(report))
    else:
        _print(report)
    if given["strict"] and report.findings.narrow:
        raise click.exceptions.Exit(2)


@disclosure.command("check-certificates")
@click.argument("certificates", type=EXISTING)
@released_option
@specs_option
@knows_option
def check(certificates: Path, released: tuple[Path, ...], specs: tuple[Path, ...], knows: Path | None) -> None:
    """Check the auditor's certificates against the released files, by addition alone."""
    wrong = check_certificates(certificates, released, specs, knows)
    if wrong:
        raise InputRefused([Problem(f"{fault}.", "The certificate proves nothing.") for fault in wrong])
    click.echo("Every certificate holds: two tables give all that was released and differ enough.")


def _content(report: AuditReport) -> dict[str, Any]:
    found = report.findings
    return {
        "width": found.width,
        "cells": len(found.findings),
        "narrow": found.narrow,
        "exact": found.exact,
        "certified": sum(one.proof is not None for one in found.findings),
        "findings": [
            {
                "table": one.table,
                "cell": report.cell(one),
                "low": one.low,
                "high": one.high,
                "width": one.width,
                "safe": one.safe,
                "certified": one.proof is not None,
            }
            for one in found.findings
        ],
    }


def _print(report: AuditReport) -> None:
    found = report.findings
    rows = [
        (
            ", ".join(f"{name} {text}" for name, text in report.cell(one).items()),
            one.low,
            "any" if one.high is None else one.high,
            "yes" if one.safe else "NO",
        )
        for one in found.findings
    ]
    print_table(("hidden cell", "at least", "at most", "uncertain enough"), rows)
    click.echo(
        f"{len(rows):,} hidden cells attacked: {found.narrow:,} can be narrowed to fewer than {found.width} steps, "
        f"{found.exact:,} can be worked out exactly."
    )
