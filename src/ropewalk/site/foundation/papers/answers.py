"""Giving a kept file to somebody who may have it: always to be saved, never shown by the browser."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from ropewalk.site.foundation.papers.kinds import PaperKind
from ropewalk.site.foundation.papers.models import Paper, PaperContent


def download_response(paper: Paper) -> HttpResponse:
    """The file to be saved. Raises Http404 for one that was deleted. The caller has seen that the reader may."""
    found = PaperContent.objects.filter(paper=paper).first()
    if found is None:
        raise Http404
    answer = HttpResponse(found.sealed, content_type=PaperKind(paper.kind).media_type)
    plain = paper.name.encode("ascii", "replace").decode().replace("?", "_")
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name, safe='')}"
    answer.headers["Content-Disposition"] = named
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
