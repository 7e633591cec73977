"""``ropewalk shred school``: erase all that a school has sent, once it stopped sharing and its terms say so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.returns import Steps
from ropewalk.cli.shredding_options import confirmed, erased, many, opened, tell_busy, who_and_why
from ropewalk.core.use_cases.forgetting_schools import erase_school, held_of_school
from ropewalk.core.use_cases.store import Store


@click.command()
@click.argument("urn", type=int)
@who_and_why
@store_option
def school(urn: int, store: Store, **asked: Any) -> None:
    """Erase all that the school URN has sent, and children who are known from nothing else.

    Its receipts stay with their counts, and so do released figures. There is no export: the school has what it sent.
    """
    here = opened(store)
    facts, key, site = here.facts, here.key, here.site
    by = site.eraser(str(asked["by"]))
    held = held_of_school(facts, urn, key=key)
    waiting = site.waiting({urn}, ())
    lines = sum(len(one.lines.about) for one in held.lines)
    click.echo(
        f"School {urn}: {many(held.rows, 'row', 'rows')} of facts, {many(lines, 'line', 'lines')} set aside, "
        f"{many(len(waiting), 'upload that waits', 'uploads that wait')}."
    )
    children = many(len(held.records), "child is", "children are")
    click.echo(f"{children} known from nothing else and {'goes' if len(held.records) == 1 else 'go'} with them.")
    click.echo(f"Receipts, which stay with their counts: {', '.join(held.receipts)}")
    confirmed(asked)
    busy, now = site.delete(waiting), datetime.now(UTC)
    with ProgressBar() as bar:
        done = erase_school(
            facts, held, key=key, by=site.told_by(by), reason=str(asked["reason"]), now=now, progress=Steps(bar)
        )
    site.school_written_down(urn, by=by, rows=done.rows, now=now)
    click.echo(f"{erased(done.rows, done.tables)}. Backups still hold them: see docs/erasure.md.")
    tell_busy(busy)
