"""From what a school calls a pupil to a pseudonym: a keyed hash that only the holder of the key can make again.

The key comes as an argument and is never written by the core. It is HMAC (RFC 2104) with SHA-256.
"""

from __future__ import annotations

import hmac

from ropewalk.core.errors import InputRefused, Problem

SHORTEST_KEY = 16
_CHECKED = b"ropewalk: is this the key?"
# What stands before the text, so that no school's own number can be taken for a national one.
NATIONAL, LOCAL = "upn", "local"


def checked_key(key: bytes) -> bytes:
    """The key itself.

    Raises InputRefused when it is too short to keep anybody out.
    """
    if len(key) < SHORTEST_KEY:
        raise InputRefused(
            [
                Problem(
                    f"The identity key is shorter than {SHORTEST_KEY} characters.",
                    "Use a long random one, or leave ROPEWALK_IDENTITY_KEY unset and let Ropewalk make one.",
                )
            ]
        )
    return key


def pseudonym(key: bytes, number: str) -> bytes:
    """The pseudonym (32 bytes) of a pupil's number, as ``written`` writes it."""
    return hmac.digest(key, number.encode(), "sha256")


def written(kind: str, text: str) -> str:
    """A number with its kind before it: a unique pupil number, or what one school alone calls a pupil."""
    return f"{kind}:{text}"


def key_check(key: bytes) -> bytes:
    """What the book keeps so that it can tell a wrong key from the right one; it does not give the key away."""
    return hmac.digest(key, _CHECKED, "sha256")
