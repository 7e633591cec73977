"""Which publication a file is: by its columns, or by its name when columns are missing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data import publications
from ropewalk.core.open_data.declaration import Publication
from ropewalk.core.open_data.files import PublishedFile

# A file that has this share of a publication's columns is that publication with columns lost.
DAMAGED_SHARE = 0.6


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


def recognise(file: PublishedFile, header: Sequence[str]) -> Publication | None:
    """The publication a file is, or None for a file of another kind.

    Raises InputRefused when it is a known publication that lost columns or holds one twice.
    """
    present = set(header)
    known = list(all_publications().values())
    whole = [publication for publication in known if publication.required <= present]
    if whole:
        best = max(whole, key=lambda p: (len(p.required), p.has_name_of(file.base_name)))
        twice = sorted({name for name in header if name and list(header).count(name) > 1 and best.knows(name)})
        if twice:
            raise InputRefused(
                [
                    Problem(
                        what="This column is there twice.",
                        do="Keep one of the two.",
                        file=file.name,
                        row=1,
                        column=name,
                    )
                    for name in twice
                ]
            )
        return best
    damaged = _damaged(file, present, known)
    if damaged is None:
        return None
    missing = sorted(damaged.required - present)
    raise InputRefused(
        [
            Problem(
                what=f"This looks like '{damaged.title}', but the column is missing.",
                do="Download the file again, or check that its first row is the header.",
                file=file.name,
                row=1,
                column=name,
            )
            for name in missing[:10]
        ]
    )


def _damaged(file: PublishedFile, present: set[str], known: Sequence[Publication]) -> Publication | None:
    def share(publication: Publication) -> float:
        return len(publication.required & present) / len(publication.required)

    named = [publication for publication in known if publication.has_name_of(file.base_name)]
    near = [
        publication for publication in known if share(publication) >= DAMAGED_SHARE and len(publication.required) >= 4
    ]
    candidates = named or near
    return max(candidates, key=share) if candidates else None
