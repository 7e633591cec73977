"""What the API answers with: places, schools, measures, figures, and a page of each.

Answers are written from the same objects as pages and commands; these shapes say in the OpenAPI document what that
gives, and the tests hold every answer against them. None takes more than what it names.
"""

from typing import Literal

from ninja import Field, Schema

from ropewalk.core.measures import Question
from ropewalk.core.measures.declaration import Polarity, Unit
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import PlaceKind

NOTHING_ELSE = {"extra": "forbid"}
CODE = "ONS nine-character code"


class PlaceShape(Schema):
    """A council area, a region or a country."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    code: str = Field(description=CODE)
    number: str = Field(description="Three-digit number of the Department for Education")
    name: str
    kind: PlaceKind
    region: str | None = Field(description="Code of the region of a council area")
    abolished: int | None = Field(description="Last year of a council area that is no more")
    made_up: bool


class SchoolShape(Schema):
    """A school as the newest register describes it."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    urn: str
    laestab: str | None
    name: str
    phase: str | None
    type: str | None
    trust: str | None
    place: str = Field(description=CODE)
    postcode: str | None
    opened: str | None
    pupils: int | None = Field(description="Headcount of the whole school, as published")
    as_of: str


class MeasureShape(Schema):
    """A measure with its official definition."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    id: str
    version: int
    title: str
    question: Literal[tuple(question.words for question in Question)]  # type: ignore[valid-type]
    unit: Unit
    better: Polarity
    definition: str
    source: str
    source_url: str


class SourceShape(Schema):
    """The publication, the file and the row a figure stands in. ``calculation`` where it is not one cell of it."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    kind: Literal["published"]
    publication: str
    title: str
    edition: str
    file: str
    sha256: str = Field(description="Checksum of the file's uncompressed bytes")
    row: int | None = Field(description="Row as a spreadsheet counts: the header is row 1")
    calculation: str = ""


class DefinitionShape(Schema):
    """Which version of a measure's definition a figure follows."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    id: str
    version: int


class FigureShape(Schema):
    """One figure, or the reason why there is none."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    place: str = Field(description=CODE)
    school: str | None = Field(description="URN, or LAESTAB where the publication has no URN; null for a place")
    measure: str
    phase: Phase
    group: str
    period: str
    value: float | None
    unit: Unit
    numerator: int | None
    denominator: int | None
    missing: Missing | None = Field(description="Why there is no value; null where there is one")
    raw: str = Field(description="The cell as published")
    source: SourceShape
    definition: DefinitionShape


class ReturnsSourceShape(Schema):
    """The edition a figure from schools' own returns stands in, and how it was counted."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    kind: Literal["returns"]
    publication: str
    title: str
    edition: str
    file: None
    sha256: None
    row: None
    calculation: str = ""


class EditionFigureShape(FigureShape):
    """One figure of an edition, or the reason why there is none."""

    source: ReturnsSourceShape  # type: ignore[assignment]


class EditionShape(Schema):
    """A released edition."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    place: str = Field(description=CODE)
    number: int
    period: str
    released: str = Field(description="Day, as 2026-03-01")
    replaces: int | None = Field(description="Number of the edition it corrects")
    reason: str = Field(description="Why it corrects one")
    digest: str = Field(description="SHA-256 of the edition's bytes")


class EditionsShape(Schema):
    """Released editions of a place."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    editions: list[EditionShape]


class PartShape(Schema):
    """A part of a list. ``next`` is the address of the part after it, null at the end."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    count: int = Field(description="Entries of the whole list")
    offset: int
    limit: int
    next: str | None


class EditionPage(PartShape):
    """Some figures of an edition."""

    edition: EditionShape
    figures: list[EditionFigureShape]


class PageShape(PartShape):
    """A part of what is published."""

    generation: int = Field(description="State of the figures; where it changes between parts, begin anew")


class PlacesPage(PageShape):
    """Some places."""

    places: list[PlaceShape]


class SchoolsPage(PageShape):
    """Some schools."""

    schools: list[SchoolShape]


class FiguresPage(PageShape):
    """Some figures."""

    figures: list[FigureShape]


class MeasuresShape(Schema):
    """Every measure there is."""

    model_config = NOTHING_ELSE  # type: ignore[assignment]
    measures: list[MeasureShape]
