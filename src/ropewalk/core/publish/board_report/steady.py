"""Office files without the moment at which they were written: the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def steady(content: bytes, *, day: dt.date) -> bytes:
    """The same file as if written at midnight of a day, the workbooks behind its charts too."""
    out = io.BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name.endswith((".xlsx", ".pptx")):
                part = steady(part, day=day)
            elif name == "docProps/core.xml":
                part = _MOMENT.sub(rb"\g<1>" + day.isoformat().encode() + b"T00:00:00Z", part)
            made.writestr(zipfile.ZipInfo(name, moment), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
