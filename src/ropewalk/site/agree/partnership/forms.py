"""What is asked for in a partnership."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.actions.agreements import NewAgreement, Word
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat
from ropewalk.site.agree.partnership.actions.funding import NewLine, Spent
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved
from ropewalk.site.agree.partnership.actions.others import NewMember
from ropewalk.site.agree.partnership.kinds import (
    INVITED,
    AgreementKind,
    BodyKind,
    OutcomeKind,
    Part,
    Presence,
    Standing,
    many,
)
from ropewalk.site.agree.partnership.models import Seat
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import pence, text_lines
from ropewalk.site.agree.partnership.wording import MOST_COMMITMENTS, Wording
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import NAME, Organisation
from ropewalk.site.foundation.permissions.models import Grant

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


def name_field(label: str, **named: Any) -> forms.CharField:
    """A name or a short text."""
    return forms.CharField(label=label, max_length=NAME, error_messages={"required": f"Fill in “{label}”"}, **named)


def choice_field(label: str, choices: Sequence[tuple[str, str]], **named: Any) -> forms.ChoiceField:
    """One of some choices, none at first."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose"), *choices],
        error_messages={"required": f"Choose: {label.lower()}"},
        **named,
    )


class DecisionForm(forms.Form):
    """A head's decision to join or to leave."""

    words = words_field("What was decided, and why", help_text="Members of the partnership read it.")
    day = day_field("From this day on")


class MemberForm(forms.Form):
    """An organisation that comes to the place."""

    kind = choice_field("What it is", [(kind.value, kind.words) for kind in INVITED])
    name = name_field("Name", help_text="As it calls itself. If it is known here already, that one comes.")
    begins = day_field("From this day on")

    def wanted(self) -> NewMember:
        """The member that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        return NewMember(OrganisationKind(said["kind"]), said["name"], said["begins"])


class BodyForm(forms.Form):
    """A body that begins."""

    kind = choice_field("What it is", [(kind.value, kind.words) for kind in BodyKind])
    name = name_field("Name", help_text="As members call it. For example: Education Board")
    strand = name_field(
        "Strand of the plan it works on",
        required=False,
        help_text="In the words of the plan, for a workstream. For example: Strand 1: School improvement",
    )
    begins = day_field("First day")

    def wanted(self) -> NewBody:
        """The body that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        return NewBody(BodyKind(said["kind"]), said["name"], said["begins"], said["strand"])


class LastDayForm(forms.Form):
    """With which day something ends."""

    until = day_field("Last day")


class TermsOfReferenceForm(forms.Form):
    """What a body is for and how it works."""

    text = words_field(
        "Terms of reference",
        most=TEXT,
        rows=16,
        help_text="What it is for, who is on it, how it meets and decides. Leave a line empty between paragraphs.",
    )
    agreed_on = day_field("Agreed on")


class SeatForm(forms.Form):
    """Who joins a body."""

    account = forms.ChoiceField(label="Person", required=False)
    name = name_field("Name, for somebody without an account here", required=False)
    organisation = name_field("School or organisation they come from", required=False)
    part = choice_field("Part they play", [(part.value, part.words) for part in Part])
    begins = day_field("From this day on")

    def __init__(self, *args: Any, people: Sequence[Grant], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = {str(grant.account_id): grant for grant in people}
        chosen = [(key, f"{one.account.name} ({one.title}, {one.where})") for key, one in self.people.items()]
        account: Any = self.fields["account"]
        account.choices = [("", "Somebody without an account here"), *chosen]

    def wanted(self) -> NewSeat:
        """The seat that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        grant = self.people.get(said["account"])
        where = said["organisation"] or (str(grant.where) if grant else "")
        account = grant.account if grant else None
        return NewSeat(Part(said["part"]), said["begins"], account, said["name"], where)


class WordingForm(forms.Form):
    """What an agreement says. ``expected`` is the digest of the draft that was read, if there is one."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False)
    text = words_field(
        "What members agree", most=TEXT, rows=16, help_text="Leave a line empty between paragraphs.", strip=True
    )

    def __init__(self, *args: Any, wording: Wording | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        for kind in OrganisationKind:
            said = wording.commitments.get(kind, ()) if wording else ()
            field = words_field(
                f"Commitments of {many(kind)}",
                required=False,
                most=(WORDS + 2) * MOST_COMMITMENTS,
                rows=3,
                help_text="One a line. Leave it empty if they commit themselves to nothing.",
            )
            field.initial = "\n".join(said)
            self.fields[f"of_{kind}"] = field
        if wording:
            self.fields["text"].initial = wording.text

    def wording(self) -> Wording:
        """What is written; call it once the form is valid."""
        said = self.cleaned_data
        listed = {kind: tuple(text_lines(said[f"of_{kind}"])) for kind in OrganisationKind}
        return Wording(said["text"].replace("\r\n", "\n"), {kind: words for kind, words in listed.items() if words})


class AgreementForm(WordingForm):
    """An agreement with the draft of its first version."""

    kind = choice_field("What it is", [(kind.value, kind.words) for kind in AgreementKind])
    title = name_field("Title", help_text="For example: Memorandum of understanding of Harbourmouth’s schools")

    field_order = ("kind", "title", "text")

    def wanted(self) -> NewAgreement:
        """The agreement that is asked for; call it once the form is valid."""
        return NewAgreement(AgreementKind(self.cleaned_data["kind"]), self.cleaned_data["title"])


class ReadForm(forms.Form):
    """That a text was read: ``expected`` is its digest."""

    expected = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Read the text on this page first, and then decide"}
    )


class OrganisationChoice(forms.Form):
    """For which of one's organisations one speaks."""

    organisation = forms.ChoiceField(label="For", error_messages={"required": "Choose for whom you speak"})

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **named: Any) -> None:
        super().__init__(*args, **named)
        self.organisations = {str(one.pk): one for one in organisations}
        chosen = [(key, one.name) for key, one in self.organisations.items()]
        field: Any = self.fields["organisation"]
        field.choices = chosen if len(chosen) == 1 else [("", "Choose"), *chosen]

    @property
    def chosen(self) -> Organisation:
        """The organisation; call it once the form is valid."""
        return self.organisations[self.cleaned_data["organisation"]]


class SignForm(OrganisationChoice, ReadForm):
    """A signature for an organisation under a text that was read."""


class MarkForm(OrganisationChoice):
    """How an organisation keeps a commitment."""

    standing = choice_field("How it stands", [(one.value, one.words) for one in Standing])
    evidence = words_field("What shows it", help_text="Members of the partnership read it. Name no child.")

    def word(self) -> Word:
        """What is said; call it once the form is valid."""
        return Word(Standing(self.cleaned_data["standing"]), self.cleaned_data["evidence"])


TIME = forms.TimeInput(attrs={"type": "time"})
OFTEN = (
    ("0", "Once"),
    ("1", "Each week"),
    ("2", "Every two weeks"),
    ("4", "Every four weeks"),
    ("6", "Every six weeks"),
)


class MeetingForm(forms.Form):
    """A meeting, or a series of them at the same time of day."""

    day = day_field("Day")
    starts = forms.TimeField(label="From", widget=TIME, error_messages={"required": "Fill in “From”"})
    ends = forms.TimeField(label="Until", widget=TIME, error_messages={"required": "Fill in “Until”"})
    where = name_field("Where", help_text="A room, or the link of an online meeting.")
    weeks = choice_field("How often", OFTEN)
    until = day_field("Last day of the series", required=False, help_text="Left empty for a meeting that is held once.")

    def called(self) -> Called:
        """The meeting that is called; call it once the form is valid."""
        said = self.cleaned_data
        return Called(said["day"], said["starts"], said["ends"], said["where"], int(said["weeks"]), said["until"])


class AgendaForm(forms.Form):
    """What a meeting is to speak of."""

    items = words_field("Agenda", most=(WORDS + 2) * 40, rows=10, help_text="One item a line.", required=False)
    proposed = forms.MultipleChoiceField(
        label="The plan proposes to speak of",
        required=False,
        help_text="What is late, at risk or behind. What you tick stands at the end of the agenda; the rest is left.",
        error_messages={"invalid_choice": "Something proposed has changed since: choose again"},
    )

    def __init__(self, *args: Any, proposed: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["proposed"]
        field.choices = [(words, words) for words in proposed]


class AttendanceForm(forms.Form):
    """Who was at a meeting."""

    def __init__(self, *args: Any, seats: Sequence[Seat], known: Mapping[int, str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.seats = {f"seat_{seat.pk}": seat for seat in seats}
        for name, seat in self.seats.items():
            field = choice_field(f"{seat.who}, {seat.part_words}", [(one.value, one.words) for one in Presence])
            field.initial = known.get(seat.pk, "")
            self.fields[name] = field

    @property
    def there(self) -> dict[Seat, Presence]:
        """How everybody was there; call it once the form is valid."""
        return {seat: Presence(self.cleaned_data[name]) for name, seat in self.seats.items()}


class OutcomeForm(forms.Form):
    """A decision, or an action with who does it by when."""

    kind = choice_field("What it is", [(kind.value, kind.words) for kind in OutcomeKind])
    words = words_field("In words", rows=3)
    owner = name_field("Who does it", required=False, help_text="For an action.")
    due = day_field("By when", required=False, help_text="For an action.")

    def resolved(self) -> Resolved:
        """What was decided; call it once the form is valid."""
        said = self.cleaned_data
        return Resolved(OutcomeKind(said["kind"]), said["words"], said["owner"], said["due"])


class DoneForm(forms.Form):
    """When an action was done."""

    day = day_field("Done on")


class PoundsField(forms.CharField):
    """An amount of money as people write it; pence."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            max_length=20,
            help_text="In pounds. For example: 1,250 or 1250.50",
            error_messages={"required": f"Fill in “{label}”"},
        )

    def clean(self, value: Any) -> int:
        try:
            return pence(super().clean(value))
        except InputRefused as problem:
            raise ValidationError(str(problem)) from problem


class LineForm(forms.Form):
    """A funding line that is opened."""

    funder = name_field("Funder", help_text="For example: Harbourmouth Council, or the Regional Director")
    title = name_field("What it is for", help_text="For example: Place-Based Coordinator")
    pence = PoundsField("Amount")
    begins = day_field("First day")
    until = day_field("Last day", required=False, help_text="Left empty it goes on.")

    def wanted(self) -> NewLine:
        """The line that is asked for; call it once the form is valid."""
        return NewLine(**self.cleaned_data)


class SpendingForm(forms.Form):
    """What was spent from a line."""

    day = day_field("Day")
    pence = PoundsField("Amount")
    what = words_field("On what", rows=2)
    objective = name_field("For which objective")

    def __init__(self, *args: Any, known: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        if known:
            self.fields["objective"].help_text = f"Written so until now: {'; '.join(known)}"

    def said(self) -> Spent:
        """What was spent; call it once the form is valid."""
        return Spent(**self.cleaned_data)


class BecauseForm(forms.Form):
    """Why something is struck out or called off."""

    because = words_field("Why", rows=2)
