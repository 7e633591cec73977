"""``ropewalk demo``: prepare a place and serve it."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from ropewalk.cli.administrator import is_without_administrator, make_administrator
from ropewalk.cli.open_data import print_report
from ropewalk.cli.options import default_store
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.returns import Steps
from ropewalk.cli.serve import run_site
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import make_up_place, make_up_returns_until
from ropewalk.core.use_cases.returns import receipts, submit_files
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.core.use_cases.year_sums import keep_year_sums
from ropewalk.site.foundation.facts_store import identity_key, open_facts

SEED = 1
REAL_PLACE = "E06000026"
MADE_UP_PLACE = "X06000001"
ADMINISTRATOR = "demo"


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True),
    help="Folder of published files; without it a place is made up.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the store. Default: a demo folder of its own.",
)
@click.option("--prepare-only", is_flag=True, help="Prepare the store and stop.")
def demo(port: int, data: Path | None, store: Path | None, prepare_only: bool) -> None:
    """Prepare a place and serve it on 127.0.0.1.

    With --data the published files in that folder; without, a place that does not exist, marked as made up.
    """
    # On this machine, at an address nobody else reaches, a password is enough; the site says so when it starts.
    os.environ.setdefault("ROPEWALK_SECOND_FACTOR", "off")
    kind = "demo-published" if data else "demo-made-up"
    chosen = Store(store or default_store().with_name(kind))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with ProgressBar() as progress:
        if data:
            report = import_open_data(chosen, [data], now=now, progress=progress)
        else:
            report = make_up_place(
                chosen, folder=chosen.folder / "made-up-files", seed=SEED, now=now, progress=progress
            )
    print_report(report)
    place = REAL_PLACE if data else MADE_UP_PLACE
    click.echo(f"\nThe store is in {chosen.folder}")
    if not data:
        _send_returns(chosen, datetime.now(UTC))
        _let_someone_in(chosen)
    if not prepare_only:
        click.echo(f"Open http://127.0.0.1:{port}/places/{place}/ in your browser. Ctrl-C stops the site.")
        if not data:
            click.echo(f"Schools' own returns, after signing in: http://127.0.0.1:{port}/returns/")
        click.echo()
        run_site(chosen, host="127.0.0.1", port=port)


def _send_returns(store: Store, now: datetime) -> None:
    """Have the made-up schools send what they would have sent until now; the same files again change nothing."""
    facts = open_facts(store.folder, os.environ)
    key = identity_key(facts, os.environ) or b""
    folder = store.folder / "made-up-returns"
    with ProgressBar() as progress, tempfile.TemporaryDirectory(prefix="ropewalk-") as scratch:
        for files in make_up_returns_until(folder, seed=SEED, today=now.date(), progress=progress):
            steps = Steps(progress)
            submit_files(facts, files, by=ADMINISTRATOR, key=key, scratch=Path(scratch), now=now, progress=steps)
        keep_year_sums(facts, today=now.date(), progress=Steps(progress))
    click.echo("Twelve made-up schools have sent their returns.")


def _let_someone_in(store: Store) -> None:
    """At the first start, an administrator of the made-up place, whose accounts are kept apart from real ones."""
    if not os.environ.get("DATABASE_URL"):
        (store.folder / "app.sqlite").touch(mode=0o600)
    if is_without_administrator(store):
        _, password = make_administrator(store, ADMINISTRATOR)
        click.echo(f"Sign in as {ADMINISTRATOR} with the password {password} (shown only this once).")
        click.echo(f"For another one: ropewalk administrator {ADMINISTRATOR} --store {store.folder}")
        _let_people_in(store, datetime.now(UTC))


def _let_people_in(store: Store, now: datetime) -> None:
    """Two people with roles: what they see is less."""
    # Models exist only once the settings are loaded.
    from ropewalk.site.agree.board_report.demonstration import make_board_reports  # noqa: PLC0415
    from ropewalk.site.agree.partnership.demonstration import make_partnership  # noqa: PLC0415
    from ropewalk.site.agree.plan.demonstration import make_plan  # noqa: PLC0415
    from ropewalk.site.agree.workstreams.demonstration import make_workstream  # noqa: PLC0415
    from ropewalk.site.foundation.permissions.demonstration import make_people  # noqa: PLC0415
    from ropewalk.site.foundation.terms.demonstration import make_terms  # noqa: PLC0415
    from ropewalk.site.see.editions.demonstration import make_editions  # noqa: PLC0415

    facts = open_facts(store.folder, os.environ)
    urn = next(urn for one in receipts(facts) for urn in one.schools)
    people = make_people(reader=Reader(store), place=MADE_UP_PLACE, urn=urn, by=ADMINISTRATOR, now=now)
    make_terms(place=MADE_UP_PLACE, head="head", by="coordinator", now=now)
    make_editions(place=MADE_UP_PLACE, by="coordinator", administrator=ADMINISTRATOR, now=now)
    for name, password, role in people:
        click.echo(f"Or as {name} with {password}: {role}.")
    make_partnership(place=MADE_UP_PLACE, leave_out=urn, by=ADMINISTRATOR, coordinator=people[-1][0], now=now)
    make_workstream(place=MADE_UP_PLACE, by=people[-1][0], now=now)
    make_plan(place=MADE_UP_PLACE, coordinator=people[-1][0], now=now)
    make_board_reports(place=MADE_UP_PLACE, coordinator=people[-1][0], now=now)
