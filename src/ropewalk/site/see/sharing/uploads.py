"""An upload on its way: taken in, checked, submitted or given up. Files wait in its folder, never in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from ropewalk.site.foundation.accounts.in_the_store import in_the_store
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.sharing import background
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.upload_folder import CHECKED, FAULT, SUBMITTED, UploadFolder, forget_old

CHECK, SUBMIT = "check", "submit"


class State(Enum):
    """Where an upload stands."""

    WORKING = "working"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    GIVEN_UP = "given up"
    FAULT = "fault"
    STOPPED = "stopped"
    GONE = "gone"


@dataclass(frozen=True)
class Standing:
    """An upload with where it stands and what its folder holds."""

    upload: Upload
    folder: UploadFolder
    state: State

    @property
    def found(self) -> Any:
        """What the check found."""
        return self.folder.read(CHECKED)

    @property
    def fault(self) -> str:
        """Why it could not be done, in words."""
        said = self.folder.read(FAULT)
        return said["words"] if said else ""


def root() -> Path:
    """The folder of all uploads."""
    return Path(settings.ROPEWALK_UPLOADS)


def forget() -> None:
    """Delete what is left of uploads older than a day."""
    forget_old(root(), now=timezone.now(), hours=settings.UPLOAD_KEPT_HOURS)


def take_in(*, urn: int, files: Sequence[UploadedFile], year: str, by: Account) -> Upload:
    """Keep the files and begin to check them."""
    forget()
    upload = Upload(urn=urn, by=by, at=timezone.now(), files=len(files))
    folder = UploadFolder(root(), upload.id)
    folder.make()
    folder.keep((file.name or "", file.chunks()) for file in files)
    upload.save()
    background.start(folder, _task(CHECK, by, year))
    return upload


def waiting(urn: int, *, viewer: Account) -> list[Upload]:
    """Uploads of a school that are on their way, newest first; for whoever may send for it."""
    seen = Upload.objects.visible_to(viewer, Permission.SEND_RETURNS, on=timezone.localdate())
    open_ones = seen.filter(urn=urn, receipt="", given_up=False).select_related("by").order_by("-at")
    return [one for one in open_ones[:20] if standing_of(one).state not in {State.GONE, State.SUBMITTED}]


def check_again(standing: Standing, *, by: Account) -> None:
    """Begin anew after the process was stopped or failed."""
    background.start(standing.folder, _task(CHECK, by, _year(standing)))


def may_send(standing: Standing, *, by: Account) -> bool:
    """Whether somebody may send for every school that the files speak of."""
    allowed = reach(by, Permission.SEND_RETURNS, on=timezone.localdate())
    return allowed.holds_schools([standing.upload.urn, *standing.found["schools"]])


def submit(standing: Standing, *, by: Account) -> None:
    """Begin to submit what was checked; nothing happens when that is going on already."""
    background.start(standing.folder, _task(SUBMIT, by, _year(standing)))


def give_up(standing: Standing) -> None:
    """Delete the files and what was found."""
    standing.upload.given_up = True
    standing.upload.save(update_fields=["given_up"])
    standing.folder.delete()


def standing_of(upload: Upload) -> Standing:
    """Where an upload stands now; when it was submitted, the receipt is noted and the files are gone."""
    folder = UploadFolder(root(), upload.id)
    state = _state(upload, folder)
    if state is State.SUBMITTED and not upload.receipt:
        upload.receipt = folder.read(SUBMITTED)["receipt"]
        upload.save(update_fields=["receipt"])
    return Standing(upload, folder, state)


def _state(upload: Upload, folder: UploadFolder) -> State:
    if upload.receipt:
        return State.SUBMITTED
    if upload.given_up:
        return State.GIVEN_UP
    if not folder.exists:
        return State.GONE
    if folder.is_running:
        return State.WORKING
    ended = ((SUBMITTED, State.SUBMITTED), (FAULT, State.FAULT), (CHECKED, State.CHECKED))
    return next((state for name, state in ended if (folder.path / name).exists()), State.STOPPED)


def _year(standing: Standing) -> str:
    task = standing.folder.read("task.json") or {}
    return str(task.get("year") or "")


def _task(step: str, by: Account, year: str) -> dict[str, Any]:
    allowed = reach(by, Permission.SEND_RETURNS, on=timezone.localdate())
    return {
        "step": step,
        "store": str(settings.ROPEWALK_STORE),
        "by": in_the_store(by),
        "schools": None if allowed.everywhere else sorted(allowed.schools),
        "year": year,
        "today": timezone.localdate().isoformat(),
        "bounds": settings.UPLOAD_BOUNDS,
    }
