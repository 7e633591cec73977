"""What is asked for in due diligence."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from ropewalk.site.agree.partnership.actions.diligence import Found
from ropewalk.site.agree.partnership.forms import choice_field, day_field, name_field, words_field
from ropewalk.site.agree.partnership.kinds import DiligenceArea
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.diligence import FINDING
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.papers.forms import PaperField
from ropewalk.site.foundation.papers.limits import size_words
from ropewalk.site.foundation.permissions.models import Grant

NAME_NO_CHILD = "Name no child."


class DiligenceForm(forms.Form):
    """On whom a record is begun, and why."""

    organisation = choice_field("School or trust", ())
    why = words_field("Why it is looked at", most=FINDING, help_text=f"The school or trust reads it. {NAME_NO_CHILD}")

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **named: Any) -> None:
        super().__init__(*args, **named)
        self.organisations = {str(one.pk): one for one in organisations}
        field: Any = self.fields["organisation"]
        field.choices = [("", "Choose"), *((key, f"{one.name}") for key, one in self.organisations.items())]

    @property
    def chosen(self) -> Organisation:
        """The school or trust; call it once the form is valid."""
        return self.organisations[self.cleaned_data["organisation"]]


class FindingForm(forms.Form):
    """What was found of one question."""

    area = choice_field("What it is about", [(one.value, one.words.capitalize()) for one in DiligenceArea])
    question = name_field("Question", help_text="For example: Are accounts signed off and filed in time?")
    words = words_field("What was found", most=FINDING, rows=6, help_text=NAME_NO_CHILD)
    looked_on = day_field("Looked at on")
    looked_by = name_field("Who looked")
    link = forms.CharField(label="Link to what shows it", max_length=500, required=False)
    minutes = forms.ChoiceField(label="Minutes that show it", required=False)
    file = PaperField("File that shows it", required=False)
    follows = words_field("What follows", most=FINDING, rows=3, required=False)
    due = day_field("By when", required=False)

    def __init__(self, *args: Any, request: HttpRequest, meetings: Sequence[Meeting], **named: Any) -> None:
        super().__init__(*args, **named)
        self.request = request
        self.meetings = {str(one.pk): one for one in meetings}
        field: Any = self.fields["minutes"]
        listed = [(key, f"{one.body.name}, {long_date(one.starts_at.date())}") for key, one in self.meetings.items()]
        field.choices = [("", "None"), *listed]

    def clean(self) -> dict[str, Any]:
        """Say of a file that was cut off as it came in that it is too large."""
        if getattr(self.request, "upload_too_large", False):
            self.errors.pop("file", None)
            self.add_error("file", f"The file is too large. Send at most {size_words()}.")
        return self.cleaned_data

    def found(self) -> Found:
        """What was found; call it once the form is valid."""
        said = {**self.cleaned_data, "area": DiligenceArea(self.cleaned_data["area"])}
        return Found(**{**said, "minutes": self.meetings.get(said["minutes"])})


class AnswerForm(forms.Form):
    """What a school or trust says to a finding."""

    words = words_field("Your answer", most=FINDING, rows=6, help_text=f"It stands beside the finding. {NAME_NO_CHILD}")


class ReaderForm(forms.Form):
    """Who else may read a record."""

    account = choice_field("Person", ())
    begins = day_field("From this day on")

    def __init__(self, *args: Any, people: Sequence[Grant], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = {str(grant.account_id): grant.account for grant in people}
        field: Any = self.fields["account"]
        listed = {str(one.account_id): f"{one.account.name} ({one.title}, {one.where})" for one in people}
        field.choices = [("", "Choose"), *listed.items()]
