"""Published figures for a workstream, and the picture that is frozen from them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.measures import Measure, measure
from ropewalk.core.publish.wording import heading_words, period_words, value_words
from ropewalk.core.use_cases.following import Followed, Following, Reading, Series, follow
from ropewalk.site.agree.workstreams.models import MeasureSet, Reconciliation, SubmittedFigure, Workstream
from ropewalk.site.agree.workstreams.selectors.state import measure_of
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.membership import members_of
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.see.scorecard.reader import reader


def followed(place: Place, chosen: tuple[str, str, str], *, on: date) -> Following:
    """A measure, phase and group of a place. Raises InputRefused where nothing is known to ask of."""
    schools: tuple[int, ...] = ()
    if place.kind == PlaceKind.NAMED_SET:
        here = members_of(place, on)
        schools = tuple(int(one.key) for one in here if one.kind == OrganisationKind.SCHOOL)
        if not schools:
            raise InputRefused([Problem("No school belongs to the place.", "Add its schools first.")])
    try:
        return follow(reader(), Followed(place.code, *chosen, schools))
    except NotFound as problem:
        raise InputRefused([Problem(str(problem), "Choose a measure that is published here.")]) from problem


def own_reading(place: Place, chosen: tuple[str, str, str], *, period: str, on: date) -> Reading:
    """The published value for a year, or the newest. Raises InputRefused where there is none."""
    own = followed(place, chosen, on=on).own
    found = own.at(period) if period else own.newest
    if found is None:
        when = f"for {period_words(period)}" if period else "for any academic year"
        what = f"Nothing is published {when} on this measure, phase and group of {place.name}."
        raise InputRefused([Problem(what, "Choose another, or type the figure with its source.")])
    return found


def reading_words(reading: Reading | None, declared: Measure) -> str:
    """``24.1% (2,410 of 10,000)``."""
    if reading is None:
        return "not published"
    value = value_words(reading.value, declared)
    if reading.counts is None:
        return value
    counted, of = reading.counts
    return f"{value} ({counted:,} of {of:,})"


def chosen_of(row: MeasureSet | SubmittedFigure) -> tuple[str, str, str]:
    """The measure, phase and group it names."""
    return row.measure, row.phase, row.group


def heading_of(row: MeasureSet) -> str:
    """The measure in words."""
    return heading_words(measure(row.measure), row.phase, row.group)


def picture_of(workstream: Workstream, *, on: date) -> dict[str, Any]:
    """Everything the baseline says, with the readings of the measure set beforehand here and beside."""
    said = said_by_people(workstream)
    row = measure_of(workstream)
    if row is None:
        return said
    found = followed(workstream.place, chosen_of(row), on=on)
    own = Series(workstream.place.name, found.own.readings)
    readings = [_frozen(one) for one in (own, *found.beside) if one.newest is not None]
    return {**said, "readings": readings}


def _frozen(series: Series) -> dict[str, object]:
    newest = series.newest
    return {"where": series.where, **(asdict(newest) if newest else {})}


def said_by_people(workstream: Workstream) -> dict[str, Any]:
    """The part of the picture that people wrote: it may not differ between freezing and signing."""
    row = measure_of(workstream)
    figures = SubmittedFigure.objects.filter(contributor__workstream=workstream).select_related("contributor")
    decided = Reconciliation.objects.filter(workstream=workstream).order_by("pk")
    return {
        "place": workstream.place.code,
        "title": workstream.title,
        "question": workstream.question,
        "contributors": sorted(one.name for one in workstream.contributors.all()),
        "measure": dict(zip(("measure", "phase", "group"), chosen_of(row), strict=True)) if row else None,
        "figures": [_figure(one) for one in figures.order_by("pk")],
        "reconciled": [{"title": one.title, "words": one.words} for one in decided],
    }


def _figure(one: SubmittedFigure) -> dict[str, str]:
    names = ("title", "value", "period", "definition", "source", "evidence", "measure", "phase", "group")
    return {"contributor": one.contributor.name, **{name: getattr(one, name) for name in names}}


def frozen_readings(content: Mapping[str, Any]) -> dict[str, Reading]:
    """The readings of a frozen picture by where they are of."""
    names = ("period", "value", "numerator", "denominator", "places", "publication", "definition")
    return {one["where"]: Reading(*(one[name] for name in names)) for one in content.get("readings", [])}
