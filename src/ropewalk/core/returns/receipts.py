"""The receipt of a submission: what was sent, what was kept, and sums to hold it to. It names no child."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from ropewalk.core.errors import StoreFault

# Without the letters that are taken for digits or for one another.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = 5


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as received: ``lines`` = ``accepted`` + ``refused``; header and empty lines are not counted."""

    number: int
    name: str
    kind: str | None
    sha256: str
    bytes: int
    lines: int
    accepted: int
    refused: int
    blank: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What Ropewalk gives back for a submission. ``facts`` are rows kept by fact table; ``problems`` lines by check.

    ``checksum`` is the SHA-256 of all the rest, so that a receipt that was changed can be told.
    """

    id: str
    recorded_at: str
    by: str
    year: str | None
    files: tuple[ReceivedFile, ...]
    facts: dict[str, int]
    years: tuple[str, ...]
    schools: tuple[int, ...]
    pupils: int
    problems: dict[str, int]
    schools_without_place: tuple[int, ...] = ()
    checksum: str = ""

    @property
    def refused(self) -> int:
        """Lines set aside, over all files."""
        return sum(file.refused for file in self.files)


def sealed(receipt: Receipt) -> Receipt:
    """The receipt with its checksum."""
    return replace(receipt, checksum=_checksum(receipt))


def receipt_json(receipt: Receipt) -> str:
    """The receipt as the catalogue keeps it."""
    return json.dumps(asdict(receipt), ensure_ascii=False, sort_keys=True)


def receipt_of(text: str) -> Receipt:
    """The receipt the catalogue keeps.

    Raises StoreFault when it is not what was written.
    """
    content = json.loads(text)
    files = tuple(ReceivedFile(**file) for file in content.pop("files"))
    for name in ("years", "schools", "schools_without_place"):
        content[name] = tuple(content[name])
    receipt = Receipt(files=files, **content)
    if receipt.checksum != _checksum(receipt):
        raise StoreFault(f"The receipt {receipt.id} in the catalogue is not what was written. Put back a copy.")
    return receipt


def _checksum(receipt: Receipt) -> str:
    return hashlib.sha256(receipt_json(replace(receipt, checksum="")).encode()).hexdigest()


def content_id(digests: Collection[str], *, year: str | None, place: str | None) -> str:
    """What tells one submission from another: the set of files, and what was said about them."""
    text = json.dumps([sorted(set(digests)), year, place])
    return hashlib.sha256(text.encode()).hexdigest()


def new_receipt_id(content: str, recorded_at: str, taken: Collection[str]) -> str:
    """A short name for a submission: the day, and five characters that say nothing, such as R20260301-7K3QX."""
    day = recorded_at[:10].replace("-", "")
    for attempt in range(1000):
        number = int.from_bytes(hashlib.sha256(f"{content} {recorded_at} {attempt}".encode()).digest()[:8])
        code = ""
        for _ in range(_CODE):
            number, place = divmod(number, len(_ALPHABET))
            code += _ALPHABET[place]
        if (found := f"R{day}-{code}") not in taken:
            return found
    raise StoreFault("No name is left for a receipt of this day.")
