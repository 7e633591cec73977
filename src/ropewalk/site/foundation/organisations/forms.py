"""What is asked for when organisations and places are made."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import NAME, Place

# What the published register brings in is not typed by hand.
BY_HAND = tuple(kind for kind in OrganisationKind if kind not in {OrganisationKind.SCHOOL, OrganisationKind.COUNCIL})
DAY = forms.DateInput(attrs={"type": "date"})
URN = re.compile(r"\d{6}")


def urns_in(text: str) -> list[int]:
    """The URNs of a text: six digits each, with anything but digits between them. Raises ValidationError."""
    found = re.findall(r"\d+", text)
    wrong = [number for number in found if not URN.fullmatch(number)]
    if wrong:
        raise ValidationError(f"A URN has six digits: {', '.join(wrong[:5])} cannot be one")
    if not found:
        raise ValidationError("Write the URN of at least one school")
    return [int(number) for number in found]


class PlaceForm(forms.Form):
    """A place that is a list of schools."""

    name = forms.CharField(
        label="Name",
        max_length=NAME,
        help_text="For example: South Solihull",
        error_messages={"required": "Enter a name"},
    )
    schools = forms.CharField(
        label="Schools",
        max_length=10_000,
        help_text="The URN of each school, one a line or with commas between them.",
        error_messages={"required": "Write the URN of at least one school"},
    )
    within = forms.ModelChoiceField(
        label="Region", queryset=Place.objects.none(), required=False, empty_label="In none that is known here"
    )
    begins = forms.DateField(label="First day", widget=DAY, error_messages={"required": "Say from when it is a place"})

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        within: Any = self.fields["within"]
        within.queryset = Place.objects.filter(kind=PlaceKind.REGION).order_by("name")

    def clean_schools(self) -> list[int]:
        return urns_in(self.cleaned_data["schools"])


class OrganisationForm(forms.Form):
    """An organisation that no register brings in."""

    kind = forms.ChoiceField(
        label="What it is", choices=[("", "Choose"), *((kind.value, kind.words) for kind in BY_HAND)]
    )
    name = forms.CharField(label="Name", max_length=NAME, error_messages={"required": "Enter a name"})
