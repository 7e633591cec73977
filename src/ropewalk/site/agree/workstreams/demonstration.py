"""A workstream of the made-up place at stage three, so that a demo shows one at work."""

import hashlib
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ropewalk.site.agree.partnership.rules import canonical
from ropewalk.site.agree.workstreams.actions import baseline, ideas, task
from ropewalk.site.agree.workstreams.kinds import Aim, Ending, Evidence
from ropewalk.site.agree.workstreams.models import Picture, Workstream
from ropewalk.site.agree.workstreams.selectors.readings import followed, said_by_people
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

CONTRIBUTORS = ("The council", "The heads’ meeting", "The regional director’s office")
MEASURE = baseline.Chosen("persistent_absence", "all", "all")
SEVERE = "Children out of school"
TYPED = (
    baseline.Typed(
        SEVERE, "214 children", "1 March", "Children who missed half or more of their sessions since September.",
        "Weekly returns of schools", "Sheet of the attendance meeting of 4 March",
    ),
    baseline.Typed(
        SEVERE, "187 children", "1 March", "Children with no school place, and those who missed half or more.",
        "The council’s list of children missing education", "List of the education welfare service",
    ),
)  # fmt: skip
IDEAS = (
    ideas.NewIdea(
        "Early family meeting", "A meeting with the family after five days missed, at a place they know.",
        "Ada Roper, the council", Evidence.MODERATE, 1_850_000, "https://educationendowmentfoundation.org.uk/",
    ),
    ideas.NewIdea(
        "Breakfast before registration", "A free breakfast in eight schools, from 8 o’clock.",
        "Ben Hawser, the heads’ meeting", Evidence.LIMITED, 4_200_000, "https://educationendowmentfoundation.org.uk/",
    ),
    ideas.NewIdea(
        "One letter for all schools", "The same letter at the same thresholds, written with families.",
        "Cleo Strand, the heads’ meeting", Evidence.NONE, 0,
    ),
)  # fmt: skip

EARLIER = baseline.NewWorkstream(
    "Back in school",
    "Which families need somebody they know before a child misses a tenth of school?",
    Aim.IN_SCHOOL,
    "Dora Splice, director of education",
    CONTRIBUTORS[:2],
)
# Of this measure the newest year is published with its counts, so that the impact can be judged.
FOLLOWED = baseline.Chosen("absence_below_5", "all", "all")
# Days ago on which it began and was closed, and how long it was to last.
BEGAN, CLOSED, WORK = 800, 390, 300


@transaction.atomic
def make_earlier_workstream(*, place: str, by: str, now: datetime) -> Workstream:
    """A workstream of two years ago, extended once, closed, and adapted after its impact was seen."""
    who, found = Account.objects.get(name=by), Place.objects.get(code=place)
    began, closed = now - timedelta(days=BEGAN), now - timedelta(days=CLOSED)
    made = baseline.propose(EARLIER, place=found, by=who, now=began)
    contributors = list(made.contributors.order_by("pk"))
    baseline.set_measure(FOLLOWED, workstream=made, by=who, now=began)
    picture = _as_it_was(made, who, began)
    for name, contributor in zip(("Dora Splice", "Ben Hawser"), contributors, strict=True):
        baseline.sign(contributor=contributor, name=name, expected=picture.digest, by=who, now=began)
    idea = ideas.bring_idea(IDEAS[0], workstream=made, by=who, now=began)
    for contributor in contributors:
        ideas.vote(idea=idea, contributor=contributor, by=who, now=began)
    ideas.shortlist(workstream=made, ideas=[idea], words="It is cheap, and families ask for it.", by=who, now=began)
    first = timezone.localtime(began).date()
    charter = task.NewCharter(
        "Four schools meet families early.", "Ada Roper, the council\nBen Hawser, the heads’ meeting", first,
        first + timedelta(days=WORK),
    )  # fmt: skip
    task.begin(charter, workstream=made, by=who, now=began)
    late = first + timedelta(days=WORK + 120)
    because = "Two schools changed their attendance leads in the spring."
    task.extend(workstream=made, ends=late, because=because, by=who, now=began + timedelta(days=WORK - 10))
    task.close(
        workstream=made, words="Meetings with 312 families in four schools; a fifth school left.", by=who, now=closed
    )
    words = "The meetings go on where the attendance lead makes them; letters before them are dropped."
    task.decide(workstream=made, ending=Ending.ADAPTED, words=words, by=who, now=closed + timedelta(days=20))
    return made


def _as_it_was(made: Workstream, by: Account, now: datetime) -> Picture:
    """The picture as it was frozen then: from what was published a year before the newest one."""
    found = followed(made.place, FOLLOWED.key, on=timezone.localtime(now).date())
    period = found.own.readings[:2][-1].period
    council = made.contributors.earliest("pk")
    baseline.submit_published(FOLLOWED, period=period, contributor=council, by=by, now=now)
    there = [(made.place.name, found.own.at(period)), *((one.where, one.at(period)) for one in found.beside)]
    readings = [{"where": where, **asdict(reading)} for where, reading in there if reading is not None]
    content = canonical({**said_by_people(made), "readings": readings})
    digest = hashlib.sha256(content).hexdigest()
    picture = Picture(workstream=made, number=1, content=content.decode(), digest=digest, by=by, at=now)
    picture.save()
    return picture


@transaction.atomic
def make_workstream(*, place: str, by: str, now: datetime) -> Workstream:
    """A workstream on attendance whose baseline is signed, with a task group at work until a day to come."""
    who, found = Account.objects.get_by_natural_key(by), Place.objects.get(code=place)
    wanted = baseline.NewWorkstream(
        "Inclusion",
        "How do we bring children back who miss a tenth or more of school?",
        Aim.IN_SCHOOL,
        "Dora Splice, director of education",
        CONTRIBUTORS,
    )
    made = baseline.propose(wanted, place=found, by=who, now=now)
    _baseline(made, who, now)
    _think(made, who, now)
    today = timezone.localtime(now).date()
    members = "Ada Roper, the council\nBen Hawser, the heads’ meeting\nCleo Strand, the heads’ meeting"
    text = "Family meetings begin in four schools, then in all. Nobody new is employed."
    charter = task.NewCharter(text, members, today - timedelta(days=20), today + timedelta(days=140))
    task.begin(charter, workstream=made, by=who, now=now)
    return made


def _baseline(made: Workstream, by: Account, now: datetime) -> None:
    council, heads, _ = contributors = list(made.contributors.order_by("pk"))
    baseline.set_measure(MEASURE, workstream=made, by=by, now=now)
    baseline.submit_published(MEASURE, period="", contributor=council, by=by, now=now)
    for said, contributor in zip(TYPED, (heads, council), strict=True):
        baseline.submit_typed(said, contributor=contributor, by=by, now=now)
    words = "Missing half or more counts, whoever the child is; those without a place are listed apart."
    baseline.reconcile(workstream=made, title=SEVERE, words=words, by=by, now=now)
    expected = hashlib.sha256(baseline.draft(made, now)).hexdigest()
    picture = baseline.freeze(workstream=made, expected=expected, by=by, now=now)
    for name, contributor in zip(("Dora Splice", "Ben Hawser", "Ed Bowline"), contributors, strict=True):
        baseline.sign(contributor=contributor, name=name, expected=picture.digest, by=by, now=now)


def _think(made: Workstream, by: Account, now: datetime) -> None:
    brought = [ideas.bring_idea(one, workstream=made, by=by, now=now) for one in IDEAS]
    for contributor, idea in zip(made.contributors.order_by("pk"), (brought[0], brought[0], brought[1]), strict=True):
        ideas.vote(idea=idea, contributor=contributor, by=by, now=now)
    words = "Family meetings have the best evidence for what they cost; the letter costs nothing."
    ideas.shortlist(workstream=made, ideas=[brought[0], brought[2]], words=words, by=by, now=now)
