"""Time to protect a table and to attack it, on one core, with the share of cells shown; beside hiding 1 to 4 alone.

Tables are made up: schools by three levels of support for special needs, by two of disadvantage, by terms, with all
margins, trusts and phases. What a user would write instead hides the small counts and nothing else; the last column
says how many of them the auditor then works out exactly.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from ropewalk.core.disclosure.audit import ReleasedTable, audit, read_released
from ropewalk.core.disclosure.ledger import as_csv
from ropewalk.core.disclosure.protect import Protected, Rollup, Specification, protect

# Everything is made up.
NEEDS_PUBLISHED_FILES = False
# Schools, terms, whether every school knows its own rows.
SIZES = ((20, 1, False), (20, 1, True), (20, 3, False), (60, 3, False), (110, 3, False))
MEANS = ((7.3, 7.7), (4.2, 3.4), (1.9, 1.3))
SEED = 4


def made_up(schools: int, terms: int, *, insiders: bool) -> tuple[Specification, dict[tuple[str, ...], int]]:
    """A specification and Poisson counts whose means are those of the reference table of twenty schools."""
    rng = np.random.default_rng([SEED, schools, terms])
    names = [f"S{number:03d}" for number in range(schools)]
    size = rng.lognormal(-0.1, 0.45, schools)
    trust = {name: f"T{rng.integers(max(4, schools // 6)):02d}" for name in names}
    phase = {name: ("primary", "secondary", "special")[rng.choice(3, p=[0.7, 0.2, 0.1])] for name in names}
    counts = {
        (name, f"sen{sen}", f"dis{dis}", f"term{term}"): int(rng.poisson(MEANS[sen][dis] * size[number]))
        for number, name in enumerate(names)
        for sen in range(3)
        for dis in range(2)
        for term in range(terms)
    }
    rollups = (Rollup("school", "trust", trust), Rollup("school", "phase", phase))
    known = ("school",) if insiders else ()
    return Specification(("school", "sen", "disadvantaged", "term"), rollups, insiders=known), counts


def released(made: Protected, *, primary_only: bool = False) -> ReleasedTable:
    """What a stranger gets; ``primary_only`` hides nothing but the small counts."""
    table = made.joined.table
    rows = made.rows()
    if primary_only:
        rows = {
            name: None if 0 < count < made.specification.threshold else int(count)
            for names, count in zip(table.names, table.counts, strict=True)
            for name in names
        }
    return read_released("release", as_csv(made.specification.dimensions, rows), made.specification.as_json())


def main(_data: Path, _store: Path) -> None:
    """Measure and print."""
    print("Seconds are of the processor, one core.")
    print(f"{'':<33}{'cells':>7}{'small':>7}{'shown':>7}{'protect s':>11}{'attack s':>10}{'narrow':>8}{'instead':>25}")
    for schools, terms, insiders in SIZES:
        specification, counts = made_up(schools, terms, insiders=insiders)
        started = time.process_time()
        made = protect(specification, counts)
        protected = time.process_time()
        found = audit([released(made)], truth=counts)
        attacked = time.process_time()
        bare = audit([released(made, primary_only=True)], truth=counts, certify=False)
        shown, cells = made.share_shown
        name = f"{schools} schools × 6 × {terms} terms{', insiders' if insiders else ''}"
        print(
            f"{name:<33}{cells:>7,}{len(found.findings):>7,}{shown / cells:>7.0%}{protected - started:>11.1f}"
            f"{attacked - protected:>10.1f}{found.narrow:>8,}{bare.exact:>9,} of {len(bare.findings):,} exact",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(), Path())
