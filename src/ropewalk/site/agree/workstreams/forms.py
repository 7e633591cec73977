"""What is asked for in a workstream."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ropewalk.core.errors import InputRefused
from ropewalk.core.measures import all_measures
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.phases import Phase
from ropewalk.site.agree.partnership.forms import choice_field, day_field, name_field, words_field
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.rules import pence, text_lines
from ropewalk.site.agree.workstreams.actions.baseline import Chosen, NewWorkstream, Typed
from ropewalk.site.agree.workstreams.actions.ideas import NewIdea
from ropewalk.site.agree.workstreams.actions.task import NewCharter
from ropewalk.site.agree.workstreams.kinds import Aim, Ending, Evidence
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.agree.workstreams.selectors.workshop import meeting_words

FREE = ("0", "£0", "0.00")


class WorkstreamForm(forms.Form):
    """A workstream that is proposed."""

    title = name_field("Title", help_text="For example: Inclusion")
    aim = choice_field("What it wants", [(aim.value, aim.words) for aim in Aim])
    question = words_field("Question it answers", rows=2, help_text="In one sentence.")
    chair = name_field("Chair", help_text="Name, and whom they come from.")
    contributors = words_field(
        "Organisations that contribute", help_text="A line each. For example: the council, Ofsted, a trust.", rows=5
    )

    def wanted(self) -> NewWorkstream:
        """The workstream that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        contributors = tuple(text_lines(said["contributors"]))
        return NewWorkstream(said["title"], said["question"], Aim(said["aim"]), said["chair"], contributors)


class ContributorForm(forms.Form):
    """Another organisation that contributes."""

    name = name_field("Organisation")


class _Of(forms.Form):
    """A form whose choices are those of a workstream."""

    def __init__(self, *args: Any, workstream: Workstream, **named: Any) -> None:
        super().__init__(*args, **named)
        self.rows: dict[str, dict[str, Any]] = {
            "contributor": {str(one.pk): one for one in workstream.contributors.order_by("name")},
            "idea": {str(one.pk): one for one in workstream.ideas.order_by("number")},
        }
        for name, rows in self.rows.items():
            if name in self.fields:
                self._choose_from(name, [(key, str(one)) for key, one in rows.items()])

    def _choose_from(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", "Choose"), *choices]

    def chosen(self, name: str) -> Any:
        """The row that was chosen; call it once the form is valid."""
        return self.rows[name][self.cleaned_data[name]]


class MeasureForm(forms.Form):
    """A measure by phase and group; those that say something of the aim stand first."""

    measure = choice_field("Measure", [])
    phase = choice_field("Phase", [(one.value, one.words) for one in Phase], initial="all")
    group = choice_field("Group", [(one.id, one.words) for one in GROUPS.values()], initial="all")

    def __init__(self, *args: Any, workstream: Workstream, **named: Any) -> None:
        super().__init__(*args, **named)
        near = [name for name in Aim(workstream.aim).measures if name in all_measures()]
        field: Any = self.fields["measure"]
        rest = [one.id for one in sorted(all_measures().values(), key=lambda one: one.title) if one.id not in near]
        field.choices = [("", "Choose"), *((name, all_measures()[name].title) for name in (*near, *rest))]

    def wanted(self) -> Chosen:
        """The measure that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        return Chosen(said["measure"], said["phase"], said["group"])


class PublishedForm(MeasureForm):
    """A figure of published statistics that a contributor submits."""

    period = name_field(
        "Academic year", required=False, help_text="For example: 2024/25. Leave it empty for the newest published."
    )
    contributor = choice_field("Submitted by", [])

    def __init__(self, *args: Any, workstream: Workstream, **named: Any) -> None:
        super().__init__(*args, workstream=workstream, **named)
        self.rows = {str(one.pk): one for one in workstream.contributors.order_by("name")}
        field: Any = self.fields["contributor"]
        field.choices = [("", "Choose"), *((key, one.name) for key, one in self.rows.items())]


class TypedForm(_Of):
    """A figure that is not in published statistics."""

    contributor = choice_field("Submitted by", [])
    title = name_field(
        "What it counts", help_text="Use the same words as others who submit it: they are set side by side."
    )
    value = name_field("Value, with its unit")
    period = name_field("Period")
    definition = words_field("Definition", help_text="Who is counted, and out of whom.")
    source = words_field("Source", rows=2)
    evidence = words_field(
        "Evidence", rows=2, help_text="Where others can check it: a link or a document. Name no child."
    )

    def wanted(self) -> Typed:
        """The figure that is typed; call it once the form is valid."""
        said = self.cleaned_data
        names = ("title", "value", "period", "definition", "source", "evidence")
        return Typed(*(said[name] for name in names))


class ReconcileForm(forms.Form):
    """What is decided where definitions differ."""

    title = choice_field("Figure", [])
    words = words_field("Which definition counts, and why")

    def __init__(self, *args: Any, titles: Iterable[str], **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["title"]
        field.choices = [("", "Choose"), *((title, title) for title in titles)]


class FreezeForm(forms.Form):
    """The digest of the picture that was read."""

    expected = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Read the picture first, then freeze it"}
    )


class SignForm(_Of):
    """A named person signs for a contributor."""

    expected = forms.CharField(widget=forms.HiddenInput)
    contributor = choice_field("Organisation", [])
    name = name_field("Name and post of whoever signs")


class IdeaForm(forms.Form):
    """An idea."""

    title = name_field("Idea in a few words")
    words = words_field("What would be done")
    owner = name_field("Who would own it")
    evidence = choice_field("How strong the evidence is", [(one.value, one.words) for one in Evidence])
    link = name_field("Link to the evidence", required=False)
    cost = name_field("What it costs in pounds", help_text="For example: 12,500, or 0")

    def clean_cost(self) -> int:
        """Pence from pounds."""
        said = str(self.cleaned_data["cost"]).strip()
        if said in FREE:
            return 0
        try:
            return pence(said)
        except InputRefused as problem:
            raise ValidationError(str(problem)) from problem

    def wanted(self) -> NewIdea:
        """The idea; call it once the form is valid."""
        said = self.cleaned_data
        evidence = Evidence(said["evidence"])
        return NewIdea(said["title"], said["words"], said["owner"], evidence, said["cost"], said["link"])


class VoteForm(_Of):
    """The vote of a contributor."""

    contributor = choice_field("Organisation", [])
    idea = choice_field("Idea it votes for", [])


class ShortlistForm(forms.Form):
    """Which ideas are tried."""

    numbers = name_field("Numbers of the ideas", help_text="Separated by commas. For example: 1, 3")
    words = words_field("What was decided, and why")

    def clean_numbers(self) -> list[int]:
        """The numbers."""
        said = [one.strip() for one in str(self.cleaned_data["numbers"]).split(",") if one.strip()]
        if not all(one.isascii() and one.isdigit() for one in said):
            raise ValidationError("Write numbers of ideas separated by commas, such as 1, 3.")
        return [int(one) for one in said]


class WorkshopForm(forms.Form):
    """Which meeting is the baselining workshop."""

    meeting = choice_field("Meeting", [])

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **named: Any) -> None:
        super().__init__(*args, **named)
        self.meetings = {str(one.pk): one for one in meetings}
        field: Any = self.fields["meeting"]
        field.choices = [("", "Choose"), *((key, meeting_words(one)) for key, one in self.meetings.items())]

    @property
    def chosen(self) -> Meeting:
        """The meeting; call it once the form is valid."""
        return self.meetings[self.cleaned_data["meeting"]]


class CharterForm(forms.Form):
    """The charter of the task and finish group."""

    text = words_field("Charter", most=TEXT, rows=8, help_text="What the group does, and what it does not.")
    members = words_field("Members", rows=5, help_text="A line each: name and organisation.")
    begins = day_field("First day")
    ends = day_field("End date")

    def wanted(self) -> NewCharter:
        """The charter; call it once the form is valid."""
        said = self.cleaned_data
        return NewCharter(said["text"], said["members"], said["begins"], said["ends"])


class ExtendForm(forms.Form):
    """A formal extension."""

    ends = day_field("New end date")
    because = words_field("Why more time is needed")


class CloseForm(forms.Form):
    """The closing report."""

    words = words_field("What was done, and what was not", most=TEXT, rows=8)


class DecideForm(forms.Form):
    """What becomes of the work."""

    ending = choice_field("It is", [(one.value, one.words) for one in Ending])
    words = words_field("Reasons", most=TEXT, rows=6)
