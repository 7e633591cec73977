"""What fetching remembers on disk: how far a file came (NAME.part.json) and what was fetched (fetched.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

RECORD = "fetched.json"


@dataclass(frozen=True, slots=True)
class Received:
    """How much of a file came from an address, and the marks by which its server tells versions apart."""

    url: str
    received: int
    etag: str | None
    last_modified: str | None

    @staticmethod
    def of(url: str, received: int, headers: Mapping[str, str]) -> Received:
        """State at the start of an answer."""
        return Received(url, received, headers.get("etag"), headers.get("last-modified"))

    def with_bytes(self, received: int) -> Received:
        """The same with more received."""
        return replace(self, received=received)

    @property
    def mark(self) -> str | None:
        """The mark a rest may be asked for with: a strong ETag, else the date; None when there is neither."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    def is_same(self, headers: Mapping[str, str]) -> bool:
        """Whether an answer is about the same version, as far as it says."""
        etag, modified = headers.get("etag"), headers.get("last-modified")
        if etag and self.etag:
            return etag == self.etag
        return not (modified and self.last_modified) or modified == self.last_modified


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched whole: publication, address, moment, checksum, size, and the server's marks."""

    id: str
    url: str
    fetched_at: str
    sha256: str
    bytes: int
    etag: str | None
    last_modified: str | None


def part_of(folder: Path, name: str) -> Path:
    """The file while it is coming."""
    return folder / f"{name}.part"


def _state_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.part.json"


def what_was_received(folder: Path, name: str) -> Received | None:
    """What came of a file so far; None when nothing did or part and state do not agree (both are then forgotten).

    A part that is longer than its state says is cut back: the state is what is known to be good.
    """
    part = part_of(folder, name)
    try:
        state = Received(**json.loads(_state_of(folder, name).read_text(encoding="utf-8")))
        size = part.stat().st_size
        if size < state.received:
            raise ValueError
        if size > state.received:
            with part.open("r+b") as file:
                file.truncate(state.received)
    except FileNotFoundError:
        forget_part(folder, name)
        return None
    except (ValueError, TypeError):
        forget_part(folder, name)
        return None
    return state


def record_received(folder: Path, name: str, state: Received) -> None:
    """Remember how far a file came."""
    _write(_state_of(folder, name), asdict(state))


def forget_part(folder: Path, name: str) -> None:
    """Remove the part and its state."""
    part_of(folder, name).unlink(missing_ok=True)
    _state_of(folder, name).unlink(missing_ok=True)


def all_fetched(folder: Path) -> dict[str, Fetched]:
    """Everything recorded in the folder, by file name; entries that cannot be understood are left out."""
    try:
        content = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    found: dict[str, Fetched] = {}
    for name, entry in content.items() if isinstance(content, dict) else ():
        try:
            found[name] = Fetched(**entry)
        except TypeError:
            continue
    return found


def fetched_before(folder: Path, name: str, url: str) -> Fetched | None:
    """The record of a file that is still there as it was fetched from this address."""
    record = all_fetched(folder).get(name)
    path = folder / name
    if record is None or record.url != url or not path.is_file() or path.stat().st_size != record.bytes:
        return None
    return record


def record_fetched(folder: Path, name: str, entry: Fetched) -> None:
    """Add a file to the record."""
    entries = {known: asdict(record) for known, record in all_fetched(folder).items()}
    entries[name] = asdict(entry)
    _write(folder / RECORD, dict(sorted(entries.items())))


def _write(path: Path, content: Mapping[str, object]) -> None:
    """Write JSON so that a reader sees the old content or the new, never half."""
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
