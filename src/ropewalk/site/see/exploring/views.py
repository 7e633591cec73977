"""Exploring a place: a question, its answer as a table and a file, and what was asked before."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.measures import measure
from ropewalk.core.publish.table_files import to_csv
from ropewalk.core.publish.wording import period_words
from ropewalk.core.use_cases.exploring import (
    Answer,
    Exploration,
    ExploreWanted,
    answers_before,
    explore,
    moment_of,
    offered,
)
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import schools_sharing, terms_in_force
from ropewalk.site.see.exploring.analysts import place_explored, places_explored
from ropewalk.site.see.exploring.answer_table import answer_table
from ropewalk.site.see.exploring.forms import LEVEL_WORDS, QuestionForm, family_words
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.scorecard.reader import reader

CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """An answer that was given before, with the address of its page."""

    words: str
    day: str
    address: str


@require_safe
@with_role
def home(request: HttpRequest) -> HttpResponse:
    """The places the reader may explore."""
    places = places_explored(the_account(request), on=timezone.localdate())
    return render(request, "exploring/home.html", {"places": places})


@require_safe
@holding(Permission.EXPLORE_FIGURES)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The question; its answer where one is asked; and what was asked before, to be used again."""
    here = place_explored(code, viewer=the_account(request), on=timezone.localdate())
    facts = _facts()
    choices = offered(facts, today=timezone.localdate())
    form = QuestionForm(request.GET if "measure" in request.GET else None, offered=choices)
    sharing = _sharing(here)
    found = None
    if sharing and form.is_bound and form.is_valid():
        try:
            found = _explored(facts, here, form.cleaned_data, sharing)
        except (InputRefused, NotFound) as problem:
            form.add_error(None, str(problem))
    context = {
        "here": here,
        "form": form,
        "terms": sharing is not None,
        "sharing": len(sharing or ()),
        "may_ask": bool(sharing and choices.periods),
        "table": answer_table(found, here.name, _names(found)) if found else None,
        "answer": found.answer if found else None,
        "as_of": moment_of(found.answer).astimezone(timezone.get_current_timezone()) if found else None,
        "csv": f"table.csv?{_query(found.answer)}" if found else "",
        "before": [_asked(one) for one in answers_before(facts, here.code)],
    }
    return render(request, "exploring/place.html", context, status=422 if form.errors else 200)


@require_safe
@holding(Permission.EXPLORE_FIGURES)
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the table of the page. Raises Http404 for a question that has no answer."""
    here = place_explored(code, viewer=the_account(request), on=timezone.localdate())
    facts, sharing = _facts(), _sharing(here)
    form = QuestionForm(request.GET, offered=offered(facts, today=timezone.localdate()))
    if not sharing or not form.is_valid():
        raise Http404
    try:
        found = _explored(facts, here, form.cleaned_data, sharing)
    except (InputRefused, NotFound) as problem:
        raise Http404(str(problem)) from problem
    shown = answer_table(found, here.name, _names(found))
    return attached(to_csv(shown).encode("utf-8-sig"), CSV, f"explored {shown.title}", "csv")


def _facts() -> Facts:
    return open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)


def _sharing(here: Place) -> tuple[int, ...] | None:
    """The schools that may be counted; None where no terms say so."""
    now = timezone.now()
    if terms_in_force(here.code, at=now) is None:
        return None
    return tuple(sorted(schools_sharing(here.code, Purpose.PLACE_FIGURES, at=now)))


def _explored(facts: Facts, here: Place, said: dict[str, str], sharing: tuple[int, ...]) -> Exploration:
    wanted = ExploreWanted(
        place=here.code,
        measure=said["measure"],
        period=said["period"],
        family=said["by"] or None,
        level=said["level"],
        schools=sharing,
    )
    engine = os.environ.get("ROPEWALK_ENGINE", "").strip() or "duckdb"
    return explore(facts, wanted, Known(today=timezone.localdate(), engine=engine), datetime.now(UTC))


def _names(found: Exploration) -> dict[str, str]:
    if found.answer.question.level != "school":
        return {}
    try:
        return {school.urn: school.name for school in reader().schools(ids=list(found.answer.units))}
    except NotFound:
        return {}


def _query(answer: Answer) -> str:
    question = answer.question
    said = {"measure": question.measure, "period": answer.period, "by": question.family or "", "level": question.level}
    return urlencode(said)


def _asked(answer: Answer) -> Asked:
    question = answer.question
    groups = tuple(group for _, _, group in answer.bands if group != "all")
    by = f", by {family_words(groups).lower()}" if groups else ""
    words = (
        f"{measure(question.measure).title}, {period_words(answer.period)}{by}: {LEVEL_WORDS[question.level].lower()}"
    )
    return Asked(words, answer.day, f"?{_query(answer)}")
