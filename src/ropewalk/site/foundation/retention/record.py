"""The record of processing, written from the declarations: what is kept of whom, what for and how long."""

from collections.abc import Iterator

from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.schema.returns.declaration import Field, Sensitivity
from ropewalk.site.foundation.retention.declaration import DataClass, Kept
from ropewalk.site.foundation.retention.job import all_models, kept_of

_OPENING = """# What is kept, what for and how long

Written from the declarations by `make docs`; edit the attribute `kept` of a model, or the field of a return, instead.
This is the part of a record of processing (UK GDPR, Article 30) and of an impact assessment that the software can
answer. Who the controllers are, the lawful basis and the recipients are for those who share to say.

"""


def record_of_processing() -> str:
    """The page."""
    return "\n".join([_OPENING + "## Classes\n", *_classes(), *_returns(), *_tables(), *_store()]) + "\n"


def _classes() -> Iterator[str]:
    for one in DataClass:
        yield f"- **{one.value}**: {one.words}"


def _returns() -> Iterator[str]:
    yield "\n## What schools send\n"
    yield (
        "Names, birthdays, postcodes and unique pupil numbers go to the book of who is who, apart from all else; the "
        "facts know a child by a number that is of use in one store alone. Facts are kept until the place says "
        "otherwise; lines that were set aside are kept with their receipt."
    )
    for file in RETURN_FILES.values():
        yield f"\n**{file.title}**, one row is {file.row}.\n"
        for sensitivity in Sensitivity:
            named = _named(field for field in file.fields if field.sensitivity is sensitivity)
            if named:
                yield f"- {_CLASS[sensitivity].value}: {named}"


_CLASS = {
    Sensitivity.INTERNAL: DataClass.INTERNAL,
    Sensitivity.PERSONAL: DataClass.PERSONAL,
    Sensitivity.SPECIAL: DataClass.SPECIAL,
}


def _named(fields: Iterator[Field]) -> str:
    return ", ".join(f"`{field.name}`" for field in fields)


def _tables() -> Iterator[str]:
    yield "\n## What the site itself keeps\n"
    yield "| table | what for | kept | public | internal | personal | special category |\n|---|---|---|---|---|---|---|"
    for model in sorted(all_models(), key=lambda one: one._meta.label):
        yield _row(model._meta.label, kept_of(model))


def _row(label: str, kept: Kept) -> str:
    fields = " | ".join(", ".join(f"`{name}`" for name in named) for named in kept.classes.values())
    return f"| {label} | {kept.purpose} | {kept.rule.words} | {fields} |"


def _store() -> Iterator[str]:
    yield "\n## Clearing up\n"
    yield (
        "`ropewalk retention run` deletes every row whose time is over and says how many; `--dry-run` only counts. Run "
        "it once a day. Files that were sent and not submitted are deleted after a day by the site itself."
    )
