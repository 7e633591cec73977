"""Which publication a file is: by its columns, or by its name when columns are missing."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Sequence
from functools import cache

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data import publications
from ropewalk.core.open_data.declaration import Publication
from ropewalk.core.open_data.files import PublishedFile
from ropewalk.core.open_data.records import Header

# A file that has this share of a publication's columns is that publication with columns lost. Columns that many
# publications have (time_period, la_name) weigh little, and most of the file's own columns must be known to it.
DAMAGED_SHARE = 0.6
MOST_PROBLEMS = 10


@cache
def all_publications() -> dict[str, Publication]:
    """Every publication declared in ``publications`` (a module there has ``PUBLICATIONS``), by id.

    Raises ValueError when two share an id.
    """
    found: dict[str, Publication] = {}
    for module in pkgutil.iter_modules(publications.__path__):
        for publication in importlib.import_module(f"{publications.__name__}.{module.name}").PUBLICATIONS:
            if publication.id in found:
                raise ValueError(f"two publications are called '{publication.id}'")
            found[publication.id] = publication
    return found


def recognise(file: PublishedFile, header: Header) -> Publication | None:
    """The publication a file is, or None for a file of another kind.

    Raises InputRefused when it is a known publication that lost columns, holds one twice or has a broken first line.
    """
    present = set(header.names)
    whole = [publication for publication in all_publications().values() if publication.required <= present]
    best = max(whole, key=lambda p: (len(p.required), p.has_name_of(file.base_name)), default=None)
    lost = _damaged(file, present, best)
    if header.fault and (best or lost):
        raise InputRefused([Problem(what=header.fault, do=header.do, file=file.name, row=1)])
    if lost is not None:
        raise InputRefused(_lost_columns(file, lost, present))
    if best is not None:
        _refuse_doubled_columns(file, best, header.names)
    return best


def _refuse_doubled_columns(file: PublishedFile, publication: Publication, names: Sequence[str]) -> None:
    twice = sorted(name for name, times in Counter(names).items() if times > 1 and publication.knows(name))
    if twice:
        what, do = "This column is there twice.", "Keep one of the two."
        raise InputRefused([Problem(what=what, do=do, file=file.name, row=1, column=name) for name in twice])


def _lost_columns(file: PublishedFile, publication: Publication, present: set[str]) -> list[Problem]:
    do = "Download the file again, or check that its first row is the header."
    missing = sorted(publication.required - present)
    if len(missing) == len(publication.required):
        what = f"This file is named like '{publication.title}', but none of its columns is there."
        return [Problem(what=what, do=do, file=file.name, row=1, column=missing[0])]
    what = f"This looks like '{publication.title}', but the column is missing."
    return [Problem(what=what, do=do, file=file.name, row=1, column=name) for name in missing[:MOST_PROBLEMS]]


@cache
def _weights() -> dict[str, float]:
    """How much a column tells: one divided by the number of publications that require it."""
    times = Counter(column for publication in all_publications().values() for column in publication.required)
    return {column: 1 / number for column, number in times.items()}


def _share(publication: Publication, present: set[str]) -> float:
    weights = _weights()
    return sum(weights[c] for c in publication.required & present) / sum(weights[c] for c in publication.required)


def _damaged(file: PublishedFile, present: set[str], whole: Publication | None) -> Publication | None:
    """The publication that a file was before it lost columns; None when it is whole, or nothing known."""
    known = all_publications().values()
    lossy = [publication for publication in known if not publication.required <= present]
    named = [publication for publication in lossy if publication.has_name_of(file.base_name)]
    if whole is not None:
        # The columns that are left may fit a smaller publication, but the name says what it was.
        larger = [p for p in named if whole.required < p.required and _share(p, present) >= DAMAGED_SHARE]
        return (
            max(larger, key=lambda p: _share(p, present)) if larger and not whole.has_name_of(file.base_name) else None
        )
    near = [
        publication
        for publication in lossy
        if len(publication.required) >= 4
        and _share(publication, present) >= DAMAGED_SHARE
        and sum(map(publication.knows, present)) >= DAMAGED_SHARE * len(present)
        and 2 * len(present.intersection(publication.numbers)) >= len(publication.numbers)
    ]
    return max(named or near, key=lambda p: _share(p, present), default=None)
