"""Ten targets of all schools, with a coordinator whom they trust and inclusion before attainment."""

from ropewalk.site.agree.plan.ways.way import Way, action, kpi, objective, strand

TEN_TARGETS = Way(
    "ten_targets",
    "Ten targets of all schools, and a coordinator",
    "Schools of several trusts in one place that want a few common targets, each measured, and somebody who convenes.",
    "Every child of the place is in school, belongs there and achieves, whichever school it goes to.",
    (
        strand(
            "Children are in school",
            kpi("Overall absence falls"),
            kpi("Fewer pupils are persistently absent"),
            kpi("Fewer pupils are severely absent"),
        ),
        strand(
            "Children stay with their school",
            kpi("Fewer suspensions"),
            kpi("Fewer permanent exclusions"),
            kpi("Fewer children leave for home education"),
        ),
        strand(
            "Children achieve",
            kpi("More pupils reach grade 4 in English and maths"),
            kpi("Attainment 8 rises"),
            kpi("The disadvantage gap in Attainment 8 closes"),
            kpi("More young people stay in education, training or work after 16"),
        ),
        objective(
            "The schools work as one",
            action("Employ a Place-Based Coordinator who convenes heads, trusts, council and university"),
            action("Every school shares its figures for the scorecard of the place"),
            action("Each school has an improvement plan of its own, from its own needs"),
        ),
    ),
)
