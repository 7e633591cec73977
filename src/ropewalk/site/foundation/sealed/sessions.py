"""What a session holds, sealed: it says by which name somebody signed in."""

import json
from typing import Any

from django.conf import settings

from ropewalk.site.foundation.sealed.texts import opened, sealed

_OF = "session"


class SealedSessions:
    """Django's way to write sessions down. One that cannot be opened is over."""

    def dumps(self, content: dict[str, Any]) -> bytes:
        """Write one down."""
        written = json.dumps(content, separators=(",", ":"))
        return sealed(written, of=_OF, keys=settings.DATA_KEYS, found_again=False).encode("ascii")

    def loads(self, written: bytes) -> Any:
        """Read one."""
        return json.loads(opened(written.decode("ascii"), of=_OF, keys=settings.DATA_KEYS))
