"""The data keys: what seals names and contact details in the database. Nothing here needs the site to run.

``ROPEWALK_DATA_KEY`` is the key; otherwise it is kept in the reader's own data folder, never in the store or the
database: copies of these are given from person to person. Older keys open what they sealed until it was sealed anew
(``ropewalk data-key rotate``): those in ``ROPEWALK_DATA_OLD_KEYS``, with commas between them, and all in the folder.
"""

import hmac
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ropewalk.core.errors import InputRefused, Problem, StoreFault
from ropewalk.site.foundation.kept_keys import kept_key, made_key

KEY, OLD_KEYS = "ROPEWALK_DATA_KEY", "ROPEWALK_DATA_OLD_KEYS"
FOLDER = "data-keys"
SHORTEST = 16


class DataKey:
    """One key, and what is derived from it for each purpose."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        if len(self._secret) < SHORTEST:
            problem = f"A data key is shorter than {SHORTEST} characters."
            raise InputRefused([Problem(problem, f"Use a long random one in {KEY}, or let Ropewalk make one.")])

    def derived(self, purpose: str) -> bytes:
        """32 bytes for a purpose, from which neither the key nor those of another purpose can be had."""
        return hmac.digest(self._secret, f"ropewalk data key: {purpose}".encode(), "sha256")

    @cached_property
    def name(self) -> str:
        """What tells it from other keys and gives nothing away: stands before every text that it seals."""
        return self.derived("name").hex()[:8]

    @cached_property
    def cipher(self) -> AESGCM:
        """What seals texts."""
        return AESGCM(self.derived("texts"))

    @cached_property
    def marking(self) -> bytes:
        """The key of the marks by which a text is found again."""
        return self.derived("marks")


class DataKeys:
    """The keys there are. Files that come or go while the site runs are noticed."""

    def __init__(self, environment: Mapping[str, str], *, folder: Path, store: Path) -> None:
        """``folder`` is the reader's own; nothing is read or made until a key is needed."""
        given = [environment.get(KEY, ""), *environment.get(OLD_KEYS, "").split(",")]
        self._given = [text.strip() for text in given if text.strip()]
        self.is_given = bool(environment.get(KEY, "").strip())
        self.folder = folder / FOLDER
        self._store = store
        self._seen: int | None = None
        self._known: tuple[DataKey, ...] | None = None

    @property
    def known(self) -> tuple[DataKey, ...]:
        """Every key, the present one first."""
        stamp = self.folder.stat().st_mtime_ns if self.folder.is_dir() else 0
        if self._known is None or stamp != self._seen:
            self._known, self._seen = self._read(), stamp
        return self._known

    @property
    def present(self) -> DataKey:
        """The key that seals; made when there is none."""
        if not self.known:
            self.make()
        return self.known[0]

    def named(self, name: str) -> DataKey:
        """The key of a name. Raises StoreFault when it is not here."""
        found = next((key for key in self.known if key.name == name), None)
        if found is None:
            # Two changes of a folder at one tick of its clock look like one.
            self._known = None
            found = next((key for key in self.known if key.name == name), None)
        if found is None:
            raise StoreFault(
                "Names and addresses in the database were sealed with a data key that is not here. Put its file back "
                f"into {self.folder}, or set {KEY}."
            )
        return found

    def make(self) -> Path:
        """A new key in a file of its own beside those that are there, from now on the present one.

        Raises InputRefused when the file would lie in the store.
        """
        if self.folder.resolve().is_relative_to(self._store.resolve()):
            problem = f"The data key would be kept within the store ({self.folder})."
            raise InputRefused([Problem(problem, f"Set {KEY}, or move the store.")])
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.folder / f"{max(self._numbers(), default=0) + 1}.key"
        made_key(file)
        self._known = None
        return file

    def _read(self) -> tuple[DataKey, ...]:
        kept = [kept_key(self.folder / f"{number}.key") for number in sorted(self._numbers(), reverse=True)]
        return tuple(DataKey(secret) for secret in dict.fromkeys([*self._given, *kept]) if secret)

    def _numbers(self) -> list[int]:
        return [int(file.stem) for file in self.folder.glob("*.key") if file.stem.isdigit()]
