"""What is asked for when an edition is made."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.calendar import academic_year
from ropewalk.site.see.editions.making import Asked
from ropewalk.site.see.editions.models import WORDS

Cut = tuple[str, str | None]

# What can be protected and is asked for most. What nobody has sent is told when figures are computed.
CUTS: tuple[Cut, ...] = (
    ("persistent_absence", None),
    ("persistent_absence", "disadvantaged"),
    ("persistent_absence", "sen"),
    ("suspended_pupils_rate", None),
    ("suspended_pupils_rate", "disadvantaged"),
    ("suspended_pupils_rate", "sen"),
    ("basics_4", None),
    ("basics_4", "disadvantaged"),
    ("ks2_rwm_expected", None),
    ("ks2_rwm_expected", "disadvantaged"),
)
USUAL = frozenset({"persistent_absence", "persistent_absence-disadvantaged", "persistent_absence-sen"})
FAMILIES = {None: "all pupils", "disadvantaged": "by disadvantage", "sen": "by special educational needs"}
YEARS = 4


def cut_id(cut: Cut) -> str:
    """A cut as a form names it."""
    return "-".join(filter(None, cut))


def cut_words(cut: Sequence[str | None]) -> str:
    """A cut in words: ``Persistent absence, by disadvantage``."""
    name, family = cut
    return f"{measure(str(name)).title}, {FAMILIES.get(family, f'by {family}')}"


def periods(today: date) -> list[str]:
    """Academic years to choose from, the one before this first: it is over."""
    first = int(academic_year(today)[:4])
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(first, first - YEARS, -1)]
    return [years[1], years[0], *years[2:]]


class EditionForm(forms.Form):
    """Which period and figures; what was wrong, where a released edition is corrected."""

    period = forms.ChoiceField(label="Academic year", error_messages={"required": "Choose an academic year"})
    cuts = forms.MultipleChoiceField(
        label="Figures",
        choices=[(cut_id(cut), cut_words(cut)) for cut in CUTS],
        error_messages={"required": "Choose the figures"},
    )
    reason = forms.CharField(
        label="What was wrong",
        max_length=WORDS,
        required=False,
        help_text="Everybody can read it beside the new edition. Do not name a child.",
    )

    def __init__(self, *args: Any, today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        period: Any = self.fields["period"]
        period.choices = [(one, period_words(one)) for one in periods(today)]

    def asked(self, place: str, replaces: int | None) -> Asked:
        """The edition that is asked for; call it once the form is valid."""
        said = self.cleaned_data
        cuts = [cut for cut in CUTS if cut_id(cut) in said["cuts"]]
        return Asked(place=place, period=said["period"], cuts=cuts, replaces=replaces, reason=said["reason"])
