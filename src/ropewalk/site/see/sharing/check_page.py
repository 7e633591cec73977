"""What the page of a checked upload shows: counts, files, what would change, problems by rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ropewalk.core.schema.calendar import academic_year
from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.site.foundation.numbers import short_date
from ropewalk.site.see.sharing.uploads import Standing

# Problems of a rule whose places are shown at once, without being opened.
FEW = 3
SECTIONS = (
    ("refused", "Set aside", "These lines cannot be counted. The other lines can be submitted without them."),
    ("wrong", "To correct", "These lines can be submitted. Please correct them in your system and send them again."),
    ("question", "To look at", "This may well be right. Please look whether it is."),
)


@dataclass(frozen=True)
class Place:
    """Where a problem is, in words."""

    file: str
    row: str
    column: str
    note: str


@dataclass(frozen=True)
class Problem:
    """One rule and where it found something."""

    id: str
    title: str
    says: str
    do: str
    count: int
    places: tuple[Place, ...]

    @property
    def count_words(self) -> str:
        """How often: ``once``, ``12 times``."""
        return "once" if self.count == 1 else f"{self.count:,} times"

    @property
    def few(self) -> bool:
        """Whether so few that they need not be opened."""
        return self.count <= FEW

    @property
    def noted(self) -> bool:
        """Whether any place has a note."""
        return any(place.note for place in self.places)

    @property
    def more(self) -> bool:
        """Whether there are more than shown."""
        return self.count > len(self.places)


@dataclass(frozen=True)
class Section:
    """The problems that matter alike."""

    id: str
    heading: str
    says: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class FileLine:
    """One file with its lines reconciled; ``download`` leads to the lines set aside."""

    name: str
    title: str
    lines: str
    accepted: str
    refused: str
    download: str
    sha256: str = ""


def progress_of(standing: Standing) -> dict[str, object]:
    """How far the work is, in words."""
    step = standing.folder.step if standing.folder.exists else None
    words = f"{step.what[:1].upper()}{step.what[1:]} …" if step else "Beginning …"
    return {"step": step, "step_words": words}


def may_submit(found: Mapping[str, Any] | None) -> bool:
    """Whether anything of it can be stored."""
    return found is not None and not found["stopped"] and any(file["accepted"] for file in found["files"])


def found_in(standing: Standing) -> dict[str, object]:
    """Everything that the check found, for the page."""
    found = standing.found
    accepted = sum(file["accepted"] for file in found["files"])
    by_severity = {
        severity: sum(problem["count"] for problem in found["problems"] if problem["severity"] == severity)
        for severity, _, _ in SECTIONS
    }
    return {
        "can_submit": may_submit(found),
        "why_not": "A file cannot be read as it is, or no line can be counted. What to do stands below.",
        "counts": [
            ("Lines read", f"{sum(file['lines'] for file in found['files']):,}"),
            ("Would be counted", f"{accepted:,}"),
            ("Set aside", f"{sum(file['refused'] for file in found['files']):,}"),
            ("To correct", f"{by_severity['wrong']:,}"),
            ("To look at", f"{by_severity['question']:,}"),
        ],
        "submit_words": _submit_words(found, accepted),
        "changes": [change_line(change) for change in found["changes"]],
        "files": file_lines(found["files"], _refused_addresses(standing, found["files"])),
        "sections": sections(found["problems"]),
        "all_problems": reverse("sharing:problems", args=[standing.upload.id]),
    }


@dataclass(frozen=True)
class ChangeLine:
    """What a return would change in one kind, in words."""

    title: str
    days: str
    before: str
    again: str
    fresh: str
    unseen: str


def change_line(change: Mapping[str, Any]) -> ChangeLine:
    """One line of the table of changes."""
    days = " to ".join(dict.fromkeys(short_date(day) for day in (change["first"], change["last"]) if day))
    return ChangeLine(
        kind_title(change["kind"]),
        days or "no days",
        f"{change['before']:,}",
        f"{change['again']:,}",
        f"{change['rows'] - change['again']:,}",
        f"{change['unseen']:,} of {change['pupils']:,}",
    )


def _submit_words(found: Mapping[str, Any], accepted: int) -> str:
    lines = f"{accepted:,} line{'' if accepted == 1 else 's'}"
    everything = all(not file["refused"] for file in found["files"])
    return f"Submit all {lines}" if everything else f"Submit what is right ({lines})"


def _refused_addresses(standing: Standing, files: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        reverse("sharing:refused", args=[standing.upload.id, number]) if file["refused"] else ""
        for number, file in enumerate(files, 1)
    ]


def file_lines(files: Sequence[Mapping[str, Any]], downloads: Sequence[str]) -> list[FileLine]:
    """The table of files."""
    return [
        FileLine(
            name=file["name"],
            title=kind_title(file["kind"]),
            lines=f"{file['lines']:,}",
            accepted=f"{file['accepted']:,}",
            refused=f"{file['refused']:,}",
            download=download,
            sha256=file["sha256"],
        )
        for file, download in zip(files, downloads, strict=True)
    ]


def kind_title(kind: str | None) -> str:
    """What a file is, in words."""
    declared = RETURN_FILES.get(kind or "")
    return declared.title if declared else "not recognised"


def sections(problems: Sequence[Mapping[str, Any]]) -> list[Section]:
    """Problems grouped by how much they matter; within a group the most frequent first."""
    made = []
    for severity, heading, says in SECTIONS:
        here = [problem for problem in problems if problem["severity"] == severity]
        here.sort(key=lambda problem: -problem["count"])
        if here:
            made.append(Section(severity, heading, says, tuple(_problem(problem) for problem in here)))
    return made


def _problem(found: Mapping[str, Any]) -> Problem:
    places = tuple(
        Place(
            place["file"],
            "whole file" if place["line"] is None else f"{place['line']:,}",
            column_words(place["column"]),
            place["detail"] or "",
        )
        for place in found["places"]
    )
    return Problem(found["check"], found["title"], found["says"], found["do"], found["count"], places)


def column_words(column: str | None) -> str:
    """A column as it stands in the file, and what it is: ``start_date (Date of entry)``."""
    if not column:
        return "whole row"
    titles = dict.fromkeys(
        field.title for declared in RETURN_FILES.values() for field in declared.fields if field.name == column
    )
    return f"{column} ({' or '.join(titles)})" if titles else column


def years() -> list[str]:
    """Academic years that a roll may describe: this one and the five before."""
    first = int(academic_year(timezone.localdate())[:4])
    return [f"{year}/{(year + 1) % 100:02d}" for year in range(first, first - 6, -1)]
