"""The impact assessment, written from the declarations and from the table of attempts, under the headings it must have.

What follows from the software is said; what only those who share can know is marked as theirs to fill in.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.schema.returns.declaration import Sensitivity
from ropewalk.site.foundation.permissions.permission import OF_PUPILS
from ropewalk.site.foundation.permissions.roles import ROLES
from ropewalk.site.foundation.retention.job import all_models, kept_of
from ropewalk.site.foundation.retention.record import GAP
from ropewalk.site.foundation.terms.purposes import RETENTION, Purpose

_ROW = re.compile(r"^\| (?P<tries>.+?) \| (?P<stops>.+?) \| .+ \|$")
_NOT_COVERED = "What is not covered"
_OPENING = f"""# Data protection impact assessment

Written from the declarations and from [security.md](security.md) by `make docs`: a draft of the assessment that UK
GDPR, Article 35 asks for before data about children is put together on a large scale. It says what the software does.
{GAP} stands where only those who share can answer: copy this page and answer; it is done when none of these is left.
"""


def impact_assessment(security: str) -> str:
    """The page; ``security`` is the text of docs/security.md."""
    parts = (_need(), _processing(), _asked(), _necessity(), _risks(security), _left(security), _outcome())
    return _OPENING + "\n".join(line for part in parts for line in part) + "\n"


def _need() -> Iterator[str]:
    yield "\n## 1. Why an assessment is needed\n"
    special = [field.name for file in RETURN_FILES.values() for field in file.fields if _is_special(field.sensitivity)]
    yield (
        "Data about children is matched across schools, on the scale of a place, and some of it is of a special "
        f"category or as sensitive ({', '.join(f'`{name}`' for name in special)}). Each of these alone calls for one."
    )
    yield f"\n{GAP} who decided that, when, and what the place wants to achieve."


def _is_special(sensitivity: Sensitivity) -> bool:
    return sensitivity is Sensitivity.SPECIAL


def _processing() -> Iterator[str]:
    yield "\n## 2. What is done\n"
    yield (
        "**How.** Schools send files; they are checked, and lines that cannot be counted are set aside and given back. "
        "Names and numbers are sealed apart from the facts; records of one child are linked by its number, or "
        "proposed by name and birthday for a person to decide. Figures are counted and, before anybody but the school "
        "sees them, protected. Nothing is decided about a child by machine, and nothing is sent anywhere.\n"
    )
    yield "**What.**\n"
    for file in RETURN_FILES.values():
        counted = {
            one.value: len(list(fields))
            for one, fields in groupby(sorted(file.fields, key=lambda f: f.sensitivity.value), lambda f: f.sensitivity)
        }
        told = ", ".join(f"{number} {value}" for value, number in sorted(counted.items()))
        yield f"- {file.title}: {file.row}. {file.what_for} Columns: {told}."
    yield f"- About colleagues: {_about_colleagues()}."
    yield "\nEvery column and its class stands in the [record of processing](record-of-processing.md).\n"
    yield f"**How long.** What the terms say; a first draft: {RETENTION} Lines set aside go after a year.\n"
    yield f"**What for.** {' '.join(f'{one.declared.title}.' for one in Purpose)}"
    yield f"\n{GAP} how many schools and children, which years, what families were told, what they would expect."


def _about_colleagues() -> str:
    every = [kept_of(model) for model in all_models()]
    return "; ".join(sorted({kept.purpose for kept in every if kept.personal and "not used" not in kept.purpose}))


def _asked() -> Iterator[str]:
    yield "\n## 3. Who was asked\n"
    yield "Schools answer the terms of their place one by one, may stop at any time, and see figures before release."
    yield f"\n{GAP} what heads, governors, families, children and the data protection officers were asked and said."


def _necessity() -> Iterator[str]:
    yield "\n## 4. Whether it is needed, and no more than needed\n"
    needed = sum(field.needed for file in RETURN_FILES.values() for field in file.fields)
    every = sum(len(file.fields) for file in RETURN_FILES.values())
    pupils = [role.title for role in ROLES.values() if role.permissions & OF_PUPILS]
    yield f"- Of {every} columns a school must fill {needed}; all others may stay away, and their figures say so."
    yield "- Names, birthdays and postcodes serve to recognise a child. They are in no fact, figure or page of figures."
    yield f"- {len(pupils)} of {len(ROLES)} roles reach anything of single pupils, at their own: {', '.join(pupils)}."
    yield "- What somebody asks to see or have erased is one command: [erasure.md](erasure.md)."
    yield "- Wrong data is corrected by sending it again; what was known before stays told apart from what holds."
    yield f"\n{GAP} the lawful basis, why published figures do not do, who keeps to it and how that is checked."


def _risks(security: str) -> Iterator[str]:
    yield "\n## 5. Risks to people, and what reduces them\n"
    yield (
        "Each row is tried by a test, named in [security.md](security.md). How likely each is after that, and how bad "
        "it would be, depends on the place: rate each group.\n"
    )
    for heading, rows in _tables(security):
        yield f"### {heading}\n"
        yield "| risk: somebody tries | what stops it |\n|---|---|"
        yield from (f"| {tries} | {stops} |" for tries, stops in rows)
        yield f"\n{GAP} likelihood and severity that remain.\n"


def _tables(security: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for section in security.split("\n## ")[1:]:
        heading, _, text = section.partition("\n")
        found = [match for match in map(_ROW.match, text.splitlines()) if match]
        rows = [(match["tries"], match["stops"]) for match in found if match["tries"] != "tries"]
        if rows:
            yield heading, rows


def _left(security: str) -> Iterator[str]:
    yield "## 6. Risks the software does not reduce\n"
    _, _, rest = security.partition(f"\n## {_NOT_COVERED}\n")
    if not rest:
        raise LookupError(f"docs/security.md has no part '{_NOT_COVERED}', which the assessment is written from.")
    yield rest.partition("\n## ")[0].strip()
    yield f"\n{GAP} for each of these: accepted by whom, or reduced how."


def _outcome() -> Iterator[str]:
    yield "\n## 7. What was decided\n"
    yield "| what | who | when |\n|---|---|---|"
    for what in (
        "measures agreed",
        "risks that remain accepted (if high: the Information Commissioner asked first)",
        "advice of the data protection officer, and whether it was followed",
        "when this is looked at again",
    ):
        yield f"| {what} | {GAP} | |"
