"""``ropewalk place``: which schools and trusts belong to a place, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.store import Reader, Store

BY = click.option("--by", required=True, metavar="USER", help="Who says so; it is kept.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def place() -> None:
    """Who belongs where: the schools and trusts of a council area, or a place of your own."""


@place.command(name="bring-in")
@click.argument("council")
@BY
@store_option
def bring_in_council(council: str, by: str, store: Store) -> None:
    """Bring in the schools and trusts of COUNCIL (name, number or code) from the imported register.

    Doing it again changes only what is new in the register.
    """
    ready(store.folder)
    from ropewalk.site.foundation.organisations.register import bring_in  # noqa: PLC0415

    now = datetime.now(UTC)
    found = bring_in(reader=Reader(store), place=council, by=by, now=now, on=now.date())
    click.echo(
        f"{found.place.name}: {found.schools:,} schools, {found.trusts:,} trusts; {found.news:,} memberships new."
    )


@place.command()
@click.argument("name")
@click.option("--school", "schools", multiple=True, required=True, type=click.IntRange(100000, 999999), metavar="URN")
@click.option("--within", help="Code of a region that was brought in with one of its councils.")
@click.option("--from", "begins", type=DAY, help="First day, as 2026-09-01. Default: today.")
@BY
@store_option
def make(
    name: str, schools: tuple[int, ...], within: str | None, begins: datetime | None, by: str, store: Store
) -> None:
    """Make the place NAME from a list of schools."""
    ready(store.folder)
    from ropewalk.site.foundation.organisations.actions import make_place  # noqa: PLC0415
    from ropewalk.site.foundation.organisations.register import named_schools  # noqa: PLC0415

    now = datetime.now(UTC)
    made = make_place(
        name=name,
        schools=named_schools(_reader(store), schools),
        within=_place(within) if within else None,
        begins=begins.date() if begins else now.date(),
        by=by,
        now=now,
    )
    click.echo(f"{made.name} has the code {made.code}.")


@place.command()
@click.argument("code")
@click.option("--on", type=DAY, help="Day, as 2026-09-01. Default: today.")
@store_option
@json_option
def show(code: str, on: datetime | None, store: Store, as_json: bool) -> None:
    """List who belongs to the place CODE on a day, each school with its trust that day."""
    ready(store.folder)
    from ropewalk.site.foundation.organisations.membership import members_of, trust_on  # noqa: PLC0415

    day: date = on.date() if on else datetime.now(UTC).date()
    rows = [(one.kind, one.key, one.name, trust_on(one, day)) for one in members_of(_place(code), day)]
    if as_json:
        names = ("kind", "key", "name")
        print_json([{**dict(zip(names, row[:3], strict=True)), "trust": row[3] and row[3].name} for row in rows])
    else:
        print_table(("kind", "key", "name", "trust"), [(*row[:3], row[3] and row[3].name) for row in rows])


def _reader(store: Store) -> Reader | None:
    try:
        return Reader(store)
    except NotFound:
        return None


def _place(code: str):  # type: ignore[no-untyped-def]
    from ropewalk.site.foundation.organisations.models import Place  # noqa: PLC0415

    found = Place.objects.filter(code=code).first()
    if found is None:
        raise NotFound(f"No place has the code '{code}'. Bring a council area in with 'ropewalk place bring-in'.")
    return found
