"""Keys kept in files of their own, which only their owner may read. Nothing here needs the site to run."""

import os
import secrets
from pathlib import Path

SECRET_LENGTH = 50


def kept_key(file: Path) -> str:
    """The key in a file; empty when there is none."""
    return file.read_text(encoding="ascii").strip() if file.is_file() else ""


def made_key(file: Path) -> str:
    """A new key in a new file. Where another process was first, its key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(SECRET_LENGTH)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(key + "\n", encoding="ascii")
    try:
        # Linking fails when another process was first, so that all of them end with the same key.
        file.hardlink_to(fresh)
    except FileExistsError:
        key = kept_key(file) or key
    finally:
        fresh.unlink()
    return key
