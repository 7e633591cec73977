"""Starts a process that works in a folder of its own, apart from those that answer readers."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from ropewalk.site.see.sharing.bounds import TOO_MUCH, WENT_BEYOND, needed_environment
from ropewalk.site.see.sharing.upload_folder import FAULT, PROGRESS, TASK, UploadFolder

MODULE = "ropewalk.site.see.sharing.processing"


def start(folder: UploadFolder, task: dict[str, Any], *, module: str = MODULE) -> bool:
    """Begin a task in the background; False when one is going on in this folder already."""
    held = folder.lock()
    if held is None:
        return False
    with held:
        (folder.path / FAULT).unlink(missing_ok=True)
        folder.write(PROGRESS, {"what": "waiting to begin", "done": 0, "of": 0})
        folder.write(TASK, task)
        # The process inherits the lock, and it is free when the process has ended, however it ended. In a session of
        # its own it is not stopped with the site.
        started = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", module, str(folder.path)],
            env=needed_environment(os.environ, str(folder.path)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(held.fileno(),),
            start_new_session=True,
        )
    # Somebody must ask how it ended, or the system remembers it for ever.
    threading.Thread(target=_see_it_end, args=(started, folder), daemon=True).start()
    return True


def _see_it_end(started: subprocess.Popen[bytes], folder: UploadFolder) -> None:
    """Where the system ended it for want of memory or time, it could not say so itself."""
    if started.wait() not in WENT_BEYOND:
        return
    # Somebody may have deleted the folder, or begun anew.
    with suppress(OSError):
        held = folder.lock()
        if held is not None:
            with held:
                folder.write(FAULT, {"words": TOO_MUCH})
