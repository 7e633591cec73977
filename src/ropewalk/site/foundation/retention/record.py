"""The record of processing, written from the declarations: of whom, what for, who receives it, how long."""

from collections.abc import Collection, Iterator

from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.schema.returns.declaration import Field, Sensitivity
from ropewalk.site.foundation.permissions.permission import OF_PUPILS
from ropewalk.site.foundation.permissions.roles import ROLES
from ropewalk.site.foundation.retention.declaration import DataClass, Kept
from ropewalk.site.foundation.retention.job import all_models, kept_of
from ropewalk.site.foundation.sealed.anew import sealed_fields
from ropewalk.site.foundation.terms.purposes import BASIS, SPECIAL_BASIS, Purpose

GAP = "**For the controller to fill in:**"
_OPENING = f"""# Record of processing

Written from the declarations by `make docs`; edit the attribute `kept` of a model, the field of a return, a purpose or
a role instead. This is the part of a record of processing (UK GDPR, Article 30) that the software can answer. What it
cannot know is marked; the risks stand in the [impact assessment](impact-assessment.md), what keeps data safe in
[security.md](security.md).

- {GAP} name and contact of each controller (as a rule the schools, and whoever they name jointly), of any processor
  that runs the site, and of the data protection officers.
- {GAP} whether anything leaves the United Kingdom. The software sends nothing anywhere by itself; where it is hosted,
  where backups lie and which provider people sign in with is for whoever runs it to say.

"""


def record_of_processing() -> str:
    """The page."""
    parts = (
        _people(),
        _purposes(),
        _recipients(),
        ["\n## Classes of data\n"],
        _classes(),
        _returns(),
        _tables(),
        _store(),
    )
    return _OPENING + "\n".join(line for part in parts for line in part) + "\n"


def _people() -> Iterator[str]:
    yield "## Of whom\n"
    yield "- **Children** on roll at the schools that send returns, and those who left, for as long as facts are kept."
    yield "- **Colleagues** at schools, trusts, councils and other bodies who use the site."


def _purposes() -> Iterator[str]:
    yield "\n## What for\n"
    yield (
        "Schools share for each purpose in the [terms](terms.md) of their place, which may say it in other words. A "
        "school's own figures, lists and receipts are made for that school.\n"
    )
    for purpose in Purpose:
        said = purpose.declared
        yield f"- **{said.title}.** {said.words.format(place='the place')} When a school stops: {said.past}"
    yield f"\nLawful basis that a first draft of terms names, to be confirmed: {BASIS} {SPECIAL_BASIS}"


def _recipients() -> Iterator[str]:
    yield "\n## Who receives what\n"
    yield (
        "Each role is given to a named person at one school, trust, council or place, for a year at most. Beyond this "
        "a local administrator sees true counts for an hour after giving a reason, and whoever runs the server holds "
        "all of it. [Every page with who may open it](permissions.md).\n"
    )
    yield "| role | who | may | of single pupils |\n|---|---|---|---|"
    for role in ROLES.values():
        may = "; ".join(sorted(one.words for one in role.permissions))
        yield f"| {role.title} | {role.who} | {may} | {'yes' if role.permissions & OF_PUPILS else 'no'} |"


def _classes() -> Iterator[str]:
    for one in DataClass:
        yield f"- **{one.value}**: {one.words}"


def _returns() -> Iterator[str]:
    yield "\n## What schools send\n"
    yield (
        "Names, birthdays, postcodes and unique pupil numbers go to the book of who is who, apart from all else; the "
        "facts know a child by a number that is of use in one store alone. Facts are kept as the terms of the place "
        "say, and go with `ropewalk retention run --facts-older-than YEARS`; lines that were set aside are kept a "
        "year. A child is taken out of all of it with `ropewalk shred child`, see [erasure.md](erasure.md)."
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
        yield _row(model._meta.label, kept_of(model), {field.name for field in sealed_fields(model)})
    yield "\n*Sealed*: not readable in the database without the data key, which is kept elsewhere."


def _row(label: str, kept: Kept, sealed: Collection[str]) -> str:
    fields = " | ".join(
        ", ".join(f"`{name}` (sealed)" if name in sealed else f"`{name}`" for name in named)
        for named in kept.classes.values()
    )
    return f"| {label} | {kept.purpose} | {kept.rule.words} | {fields} |"


def _store() -> Iterator[str]:
    yield "\n## Clearing up\n"
    yield (
        "`ropewalk retention run` deletes every row whose time is over and says how many; `--dry-run` only counts. Run "
        "it once a day. Files that were sent and not submitted are deleted after a day by the site itself."
    )
