"""A line the size of a word: how one measure went over the years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120, 28, 3

Point = tuple[float, float]


@dataclass(frozen=True)
class Spark:
    """Lines between neighbouring values, dots for values that stand alone, and the last value."""

    lines: tuple[str, ...]
    dots: tuple[Point, ...]
    last: Point | None


def draw(values: Iterable[float | None]) -> Spark:
    """Place the values from left to right over the whole width; a missing one leaves a gap in the line."""
    sequence = list(values)
    known = [value for value in sequence if value is not None]
    if not known:
        return Spark((), (), None)
    runs = list(_runs(_points(sequence, min(known), max(known))))
    lines = tuple(" ".join(f"{x:g},{y:g}" for x, y in run) for run in runs if len(run) > 1)
    return Spark(lines, tuple(run[0] for run in runs if len(run) == 1), runs[-1][-1])


def _points(sequence: Sequence[float | None], low: float, high: float) -> list[Point | None]:
    step = (WIDTH - 2 * MARGIN) / max(len(sequence) - 1, 1)
    span = high - low
    points: list[Point | None] = []
    for place, value in enumerate(sequence):
        if value is None:
            points.append(None)
            continue
        share = (value - low) / span if span else 0.5
        points.append((round(MARGIN + place * step, 1), round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)))
    return points


def _runs(points: Iterable[Point | None]) -> Iterable[list[Point]]:
    run: list[Point] = []
    for point in points:
        if point is None:
            if run:
                yield run
            run = []
        else:
            run.append(point)
    if run:
        yield run
