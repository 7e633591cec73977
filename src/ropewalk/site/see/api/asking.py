"""What may be asked: the parameters of each address, held against before anything is looked up."""

from typing import Annotated, get_origin
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Field, Schema

from ropewalk.core.schema.phases import Phase
from ropewalk.site.see.api.problems import Refused

MOST_AT_ONCE = 1000
MOST_NAMES = 50
Text = Annotated[str, Field(max_length=100)]
Names = Annotated[list[Text], Field(max_length=MOST_NAMES)]
PERIOD = "2022/23, '2024/25 autumn' or 2025; may be repeated"


class Nothing(Schema):
    """An address that takes no parameters."""


class Part(Schema):
    """Which part of a list."""

    offset: int = Field(0, ge=0, le=10_000_000, description="How many entries to leave out at the start")
    limit: int = Field(100, ge=1, le=MOST_AT_ONCE, description="How many entries at most")


class PlacesAsked(Part):
    """Places that fit some words."""

    text: Text = Field("", description="Part of a name, a code, a council number or a school's postcode")


class FiguresAsked(Part):
    """Figures of a place or a school; what is left out lets everything through."""

    place: Text = Field(description="ONS code, council number or name")
    school: Text | None = Field(None, description="URN or LAESTAB; its predecessors are followed")
    measure: Names = Field([], description="Measure; may be repeated. /api/v1/measures lists them")
    phase: Annotated[list[Phase], Field(max_length=MOST_NAMES)] = Field([], description="May be repeated")
    group: Names = Field([], description="all, disadvantaged, fsm, ehcp …; may be repeated")
    period: Names = Field([], description=PERIOD)


def only_known(request: HttpRequest, asked: type[Schema]) -> None:
    """Refuse parameters that the address does not take, and one given twice that stands alone.

    A slip of the pen, measures= for measure=, would otherwise give figures of everything.
    """
    fields = asked.model_fields
    wrong: list[tuple[str, str]] = []
    for name, values in request.GET.lists():
        if name not in fields:
            known = f"Known are: {', '.join(fields)}." if fields else "This address takes none."
            wrong.append((name[:100], f"There is no such parameter. {known}"))
        elif len(values) > 1 and get_origin(fields[name].annotation) is not list:
            wrong.append((name, "It may be given once only."))
    if wrong:
        raise Refused(wrong)


def address_of(request: HttpRequest, *, offset: int) -> str:
    """The same question from another entry on; without the name of the site, which pages must not depend on."""
    query = [(name, value) for name, values in request.GET.lists() for value in values if name != "offset"]
    return f"{request.path}?{urlencode([*query, ('offset', offset)])}"
