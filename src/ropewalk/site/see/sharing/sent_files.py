"""What can be wrong with files before they are read at all."""

from collections.abc import Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from ropewalk.site.see.sharing.upload_folder import ENDINGS, safe_name

MEGABYTE = 1024 * 1024


def problems_with(files: Sequence[UploadedFile], *, too_large: bool) -> list[str]:
    """Everything that keeps these files from being taken in, in words; empty when they can be."""
    if too_large:
        return [
            f"These files are too large: at most {size_words(settings.UPLOAD_FILE_BYTES)} for each, "
            f"{size_words(settings.UPLOAD_BYTES)} together. Send fewer at once, or one year at a time."
        ]
    if not files:
        return ["Choose the files to send"]
    found = []
    if len(files) > settings.UPLOAD_FILES:
        found.append(f"Send at most {settings.UPLOAD_FILES} files at once")
    for file in files:
        name = safe_name(file.name or "")
        if not name.endswith(ENDINGS):
            found.append(f"“{name}” is neither a CSV file, an Excel workbook (XLSX) nor XML. Save it as one of them.")
        elif not file.size:
            found.append(f"“{name}” is empty")
    return found


def size_words(size: int) -> str:
    """A size as people say it: ``200 MB``."""
    return f"{size // MEGABYTE:,} MB"
