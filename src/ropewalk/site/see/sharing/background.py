"""Starts the process that checks or submits an upload, apart from the one that answers readers."""

import subprocess
import sys
import threading
from typing import Any

from ropewalk.site.see.sharing.upload_folder import FAULT, PROGRESS, TASK, UploadFolder

MODULE = "ropewalk.site.see.sharing.processing"


def start(folder: UploadFolder, task: dict[str, Any]) -> bool:
    """Begin a task in the background; False when one is going on for this upload already."""
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
            [sys.executable, "-m", MODULE, str(folder.path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(held.fileno(),),
            start_new_session=True,
        )
    # Somebody must ask how it ended, or the system remembers it for ever.
    threading.Thread(target=started.wait, daemon=True).start()
    return True
