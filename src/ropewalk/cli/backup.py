"""``ropewalk backup``: everything a site keeps in one sealed file, and bringing it back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, Problem, StoreFault
from ropewalk.core.use_cases.backup_files import Contents, Secret, check_backup
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.environment import data_folder
from ropewalk.site.config.prepare import SettingsRefused, start_django
from ropewalk.site.foundation.backups.restoring import forget_draft, put_in_place, unpacked
from ropewalk.site.foundation.facts_store import open_facts

KEY = "ROPEWALK_BACKUP_KEY"
# Files of the reader's own data folder that hold keys, as they stand in a backup that is asked to hold them.
KEY_FILES = ("identity-keys/*.key", "data-keys/*.key", "secret-key")
BACKUP = click.Path(path_type=Path, dir_okay=False)


@click.group()
def backup() -> None:
    """Backups: one sealed file with everything that cannot be had again."""


def secret_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What seals the backup: ROPEWALK_BACKUP_KEY, a file with a passphrase, or a passphrase that is asked for."""
    command = click.option("--ask-passphrase", is_flag=True, help="Ask for a passphrase.")(command)
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help=f"A file with a passphrase in its first line. Otherwise {KEY} is the key.",
    )(command)


@backup.command()
@click.option("-o", "--output", required=True, type=BACKUP, metavar="FILE", help="The file to write; a new one.")
@click.option("--without-published", is_flag=True, help="Leave out published figures: they can be fetched again.")
@click.option("--with-keys", is_flag=True, help="Put the files of keys in as well: whoever opens it reads everything.")
@secret_options
@store_option
def make(
    output: Path,
    without_published: bool,
    with_keys: bool,
    passphrase_file: Path | None,
    ask_passphrase: bool,
    store: Store,
) -> None:
    """Write a backup, whole or not at all, and open it again to see that it can be.

    The site may go on running, and schools may go on sending. Without the keys of names the backup can be restored but
    no name in it read: keep those keys elsewhere.
    """
    secret = _secret(passphrase_file, ask_passphrase, new=True)
    if output.exists():
        raise InputRefused([Problem(f"There is a file {output} already.", "Name one that is not there yet.")])
    ready(store.folder)
    from ropewalk.site.foundation.backups.making import Wanted, make_backup  # noqa: PLC0415 - models

    own = data_folder(os.environ)
    keys = {str(file.relative_to(own)): file for glob in KEY_FILES for file in own.glob(glob)} if with_keys else {}
    wanted = Wanted(published=not without_published, keys=keys)
    facts = open_facts(store.folder, os.environ)
    with ProgressBar() as progress, _writing(output):
        made = make_backup(facts, output, secret, wanted, now=datetime.now(UTC), progress=progress)
    click.echo(f"{output} holds {_words(made)} and opens.")
    if not with_keys:
        click.echo("It holds no keys: keep the identity key and the data key elsewhere, or no name in it can be read.")


@backup.command()
@click.argument("file", type=BACKUP)
@secret_options
def check(file: Path, passphrase_file: Path | None, ask_passphrase: bool) -> None:
    """Open every piece of a backup and compare every digest, writing nothing."""
    secret = _secret(passphrase_file, ask_passphrase)
    with ProgressBar() as progress:
        found = check_backup(file, secret, progress=progress)
    click.echo(f"{file} is whole: {_words(found)}.")


@backup.command()
@click.argument("file", type=BACKUP)
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@secret_options
def restore(file: Path, into: Path, passphrase_file: Path | None, ask_passphrase: bool) -> None:
    """Bring a backup back into an empty folder, and into an empty database where DATABASE_URL names a PostgreSQL.

    A damaged backup, another key, and anything that is not empty are refused before anything is written.
    """
    secret = _secret(passphrase_file, ask_passphrase)
    server = os.environ.get("DATABASE_URL", "").strip().startswith(("postgres://", "postgresql://"))
    if not server:
        os.environ["DATABASE_URL"] = f"sqlite:///{into.absolute() / 'app.sqlite'}"
    with ProgressBar() as progress, _writing(into):
        try:
            draft, found = unpacked(file, secret, into, server=server, progress=progress)
            _fill_database(into, draft, found, server=server)
        except BaseException:
            forget_draft(into)
            raise
    click.echo(f"{into} holds {_words(found)}.")
    click.echo(_next_steps(into, found, server=server))
    try:
        ready(into / "store")
    except StoreFault as missing:
        # Restored all the same: the key can be put back later.
        click.echo(str(missing), err=True)


def _fill_database(into: Path, draft: Path, found: Contents, *, server: bool) -> None:
    try:
        start_django(into / "store")
    except SettingsRefused as problem:
        raise click.ClickException(str(problem)) from problem
    from ropewalk.site.foundation.backups import database  # noqa: PLC0415 - models

    database.refuse_newer(found.about)
    if server:
        database.refuse_where_there_is_something()
        database.bring_back(draft / database.FOLDER, found.about)
    put_in_place(draft, into)


def _next_steps(into: Path, found: Contents, *, server: bool) -> str:
    address = "DATABASE_URL as it is set now" if server else f"DATABASE_URL=sqlite:///{into.absolute() / 'app.sqlite'}"
    entry = found.about["audit"]
    return "\n".join(
        [
            f"Serve it with ROPEWALK_STORE={into.absolute() / 'store'} and {address}, and its keys.",
            f"Newest entry of the audit log then: {entry}" if entry else "Nothing stood in the audit log then.",
            "Check it with: ropewalk audit verify --known ENTRY, with the entry you noted elsewhere.",
        ]
    )


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Say plainly what the disk has against it."""
    try:
        yield
    except OSError as error:
        do = "Make room on its disk, or name another one."
        raise InputRefused([Problem(f"{target} cannot be written ({error.strerror}).", do)]) from error


def _secret(passphrase_file: Path | None, ask: bool, *, new: bool = False) -> Secret:
    if passphrase_file is not None:
        first, *_ = [*passphrase_file.read_text(encoding="utf-8").splitlines(), ""]
        return Secret(first.strip().encode(), is_passphrase=True)
    if ask:
        typed: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
        return Secret(typed.strip().encode(), is_passphrase=True)
    key = os.environ.get(KEY, "").strip()
    if not key:
        do = f"Put a long random key into {KEY}, or use --passphrase-file or --ask-passphrase."
        raise InputRefused([Problem("Nothing is named that seals the backup.", do)])
    return Secret(key.encode())


def _words(found: Contents) -> str:
    about = found.about
    return (
        f"{len(found.held):,} files, {found.bytes / 1_000_000:,.1f} MB, made at {about['made_at']} "
        f"by version {about['version']}"
    )
