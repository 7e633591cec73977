"""Files that wait to be submitted and may hold a child: found, and deleted before the child is erased."""

import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.upload_folder import UploadFolder

_PIECE = 1024 * 1024
# A workbook that unpacks to more than this is not searched to its end: it counts as one that holds the child.
_MOST = 2 * 1024**3


def uploads_with(root: Path, *, schools: Collection[int], numbers: Collection[str]) -> list[UploadFolder]:
    """Folders of uploads of these schools, and those in whose files one of these pupil numbers stands."""
    job = "finding files about a child who is to be erased"
    of_schools = set(Upload.objects.for_system_job(job).filter(urn__in=schools).values_list("pk", flat=True))
    wanted = [number.encode() for number in numbers]
    return [
        UploadFolder(root, upload)
        for upload in _uploads(root)
        if upload in of_schools or (wanted and _holds(root / str(upload), wanted))
    ]


def delete_waiting(folders: Collection[UploadFolder]) -> int:
    """Delete folders of uploads; how many stay because a process is at work on them."""
    busy = 0
    for folder in folders:
        if folder.is_running:
            busy += 1
        else:
            folder.delete()
    return busy


def _uploads(root: Path) -> Iterator[UUID]:
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.is_dir():
            with suppress(ValueError):
                yield UUID(folder.name)


def _holds(folder: Path, wanted: Collection[bytes]) -> bool:
    return any(_file_holds(path, wanted) for path in sorted(folder.rglob("*")) if path.is_file())


def _file_holds(path: Path, wanted: Collection[bytes]) -> bool:
    with path.open("rb") as file:
        if _stream_holds(file, wanted):
            return True
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            return any(_part_holds(packed, name, wanted) for name in packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        # It cannot be unpacked, so nobody can be told that the child is not in it.
        return True


def _part_holds(packed: zipfile.ZipFile, name: str, wanted: Collection[bytes]) -> bool:
    with packed.open(name) as part:
        return _stream_holds(part, wanted)


def _stream_holds(stream: IO[bytes], wanted: Collection[bytes]) -> bool:
    before, read = b"", 0
    while piece := stream.read(_PIECE):
        read += len(piece)
        here = (before + piece).upper()
        if read > _MOST or any(number in here for number in wanted):
            return True
        before = here[-32:]
    return False
