"""A text about a person as the database holds it: ``mark.key.sealed``.

Sealed with AES-256 in Galois/Counter Mode and a random nonce, together with the column it stands in: moved to another
column it does not open. ``key`` names the data key. ``mark`` is there where the text must be found again: HMAC-SHA-256
of the text in small letters under a key of its own, so that equal texts of a column have equal marks and nobody without
the key can try names out. An empty text stays empty: that there is none is no secret.
"""

import hmac
import os
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag

from ropewalk.core.errors import StoreFault
from ropewalk.site.foundation.sealed.keys import DataKey, DataKeys

# HMAC-SHA-256 in base 64 without its padding.
MARK = 43
_NONCE = 12


def sealed(text: str, *, of: str, keys: DataKeys, found_again: bool) -> str:
    """A text, unreadable; ``of`` is the column it stands in."""
    if not text:
        return ""
    key, nonce = keys.present, os.urandom(_NONCE)
    closed = urlsafe_b64encode(nonce + key.cipher.encrypt(nonce, text.encode(), of.encode())).decode()
    mark = mark_of(text, of=of, key=key) if found_again else ""
    return f"{mark}.{key.name}.{closed}"


def opened(written: str, *, of: str, keys: DataKeys) -> str:
    """The text. Raises StoreFault for a key that is not here, another column, and what was changed."""
    if not written:
        return ""
    try:
        content = urlsafe_b64decode(written.rpartition(".")[2])
        return keys.named(key_name(written)).cipher.decrypt(content[:_NONCE], content[_NONCE:], of.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise StoreFault(
            f"A text in the database ({of}) cannot be read: it was changed or damaged. Put back a copy of the database."
        ) from error


def key_name(written: str) -> str:
    """The name of the key that sealed a text; empty where it names none."""
    parts = written.split(".")
    return parts[1] if len(parts) == 3 else ""


def mark_of(text: str, *, of: str, key: DataKey) -> str:
    """The mark of a text in a column; small and capital letters give the same."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return urlsafe_b64encode(hmac.digest(key.marking, f"{of}\n{folded}".encode(), "sha256")).decode()[:MARK]
