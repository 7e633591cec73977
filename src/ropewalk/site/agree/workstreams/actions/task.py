"""Stages 3 and 4: beginning with a charter, extending, closing, and deciding what becomes of it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import Problem
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import canonical, refuse, text_lines
from ropewalk.site.agree.workstreams import deeds
from ropewalk.site.agree.workstreams.actions.moving import turn, wrote
from ropewalk.site.agree.workstreams.kinds import Ending
from ropewalk.site.agree.workstreams.models import Charter, Closing, Decided, Extension, Workstream
from ropewalk.site.agree.workstreams.selectors.impact import impact_of
from ropewalk.site.agree.workstreams.stages import Asked, Move
from ropewalk.site.foundation.accounts.models import Account


@dataclass(frozen=True)
class NewCharter:
    """What the task group does, who is on it (a line each), its first day and its end date."""

    text: str
    members: str
    begins: date
    ends: date


@transaction.atomic
def begin(said: NewCharter, *, workstream: Workstream, by: Account, now: datetime) -> Charter:
    """Begin stage three. Raises InputRefused without signed baseline, measure, shortlist, end date or members."""
    asked = Asked(Move.BEGIN, timezone.localtime(now).date(), begins=said.begins, ends=said.ends)
    turn(workstream, asked, by, now)
    problems = named(said.text, "charter", most=TEXT)
    if not text_lines(said.members):
        problems.append(Problem("Nobody is on it.", "Name its members, a line each."))
    refuse(problems)
    made = Charter(workstream=workstream, text=said.text.strip(), members="\n".join(text_lines(said.members)))
    made.begins, made.ends, made.by, made.at = said.begins, said.ends, by, now
    made.save()
    wrote(deeds.BEGUN, workstream, f", {made.begins} to {made.ends}", by=by, now=now)
    return made


@transaction.atomic
def extend(*, workstream: Workstream, ends: date, because: str, by: Account, now: datetime) -> Extension:
    """Extend formally to a later end date. Raises InputRefused without a reason, and for a day that is not later."""
    asked = Asked(Move.EXTEND, timezone.localtime(now).date(), ends=ends, because=because)
    turn(workstream, asked, by, now)
    refuse(named(because, "reason", most=WORDS))
    made = Extension(workstream=workstream, ends=ends, because=because.strip(), by=by, at=now)
    made.save()
    wrote(deeds.EXTENDED, workstream, f", until {ends}", by=by, now=now)
    return made


@transaction.atomic
def close(*, workstream: Workstream, words: str, by: Account, now: datetime) -> Closing:
    """Close the work with what was done. Raises InputRefused without words, and before it has begun."""
    turn(workstream, Move.CLOSE, by, now)
    refuse(named(words, "closing report", most=TEXT))
    made = Closing(workstream=workstream, words=words.strip(), by=by, at=now)
    made.save()
    wrote(deeds.CLOSED, workstream, "", by=by, now=now)
    return made


@transaction.atomic
def decide(*, workstream: Workstream, ending: Ending, words: str, by: Account, now: datetime) -> Decided:
    """Adopt, adapt or stop, with reasons; what was seen that day is kept. Raises InputRefused before it is closed."""
    turn(workstream, Move.DECIDE, by, now)
    refuse(named(words, "reason", most=TEXT))
    found = impact_of(workstream, on=timezone.localtime(now).date())
    seen = canonical({"rule": found.rule if found else "", "rows": found.rows if found else []})
    digest = hashlib.sha256(seen).hexdigest()
    made = Decided(workstream=workstream, ending=ending, words=words.strip(), seen=seen.decode(), digest=digest)
    made.by, made.at = by, now
    made.save()
    wrote(deeds.DECIDED, workstream, f": {ending}", by=by, now=now)
    return made
