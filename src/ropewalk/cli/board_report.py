"""``ropewalk board-report``: where the plan of a place stands, as PDF, slides and HTML."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.publish.board_report.content import Report
from ropewalk.core.use_cases.store import Store


@click.command("board-report")
@click.argument("place")
@click.option("--public", is_flag=True, help="Only what everybody may read.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write into; it is made where it is not there.",
)
@store_option
def board_report(place: str, public: bool, output: Path, store: Store) -> None:
    """Write where the plan of PLACE (its code or name) stands now: PDF, slides (PPTX) and a page (HTML).

    With --public only safe figures, no notes, decisions or money, and roles instead of names. Nothing is published
    by that: on the site, whoever runs the partnership publishes a version after looking at it.
    """
    ready(store.folder)
    report, day = _report(place, public=public)
    # Engines of documents take a second to load.
    from ropewalk.core.publish.board_report.pages import document, pdf  # noqa: PLC0415
    from ropewalk.core.publish.board_report.slides import write_slides  # noqa: PLC0415

    about = f"{'public-report' if public else 'board-report'}-{report.code}-{day}"
    files = {
        f"{about}.pdf": pdf(report, day=day),
        f"{about}.pptx": write_slides(report, day=day),
        f"{about}.html": document(report, day=day).encode(),
    }
    _write(output, files)


def _report(named: str, *, public: bool) -> tuple[Report, date]:
    # Models exist only once the settings are loaded.
    from django.utils import timezone  # noqa: PLC0415

    from ropewalk.site.agree.board_report.selectors.reports import for_everybody, now_at  # noqa: PLC0415
    from ropewalk.site.foundation.organisations.models import Place  # noqa: PLC0415

    wanted = named.strip().casefold()
    place = next((one for one in Place.objects.all() if wanted in {one.code.casefold(), one.name.casefold()}), None)
    if place is None:
        raise NotFound(f"No place is known here by “{named}”. See 'ropewalk place show' for those that are.")
    now = datetime.now(UTC)
    found = now_at(place, now=now)
    if found is None:
        problem = Problem("There is no plan to report on.", "Put a plan to those who agree it first.")
        raise InputRefused([problem])
    day = timezone.localtime(now).date()
    return (for_everybody(found[1], place, on=day, money=False) if public else found[1]), day


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            draft = folder / f"{name}.part"
            draft.write_bytes(content)
            draft.replace(folder / name)
            click.echo(f"Wrote {folder / name} ({len(content) / 1024:,.0f} KiB).")
    except OSError as problem:
        text = f"{folder} cannot be written to ({problem.strerror})."
        raise InputRefused([Problem(text, "Name another folder.")]) from problem
