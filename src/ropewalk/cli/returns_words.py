"""What the commands of returns print for a person: problems by rule, a receipt, who sent what."""

from __future__ import annotations

import click

from ropewalk.cli.output import print_table
from ropewalk.core.use_cases.returns import PlaceCoverage, ProblemGroup, Receipt, ReturnReport

MOST_LINES = 12


def print_report(found: ReturnReport) -> None:
    """Lines of each file reconciled, then every problem grouped by rule."""
    for file in found.files:
        kind = f" ({file.kind})" if file.kind else ""
        click.echo(f"{file.name}{kind}")
        blank = f"; {file.blank:,} blank" if file.blank else ""
        click.echo(f"  {file.lines:,} lines = {file.accepted:,} accepted + {file.refused:,} set aside{blank}")
    for group in found.problems:
        click.echo("")
        _print_group(group)
    if not found.problems:
        click.echo("\nNothing is wrong and nothing to ask about.")


def _print_group(group: ProblemGroup) -> None:
    click.echo(f"{group.severity.words}: {group.title} ({group.count:,}) [{group.check}]")
    click.echo(f"  {group.says}")
    click.echo(f"  What to do: {group.do}")
    where: dict[tuple[str, str | None], list[str]] = {}
    for place in group.places[:MOST_LINES]:
        told = "" if place.line is None else f"line {place.line:,}"
        if place.detail:
            told = f"{told} ({place.detail})" if told else place.detail
        where.setdefault((place.file, place.column), []).append(told)
    for (file, column), lines in where.items():
        in_column = f", column {column}" if column else ""
        listed = ", ".join(line for line in lines if line)
        click.echo(f"  {file}{in_column}{': ' + listed if listed else ''}")
    if group.count > MOST_LINES:
        click.echo(f"  and {group.count - MOST_LINES:,} more (--json lists more of them)")


def print_receipt(receipt: Receipt | None, *, is_new: bool) -> None:
    """The receipt, or that there is none."""
    click.echo("")
    if receipt is None:
        click.echo("Nothing was stored: a file could not be read at all. Mend it and send all files again.")
        return
    if not is_new:
        click.echo("The same files were received before. Nothing was changed.")
    click.echo(f"Receipt {receipt.id}, recorded {receipt.recorded_at[:19].replace('T', ' ')} UTC, sent by {receipt.by}")
    for file in receipt.files:
        click.echo(
            f"  {file.name}: {file.lines:,} lines = {file.accepted:,} accepted + {file.refused:,} set aside, "
            f"SHA-256 {file.sha256[:16]}…"
        )
    click.echo(
        f"  {len(receipt.schools):,} schools, {receipt.pupils:,} pupils, years {', '.join(receipt.years) or 'none'}"
    )
    click.echo("  rows kept: " + (", ".join(f"{name} {rows:,}" for name, rows in receipt.facts.items()) or "none"))
    if receipt.schools_without_place:
        listed = ", ".join(str(urn) for urn in receipt.schools_without_place[:10])
        click.echo(f"  No place is known for these schools: {listed}. Send again with --place and --again.")
    if receipt.refused:
        click.echo(f"  Lines set aside: ropewalk returns refused {receipt.id} -o FOLDER")
    click.echo(f"  checksum {receipt.checksum}")


def print_status(found: PlaceCoverage) -> None:
    """A line for each school, then how many schools and pupils are covered."""
    rows = []
    for school in found.schools:
        register = next((one for one in school.sent if one.kind == "register"), None)
        rows.append(
            (
                str(school.urn),
                school.name[:40],
                ", ".join(one.kind for one in school.sent) or "nothing yet",
                max((one.sent_at[:10] for one in school.sent), default=""),
                register.weeks if register else None,
                register.last_day if register else "",
                school.pupils,
                ", ".join(school.missing),
            )
        )
    print_table(("URN", "school", "sent", "last sent", "weeks", "newest week", "pupils", "missing"), rows)
    schools = len(found.schools)
    click.echo(f"\n{found.covered_schools:,} of {schools:,} schools share roll and register.")
    if found.pupils is None:
        click.echo(f"They have {found.covered_pupils:,} pupils; how many the others have is not known.")
    else:
        click.echo(f"They have {found.covered_pupils:,} of {found.pupils:,} pupils.")
