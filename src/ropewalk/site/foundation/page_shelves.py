"""Where finished pages are kept: in the memory of a worker, and in a folder that all workers share."""

import contextlib
import hashlib
import os
import shutil
import threading
from collections import OrderedDict
from pathlib import Path

from ropewalk.site.foundation.cached_page import CachedPage, DamagedPage


class MemoryShelf:
    """The pages asked for most recently, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[str, CachedPage] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: str) -> CachedPage | None:
        """The page under ``key``, which becomes the most recent one."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: CachedPage) -> None:
        """Keep a page; the ones not asked for the longest make room."""
        if page.size > self.limit:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self.size += page.size - (before.size if before else 0)
            self._pages[key] = page
            while self.size > self.limit:
                _, oldest = self._pages.popitem(last=False)
                self.size -= oldest.size


class FolderShelf:
    """Pages on disk, one folder for each edition of store and code, up to a number of bytes.

    A folder that cannot be written to (a store on a read-only disk) is no fault: memory alone then serves.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self._lock = threading.Lock()
        self._edition = ""
        self._size = 0

    def get(self, edition: str, key: str) -> CachedPage | None:
        """The page under ``key`` in this edition; a damaged file counts as none."""
        try:
            return CachedPage.from_bytes(self._file(edition, key).read_bytes())
        except (OSError, DamagedPage):
            return None

    def put(self, edition: str, key: str, page: CachedPage) -> None:
        """Keep a page, whole or not at all."""
        raw = page.to_bytes()
        file = self._file(edition, key)
        with contextlib.suppress(OSError), self._lock:
            self._make_room(edition, len(raw))
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
            fresh.write_bytes(raw)
            fresh.replace(file)
            self._size += len(raw)

    def _file(self, edition: str, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
        return self.folder / edition / name[:2] / name

    def _make_room(self, edition: str, needed: int) -> None:
        if edition != self._edition:
            self._drop_other_editions(edition)
            self._edition = edition
            self._size = sum(size for _, size, _ in self._files(edition))
        if self._size + needed > self.limit:
            self._drop_oldest(edition)

    def _drop_other_editions(self, edition: str) -> None:
        if self.folder.is_dir():
            for old in self.folder.iterdir():
                if old.name != edition:
                    shutil.rmtree(old, ignore_errors=True)

    def _drop_oldest(self, edition: str) -> None:
        # Down to two thirds, so that this costly look at the folder is rare.
        files = sorted(self._files(edition))
        size = sum(one for _, one, _ in files)
        for _, one, file in files:
            if size <= self.limit * 2 // 3:
                break
            file.unlink(missing_ok=True)
            size -= one
        self._size = size

    def _files(self, edition: str) -> list[tuple[int, int, Path]]:
        found = []
        for file in (self.folder / edition).glob("*/*"):
            # Another worker may drop a file while we look.
            with contextlib.suppress(FileNotFoundError):
                stat = file.stat()
                found.append((stat.st_mtime_ns, stat.st_size, file))
        return found
