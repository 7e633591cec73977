"""Keeping names and numbers unreadable on the disk: whoever has the file and not the key learns nothing from it.

AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a random nonce for each value. The key is derived from the key of
the pseudonyms, which is never in the store. What a value belongs to is sealed with it: a value moved to another record
does not open.
"""

from __future__ import annotations

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ropewalk.core.errors import StoreFault

_PURPOSE = b"ropewalk: what seals names and numbers"
_NONCE = 12


class Seal:
    """Seals and opens texts with what is derived from a key."""

    def __init__(self, key: bytes) -> None:
        """Derive."""
        self._cipher = AESGCM(hmac.digest(key, _PURPOSE, "sha256"))

    def close(self, text: str, of: str) -> bytes:
        """A text, unreadable; ``of`` is what it belongs to."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), of.encode())

    def open(self, sealed: bytes, of: str) -> str:
        """The text. Raises StoreFault for another key, another owner, and bytes that were changed."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], of.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise StoreFault(
                "A name or number in the book of who is who cannot be read: it was changed or damaged. "
                "Put back a copy of the store."
            ) from error
