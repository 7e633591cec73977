"""Help between members: all of it, one record, writing it down, confirming it, saying what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.collaboration.actions import help as actions
from ropewalk.site.agree.collaboration.forms import AnswerForm, CameForm, HelpForm
from ropewalk.site.agree.collaboration.kinds import Answered
from ropewalk.site.agree.collaboration.models import Help
from ropewalk.site.agree.collaboration.selectors.records import help_line, help_lines
from ropewalk.site.agree.collaboration.views.collaboration import PART
from ropewalk.site.agree.collaboration.workbooks import HELP, help_rows
from ropewalk.site.agree.partnership.members import spoken_for
from ropewalk.site.agree.partnership.selectors.belonging import members_on
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, speaking_here
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.guard import with_role


def own_members(at: Here) -> list[Organisation]:
    """Members for which somebody speaks."""
    spoken = spoken_for(at.viewer, on=at.today)
    members = members_on(at.place, on=at.today) if spoken else []
    return [one for one in spoken if one in members]


def nobody_words(own: list[Organisation], at: Here) -> str:
    """What stands above a form for whoever speaks for no member."""
    return "" if own else f"Your organisation is no member of the partnership of {at.place.name} yet: its head joins."


def the_help(at: Here, number: int) -> Help:
    """A record of help of the place. Raises Http404 for any other."""
    rows = Help.objects.select_related("giver", "taker", "told_by", "place", "by")
    found: Help = get_object_or_404(rows, pk=number, place=at.place)
    return found


@require_safe
@with_role
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Every record of help, the latest first; those that wait for one's own answer stand above."""
    at = here(request, code)
    lines = help_lines(at.place)
    spoken = spoken_for(at.viewer, on=at.today)
    asked_of = [one for one in lines if one.answer is None and one.help.asked in spoken]
    return at.page("collaboration/help", PART, lines=lines, asked=asked_of, speaks=bool(spoken), crumb="Help")


@require_safe
@with_role
def help_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every record of help as CSV."""
    at = here(request, code)
    return csv_file(HELP, help_rows(help_lines(at.place)), about=f"help {at.place.code}")


@require_safe
@with_role
def record(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One record of help."""
    at = here(request, code)
    found = the_help(at, number)
    line, spoken = help_line(found), spoken_for(at.viewer, on=at.today)
    is_open = line.answer is None
    return at.page(
        "collaboration/record",
        PART,
        line=line,
        may_answer=is_open and found.asked in spoken and found.by_id != at.viewer.pk,
        may_withdraw=is_open and found.told_by in spoken,
        may_say=found.taker in spoken and (is_open or line.is_confirmed),
        crumb=str(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Write help down for one's own member."""
    at = speaking_here(request, code)
    own, members = own_members(at), members_on(at.place, on=at.today)
    form = HelpForm(request.POST if request.method == "POST" else None, organisations=own, members=members)

    def do() -> HttpResponse:
        made = actions.tell_help(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("collaboration:record", code=code, number=made.pk)

    lede = nobody_words(own, at) or "The other side is asked to confirm it; until then it is counted apart."
    back = reverse("collaboration:help", args=[code])
    return asked(at, form, Question(PART, "Write down help", "Write it down", back, lede), do, crumb="Help")


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Confirm or dispute help the other side wrote down, or withdraw one's own record."""
    at = speaking_here(request, code)
    found = the_help(at, number)
    own = [one for one in spoken_for(at.viewer, on=at.today) if one in (found.giver, found.taker)]
    form = AnswerForm(request.POST if request.method == "POST" else None, organisations=own)

    def do() -> HttpResponse:
        kind, said = Answered(form.cleaned_data["kind"]), form.cleaned_data["words"]
        _for_them_to_say(found, kind, form.chosen, at)
        actions.answer_help(kind, said, record=found, organisation=form.chosen, by=at.viewer, now=at.now)
        return redirect("collaboration:record", code=code, number=number)

    lede = f"{found}: {found.what} {found.told_by.name} wrote it down, and {found.asked.name} is asked."
    question = Question(PART, "Was it so?", "Say so", _back(found), lede)
    return asked(at, form, question, do, crumb="Help")


def _for_them_to_say(found: Help, kind: Answered, organisation: Organisation, at: Here) -> None:
    """Words for a choice that is not one's own; the action holds the rule."""
    if kind is Answered.WITHDRAWN:
        if organisation != found.told_by:
            raise InputRefused([Problem("The other side wrote it down.", "Say that it was not so.")])
    elif organisation != found.asked or at.viewer.pk == found.by_id:
        raise InputRefused([Problem("The other side is asked to confirm it.", "You may withdraw it.")])


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def came(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say what came of help one's own member was given."""
    at = speaking_here(request, code)
    found = the_help(at, number)
    own = [one for one in spoken_for(at.viewer, on=at.today) if one == found.taker]
    form = CameForm(request.POST if request.method == "POST" else None, organisations=own)

    def do() -> HttpResponse:
        words = form.cleaned_data["words"]
        actions.say_what_came(words, record=found, organisation=form.chosen, by=at.viewer, now=at.now)
        return redirect("collaboration:record", code=code, number=number)

    lede = f"{found}: {found.what} {found.taker.name} says what came of it."
    return asked(at, form, Question(PART, "What came of it?", "Say so", _back(found), lede), do, crumb="Help")


def _back(found: Help) -> str:
    return reverse("collaboration:record", args=[found.place.code, found.pk])
