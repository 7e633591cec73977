"""Collaboration as a workbook to take along: members, help, practice, and what each number means."""

from ropewalk.site.agree.collaboration.kinds import Counted
from ropewalk.site.agree.collaboration.selectors.collaboration import Collaboration
from ropewalk.site.agree.collaboration.selectors.records import HelpLine, PracticeLine
from ropewalk.site.foundation.sheets import Sheet, workbook

HELP = ("Helped", "Was helped", "With what", "Hours", "First day", "Last day", "Standing", "What came of it")
PRACTICE = ("Practice", "Shared by", "On", "What", "Evidence", "Link", "Taken up by")


def help_rows(lines: list[HelpLine]) -> list[list[str]]:
    """Help as the page shows it; hours with two places."""
    return [
        [
            one.help.giver.name,
            one.help.taker.name,
            one.help.what,
            f"{one.help.minutes / 60:.2f}",
            one.help.begins.isoformat(),
            one.help.until.isoformat(),
            one.standing,
            one.came_words,
        ]
        for one in lines
    ]


def practice_rows(lines: list[PracticeLine]) -> list[list[str]]:
    """Practice as the page shows it."""
    return [
        [
            one.practice.title,
            one.practice.organisation.name,
            one.day.isoformat(),
            one.practice.words,
            one.practice.evidence,
            one.practice.link,
            ", ".join(taken.organisation.name for taken in one.taken_up),
        ]
        for one in lines
    ]


def members_head(found: Collaboration) -> list[str]:
    """What stands above members."""
    return ["Member", *(kind.words for kind in found.of_members)]


def the_workbook(found: Collaboration, practice: list[PracticeLine]) -> bytes:
    """Everything a page of collaboration shows of a school year."""
    meanings = [[one.words, one.definition, "counts" if one in found.kinds else "does not count"] for one in Counted]
    objectives = [
        [
            *(one.title, one.baseline, one.latest.words if one.latest else "no value yet", one.target),
            *(str(one.judged.verdict), one.judged.because),
        ]
        for one in found.objectives
    ]
    head = ("Objective", "Baseline", "Now", "Target", "Standing", "Why")
    return workbook(
        [
            Sheet("Members", members_head(found), found.rows),
            Sheet("Help", HELP, help_rows(found.help)),
            Sheet("Practice", PRACTICE, practice_rows(practice)),
            *([Sheet("Objectives", head, objectives)] if Counted.OBJECTIVES in found.kinds else []),
            Sheet("What each number means", ("What", "Definition", f"In {found.year.words}"), meanings),
        ]
    )
