"""The roll: who is registered at a school, since when, and what is known of them."""

from __future__ import annotations

from dataclasses import replace

from ropewalk.core.schema.returns.columns import UPN, URN, code, day, yes_no
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Sensitivity, Span

RETURN = ReturnFile(
    id="roll",
    title="Roll",
    row="one enrolment: a pupil at a school from a day to a day",
    what_for="Says which children each figure counts, and in which groups.",
    fields=(
        URN,
        # A child without a number is kept and recognised by name and birthday.
        replace(UPN, needed=False),
        Field(
            name="former_upn",
            title="Former unique pupil number",
            kind=FieldKind.UPN,
            says="A number the pupil had before, such as a temporary one. Leave blank where there was none.",
            example="",
        ),
        Field(
            name="surname",
            title="Surname",
            kind=FieldKind.TEXT,
            says="Only used to recognise a child who has no usable unique pupil number; kept apart from all figures.",
            example="Example",
        ),
        Field(
            name="forename",
            title="Forename",
            kind=FieldKind.TEXT,
            says="Only used to recognise a child who has no usable unique pupil number; kept apart from all figures.",
            example="Alex",
        ),
        day("date_of_birth", "Date of birth", "The pupil's date of birth.", "2012-03-14"),
        code("sex", "Sex", "F or M.", "F", code_set="sex"),
        code("year_group", "Year group", "N1, N2, R or 1 to 14.", "7", code_set="year_group"),
        code(
            "enrolment_status",
            "Enrolment status",
            "C where the pupil is registered here only, M or S at the main or other of two schools, G for a guest.",
            "C",
            code_set="enrolment_status",
        ),
        day("start_date", "Date of entry", "First day on the roll of this school.", "2023-09-05", needed=True),
        day("leaving_date", "Date of leaving", "Last day on the roll. Blank while the pupil is on roll.", ""),
        code("leaving_reason", "Reason for leaving", "Why the pupil left.", "", code_set="leaving_reason"),
        Field(
            name="destination_urn",
            title="School the pupil went to (URN)",
            kind=FieldKind.URN,
            says="The next school's unique reference number, where it is known.",
            example="",
            sensitivity=Sensitivity.PERSONAL,
        ),
        Field(
            name="ethnicity",
            title="Ethnicity",
            kind=FieldKind.TEXT,
            says="The four-letter code of the census, such as WBRI.",
            example="WBRI",
            sensitivity=Sensitivity.SPECIAL,
        ),
        Field(
            name="first_language",
            title="First language",
            kind=FieldKind.TEXT,
            says="The three-letter code of the census, such as ENG.",
            example="ENG",
        ),
        yes_no("fsm_eligible", "Eligible for free school meals", "Eligible now?"),
        yes_no(
            "disadvantaged", "Disadvantaged", "Free school meals in the last six years, or looked after, or once so?"
        ),
        code(
            "sen_provision",
            "Special educational needs: provision",
            "N for none, K for SEN support, E for an education, health and care plan.",
            "N",
            code_set="sen_provision",
            special=True,
        ),
        code("sen_type_1", "First type of need", "Where provision is K or E.", "", code_set="sen_type", special=True),
        code("sen_type_2", "Second type of need", "Where there is one.", "", code_set="sen_type", special=True),
        yes_no("looked_after", "Looked after", "Looked after by a council?", special=True),
        yes_no("child_in_need", "Child in need", "In need, by the council's assessment?", special=True),
        yes_no("young_carer", "Young carer", "Does the pupil care for somebody at home?", special=True),
        yes_no("service_child", "Service child", "Does a parent serve in the armed forces?"),
        Field(
            name="postcode",
            title="Home postcode",
            kind=FieldKind.POSTCODE,
            says="Only used to recognise a child who has no usable unique pupil number; kept apart from all figures.",
            example="PL1 2AA",
        ),
    ),
    key=("urn", "upn", "start_date"),
    span=Span.ACADEMIC_YEAR,
)
