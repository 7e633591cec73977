"""Workstreams of a place, and one with everything its page shows."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from ropewalk.core.errors import InputRefused
from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import period_words
from ropewalk.site.agree.partnership.rules import pounds, text_lines
from ropewalk.site.agree.workstreams.models import (
    Charter,
    Closing,
    Contributor,
    Decided,
    Idea,
    Picture,
    Shortlist,
    SubmittedFigure,
    Vote,
    Workstream,
)
from ropewalk.site.agree.workstreams.selectors.impact import Impact, impact_of
from ropewalk.site.agree.workstreams.selectors.readings import frozen_readings, heading_of, reading_words
from ropewalk.site.agree.workstreams.selectors.state import measure_of, newest_picture, states_of
from ropewalk.site.agree.workstreams.selectors.workshop import WorkshopShown, places_within, workshop_of
from ropewalk.site.agree.workstreams.stages import Stage, State, next_words
from ropewalk.site.foundation.organisations.models import Place


@dataclass(frozen=True)
class WorkstreamLine:
    """A workstream in a list: where it stands, what is next, whether its end date has passed."""

    workstream: Workstream
    state: State
    next: str
    is_late: bool


@dataclass(frozen=True)
class IdeaLine:
    """An idea with its cost, votes and whether it is shortlisted."""

    idea: Idea
    cost: str
    votes: int
    is_chosen: bool


@dataclass(frozen=True)
class Definitions:
    """Figures of one title whose definitions or sources differ, side by side, and what was decided."""

    title: str
    figures: list[SubmittedFigure]
    decided: str


@dataclass(frozen=True)
class BaselinePart:
    """Stage 1 as it is shown."""

    contributors: list[Contributor]
    measure: str
    definition: str
    figures: list[SubmittedFigure]
    differing: list[Definitions]
    picture: Picture | None
    readings: list[tuple[str, str, str]]
    signatures: list[Any]
    unsigned: list[Contributor]
    workshop: WorkshopShown | None


@dataclass(frozen=True)
class WorkPart:
    """Stages 2 to 4 as they are shown."""

    ideas: list[IdeaLine]
    shortlist: Shortlist | None
    charter: Charter | None
    members: list[str]
    extensions: list[Any]
    closing: Closing | None
    decided: Decided | None
    impact: Impact | None
    trouble: str


def workstreams_of(place: Place, *, on: date) -> list[WorkstreamLine]:
    """All workstreams of a place: those that go on first, by title."""
    return _lines(list(Workstream.objects.filter(place=place)), on)


def workstreams_within(region: Place, *, on: date) -> list[tuple[Place, list[WorkstreamLine]]]:
    """Workstreams of the places of a region, place by place by name; none for any other place."""
    inner = Place.objects.filter(pk__in=places_within(region, on=on))
    lines = _lines(list(Workstream.objects.filter(place__in=inner).select_related("place")), on)
    return [
        (place, [line for line in lines if line.workstream.place_id == place.pk])
        for place in sorted(inner, key=lambda one: (one.name.casefold(), one.code))
    ]


def _lines(rows: list[Workstream], on: date) -> list[WorkstreamLine]:
    states = states_of(rows)
    lines = [WorkstreamLine(one, state := states[one.pk], next_words(state, on=on), state.is_late(on)) for one in rows]
    return sorted(lines, key=lambda line: (line.state.decided, line.workstream.title.casefold()))


def baseline_part(workstream: Workstream) -> BaselinePart:
    """Contributors, figures, definitions side by side, the picture and who signed it."""
    row, picture = measure_of(workstream), newest_picture(workstream)
    contributors = sorted(workstream.contributors.all(), key=lambda one: one.name.casefold())
    signatures = list(picture.signatures.select_related("contributor")) if picture else []
    signed = {one.contributor_id for one in signatures}
    figures = figures_of(workstream)
    return BaselinePart(
        contributors,
        heading_of(row) if row else "",
        measure(row.measure).definition if row else "",
        figures,
        differing(workstream, figures),
        picture,
        _readings(picture),
        sorted(signatures, key=lambda one: one.contributor.name.casefold()),
        [one for one in contributors if one.pk not in signed] if picture else [],
        workshop_of(workstream),
    )


def figures_of(workstream: Workstream) -> list[SubmittedFigure]:
    """What contributors submitted, by title."""
    rows = SubmittedFigure.objects.filter(contributor__workstream=workstream).select_related("contributor")
    return sorted(rows, key=lambda one: (one.title.casefold(), one.contributor.name.casefold(), one.pk))


def differing(workstream: Workstream, figures: list[SubmittedFigure]) -> list[Definitions]:
    """Titles under which contributors meant different things."""
    decided = {one.title: one.words for one in workstream.reconciliations.order_by("pk")}
    by_title: dict[str, list[SubmittedFigure]] = {}
    for one in figures:
        by_title.setdefault(one.title.casefold(), []).append(one)
    return [
        Definitions(group[0].title, group, decided.get(group[0].title, ""))
        for group in by_title.values()
        if len({(one.definition, one.source) for one in group}) > 1
    ]


def _readings(picture: Picture | None) -> list[tuple[str, str, str]]:
    if picture is None:
        return []
    content = json.loads(picture.content)
    declared = measure(content["measure"]["measure"])
    found = frozen_readings(content)
    return [(where, reading_words(one, declared), period_words(one.period)) for where, one in found.items()]


def work_part(workstream: Workstream, state: State, *, on: date) -> WorkPart:
    """Ideas with votes, charter with its history, and what changed."""
    charter = Charter.objects.filter(workstream=workstream).select_related("by").first()
    impact, trouble = None, ""
    if state.stage in {Stage.TASK, Stage.IMPACT, Stage.OVER}:
        try:
            impact = impact_of(workstream, on=on)
        except InputRefused as problem:
            trouble = str(problem)
    return WorkPart(
        ideas_of(workstream),
        workstream.shortlists.order_by("-pk").first(),
        charter,
        text_lines(charter.members) if charter else [],
        list(workstream.extensions.select_related("by").order_by("pk")),
        Closing.objects.filter(workstream=workstream).select_related("by").first(),
        Decided.objects.filter(workstream=workstream).select_related("by").first(),
        impact,
        trouble,
    )


def ideas_of(workstream: Workstream) -> list[IdeaLine]:
    """Ideas, those with most votes first."""
    latest = {
        one.contributor_id: one.idea_id for one in Vote.objects.filter(idea__workstream=workstream).order_by("pk")
    }
    votes = Counter(latest.values())
    shortlist = workstream.shortlists.order_by("-pk").first()
    chosen = set(shortlist.chosen.values_list("idea", flat=True)) if shortlist else set()
    rows = [
        IdeaLine(one, pounds(one.pence), votes[one.pk], one.pk in chosen) for one in workstream.ideas.order_by("number")
    ]
    return sorted(rows, key=lambda line: -line.votes)
