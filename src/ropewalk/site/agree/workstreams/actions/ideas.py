"""Stage 2: ideas, votes and the shortlist."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.workstreams import deeds
from ropewalk.site.agree.workstreams.actions.moving import turn, wrote
from ropewalk.site.agree.workstreams.kinds import Evidence
from ropewalk.site.agree.workstreams.models import Contributor, Idea, Shortlist, Shortlisted, Vote, Workstream
from ropewalk.site.agree.workstreams.stages import Move
from ropewalk.site.foundation.accounts.models import Account

ELSEWHERE = Problem("This belongs to another workstream.", "Choose among those of this one.")


@dataclass(frozen=True)
class NewIdea:
    """An idea as somebody brings it; ``pence`` is what it costs, nothing where it costs nothing."""

    title: str
    words: str
    owner: str
    evidence: Evidence
    pence: int
    link: str = ""


@transaction.atomic
def bring_idea(said: NewIdea, *, workstream: Workstream, by: Account, now: datetime) -> Idea:
    """Bring an idea. Raises InputRefused outside the Think Tank, and without an owner or a link where it claims any."""
    turn(workstream, Move.PROPOSE, by, now)
    problems = [*named(said.title, "title"), *named(said.words, "description", most=WORDS)]
    problems += named(said.owner, "owner")
    if said.evidence is not Evidence.NONE and not said.link.startswith(("https://", "http://")):
        problems.append(Problem("There is no link to the evidence.", "Write an address, or choose “none yet”."))
    if len(said.link) > WORDS:
        problems.append(Problem("The link is too long.", f"Write at most {WORDS} characters."))
    if said.pence < 0:
        problems.append(Problem("It costs less than nothing.", "Write what it costs, or 0."))
    refuse(problems)
    made = Idea(workstream=workstream, number=workstream.ideas.count() + 1, title=said.title.strip())
    made.words, made.owner, made.evidence = said.words.strip(), said.owner.strip(), said.evidence
    made.link, made.pence, made.by, made.at = said.link.strip(), said.pence, by, now
    made.save()
    wrote(deeds.IDEA, workstream, f", idea {made.number}", by=by, now=now)
    return made


@transaction.atomic
def vote(*, idea: Idea, contributor: Contributor, by: Account, now: datetime) -> Vote:
    """Write down for which idea a contributor votes; its latest vote counts. Raises InputRefused across workstreams."""
    turn(idea.workstream, Move.PROPOSE, by, now)
    if contributor.workstream_id != idea.workstream_id:
        raise InputRefused([ELSEWHERE])
    made = Vote(idea=idea, contributor=contributor, by=by, at=now)
    made.save()
    wrote(deeds.VOTED, idea.workstream, f", idea {idea.number}, contributor {contributor.pk}", by=by, now=now)
    return made


@transaction.atomic
def shortlist(*, workstream: Workstream, ideas: Collection[Idea], words: str, by: Account, now: datetime) -> Shortlist:
    """Decide in words which ideas are tried. Raises InputRefused for none, and without words."""
    turn(workstream, Move.SHORTLIST, by, now)
    problems = named(words, "decision", most=WORDS)
    if not ideas:
        problems.append(Problem("No idea is chosen.", "Choose at least one."))
    if any(one.workstream_id != workstream.pk for one in ideas):
        problems.append(ELSEWHERE)
    refuse(problems)
    made = Shortlist(workstream=workstream, words=words.strip(), by=by, at=now)
    made.save()
    Shortlisted.objects.bulk_create([Shortlisted(shortlist=made, idea=one) for one in ideas])
    wrote(deeds.SHORTLISTED, workstream, f", {len(ideas)} ideas", by=by, now=now)
    return made
