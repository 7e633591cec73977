"""Before the first reader: what all pages share is read, and a page of each common kind is made once.

It happens in the process that starts the workers, before they are made: they all begin with what it read, and nobody
waits for it, because the address is opened afterwards.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings

from ropewalk.core.errors import NotFound, StoreFault
from ropewalk.core.schema.made_up_places import MADE_UP_COUNTRY
from ropewalk.core.schema.places import ENGLAND, place_by_code
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.use_cases.overview import place_overview
from ropewalk.core.use_cases.store import Reader
from ropewalk.site.foundation.store import StoreUnreadable
from ropewalk.site.see.scorecard.reader import reader

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def warm(application: Application) -> None:
    """Read what pages share and make a few; nothing while the store is empty or cannot be read."""
    try:
        opened = reader()
        for address in ("/", *_read(opened)):
            _ask(application, address)
    except (NotFound, StoreFault, StoreUnreadable):
        # Pages say it better, to whoever asks for one.
        return
    # Workers are forks of this process: an open database would not survive that.
    opened.close()


def _read(opened: Reader) -> Iterator[str]:
    """Read the headline figures of all places; gives the addresses of a country's page and of one of its measures."""
    for country in (place_by_code(ENGLAND), place_by_code(MADE_UP_COUNTRY)):
        rows = [row for section in place_overview(opened, country).sections for row in section.rows]
        for row in rows:
            measure_detail(opened, country, row.measure.id)
        if rows:
            yield f"/places/{country.code}/"
            yield f"/places/{country.code}/measures/{rows[0].measure.id}/"


def _ask(application: Application, address: str) -> None:
    """Have the page at an address made, as a server would for a reader of this machine."""
    host = next((name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))), "127.0.0.1")
    environ: dict[str, Any] = {"PATH_INFO": address, "HTTP_HOST": host, "wsgi.url_scheme": "https"}
    setup_testing_defaults(environ)
    environ["wsgi.errors"] = io.StringIO()
    answer = application(environ, lambda *_: None)
    b"".join(answer)
    answer.close()
