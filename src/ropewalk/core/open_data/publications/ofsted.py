"""Ofsted management information: judgements of state-funded schools as at 31 August 2020."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Cut, Publication, Register, Sql
from ropewalk.core.open_data.marks import USUAL_MARKS
from ropewalk.core.schema.missing import Missing

_GRADES = (
    "Overall.effectiveness",
    "Quality.of.education",
    "Behaviour.and.attitudes",
    "Personal.development",
    "Effectiveness.of.leadership.and.management",
    "Early.years.provision.(where.applicable)",
    "Sixth.form.provision.(where.applicable)",
    "Previous.full.inspection.overall.effectiveness",
    "Previous.quality.of.education",
    "Previous.behaviour.and.attitudes",
    "Previous.personal.development",
    "Previous.effectiveness.of.leadership.and.management",
    "Previous.early.years.provision.(where.applicable)",
    "Previous.sixth.form.provision.(where.applicable)",
)


def _academic_year(column: str) -> Sql:
    """The academic year a day (as 2019-05-08) lies in, counted from September."""
    day = f"TRY_CAST(nullif(trim(\"{column}\"), '') AS DATE)"
    start = f"(year({day}) - CASE WHEN month({day}) < 9 THEN 1 ELSE 0 END)"
    return Sql(f"{start}::VARCHAR || '/' || lpad((({start} + 1) % 100)::VARCHAR, 2, '0')")


_LATEST, _PREVIOUS = _academic_year("Inspection.start.date"), _academic_year("Previous.inspection.start.date")
_OTHER_YEAR = (
    'trim("URN.at.time.of.previous.full.inspection") <> trim("URN.at.time.of.latest.full.inspection") '
    f"OR {_PREVIOUS.expression} IS DISTINCT FROM {_LATEST.expression}"
)

PUBLICATIONS = (
    Publication(
        id="ofsted_state_funded_schools",
        title="Ofsted management information: state-funded schools",
        publisher="Ofsted",
        page="https://www.gov.uk/government/statistical-data-sets/monthly-management-information-ofsteds-school-inspections-outcomes",
        files=("ofsted_mi_state_funded*.csv",),
        text=(
            "URN",
            "LAESTAB",
            "School.name",
            "Ofsted.phase",
            "Type.of.education",
            "Local.authority",
            "Postcode",
            "Inspection.type",
            "Inspection.start.date",
            "Publication.date",
            "URN.at.time.of.latest.full.inspection",
            "Category.of.concern",
            "Previous.inspection.start.date",
            "URN.at.time.of.previous.full.inspection",
        ),
        numbers=_GRADES,
        optional_text=(
            "School.open.date",
            "Admissions.policy",
            "Sixth.form",
            "Designated.religious.character",
            "Religious.ethos",
            "Faith.grouping",
            "Ofsted.region",
            "Region",
            "Parliamentary.constituency",
            "The.income.deprivation.affecting.children.index.(IDACI).quintile",
            "Total.number.of.pupils",
            "Latest.section.8.inspection.number.since.last.full.inspection",
            "Does.the.section.8.inspection.relate.to.the.URN.of.the.current.school?",
            "URN.at.time.of.the.section.8.inspection",
            "LAESTAB.at.time.of.the.section.8.inspection",
            "School.name.at.time.of.the.latest.section.8.inspection",
            "School.type.at.time.of.the.latest.section.8.inspection",
            "Number.of.section.8.inspections.since.the.last.full.inspection",
            "Date.of.latest.section.8.inspection",
            "Section.8.inspection.publication.date",
            "Did.the.latest.section.8.inspection.convert.to.a.full.inspection?",
            "Section.8.inspection.overall.outcome",
            "Number.of.other.section.8.inspections.since.last.full.inspection",
            "Inspection.number.of.latest.full.inspection",
            "Inspection.type.grouping",
            "Event.type.grouping",
            "Inspection.end.date",
            "Does.the.latest.full.inspection.relate.to.the.URN.of.the.current.school?",
            "LAESTAB.at.time.of.latest.full.inspection",
            "School.name.at.time.of.latest.full.inspection",
            "School.type.at.time.of.latest.full.inspection",
            "Safeguarding.is.effective?",
            "Previous.full.inspection.number",
            "Previous.inspection.end.date",
            "Previous.publication.date",
            "Does.the.previous.full.inspection.relate.to.the.URN.of.the.current.school?",
            "LAESTAB.at.time.of.previous.full.inspection",
            "School.name.at.time.of.previous.full.inspection",
            "School.type.at.time.of.previous.full.inspection",
            "Previous.category.of.concern",
            "Previous.safeguarding.is.effective?",
        ),
        # Only grades are declared as numbers, so that 9 is "not judged" in them and nowhere else.
        marks={**USUAL_MARKS, "9": Missing.NOT_APPLICABLE},
        place=Column("Local.authority"),
        cuts=(
            Cut(
                measure="ofsted_overall",
                value="Overall.effectiveness",
                school=Column("URN.at.time.of.latest.full.inspection"),
                period=_LATEST,
            ),
            Cut(
                measure="ofsted_overall",
                value="Previous.full.inspection.overall.effectiveness",
                school=Column("URN.at.time.of.previous.full.inspection"),
                period=_PREVIOUS,
                # Two inspections of a school in one academic year: the later one stands, the earlier stays a cell.
                where=_OTHER_YEAR,
            ),
        ),
        # Without a name the rows tell which URN went with which LAESTAB; schools that have closed since are not listed.
        registers=(
            Register(
                register="school",
                select="""SELECT trim("URN") AS urn, trim("LAESTAB") AS laestab, NULL AS name, NULL AS phase,
                  NULL AS type, NULL AS trust, "Local.authority" AS place_ref, NULL AS postcode, NULL AS opened,
                  NULL AS pupils,
                  '2020-08' AS as_of, row FROM {t}
                  UNION ALL SELECT trim("URN.at.time.of.latest.full.inspection"),
                    trim("LAESTAB.at.time.of.latest.full.inspection"),
                    NULL, NULL, NULL, NULL, "Local.authority", NULL, NULL, NULL, '2020-08', row FROM {t}
                  WHERE trim("URN.at.time.of.latest.full.inspection") NOT IN ('', trim("URN"))""",
            ),
        ),
        notes=(
            "As at 31 August 2020. Ofsted has given no single-word overall judgement of state-funded schools since "
            "September 2024: use these as history.",
            "A judgement stands under the URN the school had when it was inspected.",
            "9 stands for not judged.",
        ),
    ),
)
