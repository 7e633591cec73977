"""Suspensions and permanent exclusions."""

from __future__ import annotations

from ropewalk.core.schema.returns.columns import UPN, URN, code, day, yes_no
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Span

RETURN = ReturnFile(
    id="suspensions",
    title="Suspensions",
    row="one suspension or permanent exclusion",
    what_for="Shows how often children are suspended or excluded, for how long and why.",
    fields=(
        URN,
        UPN,
        code("category", "Category", "SUSP, PERM or LNCH.", "SUSP", code_set="suspension_category", needed=True),
        day("start_date", "First day", "The day the suspension or exclusion began.", "2025-11-03", needed=True),
        Field(
            name="sessions",
            title="Sessions",
            kind=FieldKind.WHOLE,
            says="How many half days it lasted. Leave blank for a permanent exclusion.",
            example="4",
            lowest=1,
            highest=380,
        ),
        *(
            code(
                f"reason_{number}",
                f"{word} reason",
                f"{word} reason code.",
                "DB" if number == 1 else "",
                code_set="suspension_reason",
            )
            for number, word in enumerate(("First", "Second", "Third"), start=1)
        ),
        yes_no("in_alternative_provision", "In alternative provision", "Was education arranged from the sixth day?"),
        yes_no("cancelled", "Cancelled", "Was it cancelled, so that it must not count?"),
    ),
    key=("urn", "upn", "category", "start_date"),
    span=Span.EVENT,
)
