"""Four stages on the way from single schools to a system that improves itself."""

from ropewalk.site.agree.plan.ways.way import Way, action, kpi, milestone, strand

FOUR_STAGES = Way(
    "four_stages",
    "Four stages towards a self-improving system",
    "A region or several council areas with a board of councils, schools and national bodies.",
    "Step by step schools themselves carry school improvement, and councils and national bodies make room for it.",
    (
        strand(
            "Stage 1: Beginning",
            action("Map which schools belong to a formal partnership", milestone("The map covers all schools")),
            action("Found a board with councils, schools and national bodies"),
            kpi("Share of schools in a formal partnership"),
        ),
        strand(
            "Stage 2: Developing",
            action("Each partnership agrees objectives and how it will judge itself"),
            action("Share out who helps which schools, so that nobody is asked twice"),
        ),
        strand(
            "Stage 3: Embedding",
            action("Partnerships review one another"),
            kpi("Share of partnerships that were reviewed by another one"),
        ),
        strand(
            "Stage 4: Leading",
            action("Strong partnerships help others, beyond their own area"),
            action("The board publishes what worked", milestone("First report")),
        ),
    ),
)
