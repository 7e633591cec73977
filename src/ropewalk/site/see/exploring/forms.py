"""What an analyst asks."""

from typing import Any

from django import forms

from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.groups import group
from ropewalk.core.use_cases.exploring import LEVELS, Offered

LEVEL_WORDS = {
    "place": "The whole place",
    "phase": "Primary, secondary and other phases",
    "trust": "Each trust",
    "school": "Each school",
}


def family_words(groups: tuple[str, ...]) -> str:
    """A family of groups, by one of them."""
    return group(groups[0]).family.capitalize()


class QuestionForm(forms.Form):
    """One measure in one period, by one kind of group, at one level."""

    measure = forms.ChoiceField(label="Measure")
    period = forms.ChoiceField(label="Period")
    by = forms.ChoiceField(label="By group", required=False)
    level = forms.ChoiceField(label="For", choices=[(level, LEVEL_WORDS[level]) for level in LEVELS])

    def __init__(self, *args: Any, offered: Offered, **named: Any) -> None:
        super().__init__(*args, **named)
        choices: dict[str, list[tuple[str, str]]] = {
            "measure": [(one.id, one.title) for one in offered.measures],
            "period": [(period, period_words(period)) for period in offered.periods],
            "by": [("", "All pupils"), *((name, family_words(ids)) for name, ids in offered.families.items())],
        }
        for name, listed in choices.items():
            field: Any = self.fields[name]
            field.choices = listed
            field.error_messages["invalid_choice"] = "Choose one of the list"
