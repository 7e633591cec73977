"""What is asked for in a partnership."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat
from ropewalk.site.agree.partnership.kinds import BodyKind, Part
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.foundation.organisations.models import NAME
from ropewalk.site.foundation.permissions.models import Grant

DAY = forms.DateInput(attrs={"type": "date"})


def words_field(label: str, *, help_text: str = "", most: int = WORDS, rows: int = 4, **named: Any) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    errors = {"required": f"Fill in “{label}”"}
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=widget, error_messages=errors, **named
    )


def day_field(label: str, **named: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=DAY, error_messages={"required": f"Fill in “{label}”"}, **named)


def name_field(label: str, **named: Any) -> forms.CharField:
    """A name or a short text."""
    return forms.CharField(label=label, max_length=NAME, error_messages={"required": f"Fill in “{label}”"}, **named)


def choice_field(label: str, choices: Sequence[tuple[str, str]], **named: Any) -> forms.ChoiceField:
    """One of some choices, none at first."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose"), *choices],
        error_messages={"required": f"Choose: {label.lower()}"},
        **named,
    )


class DecisionForm(forms.Form):
    """A head's decision to join or to leave."""

    words = words_field("What was decided, and why", help_text="Members of the partnership read it.")
    day = day_field("From this day on")


class BodyForm(forms.Form):
    """A body that begins."""

    kind = choice_field("What it is", [(kind.value, kind.words) for kind in BodyKind])
    name = name_field("Name", help_text="As members call it. For example: Education Board")
    strand = name_field(
        "Strand of the plan it works on",
        required=False,
        help_text="In the words of the plan, for a workstream. For example: Strand 1: School improvement",
    )
    begins = day_field("First day")

    def wanted(self) -> NewBody:
        """The body that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        return NewBody(BodyKind(said["kind"]), said["name"], said["begins"], said["strand"])


class LastDayForm(forms.Form):
    """With which day something ends."""

    until = day_field("Last day")


class TermsOfReferenceForm(forms.Form):
    """What a body is for and how it works."""

    text = words_field(
        "Terms of reference",
        most=TEXT,
        rows=16,
        help_text="What it is for, who is on it, how it meets and decides. Leave a line empty between paragraphs.",
    )
    agreed_on = day_field("Agreed on")


class SeatForm(forms.Form):
    """Who joins a body."""

    account = forms.ChoiceField(label="Person", required=False)
    name = name_field("Name, for somebody without an account here", required=False)
    organisation = name_field("School or organisation they come from", required=False)
    part = choice_field("Part they play", [(part.value, part.words) for part in Part])
    begins = day_field("From this day on")

    def __init__(self, *args: Any, people: Sequence[Grant], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = {str(grant.account_id): grant for grant in people}
        chosen = [(key, f"{one.account.name} ({one.title}, {one.where})") for key, one in self.people.items()]
        account: Any = self.fields["account"]
        account.choices = [("", "Somebody without an account here"), *chosen]

    def wanted(self) -> NewSeat:
        """The seat that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        grant = self.people.get(said["account"])
        where = said["organisation"] or (str(grant.where) if grant else "")
        account = grant.account if grant else None
        return NewSeat(Part(said["part"]), said["begins"], account, said["name"], where)
