"""Files sent to the site go to the disk at once, and only so many bytes of them."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler


class LimitedUpload(TemporaryFileUploadHandler):
    """Stops at the limit of one file or of all together, or at the view's own.

    ``request.upload_too_large`` then says so to the view.

    What was sent before the files (the token of the form) is still read, so the view can answer in words. What comes
    after is read and thrown away, so that the browser gets to hear the answer.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if start + len(raw_data) > self._most(settings.UPLOAD_FILE_BYTES) or self.received > self._most(
            settings.UPLOAD_BYTES
        ):
            self.request.upload_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def _most(self, usual: int) -> int:
        """The limit, or a smaller one that the view declares for itself (see ``papers.limits``)."""
        match = self.request.resolver_match if self.request else None
        own = getattr(match.func, "most_bytes_sent", None) if match else None
        return min(usual, own()) if own else usual
