"""Stage 1: proposing a workstream, submitting figures, reconciling, freezing and signing."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import heading_words, period_words
from ropewalk.site.agree.partnership.actions.running import may_run, named
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import canonical, refuse
from ropewalk.site.agree.workstreams import deeds
from ropewalk.site.agree.workstreams.actions.moving import turn, wrote
from ropewalk.site.agree.workstreams.kinds import Aim
from ropewalk.site.agree.workstreams.models import (
    Contributor,
    MeasureSet,
    Picture,
    PictureSignature,
    Reconciliation,
    SubmittedFigure,
    Workstream,
)
from ropewalk.site.agree.workstreams.selectors.readings import (
    own_reading,
    picture_of,
    reading_words,
    said_by_people,
)
from ropewalk.site.agree.workstreams.selectors.state import newest_picture
from ropewalk.site.agree.workstreams.selectors.workstreams import differing, figures_of
from ropewalk.site.agree.workstreams.stages import Asked, Move
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import hold


@dataclass(frozen=True)
class NewWorkstream:
    """A workstream as somebody proposes it, with the organisations that contribute."""

    title: str
    question: str
    aim: Aim
    chair: str
    contributors: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """A measure Ropewalk knows, by phase and group."""

    measure: str
    phase: str
    group: str

    @property
    def key(self) -> tuple[str, str, str]:
        """As readings are asked for."""
        return self.measure, self.phase, self.group


@dataclass(frozen=True)
class Typed:
    """A figure that is not in published statistics: typed, with what it means and where it can be checked."""

    title: str
    value: str
    period: str
    definition: str
    source: str
    evidence: str


@transaction.atomic
def propose(wanted: NewWorkstream, *, place: Place, by: Account, now: datetime) -> Workstream:
    """Propose a workstream. Raises InputRefused where something is not said, and for a title twice."""
    may_run(place, by, now)
    hold(place.code)
    problems = [*named(wanted.title, "title"), *named(wanted.question, "question", most=WORDS)]
    problems += named(wanted.chair, "chair")
    if not wanted.contributors:
        problems.append(Problem("Nobody contributes.", "Name at least one organisation."))
    if len(set(wanted.contributors)) < len(wanted.contributors):
        problems.append(Problem("An organisation stands there twice.", "Name each once."))
    problems += [one for name in wanted.contributors for one in named(name, "name of an organisation")]
    if Workstream.objects.filter(place=place, title=wanted.title.strip()).exists():
        problems.append(Problem("There is a workstream of this title.", "Choose another title."))
    refuse(problems)
    made = Workstream(place=place, title=wanted.title.strip(), question=wanted.question.strip(), aim=wanted.aim)
    made.chair, made.by, made.at = wanted.chair.strip(), by, now
    made.save()
    for name in wanted.contributors:
        Contributor(workstream=made, name=name.strip(), by=by, at=now).save()
    wrote(deeds.PROPOSED, made, "", by=by, now=now)
    return made


@transaction.atomic
def add_contributor(*, workstream: Workstream, name: str, by: Account, now: datetime) -> Contributor:
    """Another organisation contributes. Raises InputRefused after the baseline, and for one that does already."""
    turn(workstream, Move.SUBMIT, by, now)
    refuse(named(name, "name"))
    if workstream.contributors.filter(name=name.strip()).exists():
        raise InputRefused([Problem("It contributes already.", "Nothing needs to be done.")])
    made = Contributor(workstream=workstream, name=name.strip(), by=by, at=now)
    made.save()
    wrote(deeds.CONTRIBUTOR, workstream, f", contributor {made.pk}", by=by, now=now)
    return made


@transaction.atomic
def set_measure(chosen: Chosen, *, workstream: Workstream, by: Account, now: datetime) -> MeasureSet:
    """Set by which measure the work is judged. Raises InputRefused once the baseline is signed, and without figures."""
    turn(workstream, Move.SET_MEASURE, by, now)
    own_reading(workstream.place, chosen.key, period="", on=timezone.localtime(now).date())
    made = MeasureSet(workstream=workstream, measure=chosen.measure, phase=chosen.phase, group=chosen.group)
    made.by, made.at = by, now
    made.save()
    wrote(deeds.MEASURE_SET, workstream, f": {chosen.measure}", by=by, now=now)
    return made


@transaction.atomic
def submit_published(
    chosen: Chosen, *, period: str, contributor: Contributor, by: Account, now: datetime
) -> SubmittedFigure:
    """Submit a figure of published statistics; its value is read there, never typed. Raises InputRefused for none."""
    workstream = contributor.workstream
    turn(workstream, Move.SUBMIT, by, now)
    found = own_reading(workstream.place, chosen.key, period=period, on=timezone.localtime(now).date())
    declared = measure(chosen.measure)
    pooled = f", pooled from {found.places:,} places" if found.places > 1 else ""
    made = SubmittedFigure(
        contributor=contributor,
        title=heading_words(declared, chosen.phase, chosen.group),
        value=reading_words(found, declared),
        period=period_words(found.period),
        definition=declared.definition,
        source=f"{declared.source}{pooled}"[:WORDS],
        measure=chosen.measure,
        phase=chosen.phase,
        group=chosen.group,
    )
    return _submitted(made, by, now)


@transaction.atomic
def submit_typed(said: Typed, *, contributor: Contributor, by: Account, now: datetime) -> SubmittedFigure:
    """Submit a figure with its definition, source and evidence. Raises InputRefused where one of them is not there."""
    turn(contributor.workstream, Move.SUBMIT, by, now)
    long = (("definition", said.definition), ("source", said.source), ("evidence", said.evidence))
    problems = [one for what, words in long for one in named(words, what, most=WORDS)]
    short = (("title", said.title, 200), ("value", said.value, 200), ("period", said.period, 60))
    problems += [one for what, words, most in short for one in named(words, what, most=most)]
    refuse(problems)
    words = {name: value.strip() for name, value in vars(said).items()}
    return _submitted(SubmittedFigure(contributor=contributor, **words), by, now)


def _submitted(made: SubmittedFigure, by: Account, now: datetime) -> SubmittedFigure:
    made.number = made.contributor.figures.count() + 1
    made.by, made.at = by, now
    made.save()
    about = f", figure {made.pk} of contributor {made.contributor_id}"
    wrote(deeds.SUBMITTED, made.contributor.workstream, about, by=by, now=now)
    return made


@transaction.atomic
def reconcile(*, workstream: Workstream, title: str, words: str, by: Account, now: datetime) -> Reconciliation:
    """Decide in words which definition counts. Raises InputRefused where none differ under this title."""
    turn(workstream, Move.SUBMIT, by, now)
    refuse(named(words, "decision", most=WORDS))
    if title not in {one.title for one in differing(workstream, figures_of(workstream))}:
        raise InputRefused([Problem("Under this title no definitions differ.", "Choose one of those that do.")])
    made = Reconciliation(workstream=workstream, title=title, words=words.strip(), by=by, at=now)
    made.save()
    wrote(deeds.RECONCILED, workstream, f", reconciliation {made.pk}", by=by, now=now)
    return made


@transaction.atomic
def freeze(*, workstream: Workstream, expected: str, by: Account, now: datetime) -> Picture:
    """Freeze the picture that was read. Raises InputRefused without figures, unreconciled, or changed since read."""
    turn(workstream, Move.FREEZE, by, now)
    figures = figures_of(workstream)
    if not figures:
        raise InputRefused([Problem("Nobody submitted a figure.", "Submit at least one.")])
    open_ones = [one.title for one in differing(workstream, figures) if not one.decided]
    if open_ones:
        what = f"Definitions differ and are not reconciled: {', '.join(open_ones)}."
        raise InputRefused([Problem(what, "Decide in words which counts.")])
    content = draft(workstream, now)
    digest = hashlib.sha256(content).hexdigest()
    if digest != expected:
        raise InputRefused([Problem("The picture changed since you read it.", "Read it again, then freeze it.")])
    number = workstream.pictures.count() + 1
    made = Picture(workstream=workstream, number=number, content=content.decode(), digest=digest, by=by, at=now)
    made.save()
    wrote(deeds.FROZEN, workstream, f", picture {number}, {digest[:12]}", by=by, now=now)
    return made


def draft(workstream: Workstream, now: datetime) -> bytes:
    """The picture as it would be frozen now."""
    return canonical(picture_of(workstream, on=timezone.localtime(now).date()))


@transaction.atomic
def sign(*, contributor: Contributor, name: str, expected: str, by: Account, now: datetime) -> PictureSignature:
    """A named person signs the newest picture for a contributor. Raises InputRefused for a text that is not it."""
    workstream = contributor.workstream
    on = timezone.localtime(now).date()
    turn(workstream, Asked(Move.SIGN, on), by, now)
    refuse(named(name, "name"))
    picture = newest_picture(workstream)
    if picture is None or picture.digest != expected or _digest(picture) != expected:
        raise InputRefused([Problem("This is not the picture you read.", "Read it again, then sign it.")])
    people = {key: value for key, value in json.loads(picture.content).items() if key != "readings"}
    if people != json.loads(canonical(said_by_people(workstream))):
        raise InputRefused([Problem("Something was added after it was frozen.", "Freeze the picture anew.")])
    if picture.signatures.filter(contributor=contributor).exists():
        raise InputRefused([Problem("It signed already.", "Nothing needs to be done.")])
    made = PictureSignature(picture=picture, contributor=contributor, name=name.strip(), digest=expected, by=by, at=now)
    made.save()
    wrote(deeds.SIGNED, workstream, f", picture {picture.number}, contributor {contributor.pk}", by=by, now=now)
    return made


def _digest(picture: Picture) -> str:
    return hashlib.sha256(picture.content.encode()).hexdigest()
