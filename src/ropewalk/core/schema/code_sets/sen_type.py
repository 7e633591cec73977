"""Types of special educational need. DS here is Down syndrome, not disability abuse."""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="sen_type",
    title="Special educational needs: type",
    source="Department for Education, Common Basic Data Set",
    codes=(
        Code("SPLD", "Specific learning difficulty"),
        Code("MLD", "Moderate learning difficulty"),
        Code("SLD", "Severe learning difficulty"),
        Code("PMLD", "Profound and multiple learning difficulty"),
        Code("SEMH", "Social, emotional and mental health"),
        Code("SLCN", "Speech, language and communication needs"),
        Code("HI", "Hearing impairment"),
        Code("VI", "Vision impairment"),
        Code("MSI", "Multi-sensory impairment"),
        Code("PD", "Physical disability"),
        Code("ASD", "Autistic spectrum disorder"),
        Code("DS", "Down syndrome", since="2025/26"),
        Code("OTH", "Other difficulty or disability"),
        Code("NSA", "SEN support but no specialist assessment of type of need"),
    ),
)
