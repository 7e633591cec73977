"""Counting what each asked for, in memory that all processes of a site share.

For each only one number is kept: until when what was asked is paid off. Each question moves it on by a step, and who is
further ahead than the limit allows must wait. So there is no window at whose end everybody may begin anew, and the
seconds to wait are exact. Made before the processes fork, the memory is one for all of them; a server that starts its
processes apart has one for each, and the limits hold for each.
"""

import fcntl
import mmap
import os
import struct
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

_ENTRY = struct.Struct("<8sd")
# Entries that share a part of the memory; the one paid off first gives way to a newcomer.
_BESIDE = 16
_PARTS = 4096


@dataclass(frozen=True)
class Limit:
    """So many times within so many seconds; all of them at once, if need be."""

    times: int
    seconds: float

    @property
    def step(self) -> float:
        """Seconds that one time costs."""
        return self.seconds / self.times


class SharedCount:
    """What was asked for, by marks that tell nobody who it was. A megabyte, whatever happens."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _PARTS * _BESIDE * _ENTRY.size)
        # Nobody can choose an address so that its mark pushes somebody else's out.
        self._key = os.urandom(32)
        # A lock on a file is free again when its process is killed. It does not hold threads apart: the other does.
        self._file = _nameless_file()
        weakref.finalize(self, os.close, self._file)
        self._threads = threading.Lock()

    def take(self, who: str, limit: Limit, *, now: float) -> float:
        """Count one more; 0 when it may be, else the seconds to wait, and nothing is counted."""
        mark = blake2b(who.encode(), digest_size=8, key=self._key).digest()
        with self._alone():
            place, paid_off = self._find(mark)
            # Further ahead than anything counted can be: the clock was put back.
            begun = paid_off if now < paid_off <= now + limit.seconds + limit.step else now
            wait = begun + limit.step - (now + limit.seconds)
            # The last of a full measure falls on the limit itself, as near as such numbers are exact.
            if wait > limit.step / 1000:
                return wait
            _ENTRY.pack_into(self._memory, place, mark, begun + limit.step)
        return 0.0

    def _find(self, mark: bytes) -> tuple[int, float]:
        """Where the entry of a mark stands, or the one that gives way to it, and until when it is paid off."""
        first = int.from_bytes(mark, "little") % _PARTS * _BESIDE * _ENTRY.size
        places = range(first, first + _BESIDE * _ENTRY.size, _ENTRY.size)
        entries = [(*_ENTRY.unpack_from(self._memory, place), place) for place in places]
        for held, paid_off, place in entries:
            if held == mark:
                return place, paid_off
        return min(entries, key=lambda entry: entry[1])[2], 0.0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _nameless_file() -> int:
    file, name = tempfile.mkstemp()
    Path(name).unlink()
    return file
