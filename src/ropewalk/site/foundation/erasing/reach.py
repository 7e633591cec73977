"""How erasing a person reaches every field that says something about one, told from the declarations of the models.

A new model is reached because its rows point at an account, or because a field is called as names of people are. A
test fails for a personal field that is reached in no way and stands in no exception below.
"""

from collections.abc import Iterator
from enum import StrEnum

from django.db import models

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.retention.elsewhere import ELSEWHERE
from ropewalk.site.foundation.retention.job import all_models, kept_of

# Fields that hold the name of whoever did something.
NAMES = frozenset({"by", "ended_by", "who"})
# Rows that belong to a person and are found in another way than by pointing at the account.
FOUND_BY_HAND = frozenset(
    {
        "accounts.Invitation",
        "sessions.Session",
        "axes.AccessAttempt",
        "axes.AccessFailureLog",
        "axes.AccessLog",
    }
)
# Personal fields that are not reached, each with the reason.
_OF_A_SCHOOL = "a school's words about its work: they name nobody unless somebody wrote a name in"
EXCEPTIONS: dict[tuple[str, str], str] = {
    **{
        (f"school_plans.{model}", name): _OF_A_SCHOOL
        for model, names in (
            ("Challenge", ("words",)),
            ("Choice", ("words", "evidence", "outcome")),
            ("Priority", ("words", "expected")),
        )
        for name in names
    },
    ("papers.PaperContent", "sealed"): (
        "a file is somebody's work and may name anybody: whoever erases a person reads and deletes it by hand"
    ),
}


class Way(StrEnum):
    """What becomes of a field when the person it is about is erased."""

    NAMELESS = "the account is made nameless"
    EMPTIED_ENTRY = "the entry of the log is emptied"
    ROW_GOES = "the row goes"
    NAME_GIVES_WAY = "the name gives way to another word"
    EMPTIED = "emptied where the row points at the account"


def way_of(model: type[models.Model], name: str) -> Way | None:
    """How a field is reached; None for one that is not."""
    label, field = model._meta.label, model._meta.get_field(name)
    if model is Account:
        return Way.NAMELESS
    if model is Entry:
        return Way.EMPTIED_ENTRY
    if label in FOUND_BY_HAND or (label in ELSEWHERE and pointers(model)):
        return Way.ROW_GOES
    if not isinstance(field, models.CharField | models.TextField):
        return None
    if name in NAMES:
        return Way.NAME_GIVES_WAY
    return Way.EMPTIED if pointers(model) else None


def pointers(model: type[models.Model]) -> list[str]:
    """Names of the fields of a model that point at an account."""
    return [
        field.name for field in model._meta.concrete_fields if field.remote_field and field.related_model is Account
    ]


def personal(model: type[models.Model]) -> tuple[str, ...]:
    """Fields of a model that say something about a person."""
    kept = kept_of(model)
    return (*kept.personal, *kept.special)


def reached(*ways: Way) -> Iterator[tuple[type[models.Model], tuple[str, ...]]]:
    """Models with the fields that are reached in one of some ways."""
    for model in all_models():
        named = tuple(name for name in personal(model) if way_of(model, name) in ways)
        if named:
            yield model, named
