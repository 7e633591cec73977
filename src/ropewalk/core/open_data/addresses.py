"""Where published files are downloaded from.

Only addresses that are known to have been in use are declared. Explore Education Statistics gives every data set of
every release an address of its own that changes with the next release; for those, and wherever no lasting address is
known, ``plan`` names the page to open instead of guessing. A list of one's own (``read_list``) overrides or adds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.open_data.fetching import Download
from ropewalk.core.open_data.recognise import all_publications

_GIAS = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public"
_DFE_CODE = "https://raw.githubusercontent.com/dfe-analytical-services"
_NEET = f"{_DFE_CODE}/nccis_localauthority_dashboard"
_DAY = "{day}"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,150}")
_OURS = re.compile(r"(?i)fetched\.json.*|.*\.part(\.json)?(\.new)?")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_ADDRESS = re.compile(r"https?://[^\s/@]+(:\d+)?/\S*")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file of a publication is. ``{day}`` in name and address stands for a day written 20260131."""

    publication: str
    name: str
    url: str
    sha256: str | None = None
    note: str = ""

    def on(self, day: date) -> Download:
        """What to download when the day is this."""
        stamp = f"{day:%Y%m%d}"
        return Download(
            self.publication, self.name.replace(_DAY, stamp), self.url.replace(_DAY, stamp), sha256=self.sha256
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A publication without a lasting address: the page on which a person finds its newest file."""

    publication: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What to download, and the pages to open for the rest."""

    downloads: tuple[Download, ...]
    pages: tuple[Page, ...]


ADDRESSES = (
    Address(
        "lait_dictionary",
        "lait_data_dictionary.csv",
        f"{_DFE_CODE}/local-authority-interactive-tool/main/01_data/02_prod/lait_data_dictionary.csv",
        note="From the Department's own code of the tool.",
    ),
    Address(
        "daily_attendance_by_education_phase",
        "attendance_full_year_latest.csv",
        f"{_DFE_CODE}/attendance-data-dashboard/main/data/EES_ytd_data.csv",
        note="The year to date behind the Department's attendance dashboard.",
    ),
    Address(
        "gias_links",
        f"links_edubasealldata{_DAY}.csv",
        f"{_GIAS}/links_edubasealldata{_DAY}.csv",
        note="Made anew every night; name a day of the last weeks.",
    ),
    Address(
        "neet_participation",
        "neet_not_known_la_2022.csv",
        f"{_NEET}/a5313cb53ce0a942ac71046b7c110b63507606d8/data/UD_NEETNK_LA_dashboard_2022_final.csv",
        sha256="526e0b93be49de8b2110ffbfb0e1b1cd23471bff111c2819b061ece614ea16fd",
    ),
    Address(
        "neet_participation",
        "neet_not_known_la_2023.csv",
        f"{_NEET}/397d29b0dc861b383f36b8a06495c2cf9ffc316c/data/UD_NEETNK_LA_dashboard_2023_final.csv",
        sha256="442b2f41ddad2394749a7632bc125e496961f98ef815eacb77f75fa215bc0301",
    ),
    Address(
        "neet_participation",
        "neet_not_known_la_2025.csv",
        f"{_NEET}/f72d7ccc61bf4f2c49f209b83af3ca58e31d3267/data/UD_NEETNK_LA_dashboard_2025.csv",
        sha256="ddabd3ef44c01c65d82e945ea01cb665f2e9136805d01661670d5178e85ef3a5",
    ),
)


def plan(
    *, day: date, only: Sequence[str] = (), own: Sequence[Address] = (), declared: Sequence[Address] = ADDRESSES
) -> FetchPlan:
    """What to download for all publications, or for those whose ids are named; ``own`` overrides and adds by id.

    Raises NotFound for an id that is neither a publication nor in the list of one's own.
    """
    publications = all_publications()
    overridden, names = {address.publication for address in own}, {address.name for address in own}
    addresses = [*(a for a in declared if a.publication not in overridden and a.name not in names), *own]
    unknown = [id_ for id_ in only if id_ not in publications and id_ not in overridden]
    if unknown:
        raise NotFound(f"There is no publication '{unknown[0]}'. Known are: {', '.join(sorted(publications))}.")
    wanted = set(only) or {*publications, *overridden}
    covered = {address.publication for address in addresses}
    pages = [
        Page(publication.id, publication.title, publication.page)
        for publication in publications.values()
        if publication.id in wanted - covered
    ]
    return FetchPlan(tuple(a.on(day) for a in addresses if a.publication in wanted), tuple(pages))


def read_list(text: str, *, file: str) -> tuple[Address, ...]:
    """Addresses of one's own: a JSON list of objects with id and url, and name and sha256 where wanted.

    Raises InputRefused with everything that is wrong; ``row`` is the place of the entry in the list.
    """
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise _refused(file, f"This is not JSON ({error}).", "Mend it where the message says.") from error
    if not isinstance(entries, list) or not entries:
        raise _refused(
            file, "This is not a list of addresses.", 'Write [{"id": "…", "name": "…", "url": "https://…"}].'
        )
    problems: list[Problem] = []
    found: list[Address] = []
    for row, entry in enumerate(entries, start=1):
        wrong = list(_wrong_with(entry))
        problems += [Problem(what=what, do=do, file=file, row=row) for what, do in wrong]
        if not wrong:
            found.append(_address(entry))
    problems += _twice(found, file)
    if problems:
        raise InputRefused(problems)
    return tuple(found)


def _refused(file: str, what: str, do: str) -> InputRefused:
    return InputRefused([Problem(what=what, do=do, file=file)])


def _address(entry: dict[str, str]) -> Address:
    url = entry["url"].strip()
    return Address(entry["id"].strip(), entry.get("name") or _name_in(url), url, entry.get("sha256") or None)


def _name_in(url: str) -> str:
    """The last part of an address's path; empty when it has none."""
    parts = [part for part in url.split("?", 1)[0].split("/")[3:] if part]
    return parts[-1] if parts else ""


def _wrong_with(entry: object) -> Iterable[tuple[str, str]]:
    """What is wrong with one entry, and what to do about it."""
    if not isinstance(entry, dict) or not all(isinstance(value, str | None) for value in entry.values()):
        yield "This entry is not an object of texts.", 'Write {"id": "…", "name": "…", "url": "https://…"}.'
        return
    extra = sorted(set(entry) - {"id", "name", "url", "sha256"})
    if extra:
        yield f"'{extra[0]}' is not understood.", "Use only id, name, url and sha256."
    if not str(entry.get("id") or "").strip():
        yield "The id is missing.", "Give the id of a publication, or a name of your own."
    url = str(entry.get("url") or "").strip()
    if not _ADDRESS.fullmatch(url):
        yield f"'{url[:80]}' is not an address.", "Give a whole http or https address without a user name."
    name = entry.get("name") or _name_in(url)
    if not _PLAIN_NAME.fullmatch(name.replace(_DAY, "20260101")) or _OURS.fullmatch(name):
        yield f"A file cannot be saved as '{name[:80]}'.", "Give a plain file name such as exclusions.csv."
    sha256 = entry.get("sha256")
    if sha256 and not _SHA256.fullmatch(sha256):
        yield "The sha256 is not 64 hexadecimal digits.", "Copy it again or leave it out."


def _twice(addresses: Sequence[Address], file: str) -> list[Problem]:
    names = [address.name.lower() for address in addresses]
    return [
        Problem(what=f"Two files would be saved as '{name}'.", do="Give one of them another name.", file=file)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
