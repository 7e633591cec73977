"""What is asked for in a school's self-evaluation, needs and plans."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ropewalk.site.agree.partnership.forms import PoundsField, choice_field, day_field, name_field, words_field
from ropewalk.site.agree.plan.forms import OptionalPounds
from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.agree.school_plans.actions import claims, needs, plans, spending
from ropewalk.site.agree.school_plans.approaches import APPROACHES
from ropewalk.site.agree.school_plans.kinds import Agreed, Area, Judgement, State, Topic
from ropewalk.site.agree.school_plans.models import Claim
from ropewalk.site.agree.school_plans.models.claims import LONG, URL
from ropewalk.site.agree.school_plans.selectors.claims import ClaimLine
from ropewalk.site.agree.school_plans.selectors.figures import chosen
from ropewalk.site.foundation.organisations.models import NAME, Organisation
from ropewalk.site.foundation.permissions.models import Grant

NO_CHILD = "Name no child."


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


class ClaimForm(forms.Form):
    """A claim and the school's own judgement."""

    area = choice_field("Area", [(one.value, one.words) for one in Area])
    words = words_field("What the school says", most=LONG, rows=5, help_text=f"One claim at a time. {NO_CHILD}")
    judgement = choice_field("The school’s own judgement", [(one.value, one.words) for one in Judgement])

    def __init__(self, *args: Any, with_area: bool = True, **named: Any) -> None:
        super().__init__(*args, **named)
        if not with_area:
            del self.fields["area"]

    def said(self) -> claims.Said:
        """What is said; call it once the form is valid."""
        return claims.Said(self.cleaned_data["words"], Judgement(self.cleaned_data["judgement"]))


class EvidenceForm(forms.Form):
    """What a claim rests on."""

    figure = forms.ChoiceField(
        label="A figure", required=False, help_text="Figures are chosen, so that they stay true to their source."
    )
    address = forms.URLField(label="Or the address of a page", required=False, max_length=URL, assume_scheme="https")
    words = words_field("In words", rows=3, required=False, help_text=f"Needed where no figure is chosen. {NO_CHILD}")

    def __init__(self, *args: Any, figures: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, "figure", [("", "No figure"), *figures])

    def shown(self) -> claims.Shown:
        """What is shown; call it once the form is valid."""
        said = self.cleaned_data
        return claims.Shown(chosen(said["figure"]) if said["figure"] else None, said["address"], said["words"])


class AskForm(forms.Form):
    """Who is asked to look at a claim, and until when."""

    who = choice_field("Who is asked", ())
    due = day_field("Until", required=False)

    def __init__(self, *args: Any, people: Sequence[Grant], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = {str(one.account_id): one for one in people}
        listed = [(key, f"{one.account.name} ({one.title}, {one.where})") for key, one in self.people.items()]
        _offer(self, "who", [("", "Choose"), *listed])


class ValidateForm(forms.Form):
    """What somebody who was asked says of a claim."""

    agreed = choice_field("Do you agree?", [(one.value, one.words) for one in Agreed])
    words = words_field("Why, in words", most=LONG, rows=5, help_text=f"What you saw or read. {NO_CHILD}")


class SureForm(forms.Form):
    """That somebody means it."""

    sure = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Read what follows first"})


class BecauseForm(forms.Form):
    """Why something goes."""

    because = words_field("Why", rows=2)


class NeedForm(forms.Form):
    """A need in words."""

    topic = choice_field("What it is about", [(one.value, one.words) for one in Topic])
    words = words_field("The need in words", rows=3, help_text=f"What would help, and whom. {NO_CHILD}")


class ObjectiveForm(forms.Form):
    """A joint objective."""

    plan = choice_field("In which plan", ())
    words = words_field("The objective in words", rows=3)

    def __init__(self, *args: Any, plans: Sequence[Plan], **named: Any) -> None:
        super().__init__(*args, **named)
        self.plans = {str(one.pk): one for one in plans}
        _offer(self, "plan", [(key, f"{one.title} ({one.stage.words})") for key, one in self.plans.items()])

    def wanted(self, topic: Topic) -> needs.Wanted:
        """What is wanted; call it once the form is valid."""
        return needs.Wanted(topic, self.cleaned_data["words"], self.plans[self.cleaned_data["plan"]])


class PlanForm(forms.Form):
    """A plan that begins."""

    title = name_field("Title", help_text="For example: School plan 2026 to 2028")


class PriorityForm(forms.Form):
    """What the school puts first."""

    words = words_field("The priority in words", rows=3)
    claims = forms.MultipleChoiceField(label="Claims of the self-evaluation it rests on", required=False)
    objective = forms.ChoiceField(label="Objective of the place’s plan it belongs to", required=False)
    expected = words_field("Expected change, in words", rows=2, required=False)
    figure = forms.ChoiceField(
        label="Measure, and the value it begins from",
        required=False,
        help_text="Published figures. The value is frozen when the head approves the plan.",
    )
    target = forms.DecimalField(label="Value to be reached", max_digits=14, decimal_places=4, required=False)
    by_period = forms.CharField(
        label="In which academic year", max_length=7, required=False, help_text="For example: 2027/28"
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[ClaimLine],
        objectives: Sequence[Item],
        figures: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.known: dict[str, Claim] = {str(one.claim.pk): one.claim for one in lines}
        self.objectives = {str(one.pk): one for one in objectives}
        listed = [(str(one.claim.pk), f"{one.claim.of.words}: {one.version.words}"[:90]) for one in lines]
        _offer(self, "claims", listed)
        titled = [(key, f"{one.words} ({one.plan.title})"[:90]) for key, one in self.objectives.items()]
        _offer(self, "objective", [("", "None"), *titled])
        _offer(self, "figure", [("", "No measure: only words"), *figures])

    def wanted(self) -> plans.Wanted:
        """What is wanted; call it once the form is valid."""
        said = self.cleaned_data
        return plans.Wanted(
            said["words"],
            said["expected"],
            [self.known[key] for key in said["claims"]],
            self.objectives.get(said["objective"]),
            chosen(said["figure"]) if said["figure"] else None,
            said["target"],
            said["by_period"].strip(),
        )


class ActionForm(forms.Form):
    """An action."""

    words = words_field("What is done", rows=3)
    owner = forms.ChoiceField(label="Who does it", required=False)
    begins = day_field("First day", required=False)
    due = day_field("Day due", required=False)
    pence = OptionalPounds("Cost")

    def __init__(self, *args: Any, staff: Sequence[Grant], **named: Any) -> None:
        super().__init__(*args, **named)
        self.staff = {str(one.account_id): one for one in staff}
        _offer(self, "owner", [("", "Nobody yet"), *((key, one.account.name) for key, one in self.staff.items())])

    def promise(self) -> plans.Promise:
        """What is promised; call it once the form is valid."""
        said = self.cleaned_data
        grant = self.staff.get(said["owner"])
        days = (said["begins"], said["due"])
        return plans.Promise(said["words"], grant.account if grant else None, *days, said["pence"])


class ReportForm(forms.Form):
    """How an action stands."""

    status = choice_field("Status", [(one.value, one.words) for one in Status])
    words = words_field("How it stands", rows=3, help_text=f"In a sentence. {NO_CHILD}")


class SupportForm(forms.Form):
    """Support that was received."""

    organisation = forms.ChoiceField(label="From which organisation", required=False)
    who = forms.CharField(label="Or from whom else", required=False, max_length=NAME)
    words = words_field("What it was", rows=3, help_text=NO_CHILD)
    hours = forms.IntegerField(label="Hours", required=False, min_value=0, max_value=100_000)
    begins = day_field("From")
    until = day_field("Until", required=False)

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **named: Any) -> None:
        super().__init__(*args, **named)
        self.organisations = {str(one.pk): one for one in organisations}
        _offer(self, "organisation", [("", "None of these"), *((k, one.name) for k, one in self.organisations.items())])

    def helped(self) -> plans.Helped:
        """What is said; call it once the form is valid."""
        said = self.cleaned_data
        names = {name: said[name] for name in ("words", "begins", "until", "hours", "who")}
        return plans.Helped(**names, organisation=self.organisations.get(said["organisation"]))


class MoveForm(forms.Form):
    """Where a plan goes next."""

    to = choice_field("The plan becomes", ())
    review_due = day_field("To be reviewed on", required=False, help_text="Needed when it is approved.")
    chair = forms.CharField(label="Chair of governors, if the name is to stand", required=False, max_length=NAME)
    words = words_field("What came of it", most=LONG, rows=4, required=False, help_text="Needed unless approved.")

    def __init__(self, *args: Any, states: Sequence[State], with_chair: bool = True, **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, "to", [("", "Choose"), *((one.value, one.words) for one in states)])
        if not with_chair:
            del self.fields["chair"]

    def move(self) -> plans.Move:
        """What is said; call it once the form is valid."""
        said = self.cleaned_data
        return plans.Move(State(said["to"]), said["words"], said["review_due"], said.get("chair", ""))


class SpendingForm(forms.Form):
    """Pupil premium of a year."""

    year = forms.CharField(
        label="Academic year",
        max_length=7,
        help_text="For example: 2026/27",
        error_messages={"required": "Fill in “Academic year”"},
    )
    pence = PoundsField("Pupil premium of the whole year")
    measure = forms.ChoiceField(label="Number of pupils, as published", required=False)
    pupils = forms.IntegerField(label="Or the number typed", required=False, min_value=0, max_value=100_000)
    source = forms.CharField(label="Where the typed number comes from", required=False, max_length=NAME)

    def __init__(self, *args: Any, counts: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, "measure", [("", "None of these: it is typed"), *counts])

    def amount(self) -> spending.Amount:
        """What is said; call it once the form is valid."""
        return spending.Amount(**self.cleaned_data)


class ChallengeForm(forms.Form):
    """What stands in the way."""

    words = words_field("What stands in the way of disadvantaged pupils", rows=3, help_text=NO_CHILD)


class ChoiceForm(forms.Form):
    """What is chosen about a challenge."""

    approach = choice_field("Approach", [(one.id, f"{one.title}: {one.means}") for one in APPROACHES])
    words = words_field("What the school does", rows=3)
    pence = PoundsField("Cost in this year")
    outcome = words_field("What is to change", rows=2)
    measure = forms.ChoiceField(label="Measure by which it is seen", required=False)
    evidence = words_field(
        "What is known of it",
        rows=3,
        required=False,
        help_text="How strong the evidence is, what it costs, how long it takes: as the source says.",
    )
    evidence_source = forms.CharField(label="Source of that", required=False, max_length=NAME)
    address = forms.URLField(label="Address of the source", required=False, max_length=URL, assume_scheme="https")

    def __init__(self, *args: Any, measures: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, "measure", [("", "None"), *measures])

    def chosen(self) -> spending.Chosen:
        """What is chosen; call it once the form is valid."""
        return spending.Chosen(**self.cleaned_data)
