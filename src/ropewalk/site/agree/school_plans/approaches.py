"""Approaches a school may choose to help disadvantaged pupils. The list is ours and neutral.

It says of none how strong its evidence is, what it costs or how long it takes: a school states these with the source it
read, so that nothing stands here that nobody can check.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Approach:
    """Something a school may do: what it is called, and what it means."""

    id: str
    title: str
    means: str


APPROACHES = (
    Approach(
        "teaching", "Better teaching in every lesson", "Time and training for teachers, so that all lessons gain."
    ),
    Approach("feedback", "Feedback", "Pupils hear what to do next, and have time to do it."),
    Approach(
        "thinking", "Planning and checking one’s own learning", "Pupils learn to plan, watch and judge how they learn."
    ),
    Approach("reading", "Reading", "Understanding what is read, and reading fluently."),
    Approach("phonics", "Phonics", "Letters and sounds are taught in order, step by step."),
    Approach("speaking", "Speaking and listening", "Words and sentences are built up by talking."),
    Approach("mathematics", "Help in mathematics", "Gaps in number and method are found and closed."),
    Approach("one_to_one", "Tutoring one to one", "One adult works with one pupil, regularly."),
    Approach("small_group", "Tutoring in small groups", "One adult works with two to five pupils, regularly."),
    Approach(
        "assistants", "Teaching assistants with a set programme", "Trained assistants give short, planned sessions."
    ),
    Approach("attendance", "Attendance", "Absence is noticed, families are rung, barriers are taken away."),
    Approach("behaviour", "Behaviour", "Routines, and help for those who find them hard."),
    Approach("wellbeing", "Social and emotional learning", "Pupils learn to handle feelings and get on with others."),
    Approach("families", "Work with families", "Families are helped to help their children learn."),
    Approach("early", "An early start", "More language and play before and as school begins."),
    Approach("time", "More time", "Before or after the school day, or in holidays."),
    Approach("enrichment", "Arts, sport and the outdoors", "What other children get anyway is made possible."),
    Approach("moves", "Pupils who join late", "Those who come during the year are received and caught up."),
    Approach("technology", "Devices and connections", "Pupils can work at home as others do."),
    Approach("other", "Something else", "Say in words what it is."),
)
BY_ID = {one.id: one for one in APPROACHES}
