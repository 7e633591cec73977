"""The content of a file as the database holds it: the name of the data key, a random nonce, and what was sealed.

As texts are (see ``texts``): AES-256 in Galois/Counter Mode together with the column it stands in, but as bytes:
a file takes a few bytes more than it has, not a third more.
"""

import os

from cryptography.exceptions import InvalidTag

from ropewalk.core.errors import StoreFault
from ropewalk.site.foundation.sealed.keys import DataKeys

# Letters of the name of a key, which stand first.
NAME = 8
_NONCE = 12


def sealed_content(content: bytes, *, of: str, keys: DataKeys) -> bytes:
    """A content, unreadable; ``of`` is the column it stands in."""
    key, nonce = keys.present, os.urandom(_NONCE)
    return key.name.encode() + nonce + key.cipher.encrypt(nonce, content, of.encode())


def opened_content(written: bytes, *, of: str, keys: DataKeys) -> bytes:
    """The content. Raises StoreFault for a key that is not here, another column, and what was changed."""
    name, nonce, closed = written[:NAME], written[NAME : NAME + _NONCE], written[NAME + _NONCE :]
    try:
        return keys.named(name.decode("ascii")).cipher.decrypt(nonce, closed, of.encode())
    except (InvalidTag, ValueError) as error:
        raise StoreFault(
            f"A file in the database ({of}) cannot be read: it was changed or damaged. Put back a copy of the database."
        ) from error
