"""A workstream as a workbook to take along: baseline, figures, ideas with votes, charter, impact."""

from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.agree.workstreams.selectors.workstreams import BaselinePart, WorkPart
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.sheets import Sheet, workbook

FIGURES = ("Figure", "Contributor", "Value", "Period", "Definition", "Source", "Evidence")
IDEAS = ("Number", "Idea", "What", "Owner", "Evidence", "Link", "Cost", "Votes", "Shortlisted")
IMPACT = ("Where", "Frozen baseline", "Now", "Change", "95% interval", "What may be said")
SAID = ("What", "In words")


def the_workbook(workstream: Workstream, baseline: BaselinePart, work: WorkPart) -> bytes:
    """What the page shows, stage by stage."""
    return workbook(
        [
            Sheet("Baseline", SAID, _baseline(workstream, baseline)),
            Sheet("Figures", FIGURES, _figures(baseline)),
            Sheet("Ideas", IDEAS, _ideas(work)),
            Sheet("Task and finish", SAID, _task(work)),
            Sheet("Impact", IMPACT, _impact(work)),
        ]
    )


def _baseline(workstream: Workstream, found: BaselinePart) -> list[tuple[str, str]]:
    rows = [
        ("Workstream", workstream.title),
        ("Question", workstream.question),
        ("What it wants", workstream.aim_words),
        ("Chair", workstream.chair),
        ("Contributors", ", ".join(one.name for one in found.contributors)),
        ("Judged by", f"{found.measure}. {found.definition}" if found.measure else "no measure is set yet"),
    ]
    if found.workshop:
        rows.append(("Baselining workshop", found.workshop.title))
        rows += [(f"At the workshop: {one.contributor}", one.words) for one in found.workshop.there]
    rows += [(f"Reconciled: {one.title}", one.decided or "not yet") for one in found.differing]
    if found.picture is None:
        return [*rows, ("Frozen picture", "none yet")]
    rows.append(("Frozen picture", f"picture {found.picture.number}, SHA-256 {found.picture.digest}"))
    rows += [(f"Frozen: {where}", f"{value}, {year}") for where, value, year in found.readings]
    rows += [(f"Signed for {one.contributor.name}", one.name) for one in found.signatures]
    return [*rows, *((f"Signed for {one.name}", "not yet") for one in found.unsigned)]


def _figures(found: BaselinePart) -> list[tuple[str, ...]]:
    return [
        (
            *(one.title, one.contributor.name, one.value, one.period, one.definition, one.source),
            "published statistics" if one.is_published else one.evidence,
        )
        for one in found.figures
    ]


def _ideas(work: WorkPart) -> list[tuple[str, ...]]:
    return [
        (
            *(str(one.idea.number), one.idea.title, one.idea.words, one.idea.owner, one.idea.evidence_words),
            *(one.idea.link, one.cost, str(one.votes), "yes" if one.is_chosen else "no"),
        )
        for one in work.ideas
    ]


def _task(work: WorkPart) -> list[tuple[str, str]]:
    rows = [("Shortlist", work.shortlist.words)] if work.shortlist else []
    if work.charter is None:
        return [*rows, ("Charter", "none yet")]
    rows += [
        ("Charter", work.charter.text),
        ("Members", "\n".join(work.members)),
        ("First day", long_date(work.charter.begins)),
        ("End date", long_date(work.charter.ends)),
    ]
    rows += [(f"Extended until {long_date(one.ends)}", one.because) for one in work.extensions]
    rows += [("Closing report", work.closing.words)] if work.closing else []
    return [*rows, *([(work.decided.ending_words.capitalize(), work.decided.words)] if work.decided else [])]


def _impact(work: WorkPart) -> list[list[str]]:
    if work.impact is None:
        return [[work.trouble or "not judged before the task begins", "", "", "", "", ""]]
    return [*work.impact.rows, ["The rule", work.impact.rule, "", "", "", ""]]
