"""What is asked for when terms are drafted and when a head answers. What terms must say is judged by the wording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.site.foundation.terms.models import NOTE
from ropewalk.site.foundation.terms.purposes import RETENTION_DAYS, Purpose
from ropewalk.site.foundation.terms.wording import WRITTEN, Article, Wording

COLUMNS = "columns_"
ALL, PART, NONE = "all", "part", "none"


def _text(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class WholeForm(forms.Form):
    """What terms say as a whole; ``expected`` is the digest of the draft the form was drawn from."""

    summary = _text("In short", "What schools share and why, in a few sentences anybody understands.", 6)
    threshold = forms.IntegerField(
        label="Threshold",
        help_text="Figures of fewer children are hidden. From 3 to 20; 5 is usual.",
        error_messages={"required": "Say below how many children a figure is hidden", "invalid": "Write a number"},
    )
    challenge_days = forms.IntegerField(
        label="Days to challenge",
        help_text="How many days schools have to challenge their figures before these are released.",
        error_messages={"required": "Say how many days schools have", "invalid": "Write a number"},
    )
    expected = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ArticleForm(forms.Form):
    """What terms say of one purpose."""

    named = forms.BooleanField(label="Ask schools for this", required=False)
    words = _text("What is done")
    recipients = _text("Who gets it")
    basis = _text("Lawful basis", "Article 6 of the UK GDPR, and the law that gives the task.")
    special_basis = _text("Lawful basis for special categories", "Article 9, and Schedule 1 of the Act of 2018.")
    retention = _text("How long what was sent is kept")
    retention_days = forms.IntegerField(
        label="Days it is kept after a school stops sharing",
        required=False,
        error_messages={"invalid": "Write a number of days"},
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for kind, declared in RETURN_FILES.items():
            self.fields[COLUMNS + kind] = forms.MultipleChoiceField(
                label=declared.title,
                required=False,
                choices=[(one.name, one.title) for one in declared.fields],
                error_messages={"invalid_choice": "No such column: %(value)s"},
            )

    def columns(self) -> Iterator[forms.BoundField]:
        """The choices of columns, one for each kind of return."""
        return (self[COLUMNS + kind] for kind in RETURN_FILES)

    def article(self) -> Article:
        """What was written; call it once the form is valid."""
        said = self.cleaned_data
        return Article(
            **{name: said[name].strip() for name in WRITTEN},
            columns={kind: tuple(said[COLUMNS + kind]) for kind in RETURN_FILES},
            retention_days=said["retention_days"] or 0,
            past=Purpose(str(self.prefix)).declared.past,
        )


@dataclass(frozen=True)
class DraftForms:
    """The form of a whole draft: its frame, and a part for each purpose."""

    whole: WholeForm
    articles: Mapping[Purpose, ArticleForm]

    def is_valid(self) -> bool:
        """Whether numbers are numbers; all parts are looked at."""
        return all([self.whole.is_valid(), *(one.is_valid() for one in self.articles.values())])

    def wording(self) -> Wording:
        """What was written; call it once it is valid."""
        said = self.whole.cleaned_data
        named = {purpose: one for purpose, one in self.articles.items() if one.cleaned_data["named"]}
        return Wording(
            summary=said["summary"].strip(),
            threshold=said["threshold"],
            challenge_days=said["challenge_days"],
            articles={purpose: one.article() for purpose, one in named.items()},
        )

    def errors(self) -> list[str]:
        """What is wrong in the parts."""
        forms_ = [self.whole, *self.articles.values()]
        return [str(error) for one in forms_ for errors in one.errors.values() for error in errors]

    @property
    def parts(self) -> list[tuple[Purpose, ArticleForm]]:
        """The parts in order."""
        return list(self.articles.items())


def filled_in(data: Mapping[str, Any]) -> DraftForms:
    """The form as it was sent."""
    return DraftForms(WholeForm(data), {one: ArticleForm(data, prefix=one.value) for one in Purpose})


def drawn_from(wording: Wording, first: Wording, expected: str) -> DraftForms:
    """The form of a wording; a purpose it does not name begins with the words of a first draft."""
    whole = {"summary": wording.summary, "threshold": wording.threshold, "challenge_days": wording.challenge_days}
    articles = {
        one: ArticleForm(
            initial=_initial(wording.articles.get(one, first.articles[one]), named=one in wording.articles),
            prefix=one.value,
        )
        for one in Purpose
    }
    return DraftForms(WholeForm(initial={**whole, "expected": expected}), articles)


def _initial(article: Article, *, named: bool) -> dict[str, Any]:
    return {
        "named": named,
        **{name: getattr(article, name) for name in WRITTEN},
        **{COLUMNS + kind: list(article.columns.get(kind, ())) for kind in RETURN_FILES},
        "retention_days": article.retention_days or RETENTION_DAYS,
    }


class AnswerForm(forms.Form):
    """In full, in part with which purposes, or not at all; and what the head wishes to say."""

    choice = forms.ChoiceField(
        choices=[(ALL, ALL), (PART, PART), (NONE, NONE)],
        error_messages={"required": "Choose what your school shares"},
    )
    purposes = forms.MultipleChoiceField(required=False, choices=[(one.value, one.words) for one in Purpose])
    note = forms.CharField(required=False, max_length=NOTE)
    digest = forms.CharField(max_length=64, error_messages={"required": "Read the terms first"})

    def __init__(self, *args: Any, offered: frozenset[Purpose], **named: Any) -> None:
        super().__init__(*args, **named)
        self.offered = offered

    def clean(self) -> None:
        if self.cleaned_data.get("choice") == PART and not self.cleaned_data.get("purposes"):
            self.add_error("purposes", "Choose what your school shares for, or that it shares nothing")

    def accepted(self) -> frozenset[Purpose]:
        """The purposes accepted; call it once the form is valid."""
        choice = self.cleaned_data["choice"]
        if choice == PART:
            return frozenset(Purpose(one) for one in self.cleaned_data["purposes"])
        return self.offered if choice == ALL else frozenset()
