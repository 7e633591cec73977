"""Every form within a workstream: what it asks, and what is done with the answer."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.workstreams import forms as asks
from ropewalk.site.agree.workstreams.actions import baseline, ideas, task, workshop
from ropewalk.site.agree.workstreams.kinds import Ending
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.agree.workstreams.selectors.state import newest_picture
from ropewalk.site.agree.workstreams.selectors.workshop import meetings_for
from ropewalk.site.agree.workstreams.selectors.workstreams import differing, figures_of
from ropewalk.site.agree.workstreams.views.frame import Here, Question, asked, leading_here
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission

Doing = Callable[[Any, Workstream, Here], object]


def _nothing(_workstream: Workstream, _at: Here) -> dict[str, Any]:
    return {}


def _of(workstream: Workstream, _at: Here) -> dict[str, Any]:
    return {"workstream": workstream}


@dataclass(frozen=True)
class Step:
    """A form: its name in addresses, its title and button, the form with what it is made of, and what it does."""

    name: str
    title: str
    button: str
    form: type[forms.Form]
    do: Doing
    made_of: Callable[[Workstream, Here], Mapping[str, Any]] = field(default=_nothing)
    lede: str = ""
    is_warning: bool = False


def view_of(step: Step) -> Callable[..., HttpResponse]:
    """The page of a step."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @holding(Permission.RUN_PARTNERSHIP)
    def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
        at = leading_here(request, code)
        found = at.workstream(number)
        form = step.form(request.POST if request.method == "POST" else None, **step.made_of(found, at))

        def do() -> HttpResponse:
            step.do(form, found, at)
            return redirect("workstreams:workstream", code=code, number=number)

        back = reverse("workstreams:workstream", args=[code, number])
        question = Question(f"{step.title}: {found.title}", step.button, back, step.lede, step.is_warning)
        return asked(at, form, question, do, workstream=found, crumb=step.title)

    return answer


def _with(at: Here) -> dict[str, Any]:
    return {"by": at.viewer, "now": at.now}


def _contributor(form: Any, workstream: Workstream, at: Here) -> object:
    return baseline.add_contributor(workstream=workstream, name=form.cleaned_data["name"], **_with(at))


def _measure(form: Any, workstream: Workstream, at: Here) -> object:
    return baseline.set_measure(form.wanted(), workstream=workstream, **_with(at))


def _published(form: Any, _workstream: Workstream, at: Here) -> object:
    said = form.cleaned_data
    contributor = form.rows[said["contributor"]]
    return baseline.submit_published(form.wanted(), period=said["period"], contributor=contributor, **_with(at))


def _typed(form: Any, _workstream: Workstream, at: Here) -> object:
    return baseline.submit_typed(form.wanted(), contributor=form.chosen("contributor"), **_with(at))


def _reconcile(form: Any, workstream: Workstream, at: Here) -> object:
    said = form.cleaned_data
    return baseline.reconcile(workstream=workstream, title=said["title"], words=said["words"], **_with(at))


def _titles(workstream: Workstream, _at: Here) -> dict[str, Any]:
    return {"titles": [one.title for one in differing(workstream, figures_of(workstream))]}


def _freeze(form: Any, workstream: Workstream, at: Here) -> object:
    return baseline.freeze(workstream=workstream, expected=form.cleaned_data["expected"], **_with(at))


def _drafted(workstream: Workstream, at: Here) -> dict[str, Any]:
    try:
        digest = hashlib.sha256(baseline.draft(workstream, at.now)).hexdigest()
    except InputRefused:
        # The action says why, in words, when the form is sent.
        digest = "0" * 64
    return {"initial": {"expected": digest}}


def _sign(form: Any, _workstream: Workstream, at: Here) -> object:
    said = form.cleaned_data
    contributor = form.chosen("contributor")
    return baseline.sign(contributor=contributor, name=said["name"], expected=said["expected"], **_with(at))


def _to_sign(workstream: Workstream, _at: Here) -> dict[str, Any]:
    picture = newest_picture(workstream)
    return {"workstream": workstream, "initial": {"expected": picture.digest if picture else "none"}}


def _idea(form: Any, workstream: Workstream, at: Here) -> object:
    return ideas.bring_idea(form.wanted(), workstream=workstream, **_with(at))


def _vote(form: Any, _workstream: Workstream, at: Here) -> object:
    return ideas.vote(idea=form.chosen("idea"), contributor=form.chosen("contributor"), **_with(at))


def _shortlist(form: Any, workstream: Workstream, at: Here) -> object:
    said = form.cleaned_data
    numbers = set(said["numbers"])
    chosen = list(workstream.ideas.filter(number__in=numbers))
    if len(chosen) < len(numbers):
        raise InputRefused([Problem("One of these numbers is no idea’s.", "Take them from the table of ideas.")])
    return ideas.shortlist(workstream=workstream, ideas=chosen, words=said["words"], **_with(at))


def _charter(form: Any, workstream: Workstream, at: Here) -> object:
    return task.begin(form.wanted(), workstream=workstream, **_with(at))


def _today(_workstream: Workstream, at: Here) -> dict[str, Any]:
    return {"initial": {"begins": at.today.isoformat()}}


def _extend(form: Any, workstream: Workstream, at: Here) -> object:
    said = form.cleaned_data
    return task.extend(workstream=workstream, ends=said["ends"], because=said["because"], **_with(at))


def _close(form: Any, workstream: Workstream, at: Here) -> object:
    return task.close(workstream=workstream, words=form.cleaned_data["words"], **_with(at))


def _decide(form: Any, workstream: Workstream, at: Here) -> object:
    said = form.cleaned_data
    return task.decide(workstream=workstream, ending=Ending(said["ending"]), words=said["words"], **_with(at))


def _workshop(form: Any, workstream: Workstream, at: Here) -> object:
    return workshop.name_workshop(workstream=workstream, meeting=form.chosen, **_with(at))


def _meetings(workstream: Workstream, at: Here) -> dict[str, Any]:
    return {"meetings": meetings_for(workstream.place, on=at.today)}


WORKSHOP_LEDE = (
    "A meeting of a body of the place at which contributors bring their figures together. Call it on the page of the "
    "body first; its agenda are the papers, its minutes say who was there."
)
FREEZE_LEDE = (
    "What contributors submitted, what was reconciled and the published readings of the measure here and beside are "
    "frozen as they are now, with a check sum. Until every contributor has signed, it can be frozen anew; then it "
    "stands for good."
)
PUBLISHED_LEDE = "Choose what is counted. The value is read from published statistics: nobody types it."
STEPS = (
    Step("contributor", "Another contributor", "Add it", asks.ContributorForm, _contributor),
    Step("workshop", "The baselining workshop", "Name it", asks.WorkshopForm, _workshop, _meetings, WORKSHOP_LEDE),
    Step("measure", "The measure it is judged by", "Set it", asks.MeasureForm, _measure, _of),
    Step("published", "Submit a published figure", "Submit it", asks.PublishedForm, _published, _of, PUBLISHED_LEDE),
    Step("typed", "Submit another figure", "Submit it", asks.TypedForm, _typed, _of),
    Step("reconcile", "Reconcile definitions", "Write it down", asks.ReconcileForm, _reconcile, _titles),
    Step(
        "freeze", "Freeze the baseline", "Freeze it", asks.FreezeForm, _freeze, _drafted, FREEZE_LEDE, is_warning=True
    ),
    Step("sign", "Sign the baseline", "Sign it", asks.SignForm, _sign, _to_sign),
    Step("idea", "Bring an idea", "Bring it", asks.IdeaForm, _idea),
    Step(
        "vote",
        "Write down a vote",
        "Write it down",
        asks.VoteForm,
        _vote,
        _of,
        "Each contributor has one; its latest counts.",
    ),
    Step("shortlist", "Shortlist ideas", "Decide", asks.ShortlistForm, _shortlist),
    Step("charter", "Begin task and finish", "Begin it", asks.CharterForm, _charter, _today),
    Step("extend", "Extend formally", "Extend it", asks.ExtendForm, _extend),
    Step("close", "Close the work", "Close it", asks.CloseForm, _close, lede="This cannot be undone.", is_warning=True),
    Step(
        "decide",
        "Adopt, adapt or stop",
        "Decide",
        asks.DecideForm,
        _decide,
        lede="This cannot be undone.",
        is_warning=True,
    ),
)
