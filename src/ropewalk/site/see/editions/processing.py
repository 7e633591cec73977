"""The process that computes one draft of an edition: ``python -m ropewalk.site.see.editions.processing FOLDER``.

It reads the task in the folder and writes there how far it is and what came of it: protected figures alone. It needs
no Django, and says nothing on its outputs but the kind of a fault of ours.
"""

import fcntl
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from ropewalk.core.errors import RopewalkError
from ropewalk.core.use_cases.editions import Cut, EditionWanted, draft_edition
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.see.sharing.upload_folder import FAULT, PROGRESS, TASK, UploadFolder

DRAFTED, CONTENT = "drafted.json", "content.json"
# Drafts wait for each other here: protecting takes a whole processor and much memory.
TURN = "turn.lock"
OURS = "Something went wrong that is not your fault. Compute it again, or tell whoever runs this site."


def main(path: Path) -> int:
    """Compute the draft of a folder; 0 when it is done, 1 when it could not be."""
    folder = UploadFolder(path.parent, UUID(path.name))
    task = folder.read(TASK)

    def progress(what: str, done: int, of: int) -> None:
        folder.write(PROGRESS, {"what": what, "done": done, "of": of})

    try:
        with (path.parent / TURN).open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            made = draft_edition(open_facts(Path(task["store"]), os.environ), read_wanted(task["wanted"]), progress)
    except RopewalkError as problem:
        _tell(folder, str(problem))
        return 1
    except Exception as problem:  # noqa: BLE001 - whoever waits for the page must be told, whatever it is
        _tell(folder, OURS)
        # The kind of fault only: its text may hold what stood in a return.
        sys.stderr.write(f"editions: a draft ended with {problem.__class__.__name__}\n")
        return 1
    (folder.path / CONTENT).write_bytes(made.content)
    folder.write(DRAFTED, {"digest": made.digest})
    return 0


def _tell(folder: UploadFolder, words: str) -> None:
    # Nobody waits any more where the edition was given up and its folder deleted.
    with suppress(FileNotFoundError):
        folder.write(FAULT, {"words": words})


def read_wanted(said: dict[str, Any]) -> EditionWanted:
    """The edition a task asks for."""
    lists = {"schools": tuple(said["schools"]), "partners": tuple(said["partners"])}
    return EditionWanted(**{**said, **lists, "cuts": tuple(Cut(**cut) for cut in said["cuts"])})


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
