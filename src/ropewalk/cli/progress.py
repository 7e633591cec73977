"""Progress on standard error, for work that takes longer than two seconds."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm

PATIENCE = 2.0


class ProgressBar:
    """A bar that shows itself only after two seconds; call it with (what, done, total)."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._bar is None:
            # miniters=0: every call may redraw; the bar itself sees to it that it does so seldom and never early.
            self._bar = tqdm(
                total=total,
                delay=PATIENCE,
                miniters=0,
                file=sys.stderr,
                leave=False,
                bar_format="{desc} {bar} {n_fmt} of {total_fmt}, {elapsed}",
            )
        self._bar.total, self._bar.n = max(total, 1), min(done, max(total, 1))
        self._bar.set_description_str(what[:60], refresh=False)
        self._bar.update(0)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
