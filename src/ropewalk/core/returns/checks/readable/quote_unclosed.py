"""Quotation mark not closed."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="quote_unclosed",
    title="Quotation mark not closed",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="A cell on this line begins with a quotation mark that is not closed before the line ends.",
    do="Take the quotation mark out, or close it; a cell may not go on in the next line.",
)
