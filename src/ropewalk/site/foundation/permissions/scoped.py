"""Rows that belong to a school: asking for them without saying who asks, and why they may, is an error.

Every question goes through ``visible_to``; a job of the system that must see all says so with ``for_system_job`` and a
reason, which a search for that word finds.
"""

from collections.abc import Iterator
from datetime import date
from functools import wraps
from typing import Any, Self, TypeVar

from django.db import models

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach

Row = TypeVar("Row", bound=models.Model)


class Unscoped(Exception):
    """Rows of schools were asked for without saying for whom."""


class SchoolRows(models.QuerySet[Row]):
    """Rows with a ``urn``. They are read, counted, changed or deleted only once it is said for whom."""

    _scoped = False

    def visible_to(self, account: Account, permission: Permission, *, on: date) -> Self:
        """Those of schools where an account may do something on a day."""
        allowed = reach(account, permission, on=on)
        scoped = self.all() if allowed.everywhere else self.filter(urn__in=allowed.schools)
        scoped._scoped = True
        return scoped

    def for_system_job(self, reason: str) -> Self:
        """All rows, for a job that acts for nobody; the reason is for whoever reads the code."""
        if not reason:
            raise Unscoped("Say why all rows are needed.")
        scoped = self.all()
        scoped._scoped = True
        return scoped

    def _must_be_scoped(self, *others: object) -> None:
        for rows in (self, *others):
            if isinstance(rows, SchoolRows) and not rows._scoped:
                raise Unscoped(
                    f"{rows.model.__name__} rows belong to schools: ask with visible_to(account, permission, on=day)."
                )

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _fetch_all(self) -> None:
        self._must_be_scoped()
        super()._fetch_all()

    def iterator(self, *args: Any, **named: Any) -> Iterator[Row]:
        """See QuerySet.iterator."""
        self._must_be_scoped()
        return super().iterator(*args, **named)

    def resolve_expression(self, *args: Any, **named: Any) -> Any:
        """See QuerySet.resolve_expression: this is how rows become part of another question."""
        self._must_be_scoped()
        return super().resolve_expression(*args, **named)

    def __or__(self, other: Any) -> Any:
        self._must_be_scoped(other)
        return super().__or__(other)

    def __and__(self, other: Any) -> Any:
        self._must_be_scoped(other)
        return super().__and__(other)

    def __xor__(self, other: Any) -> Any:
        self._must_be_scoped(other)
        return super().__xor__(other)


def _guarded(name: str) -> Any:
    """A method of QuerySet that asks the database, behind the question for whom."""
    original = getattr(models.QuerySet, name)

    @wraps(original)
    def guarded(self: SchoolRows[Any], *args: Any, **named: Any) -> Any:
        self._must_be_scoped(*args)
        return original(self, *args, **named)

    return guarded


# What does not go through _fetch_all. Making a row asks for none.
for _name in (
    "aggregate",
    "aiterator",
    "contains",
    "count",
    "delete",
    "difference",
    "exists",
    "explain",
    "intersection",
    "raw",
    "union",
    "update",
    "bulk_update",
    "_raw_delete",
    "_update",
):
    setattr(SchoolRows, _name, _guarded(_name))

SchoolOwned = models.Manager.from_queryset(SchoolRows)
