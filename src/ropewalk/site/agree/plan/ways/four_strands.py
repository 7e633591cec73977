"""A community of schools from cradle to career, in four strands."""

from ropewalk.site.agree.plan.ways.way import Way, action, kpi, milestone, strand

FOUR_STRANDS = Way(
    "four_strands",
    "Four strands from cradle to career",
    "A secondary school with the primary, junior and infant schools from which its pupils come, and its community.",
    "Children of one community are carried from the early years into work by schools that know one another.",
    (
        strand(
            "A curriculum that runs through",
            action("Agree one subject to begin with and its common words", milestone("First unit taught everywhere")),
            action("Subject leads visit the schools before and after their own"),
        ),
        strand(
            "People learn together",
            action("A joint training day of all schools", milestone("Training day held")),
            action("A programme for all teaching assistants"),
            kpi("Share of staff who say the day was of use"),
        ),
        strand(
            "Moving up",
            action("Share early what the next school must know of each child and family"),
            action("Summer school for those who arrive"),
            kpi("Share of the new year group that came to the summer school"),
        ),
        strand(
            "With the community",
            action("Listen to groups, faiths and services of the community"),
            action("Open a youth club and family support in a school"),
        ),
    ),
)
