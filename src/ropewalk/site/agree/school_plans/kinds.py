"""Areas of a self-evaluation, steps of judgement, topics of needs, and the states plans go through."""

from enum import StrEnum


class Area(StrEnum):
    """What a school judges of itself, each in our own words; the order is that of the page."""

    EDUCATION = "education"
    BEHAVIOUR = "behaviour"
    ATTENDANCE = "attendance"
    DEVELOPMENT = "development"
    LEADERSHIP = "leadership"
    INCLUSION = "inclusion"
    EARLY_YEARS = "early_years"
    SIXTH_FORM = "sixth_form"
    SAFETY = "safety"
    COMMUNITY = "community"

    @property
    def words(self) -> str:
        """Its heading."""
        return _AREAS[self][0]

    @property
    def asks(self) -> str:
        """What it asks."""
        return _AREAS[self][1]


_AREAS = {
    Area.EDUCATION: ("Quality of education", "What is taught, how well, and what pupils know and can do of it."),
    Area.BEHAVIOUR: ("Behaviour and attitudes", "How pupils treat each other, and how they go about learning."),
    Area.ATTENDANCE: ("Attendance", "Who comes, who does not, why, and what the school does about it."),
    Area.DEVELOPMENT: ("Personal development", "What pupils gain beyond subjects: character, health, citizenship."),
    Area.LEADERSHIP: ("Leadership and governance", "Whether leaders know the school, and make it better."),
    Area.INCLUSION: ("Inclusion and disadvantage", "How pupils fare who need more: disadvantaged, with SEND, in care."),
    Area.EARLY_YEARS: ("Early years", "How the youngest children begin."),
    Area.SIXTH_FORM: ("Sixth form", "What students from 16 on learn, and where they go."),
    Area.SAFETY: ("Safeguarding", "Whether pupils are safe, and know to whom they can turn."),
    Area.COMMUNITY: ("Families and community", "How the school works with those around it."),
}


class Judgement(StrEnum):
    """What a school says of itself, in four steps and in words."""

    STRENGTH = "strength"
    SECURE = "secure"
    DEVELOPING = "developing"
    NEED = "need"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _JUDGEMENTS[self]

    @property
    def colour(self) -> str:
        """Of its tag."""
        return _COLOURS[self]


_JUDGEMENTS = {
    Judgement.STRENGTH: "a strength others can learn from",
    Judgement.SECURE: "secure",
    Judgement.DEVELOPING: "getting there",
    Judgement.NEED: "a need",
}
_COLOURS = {
    Judgement.STRENGTH: "green",
    Judgement.SECURE: "blue",
    Judgement.DEVELOPING: "yellow",
    Judgement.NEED: "orange",
}


class EvidenceKind(StrEnum):
    """What a claim rests on. A figure is chosen, never typed."""

    FIGURE = "figure"
    LINK = "link"
    WORDS = "words"


class Comes(StrEnum):
    """Where a figure comes from."""

    PUBLISHED = "published"
    RETURNS = "returns"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return "published" if self is Comes.PUBLISHED else "the school’s own returns"


class Agreed(StrEnum):
    """What somebody who was asked says of a claim."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return {"yes": "agreed", "partly": "agreed in part", "no": "not agreed"}[self.value]


class State(StrEnum):
    """Where a school's plan or disadvantage plan stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    REVIEWED = "reviewed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value

    @property
    def next(self) -> tuple["State", ...]:
        """Where the head may take it from here."""
        return _NEXT[self]


_NEXT = {
    State.DRAFT: (State.APPROVED,),
    State.APPROVED: (State.REVIEWED, State.CLOSED),
    State.REVIEWED: (State.APPROVED, State.CLOSED),
    State.CLOSED: (),
}


class Topic(StrEnum):
    """What a need is about. Needs of one topic in several schools become something to do together."""

    ATTENDANCE = "attendance"
    BEHAVIOUR = "behaviour"
    DISADVANTAGE = "disadvantage"
    MOBILITY = "mobility"
    SEND = "send"
    LANGUAGE = "language"
    LITERACY = "literacy"
    MATHEMATICS = "mathematics"
    OUTCOMES = "outcomes"
    WELLBEING = "wellbeing"
    STAFF = "staff"
    LEADERSHIP = "leadership"
    EARLY_YEARS = "early_years"
    AFTER_16 = "after_16"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _TOPICS[self]


_TOPICS = {
    Topic.ATTENDANCE: "attendance",
    Topic.BEHAVIOUR: "behaviour, suspension and exclusion",
    Topic.DISADVANTAGE: "disadvantage",
    Topic.MOBILITY: "pupils who come and go during the year",
    Topic.SEND: "special educational needs and inclusion",
    Topic.LANGUAGE: "English as an additional language",
    Topic.LITERACY: "reading, writing and speaking",
    Topic.MATHEMATICS: "mathematics",
    Topic.OUTCOMES: "what pupils achieve",
    Topic.WELLBEING: "wellbeing and mental health",
    Topic.STAFF: "finding and keeping staff",
    Topic.LEADERSHIP: "leadership and governance",
    Topic.EARLY_YEARS: "early years",
    Topic.AFTER_16: "what comes after 16",
    Topic.OTHER: "something else",
}
