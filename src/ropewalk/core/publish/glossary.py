"""Words that documents explain, for readers who do not work with them every day."""

from __future__ import annotations

TERMS: tuple[tuple[str, str], ...] = (
    ("Academic year", "September to August. 2024 to 2025 is the year that ended in summer 2025."),
    ("Attainment 8", "A pupil's points in eight GCSE-level subjects; English and mathematics count twice."),
    (
        "Disadvantaged",
        "Eligible for free school meals in any of the last six years, looked after by a council, or left its care by "
        "adoption or a similar order.",
    ),
    ("EHC plan", "Education, health and care plan: the legal statement of a child's needs and the help due."),
    ("Enrolment", "One pupil on the roll of one school. Official absence figures count enrolments."),
    (
        "Gap",
        "The figure of one group less the figure of another. It is a plain difference, not the national gap index.",
    ),
    ("Median", "The middle value: half of the values are above it, half below."),
    ("Percentage point", "The unit of a difference of two percentages: from 20% to 25% is five percentage points."),
    ("Persistent absence", "Missing a tenth or more of one's own possible sessions."),
    ("Progress 8", "Attainment 8 beside that of pupils with the same results at the end of primary school."),
    ("SEN support", "Help in school for special educational needs without an education, health and care plan."),
    ("Session", "Half a school day."),
    ("Severe absence", "Missing half or more of one's own possible sessions."),
    (
        "Statistical neighbours",
        "The ten councils most like this one in the circumstances of their children, from an official list.",
    ),
    ("Suspension", "A pupil is sent away for a set time on disciplinary grounds."),
)
