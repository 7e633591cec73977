"""A field whose text is sealed in the database and plain in the program."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import ExpressionWrapper, F, Lookup, QuerySet
from django.db.models.expressions import Col
from django.db.models.functions import Substr
from django.db.models.lookups import IsNull

from ropewalk.site.foundation.sealed.contents import NAME, opened_content, sealed_content
from ropewalk.site.foundation.sealed.texts import MARK, key_name, mark_of, opened, sealed

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Bytes = models.BinaryField[bytes, bytes]
    _Lookup = Lookup[Any]
else:
    _Text, _Bytes, _Lookup = models.TextField, models.BinaryField, Lookup


class SealedText(_Text):
    """A text about a person. With ``found_again`` it can be looked up, small and capital letters alike; not otherwise.

    The database can neither order by it nor search within it: that is done with the opened texts.
    """

    def __init__(self, *args: Any, found_again: bool = False, **kwargs: Any) -> None:
        self.found_again = found_again
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.found_again:
            kwargs["found_again"] = True
        return name, path, args, kwargs

    @property
    def of(self) -> str:
        """The column, as texts are sealed for it."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What is written: the text, sealed."""
        if not isinstance(value, str):
            return super().get_db_prep_save(value, connection)
        return sealed(value, of=self.of, keys=settings.DATA_KEYS, found_again=self.found_again)

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        """What was read, opened."""
        return None if value is None else self.opened(value)

    def opened(self, written: str) -> str:
        """What stands in the database, opened. Raises StoreFault when that cannot be done."""
        return opened(written, of=self.of, keys=settings.DATA_KEYS)

    def get_lookup(self, lookup_name: str) -> Any:
        """The few ways to look it up; Django refuses all others."""
        return _LOOKUPS.get(lookup_name)

    def newest_key(self, rows: "QuerySet[models.Model]") -> str:
        """The name of the key that sealed the newest text of some rows; empty where there is none."""
        kept = rows.exclude(**{self.name: ""}).order_by("-pk").annotate(written=as_written(self.name))
        return key_name(kept.values_list("written", flat=True).first() or "")


class SealedBytes(_Bytes):
    """The content of a file. It is read and written whole, and never looked up."""

    @property
    def of(self) -> str:
        """The column, as contents are sealed for it."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """What is written: the content, sealed."""
        if value is not None:
            value = sealed_content(bytes(value), of=self.of, keys=settings.DATA_KEYS)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> bytes | None:
        """What was read, opened. Raises StoreFault when that cannot be done."""
        return None if value is None else opened_content(bytes(value), of=self.of, keys=settings.DATA_KEYS)

    def newest_key(self, rows: "QuerySet[models.Model]") -> str:
        """The name of the key that sealed the newest content of some rows; empty where there is none."""
        first = Substr(self.name, 1, NAME, output_field=models.BinaryField())
        found = rows.order_by("-pk").annotate(written=first).values_list("written", flat=True).first()
        return bytes(found).decode("ascii", "replace") if found else ""


Sealed = SealedText | SealedBytes


def opened_in(model: type[models.Model], name: str, written: str) -> str:
    """What ``as_written`` gave for a field of a model, opened. Raises StoreFault when that cannot be done."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedText):
        raise TypeError(f"{field} is not sealed.")
    return field.opened(written)


def as_written(name: str) -> ExpressionWrapper:
    """What stands in the database for a sealed field, unopened."""
    return ExpressionWrapper(F(name), output_field=models.TextField())


def mark_in(name: str) -> Substr:
    """The part of a sealed field that equal texts have in common: for constraints and indexes."""
    return Substr(name, 1, MARK)


class _Same(_Lookup):
    """The same text, small and capital letters alike."""

    lookup_name = "iexact"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs:
            left, values = self.process_lhs(compiler, connection)
            return f"{left} = ''", tuple(values)
        field = _field(self.lhs)
        left, values = compiler.compile(Substr(self.lhs, 1, MARK))
        # Under every key there is: while texts are sealed anew some stand under the old one.
        marks = [mark_of(str(self.rhs), of=field.of, key=key) for key in settings.DATA_KEYS.known]
        return f"{left} IN ({', '.join(['%s'] * len(marks)) or 'NULL'})", (*values, *marks)


class _Exactly(_Same):
    lookup_name = "exact"


_LOOKUPS = {one.lookup_name: one for one in (_Same, _Exactly, IsNull)}


def _field(side: Any) -> SealedText:
    field = side.target if isinstance(side, Col) else side.output_field
    if not isinstance(field, SealedText) or not field.found_again:
        raise FieldError(f"{field} is sealed and cannot be looked up.")
    return field
