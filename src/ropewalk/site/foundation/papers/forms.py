"""The field of a form by which a file comes in. Its page needs ``enctype="multipart/form-data"``."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.papers.actions import Incoming, incoming
from ropewalk.site.foundation.papers.kinds import ACCEPT, LIST
from ropewalk.site.foundation.papers.limits import most_bytes, size_words
from ropewalk.site.foundation.papers.models import TITLE, WHY


class PaperField(forms.FileField):
    """One file; what is cleaned is an ``Incoming``, or None where none is needed and none was sent."""

    def __init__(self, label: str = "File", **named: Any) -> None:
        told = f"{LIST}. At most {size_words()}. Whoever sees this page can take it along."
        named.setdefault("help_text", told)
        errors = {"required": "Choose a file", "empty": "The file is empty", "invalid": "Choose a file"}
        # Names are cut, not refused: see ``kinds.safe_name``.
        super().__init__(label=label, error_messages=errors, max_length=None, **named)
        self.widget.attrs["accept"] = ACCEPT

    def clean(self, data: Any, initial: Any = None) -> Incoming | None:
        """The file. Raises ValidationError for one that is too large, empty, or of no sort that is kept."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        if sent.size > most_bytes():
            raise ValidationError(f"The file is too large. Send at most {size_words()}.")
        try:
            return incoming(sent.read(), sent.name or "")
        except InputRefused as problem:
            raise ValidationError(str(problem)) from problem


class PaperForm(forms.Form):
    """A file with its title."""

    title = forms.CharField(
        label="Title", max_length=TITLE, required=False, help_text="Left empty it is called as the file is."
    )
    file = PaperField()

    def __init__(self, *args: Any, request: HttpRequest, **named: Any) -> None:
        super().__init__(*args, **named)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Say of a file that was cut off as it came in that it is too large."""
        if getattr(self.request, "upload_too_large", False):
            self.errors.pop("file", None)
            self.add_error("file", f"The file is too large. Send at most {size_words()}.")
        return self.cleaned_data


class RemovalForm(forms.Form):
    """Why a file is deleted."""

    because = forms.CharField(
        label="Why it is deleted",
        max_length=WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Fill in “Why it is deleted”"},
    )
