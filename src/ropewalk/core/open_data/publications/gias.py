"""Get Information about Schools (GIAS): the register of schools, links between them, trusts; codes of councils."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Column, Publication, Register

DFE = "Department for Education"
PAGE = "https://get-information-schools.service.gov.uk/Downloads"


def _links(urn: str, linked: str, name: str, kind: str, established: str) -> Register:
    """Links as the register keeps them; a date that is not given stays away."""
    return Register(
        register="school_link",
        select=f"""SELECT trim("{urn}") AS urn, trim("{linked}") AS linked_urn, trim("{name}") AS linked_name,
          trim("{kind}") AS kind, try_strptime(trim("{established}"), '%d-%m-%Y')::DATE::VARCHAR AS established, row
          FROM {{t}}""",  # noqa: S608
    )


_LINKS = Publication(
    id="gias_links",
    title="Get Information about Schools: links between schools",
    publisher=DFE,
    page=PAGE,
    files=("gias_establishment_links*.csv", "links_edubasealldata*.csv"),
    text=("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"),
    encodings=("utf-8", "cp1252"),
    registers=(_links("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"),),
    edition="links",
    notes=("The register writes this file in Windows-1252.",),
)

_LINKS_SAMPLE = Publication(
    id="gias_links_sample",
    title="Get Information about Schools: links between schools (part of England)",
    publisher=DFE,
    page=PAGE,
    files=("gias_links_sample*.csv",),
    text=("urn", "linkurn", "linkname", "linktype", "linkestablisheddate"),
    encodings=("utf-8", "cp1252"),
    registers=(_links("urn", "linkurn", "linkname", "linktype", "linkestablisheddate"),),
    edition="August 2026",
)

_GROUPS = Publication(
    id="gias_groups",
    title="Get Information about Schools: trusts, federations and sponsors",
    publisher=DFE,
    page=PAGE,
    files=("gias_groups*.csv",),
    text=(
        "group_uid",
        "group_id",
        "group_name",
        "companies_house_number",
        "group_type__code_",
        "group_type",
        "closed_date",
        "open_date",
        "incorporated_on__open_date_",
        "group_status__code_",
        "group_status",
        "group_street",
        "group_locality",
        "group_address_3",
        "group_town",
        "group_county",
        "group_postcode",
        "ukprn",
    ),
    edition="August 2026",
)

_PHASE = """CASE "PhaseOfEducationName" WHEN 'Primary' THEN 'primary' WHEN 'Secondary' THEN 'secondary'
  WHEN 'Middle deemed primary' THEN 'primary' WHEN 'Middle deemed secondary' THEN 'secondary'
  WHEN 'All-through' THEN 'all_through' WHEN 'Nursery' THEN 'nursery'
  ELSE CASE WHEN "EstablishmentTypeGroupName" = 'Independent schools' THEN 'independent' END END"""

_ESTABLISHMENTS = Publication(
    id="gias_establishments",
    title="Get Information about Schools: schools (part of England)",
    publisher=DFE,
    page=PAGE,
    files=("gias_establishments*.csv",),
    text=(
        "URN",
        "LAId",
        "LAName",
        "EstablishmentName",
        "EstablishmentNumber",
        "EstablishmentStatusName",
        "LAESTAB",
        "TrustName",
        "PhaseOfEducationName",
        "TypeOfEstablishmentName",
        "EstablishmentTypeGroupName",
        "Postcode",
    ),
    numbers=("TotalPupils",),
    optional_text=(
        "RegionId",
        "RegionName",
        "EstablishmentStatusId",
        "TrustId",
        "AdmissionsPolicyId",
        "AdmissionsPolicyName",
        "DistrictAdministrativeId",
        "DistrictAdministrativeName",
        "PhaseOfEducationId",
        "GenderId",
        "GenderName",
        "ReligiousCharacterId",
        "ReligiousCharacterName",
        "TypeOfEstablishmentId",
        "EstablishmentTypeGroupId",
        "ResourcedProvisionId",
        "ResourcedProvisionName",
        "NurseryProvisionName",
        "OfficialSixthFormId",
        "OfficialSixthFormName",
        "TrustSchoolFlagId",
        "TrustSchoolFlagName",
        "UKPRN",
        "Street",
        "Locality",
        "Address3",
        "Town",
        "County",
        "UrbanRuralId",
        "UrbanRuralName",
        "Website",
        "Easting",
        "Northing",
        "AgeRangeLow",
        "AgeRangeHigh",
    ),
    optional_numbers=("TotalCapacity",),
    place=Column("LAId"),
    registers=(
        Register(
            register="school",
            select=f"""SELECT trim("URN") AS urn, trim("LAESTAB") AS laestab, trim("EstablishmentName") AS name,
              {_PHASE} AS phase, nullif(trim("TypeOfEstablishmentName"), '') AS type,
              nullif(trim("TrustName"), '') AS trust, "LAId" AS place_ref, nullif(trim("Postcode"), '') AS postcode,
              NULL AS opened, whole_number("TotalPupils") AS pupils,
              '2026-08' AS as_of, row FROM {{t}}""",  # noqa: S608
        ),
    ),
    edition="August 2026",
    notes=("36 of these schools have closed; the register of the store keeps no status.",),
)

_COUNCILS = Publication(
    id="councils_and_regions",
    title="School and college performance tables: codes of councils and regions",
    publisher=DFE,
    page="https://www.compare-school-performance.service.gov.uk/download-data",
    files=("la_and_region_codes*.csv",),
    text=("LEA", "LA Name", "REGION", "REGION NAME"),
    place=Column("LEA"),
    edition="list",
)

PUBLICATIONS = (_LINKS, _LINKS_SAMPLE, _GROUPS, _ESTABLISHMENTS, _COUNCILS)
