"""What is asked for when a role is given."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ropewalk.site.foundation.accounts.models import Account, by_name
from ropewalk.site.foundation.organisations.models import NAME, Organisation, Place
from ropewalk.site.foundation.permissions.actions import Wanted
from ropewalk.site.foundation.permissions.models import REASON
from ropewalk.site.foundation.permissions.roles import ROLES

DAY = forms.DateInput(attrs={"type": "date"})


class GiveForm(forms.Form):
    """Who, which role, where, why, from when until when."""

    account = forms.ModelChoiceField(
        label="Person",
        queryset=Account.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose a person"},
    )
    role = forms.ChoiceField(label="Role", error_messages={"required": "Choose a role"})
    where = forms.CharField(
        label="School, organisation or place",
        max_length=NAME,
        help_text="The URN of a school, or the whole name of a trust, council, other organisation or place.",
        error_messages={"required": "Say where the role is held"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=REASON,
        help_text="One sentence: why this person needs it, and who agreed. The person can read it.",
        error_messages={"required": "Say why this person needs it"},
    )
    begins = forms.DateField(label="First day", widget=DAY, error_messages={"required": "Say from when it holds"})
    until = forms.DateField(
        label="Last day", widget=DAY, required=False, help_text="At most a year later. Left empty it lasts a year."
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        people: Any = self.fields["account"]
        people.queryset = Account.objects.filter(is_active=True, is_local_administrator=False)
        people.choices = [("", "Choose a person"), *((one.pk, one.name) for one in by_name(people.queryset))]
        roles: Any = self.fields["role"]
        roles.choices = [("", "Choose a role"), *((role.id, role.title) for role in ROLES.values() if role.is_given)]

    def clean(self) -> None:
        role, text = self.cleaned_data.get("role"), self.cleaned_data.get("where", "").strip()
        if role and text:
            try:
                self.cleaned_data["place"] = found_at(role, text)
            except ValidationError as problem:
                self.add_error("where", problem)

    def wanted(self) -> Wanted:
        """The grant that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        until: date | None = said["until"]
        return Wanted(said["account"], said["role"], said["place"], said["reason"], said["begins"], until)


def found_at(role: str, text: str) -> Organisation | Place:
    """The organisation or place somebody means, among those where the role may be held. Raises ValidationError."""
    declared = ROLES[role]
    organisations = Organisation.objects.filter(kind__in=[kind.value for kind in declared.at])
    places = Place.objects.filter(kind__in=[kind.value for kind in declared.at_places])
    found: list[Organisation | Place] = [
        *organisations.filter(key=text),
        *organisations.filter(name__iexact=text),
        *places.filter(code=text),
        *places.filter(name__iexact=text),
    ]
    if len(set(found)) == 1:
        return found[0]
    kinds = [*(kind.words for kind in declared.at), *(kind.words for kind in declared.at_places)]
    if found:
        numbers = ", ".join(sorted({one.key if isinstance(one, Organisation) else one.code for one in found}))
        raise ValidationError(f"Several are called so. Write the number of one: {numbers}")
    raise ValidationError(f"No {' or '.join(sorted(kinds))} called so is known here. Bring it in first")
