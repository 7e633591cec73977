"""What is asked for in collaboration."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from ropewalk.site.agree.collaboration.actions.help import MOST_MINUTES, NewHelp
from ropewalk.site.agree.collaboration.actions.practice import NewPractice
from ropewalk.site.agree.collaboration.kinds import ALWAYS_COUNTED, Answered, Counted, Side
from ropewalk.site.agree.collaboration.models.practice import URL
from ropewalk.site.agree.partnership.forms import OrganisationChoice, choice_field, day_field, name_field, words_field
from ropewalk.site.foundation.organisations.models import Organisation

NO_CHILD = "Members of the partnership read it. Name no child."


class HelpForm(OrganisationChoice):
    """Help as one side writes it down."""

    side = choice_field("What happened", [(one.value, one.words) for one in Side])
    other = choice_field("Who the other side is", [])
    what = words_field("With what", rows=3, help_text=f"For example: two visits of our attendance lead. {NO_CHILD}")
    hours = forms.DecimalField(
        label="Hours it took",
        min_value=Decimal("0.25"),
        max_value=Decimal(MOST_MINUTES // 60),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Of whoever helped, all together. For example: 6 or 2.5",
        error_messages={"required": "Fill in “Hours it took”", "invalid": "Write hours as a number, such as 6 or 2.5"},
    )
    begins = day_field("First day")
    until = day_field("Last day")
    came = words_field(
        "What came of it", rows=3, required=False, help_text="Only for the side that was helped; it can be said later."
    )

    def __init__(self, *args: Any, members: Iterable[Organisation], **named: Any) -> None:
        super().__init__(*args, **named)
        self.members = {str(one.pk): one for one in members}
        field: Any = self.fields["other"]
        field.choices = [("", "Choose"), *((key, one.name) for key, one in self.members.items())]
        self.fields["hours"].max_length = 8  # type: ignore[attr-defined]

    def wanted(self) -> NewHelp:
        """The help that is written down; call it once the form is valid."""
        said = self.cleaned_data
        return NewHelp(
            own=self.chosen,
            side=Side(said["side"]),
            other=self.members[said["other"]],
            what=said["what"],
            minutes=int(said["hours"] * 60),
            begins=said["begins"],
            until=said["until"],
            came=said["came"],
        )


class AnswerForm(OrganisationChoice):
    """Whether help was as the other side wrote it down."""

    kind = choice_field(
        "Was it so?",
        [
            (Answered.CONFIRMED.value, "Yes: we confirm it"),
            (Answered.DISPUTED.value, "No: it was not so"),
            (Answered.WITHDRAWN.value, "We wrote it down ourselves and withdraw it"),
        ],
    )
    words = words_field(
        "What came of it, or why it was not so",
        required=False,
        help_text=f"Whoever was helped says here what came of it. {NO_CHILD}",
    )


class CameForm(OrganisationChoice):
    """What came of help."""

    words = words_field("What came of it", help_text=f"In your own words; the latest word counts. {NO_CHILD}")


class PracticeForm(OrganisationChoice):
    """Practice that is shared."""

    title = name_field("Practice in a few words")
    words = words_field("What you do", help_text=NO_CHILD)
    evidence = words_field("What shows that it works", help_text="What changed since, and how you know.")
    link = forms.URLField(
        label="Link where others can read it",
        required=False,
        max_length=URL,
        assume_scheme="https",
        error_messages={"invalid": "Write a whole address, such as https://school.example/practice"},
    )

    def wanted(self) -> NewPractice:
        """The practice that is shared; call it once the form is valid."""
        said = self.cleaned_data
        return NewPractice(self.chosen, said["title"], said["words"], said["evidence"], said["link"])


class TakeUpForm(OrganisationChoice):
    """That practice was taken up."""

    words = words_field("What you took up, and what became of it", help_text=NO_CHILD)


_COUNTED = [(one.value, f"{one.words} (always counts)" if one in ALWAYS_COUNTED else one.words) for one in Counted]


class CountsForm(forms.Form):
    """What a partnership agreed that counts."""

    counted = forms.MultipleChoiceField(
        label="What counts",
        choices=_COUNTED,
        error_messages={"required": "Choose what counts: giving help always does"},
    )
    day = day_field("Agreed on")
    words = words_field("Who agreed it, and why", help_text="For example: the board on 4 March, because …")

    field_order = ("counted", "day", "words")

    @property
    def kinds(self) -> list[Counted]:
        """What counts; call it once the form is valid."""
        return [Counted(one) for one in self.cleaned_data["counted"]]
