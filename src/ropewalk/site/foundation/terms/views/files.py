"""Answers that browsers save as files."""

from django.http import HttpResponse


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to download; names are made of codes and numbers alone."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
