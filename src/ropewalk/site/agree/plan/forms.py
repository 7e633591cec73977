"""What is asked for in a plan."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ropewalk.core.measures import all_measures
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.phases import Phase
from ropewalk.site.agree.partnership.forms import PoundsField, choice_field, day_field, name_field, words_field
from ropewalk.site.agree.partnership.models import Body, Meeting
from ropewalk.site.agree.plan.actions.changing import Why
from ropewalk.site.agree.plan.actions.items import Promise, Shown
from ropewalk.site.agree.plan.actions.kpis import Wanted, Written
from ropewalk.site.agree.plan.actions.plans import NewPlan
from ropewalk.site.agree.plan.kinds import Comes, EvidenceKind, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.plan.models.items import URL
from ropewalk.site.agree.plan.rules import Node
from ropewalk.site.agree.plan.ways import WAYS
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.models import Grant


class PlanForm(forms.Form):
    """A plan that is drafted."""

    title = name_field("Title", help_text="For example: Recovery and improvement plan 2026 to 2028")
    way = choice_field("Begin from", [("empty", "an empty plan"), *((one.id, one.title) for one in WAYS)])
    aim = words_field("Aim", required=False, rows=3, help_text="In a sentence. Left empty it is that of the template.")

    def wanted(self) -> NewPlan:
        """The plan that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        return NewPlan(said["title"], said["aim"], "" if said["way"] == "empty" else said["way"])


class PeopleForm(forms.Form):
    """Who is asked to agree a plan."""

    people = forms.MultipleChoiceField(
        label="Who agrees it", error_messages={"required": "Choose at least one person who agrees it"}
    )

    def __init__(self, *args: Any, people: Sequence[Grant], **named: Any) -> None:
        super().__init__(*args, **named)
        self.known = {str(grant.account_id): grant for grant in people}
        field: Any = self.fields["people"]
        field.choices = [(key, f"{one.account.name} ({one.title}, {one.where})") for key, one in self.known.items()]

    @property
    def chosen(self) -> list[Any]:
        """The accounts; call it once the form is valid."""
        return [self.known[key].account for key in self.cleaned_data["people"]]


class WhyForm(forms.Form):
    """Why something is done, and in whose name."""

    because = words_field("Why", rows=2)
    body = forms.ChoiceField(label="Decided by", required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **named: Any) -> None:
        super().__init__(*args, **named)
        self.bodies = {str(one.pk): one for one in bodies}
        field: Any = self.fields["body"]
        field.choices = [("", "Nobody but you"), *((key, one.name) for key, one in self.bodies.items())]

    def why(self) -> Why:
        """The reason; call it once the form is valid."""
        return Why(self.cleaned_data["because"], self.bodies.get(self.cleaned_data["body"]))


class MoveForm(WhyForm):
    """Where a plan goes next."""

    to = choice_field("The plan becomes", ())

    field_order = ("to",)

    def __init__(self, *args: Any, state: State, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["to"]
        field.choices = [("", "Choose"), *((one.value, one.words) for one in state.next)]
        self.fields["because"].required = False

    @property
    def state(self) -> State:
        """Where it goes; call it once the form is valid."""
        return State(self.cleaned_data["to"])


class OptionalPounds(PoundsField):
    """An amount of money, or none."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.required = False

    def clean(self, value: Any) -> Any:
        return super().clean(value) if str(value or "").strip() else None


class ItemForm(WhyForm):
    """A part of a plan."""

    kind = choice_field("What it is", [(kind.value, kind.words) for kind in ItemKind])
    parent = forms.ChoiceField(label="Stands under", required=False)
    words = words_field("In words", rows=3)
    owner = forms.ChoiceField(label="Who does it", required=False)
    organisation = forms.ChoiceField(label="For which organisation", required=False)
    begins = day_field("First day", required=False)
    due = day_field("Day due", required=False)
    pence = OptionalPounds("Cost")
    waits_for = forms.ChoiceField(label="What comes first", required=False)
    number = forms.IntegerField(
        label="Order among its neighbours", required=False, min_value=1, max_value=999, help_text="1 stands first."
    )

    field_order = ("kind", "parent", "words", "owner", "organisation", "begins", "due", "pence", "waits_for", "number")

    def __init__(
        self,
        *args: Any,
        people: Sequence[Grant],
        organisations: Sequence[Organisation],
        nodes: Sequence[Node],
        own: Item | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.people = {str(grant.account_id): grant for grant in people}
        self.organisations = {str(one.pk): one for one in organisations}
        self.nodes = {str(node.item.pk): node for node in nodes if own is None or node.item.pk != own.pk}
        self._offer(
            "owner", "Nobody yet", [(key, f"{one.account.name} ({one.where})") for key, one in self.people.items()]
        )
        self._offer("organisation", "None", [(key, one.name) for key, one in self.organisations.items()])
        listed = [(key, f"{node.label}: {node.item.words}"[:90]) for key, node in self.nodes.items()]
        self._offer("parent", "The plan itself", listed)
        self._offer("waits_for", "Nothing", listed)
        self.fields["because"].required = False
        if own is not None:
            del self.fields["kind"]

    def _offer(self, name: str, nothing: str, listed: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", nothing), *listed]

    @property
    def sort(self) -> ItemKind:
        """What it is; call it once the form is valid."""
        return ItemKind(self.cleaned_data["kind"])

    def promise(self) -> Promise:
        """What it says; call it once the form is valid."""
        said = self.cleaned_data
        grant = self.people.get(said["owner"])
        return Promise(
            words=said["words"],
            parent=self._item(said["parent"]),
            number=said["number"],
            owner=grant.account if grant else None,
            organisation=self.organisations.get(said["organisation"]),
            begins=said["begins"],
            due=said["due"],
            pence=said["pence"],
            waits_for=self._item(said["waits_for"]),
        )

    def _item(self, key: str) -> Item | None:
        return self.nodes[key].item if key in self.nodes else None


class UnderForm(forms.Form):
    """Under which part of the plan something stands."""

    parent = choice_field("Strand or objective", ())

    def __init__(self, *args: Any, nodes: Sequence[Node], **named: Any) -> None:
        super().__init__(*args, **named)
        self.nodes = {str(node.item.pk): node.item for node in nodes}
        field: Any = self.fields["parent"]
        field.choices = [
            ("", "Choose"),
            *((str(node.item.pk), f"{node.label}: {node.item.words}"[:90]) for node in nodes),
        ]

    @property
    def chosen(self) -> Item:
        """The part; call it once the form is valid."""
        return self.nodes[self.cleaned_data["parent"]]


def first_said(item: Item) -> dict[str, object]:
    """What the form of a part begins with."""
    days = {name: day.isoformat() if day else "" for name, day in (("begins", item.begins), ("due", item.due))}
    ids = {name: str(getattr(item, f"{name}_id") or "") for name in ("parent", "owner", "organisation", "waits_for")}
    pence = "" if item.pence is None else f"{item.pence / 100:.2f}"
    return {"words": item.words, "number": item.number, "pence": pence, **days, **ids}


class ReportForm(forms.Form):
    """How a part of a plan stands."""

    status = choice_field("Status", [(one.value, one.words) for one in Status])
    words = words_field("How it stands", rows=3, help_text="In a sentence. Members read it. Name no child.")


class EvidenceForm(forms.Form):
    """What shows that something was done."""

    kind = choice_field("What it is", [(one.value, one.words) for one in EvidenceKind])
    words = words_field("What it shows", rows=2, help_text="Name no child.")
    day = day_field("Day of a visit", required=False)
    address = forms.URLField(label="Address of a page", required=False, max_length=URL, assume_scheme="https")
    meeting = forms.ChoiceField(label="Meeting whose minutes show it", required=False)

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **named: Any) -> None:
        super().__init__(*args, **named)
        self.meetings = {str(one.pk): one for one in meetings}
        field: Any = self.fields["meeting"]
        field.choices = [("", "None"), *((key, str(one)) for key, one in self.meetings.items())]

    def shown(self) -> Shown:
        """What is said; call it once the form is valid."""
        said = self.cleaned_data
        meeting = self.meetings.get(said["meeting"])
        return Shown(EvidenceKind(said["kind"]), said["words"], said["day"], said["address"], meeting)


class AgreeForm(forms.Form):
    """That somebody agrees."""

    agrees = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Read the plan first"})


def measures_offered() -> list[tuple[str, str]]:
    """Every measure, by its title."""
    return sorted(((one.id, one.title) for one in all_measures().values()), key=lambda one: one[1])


class KpiForm(WhyForm):
    """How a KPI is measured."""

    comes = choice_field("Where its value comes from", [(one.value, one.words) for one in Comes])
    area = forms.ChoiceField(label="Of which area", required=False)
    measure = forms.ChoiceField(label="Measure", required=False)
    phase = forms.ChoiceField(label="Phase", choices=[(one.value, one.words) for one in Phase], required=False)
    group = forms.ChoiceField(label="Group of pupils", required=False)
    period = forms.CharField(label="Begins from", max_length=40, required=False, help_text="For example: 2022/23")
    unit = forms.CharField(
        label="Unit, where people write it in",
        max_length=30,
        required=False,
        help_text="For example: visits",
    )
    target = forms.DecimalField(label="Target", max_digits=14, decimal_places=4, required=False)
    by_period = forms.CharField(
        label="To be reached by",
        max_length=40,
        required=False,
        help_text="A period as long as the first. What people write in is due on the day of the KPI.",
    )

    field_order = ("comes", "area", "measure", "phase", "group", "period", "unit", "target", "by_period")

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        offered: dict[str, Sequence[tuple[str, str]]] = {
            "area": areas,
            "measure": [("", "None: people write it in"), *measures_offered()],
            "group": [(one.id, one.words) for one in GROUPS.values()],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
        self.fields["because"].required = False

    def wanted(self) -> Wanted:
        """What is asked for; call it once the form is valid."""
        said = self.cleaned_data
        comes = Comes(said["comes"])
        if comes is Comes.TYPED:
            return Wanted(comes=comes, unit=said["unit"].strip(), target=said["target"])
        names = ("area", "measure", "phase", "group", "period", "target", "by_period")
        return Wanted(comes=comes, **{name: said[name] for name in names})


class ValueForm(forms.Form):
    """A value that somebody writes in."""

    day = day_field("Of which day")
    value = forms.DecimalField(
        label="Value", max_digits=14, decimal_places=4, error_messages={"required": "Fill in “Value”"}
    )
    numerator = forms.IntegerField(label="Of a share: how many", required=False, min_value=0)
    denominator = forms.IntegerField(label="Of a share: out of how many", required=False, min_value=1)
    source = words_field("Where it comes from", rows=2, help_text="For example: survey of heads. Name no child.")
    address = forms.URLField(label="Address of what shows it", required=False, max_length=URL, assume_scheme="https")

    def written(self) -> Written:
        """What is written in; call it once the form is valid."""
        return Written(**self.cleaned_data)


class ProposalForm(forms.Form):
    """A target that is proposed."""

    target = forms.DecimalField(
        label="Target", max_digits=14, decimal_places=4, error_messages={"required": "Fill in “Target”"}
    )
    words = words_field("Why this one", rows=3, help_text="Members of the partnership read it.")


class AnswerForm(forms.Form):
    """What somebody says to a proposed target."""

    answer = choice_field("What you say", [("comment", "a comment"), ("agree", "I agree")])
    words = words_field("In words", rows=3, required=False, help_text="A comment needs them.")
