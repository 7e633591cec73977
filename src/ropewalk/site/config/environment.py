"""What the settings need from the machine: folders and the secret key. Called from the settings only."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

SECRET_LENGTH = 50


def data_folder(environment: Mapping[str, str]) -> Path:
    """The reader's own folder for Ropewalk, as the XDG rules place it."""
    base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "ropewalk"


def switched_on(environment: Mapping[str, str], name: str) -> bool:
    """Whether a yes/no variable says yes."""
    return environment.get(name, "").strip().lower() in {"1", "yes", "true", "on"}


def names(environment: Mapping[str, str], name: str, default: list[str]) -> list[str]:
    """A list of names written with commas between them."""
    found = [part.strip() for part in environment.get(name, "").split(",")]
    return [part for part in found if part] or default


def secret_key(environment: Mapping[str, str], folder: Path) -> str:
    """The key from the environment, else the one kept in ``folder``, made at the first start.

    It is never kept in the store: stores are copied from person to person.
    """
    given = environment.get("ROPEWALK_SECRET_KEY", "").strip()
    if given:
        return given
    file = folder / "secret-key"
    try:
        return _kept(file) or _made(file)
    except OSError:
        # A home that cannot be written to: a key for this start only. Public pages need no more.
        return secrets.token_urlsafe(SECRET_LENGTH)


def _kept(file: Path) -> str:
    return file.read_text(encoding="ascii").strip() if file.is_file() else ""


def _made(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(SECRET_LENGTH)
    fresh = file.with_name(f"secret-key.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(key + "\n", encoding="ascii")
    try:
        # Linking fails when another process was first, so that all of them end with the same key.
        file.hardlink_to(fresh)
    except FileExistsError:
        key = _kept(file) or key
    finally:
        fresh.unlink()
    return key
