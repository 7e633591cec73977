"""A recovery and improvement plan: KPIs over all strands, three strands with their own, a memorandum, actions."""

from ropewalk.site.agree.plan.ways.way import Way, action, kpi, milestone, strand

RECOVERY = Way(
    "recovery",
    "Recovery and improvement plan in three strands",
    "A place that comes out of a crisis, or out of years of weak results, and has to put several things right at once.",
    "Schools improve in all that matters, with clear ways to meet old and new needs after a hard time.",
    (
        kpi("Every school has signed the memorandum of understanding"),
        kpi("More schools are judged good or better"),
        kpi("The networks through which schools improve each other work again at all levels"),
        kpi("Projects that are shown to help disadvantaged pupils run again, in more schools"),
        kpi("Every school has chosen what will narrow its gap, and does it"),
        kpi("Every school finds national and local guidance when it needs it"),
        strand(
            "School improvement",
            kpi("Visits find that schools judge themselves robustly and exactly"),
            kpi("Visits find that plans follow from self-evaluation and say beforehand what they are to achieve"),
            action("Put before members what each school does and answers for", milestone("All schools have signed")),
            action("Leadership training, coaching and school-to-school support begin again"),
            action("A strategy group oversees the workstreams"),
        ),
        strand(
            "Needs of disadvantaged pupils and of pupils with SEND",
            kpi("The gap between disadvantaged and other pupils closes"),
            action("Say again why the place is deprived, and which schools this meets hardest, mobility included"),
            action("Extend reading and spoken-language projects to secondary schools"),
            action("Help each school to spend its pupil premium on what works"),
        ),
        strand(
            "What schools need in these times",
            kpi("Schools say that messages from the council are clear and in time"),
            action("A weekly surgery for heads with officers of the council"),
            action("Answer heads’ questions within the day and share the answers"),
            action("Meetings of trust leaders and of council schools go on"),
        ),
    ),
)
