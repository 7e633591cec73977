"""A few objectives that are common to all, with progress checked together and schools that help each other."""

from ropewalk.site.agree.plan.ways.way import Way, action, kpi, milestone, objective

COMMON_OBJECTIVES = Way(
    "common_objectives",
    "Common objectives, checked together",
    "Groups of schools that review one another and want to know whether their collaboration itself is any good.",
    "Schools of an area improve together: they agree what matters here, look at it together and help one another.",
    (
        objective(
            "We agree what matters here",
            action("Gather what each school and the council know of needs here", milestone("Shared picture agreed")),
            action("Choose at most three objectives for all schools"),
        ),
        objective(
            "We measure what we want people to do",
            kpi("Share of schools that took part in a review this year"),
            kpi("Share of schools that say collaboration is worth its time"),
            action("Agree measures that reward helping others, not only one’s own results"),
        ),
        objective(
            "We check progress together",
            action("Review each school by leaders of two others", milestone("Each school was reviewed once")),
            action("Look each term at progress on the objectives and change what does not work"),
        ),
        objective(
            "What works spreads",
            action("Match each need that a review found with a school that can help"),
            action("Write up what helped, so that others can do it"),
        ),
    ),
)
