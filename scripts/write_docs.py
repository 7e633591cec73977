"""Write the pages of ``docs/`` that follow from declarations: measures, publications, files of returns, checks.

A test writes them again and fails when they differ from what is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django

from ropewalk.core.measures import Measure, Question, all_measures
from ropewalk.core.open_data.declaration import Publication
from ropewalk.core.open_data.recognise import all_publications
from ropewalk.core.publish.worked_examples import worked_examples_page
from ropewalk.core.returns.describing import checks_page, returns_page
from ropewalk.site.foundation.permissions.describing import permissions_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "no way is better"}


def measures_page() -> str:
    """Every measure with its definition, by question."""
    return "\n".join(_measure_lines()) + "\n"


def _measure_lines() -> Iterator[str]:
    yield "# Measures\n"
    yield "Written from the catalogue by `make docs`; edit `src/ropewalk/core/measures/catalogue/` instead."
    for question in Question:
        found = [measure for measure in all_measures().values() if measure.question is question]
        if found:
            yield f"\n## {question.words}"
        for measure in found:
            yield from _one_measure(measure)


def _one_measure(measure: Measure) -> Iterator[str]:
    yield f"\n### {measure.title}\n"
    unit = measure.unit.value.replace("_", " ")
    yield f"`{measure.id}`, version {measure.version}, {unit}, {BETTER[measure.better.value]}\n"
    yield f"{measure.summary} {measure.definition}\n"
    if measure.numerator and measure.denominator:
        yield f"- Counted: {measure.numerator}, out of: {measure.denominator}"
    if measure.gap:
        yield f"- `{measure.gap.measure}` of `{measure.gap.of}` less `{measure.gap.less}`"
    if measure.lait:
        rows = ", ".join(f"`{row.short_description}` ({row.phase.value}, {row.group})" for row in measure.lait)
        yield f"- Rows of the Local Authority Interactive Tool: {rows}"
    if measure.not_collected:
        yield f"- Not collected in {', '.join(measure.not_collected)}"
    for note in measure.notes:
        yield f"- {note}"
    yield f"- Source: [{measure.source}]({measure.source_url})"


def publications_page() -> str:
    """Every publication with its columns, marks and figures."""
    return "\n".join(_publication_lines()) + "\n"


def _publication_lines() -> Iterator[str]:
    yield "# Published statistics Ropewalk reads\n"
    yield "Written from the declarations by `make docs`; edit `src/ropewalk/core/open_data/publications/` instead."
    for publication in sorted(all_publications().values(), key=lambda p: (p.publisher, p.title)):
        yield from _one_publication(publication)


def _one_publication(publication: Publication) -> Iterator[str]:
    yield f"\n## {publication.title}\n"
    yield f"`{publication.id}`, {publication.publisher}, [page]({publication.page}), {publication.licence}\n"
    yield f"- Files called: {', '.join(f'`{name}`' for name in publication.files)}"
    yield f"- Columns every file has: {len(publication.text)} of text, {len(publication.numbers)} of numbers"
    measures = sorted({cut.measure for cut in publication.cuts} | {m for c in publication.computed for m in c.measures})
    if measures:
        yield f"- Figures of: {', '.join(f'`{measure}`' for measure in measures)}"
    for computed in publication.computed:
        yield f"- Worked out: {computed.calculation}"
    if publication.encodings != ("utf-8",):
        yield f"- Text encoding: {' or '.join(publication.encodings)}"
    for note in publication.notes:
        yield f"- {note}"


def _set_up() -> None:
    """What is read off the models exists only once the site is set up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropewalk.site.config.settings")
    django.setup()


def record_of_processing_page() -> str:
    """What is kept, what for and how long."""
    _set_up()
    from ropewalk.site.foundation.retention.record import record_of_processing  # noqa: PLC0415

    return record_of_processing()


def api_page() -> str:
    """The API, read off its OpenAPI document, which exists only once the site is set up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropewalk.site.config.settings")
    django.setup()
    from ropewalk.site.see.api import describing  # noqa: PLC0415
    from ropewalk.site.see.api.operations import api  # noqa: PLC0415

    return describing.api_page(api.get_openapi_schema())


def impact_assessment_page() -> str:
    """What could harm people, and what stops it."""
    _set_up()
    from ropewalk.site.foundation.retention.assessment import impact_assessment  # noqa: PLC0415

    return impact_assessment((DOCS / "security.md").read_text(encoding="utf-8"))


PAGES = {
    "api.md": api_page,
    "record-of-processing.md": record_of_processing_page,
    "impact-assessment.md": impact_assessment_page,
    "measures.md": measures_page,
    "permissions.md": permissions_page,
    "published-statistics.md": publications_page,
    "returns/files.md": returns_page,
    "returns/checks.md": checks_page,
    "returns/worked-examples.md": worked_examples_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
