"""Marks that publications write where there is no value, and the reason each stands for."""

from __future__ import annotations

from collections.abc import Mapping

from ropewalk.core.schema.missing import Missing

# Government Analysis Function symbols and the marks met in files of the Department for Education and Ofsted.
USUAL_MARKS: Mapping[str, Missing] = {
    "": Missing.NOT_AVAILABLE,
    "x": Missing.NOT_AVAILABLE,
    "c": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
    "u": Missing.UNRELIABLE,
    "low": Missing.LOW,
    "k": Missing.LOW,
    ".": Missing.NOT_APPLICABLE,
    "..": Missing.NOT_AVAILABLE,
    ":": Missing.NOT_AVAILABLE,
    "-": Missing.NOT_AVAILABLE,
    "~": Missing.NOT_AVAILABLE,
    "SUPP": Missing.SUPPRESSED,
    "NE": Missing.NOT_APPLICABLE,
    "NP": Missing.NOT_AVAILABLE,
    "NA": Missing.NOT_AVAILABLE,
    "N/A": Missing.NOT_APPLICABLE,
    "NULL": Missing.NOT_AVAILABLE,
    "LOWCOV": Missing.UNRELIABLE,
    "NEW": Missing.NOT_APPLICABLE,
}

# In the exclusions files up to 2016/17 an x stands for a small number that is hidden.
EXCLUSIONS_MARKS: Mapping[str, Missing] = {**USUAL_MARKS, "x": Missing.SUPPRESSED}
