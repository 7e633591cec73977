"""What is asked for in a partnership."""

from typing import Any

from django import forms

from ropewalk.site.agree.partnership.models.said import WORDS

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


class DecisionForm(forms.Form):
    """A head's decision to join or to leave."""

    words = words_field("What was decided, and why", help_text="Members of the partnership read it.")
    day = day_field("From this day on")
