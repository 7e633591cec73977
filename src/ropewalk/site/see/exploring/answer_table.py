"""An answer as one table, for the page and its file."""

from collections.abc import Mapping

from ropewalk.core.measures import measure
from ropewalk.core.publish.shown_table import Cell, Column, ShownTable
from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.exploring import Exploration, Line

NAME = {"place": "Place", "phase": "Phase", "trust": "Trust", "school": "School"}
COLUMNS = (
    Column("Group"),
    Column("Counted, about", numeric=True),
    Column("Counted, from and to", numeric=True),
    Column("Out of, about", numeric=True),
    Column("Out of, from and to", numeric=True),
    Column("Share, about", numeric=True),
)
WITHHELD, TOO_FEW, NOBODY = "withheld", "too few to say", "no pupils"
NOTES = (
    "Every count is rounded to the middle of a step by itself; parts do not add up to their total.",
    "The share is worked out from the two rounded counts and stands for no more than they do.",
)


def answer_table(found: Exploration, place: str, names: Mapping[str, str]) -> ShownTable:
    """The answer about a place; ``names`` are those of its schools by URN."""
    question = found.answer.question
    groups = dict.fromkeys(group(line.figure.group).family for line in found.lines if line.figure.group != "all")
    by = "".join(f", by {family}" for family in groups)
    title = f"{measure(question.measure).title}{by}, {place}, {period_words(found.answer.period)}"
    rows = tuple(_row(line, place, names) for line in found.lines)
    return ShownTable(title, (Column(NAME[question.level]), *COLUMNS), rows, found.released, NOTES)


def _row(line: Line, place: str, names: Mapping[str, str]) -> tuple[Cell, ...]:
    figure = line.figure
    return (
        Cell(_name(line, place, names)),
        Cell(group(figure.group).words),
        _count(figure.numerator),
        Cell(line.counted.words if line.counted else WITHHELD),
        _count(figure.denominator),
        Cell(line.of.words if line.of else WITHHELD),
        _share(line),
    )


def _name(line: Line, place: str, names: Mapping[str, str]) -> str:
    if line.level == "school":
        return names.get(line.unit, f"School {line.unit}")
    if line.level == "phase":
        return Phase(line.unit).words
    return place if line.level == "place" else line.unit


def _count(count: int | None) -> Cell:
    return Cell(WITHHELD, missing=Missing.SUPPRESSED) if count is None else Cell(f"{count:,}", number=count)


def _share(line: Line) -> Cell:
    figure = line.figure
    if figure.value is not None:
        return Cell(f"about {figure.value:.0f}%", number=figure.value, figure=figure)
    words = {Missing.SUPPRESSED: WITHHELD, Missing.NOT_APPLICABLE: NOBODY}
    return Cell(words.get(figure.missing, TOO_FEW) if figure.missing else "", missing=figure.missing, figure=figure)
