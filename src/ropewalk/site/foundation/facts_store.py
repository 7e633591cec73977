"""The facts of a store as command line and site open them: the catalogue named in the environment, the identity key.

``DATABASE_URL`` with a PostgreSQL address puts the catalogue there; otherwise it is a file in the store.
``ROPEWALK_IDENTITY_KEY`` is the key that makes pseudonyms; otherwise it is kept in the reader's own data folder, never
in the store: stores are copied from person to person. Nothing here needs the site to run.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path

from ropewalk.core.errors import InputRefused, Problem, StoreFault
from ropewalk.core.use_cases.facts_store import Facts, checked_key
from ropewalk.site.foundation.kept_keys import kept_key, made_key

KEY = "ROPEWALK_IDENTITY_KEY"
KEY_FOLDER = "identity-keys"


def open_facts(root: Path, environment: Mapping[str, str]) -> Facts:
    """The facts of the store in a folder."""
    url = environment.get("DATABASE_URL", "").strip()
    if not url.startswith(("postgres://", "postgresql://")):
        return Facts(root)
    try:
        postgres = importlib.import_module("ropewalk.site.foundation.catalogue_postgres")
    except ModuleNotFoundError as error:
        raise StoreFault(
            "DATABASE_URL names a PostgreSQL server, and the library for it is not there. "
            "Install it with: pip install 'ropewalk[postgresql]'"
        ) from error
    return Facts(root, postgres.postgres_catalogue(url))


def identity_key(facts: Facts, environment: Mapping[str, str], *, make: bool = True) -> bytes | None:
    """The key of this store's pseudonyms; made at the first submission, None where there is none and ``make`` is no.

    Raises StoreFault when the store was written with a key that is not here.
    """
    given = environment.get(KEY, "").strip()
    if given:
        return checked_key(given.encode())
    folder = key_folder(environment)
    kept = [kept_key(file).encode() for file in sorted(folder.glob("*.key"))]
    fitting = next((key for key in kept if facts.book.opens_with(key)), None)
    if fitting or not make:
        return fitting
    if not facts.book.opens_with(b""):
        raise StoreFault(
            f"The identity key of the store in {facts.root} is not here. Put its file back into {folder}, or set {KEY}."
        )
    return new_key(facts, environment).encode()


def new_key(facts: Facts, environment: Mapping[str, str]) -> str:
    """A new key in a file of its own beside those that are there.

    Raises InputRefused when the file would lie in the store.
    """
    folder = key_folder(environment)
    if folder.resolve().is_relative_to(facts.root.resolve()):
        raise InputRefused(
            [Problem(f"The identity key would be kept within the store ({folder}).", f"Set {KEY}, or move the store.")]
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made_key(folder / f"{len(list(folder.glob('*.key'))) + 1}.key")


def key_folder(environment: Mapping[str, str]) -> Path:
    """Where identity keys are kept, as the XDG rules place it."""
    base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "ropewalk" / KEY_FOLDER
