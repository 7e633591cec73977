"""What is asked for: how often somebody wants to be reminded."""

from django import forms

from ropewalk.site.agree.home.kinds import Often


class OftenForm(forms.Form):
    """How often."""

    often = forms.ChoiceField(
        label="How often do you want to be reminded?",
        choices=[(one.value, one.words) for one in Often],
        error_messages={"required": "Choose how often", "invalid_choice": "Choose how often"},
    )
