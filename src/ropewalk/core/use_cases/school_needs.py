"""What is published of the schools of a place from which needs may be read: funnels, and gaps of disadvantaged pupils.

It judges nothing: who reads needs from it states the rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.measures import Question, all_measures
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.schools import FUNNEL_KINDS, school_funnel, urns_of
from ropewalk.core.views.schools import SchoolFunnel

FUNNEL_PHASES = (Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL)


@dataclass(frozen=True, slots=True)
class NeedsMaterial:
    """The newest funnel of each measure and phase, and every published gap of the place and of its schools.

    ``urns`` are URNs of today by the ids that gaps of schools stand under; a school that has closed has none.
    """

    place: Place
    funnels: tuple[SchoolFunnel, ...]
    gaps: SafeTable
    urns: dict[str, str]


def needs_material(reader: Reader, place: Place) -> NeedsMaterial:
    """Everything from which needs of the schools of a place may be read."""
    funnels = tuple(school_funnel(reader, place, one, phase.value) for one in FUNNEL_KINDS for phase in FUNNEL_PHASES)
    gaps = [one.id for one in all_measures().values() if one.question is Question.GAP]
    own = reader.figures(Selection(places=[place.code], measures=gaps))
    of_schools = reader.figures(Selection(places=[place.code], measures=gaps, every_school=True))
    ids = sorted({one.school for one in of_schools if one.school})
    return NeedsMaterial(place, funnels, already_published([*own, *of_schools]), urns_of(reader, place, ids))
