"""What is asked for board reports."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ropewalk.site.agree.board_report.selectors.gathering import meeting_words
from ropewalk.site.agree.partnership.forms import words_field
from ropewalk.site.agree.partnership.models import Meeting

NO, YES = "no", "yes"


class MakeForm(forms.Form):
    """A report is made, for a meeting of the board or for none."""

    meeting = forms.ChoiceField(label="For which meeting of the board", help_text="It is named on the report.")

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **named: Any) -> None:
        super().__init__(*args, **named)
        self._known = {str(one.pk): one for one in meetings}
        listed = [(key, meeting_words(one)) for key, one in self._known.items()]
        field = self.fields["meeting"]
        field.choices = [("", "Choose"), ("none", "None of these"), *listed]  # type: ignore[attr-defined]
        field.error_messages["required"] = "Choose: for which meeting of the board"

    @property
    def chosen(self) -> Meeting | None:
        """The meeting, if one is named; read it once the form is valid."""
        return self._known.get(self.cleaned_data["meeting"])


class PublishForm(forms.Form):
    """What somebody has looked at becomes public."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    money = forms.ChoiceField(widget=forms.HiddenInput, choices=((NO, NO), (YES, YES)))
    sure = forms.ChoiceField(
        label="May everybody read this?",
        choices=(("", "Choose"), (YES, "Yes, I have read it, and it may be public")),
        error_messages={"required": "Choose: may everybody read this?"},
    )

    @property
    def with_money(self) -> bool:
        """Whether money stands in it."""
        return bool(self.cleaned_data["money"] == YES)


class WithdrawForm(forms.Form):
    """A public version is withdrawn."""

    because = words_field("Why it is withdrawn", help_text="Members of the partnership can read it; others cannot.")
