"""What is asked for about a meeting besides its minutes: another time, guests, a slot of a surgery."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ropewalk.site.agree.partnership.actions.moving import NewTime
from ropewalk.site.agree.partnership.forms import TIME, OrganisationChoice, day_field, name_field, words_field
from ropewalk.site.foundation.organisations.models import Organisation


class MoveForm(forms.Form):
    """When and where a meeting is held instead."""

    day = day_field("Day")
    starts = forms.TimeField(label="From", widget=TIME, error_messages={"required": "Fill in “From”"})
    ends = forms.TimeField(label="Until", widget=TIME, error_messages={"required": "Fill in “Until”"})
    where = name_field("Where", help_text="A room, or the link of an online meeting.")

    def wanted(self) -> NewTime:
        """The new time; call it once the form is valid."""
        return NewTime(**self.cleaned_data)


class GuestForm(forms.Form):
    """Somebody who is invited and is not on the body."""

    name = name_field("Name")
    email = forms.CharField(
        label="E-mail address", max_length=254, error_messages={"required": "Fill in “E-mail address”"}
    )


class SendForm(forms.Form):
    """That invitations are to be sent now."""


class BookingForm(OrganisationChoice):
    """A slot for one's school."""

    about = words_field(
        "What it is about", rows=3, help_text="Read by whoever runs the partnership and by your school. Name no child."
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **named: Any) -> None:
        super().__init__(*args, organisations=organisations, **named)
        self.fields["organisation"].label = "School"
