"""What a workstream may be for, how strong evidence is, and how it ends."""

from enum import StrEnum


class Aim(StrEnum):
    """What a workstream wants for children; of each, measures by which it can be followed."""

    IN_SCHOOL = "in_school"
    MAINSTREAM = "mainstream"
    HOME_EDUCATION = "home_education"
    EXCLUSIONS = "exclusions"
    MISSING_EDUCATION = "missing_education"
    VULNERABLE = "vulnerable"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _AIMS[self][0]

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that say something of it, the first the nearest."""
        return _AIMS[self][1]


_AIMS = {
    Aim.IN_SCHOOL: ("More children in school and achieving", ("persistent_absence", "absence_overall", "basics_4")),
    Aim.MAINSTREAM: ("More children in mainstream schools", ("in_mainstream_share", "mainstream_pupils_with_sen")),
    Aim.HOME_EDUCATION: ("Fewer children electively home educated", ("moved_to_home_education",)),
    Aim.EXCLUSIONS: (
        "Fewer children excluded from school",
        ("suspended_pupils_rate", "suspension_rate", "permanent_exclusion_rate"),
    ),
    Aim.MISSING_EDUCATION: (
        "Fewer children at risk because they miss education",
        ("severe_absence", "missing_education"),
    ),
    Aim.VULNERABLE: (
        "Better outcomes for vulnerable children",
        ("attainment8", "ks2_rwm_expected", "gap_ks2_rwm"),
    ),
    Aim.OTHER: ("Something else", ()),
}


class Evidence(StrEnum):
    """How strong the evidence for an idea is, as whoever brings it rates it."""

    STRONG = "strong"
    MODERATE = "moderate"
    LIMITED = "limited"
    NONE = "none"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _EVIDENCE[self]


_EVIDENCE = {
    Evidence.STRONG: "strong: several good trials agree",
    Evidence.MODERATE: "moderate: some trials, or very consistent practice",
    Evidence.LIMITED: "limited: practice of some schools",
    Evidence.NONE: "none yet: an idea to test",
}


class Ending(StrEnum):
    """What became of the work."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return self.value
