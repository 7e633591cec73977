"""The words of a board report match its numbers, whatever these are; nothing runs over on a slide; bytes are steady."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pypdf import PdfReader

from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.measures import measure
from ropewalk.core.publish.board_report.content import (
    Coverage,
    End,
    Kpi,
    Missing,
    Part,
    Point,
    Report,
    Source,
    Strand,
    canonical,
    digest_of,
    read,
)
from ropewalk.core.publish.board_report.pages import document, pdf
from ropewalk.core.publish.board_report.points import points_of
from ropewalk.core.publish.board_report.public import public_version
from ropewalk.core.publish.board_report.sketch import sketch
from ropewalk.core.publish.board_report.slides import write_slides
from ropewalk.core.publish.board_report.standing import STATUSES, VERDICTS, kpi_words, part_words, standing

DAY = dt.date(2026, 3, 12)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=300)


def kpi(number: int = 1, *, verdict: str = "behind", words: str = "Absence falls", values: int = 3) -> Kpi:
    points = tuple(
        Point(f"{2020 + at} to {2021 + at}", 2020.0 + at, 20.0 - at, f"{20 - at}%", 19.0 - at, 21.0 - at, "x to y", 1)
        for at in range(values)
    )
    line = (End("2020 to 2021", 2020.0, 20.0, "20%"), End("2027 to 2028", 2027.0, 15.0, "15%"))
    said = ("published", "20% in 2020 to 2021", "18%", "2022 to 2023", "x to y", "15% by 2027 to 2028", verdict)
    return Kpi(f"KPI 1.{number}", words, "Absence, Here", *said, "It lies on the worse side.", points, line, (1,))


def part(status: str = "done", *, late: bool = False, words: str = "Ring families") -> Part:
    return Part("Action 1.1", words, "Head, North School", "3 March 2026", status, late, "She rings.")


def report(kpis: tuple[Kpi, ...], parts: tuple[Part, ...]) -> Report:
    strand = Strand("Strand 1", "Children are in school", (), kpis, parts)
    return Report(
        public=False, code="X06000001", place="Harbourmouth", made_up=True, plan="Every child", aim="Nobody is missed.",
        state="live", day="12 March 2026", meeting="", since="", meetings_since="", rule="The rule.", strands=(strand,),
        changed=(), outcomes=(), workstreams=(), money=None, coverage=Coverage(11, 14, 9), asks=("More time?",),
        sources=(Source("Absence", "2024/25", "absence.csv", "ab" * 32, "1 March 2026"),),
        missing=(Missing("KPI 1.3", "it is not said yet how it is measured"),),
    )  # fmt: skip


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=40))
def test_the_numbers_of_kpis_in_words_add_up_and_are_right(verdicts: list[str]) -> None:
    said = kpi_words([kpi(verdict=one) for one in verdicts])
    total, *rest = map(int, re.findall(r"\d+", said))
    assert total == len(verdicts)
    assert sum(rest) == (0 if set(verdicts) == {"cannot tell yet"} else total)
    for verdict, words in (("ahead", "ahead of"), ("on track", "on track"), ("behind", "behind")):
        found = re.search(rf"(\d+) (?:is|are) {words}", said)
        assert int(found.group(1) if found else 0) == verdicts.count(verdict)
    assert ("nobody can tell" in said) == ("cannot tell yet" in verdicts)


@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.booleans()), min_size=1, max_size=40))
def test_the_numbers_of_parts_in_words_add_up_and_are_right(given_parts: list[tuple[str, bool]]) -> None:
    said = part_words([part(status, late=late) for status, late in given_parts])
    first, _, last = said.partition(";")
    total, *each = map(int, re.findall(r"\d+", first))
    assert total == len(given_parts) == sum(each)
    for status in STATUSES:
        found = re.search(rf"(\d+) (?:is|are) {status}", first)
        assert int(found.group(1) if found else 0) == [one for one, _ in given_parts].count(status)
    late = re.search(r"\d+", last)
    assert (int(late.group()) if late else 0) == sum(late for _, late in given_parts)


def test_coverage_and_asks_are_told() -> None:
    said = " ".join(standing(report((kpi(),), (part(),))))
    assert "11 of 14 schools are in the partnership, and 9 share data." in said
    assert "Of 1 KPI 1 is behind its line." in said
    assert "1 matter needs a decision of the board." in said


@given(TEXT, TEXT, st.booleans())
def test_any_report_is_read_back_as_it_was_kept(words: str, note: str, late: bool) -> None:
    said = report((kpi(words=words),), (replace(part(words=words, late=late), note=note),))
    kept = canonical(said)
    assert read(kept) == said
    assert canonical(read(kept)) == kept
    assert len(digest_of(kept)) == 64


@pytest.mark.parametrize("broken", ["{}", "[]", "7", '{"public": true}', "no json"])
def test_what_is_no_report_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(broken)


def test_only_what_is_for_everyone_becomes_a_point() -> None:
    declared = measure("persistent_absence")
    with pytest.raises(TypeError, match="bare figures"):
        points_of([], declared, lambda _source: 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="handed on"):
        points_of(for_those_who_see_returns([]), declared, lambda _source: 1)


def test_the_public_version_decides_about_every_field_and_leaves_typed_values_out() -> None:
    typed = replace(kpi(2), comes="typed", because="SECRET", title="SECRET", latest="SECRET")
    said = report((kpi(), typed), (replace(part(), note="SECRET"),))
    public = public_version(said, plain=lambda text: text)
    assert "SECRET" not in canonical(public)
    assert [one.verdict for one in public.kpis] == ["behind", "not said in public"]
    assert "how 1 stands is not public" in kpi_words(public.kpis)
    assert (public.money, public.asks, public.outcomes, public.coverage.sharing) == (None, (), (), None)


WIDE_WORDS = "Mmmm WWWW mighty many words of a plan that goes on and on; " * 8


@settings(max_examples=5, deadline=None)
@given(st.sampled_from((1, 3, 10)), st.sampled_from((1, 12, 40)), st.sampled_from(("Short", WIDE_WORDS)))
def test_no_slide_runs_over_and_ten_targets_need_at_most_ten_slides(kpis: int, parts: int, words: str) -> None:
    said = report(tuple(kpi(one, words=words) for one in range(kpis)), tuple(part(words=words) for _ in range(parts)))
    deck = Presentation(io.BytesIO(write_slides(said, day=DAY)))
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)
    assert len(deck.slides) <= 10
    for slide in deck.slides:
        assert slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_text_frame:
                assert _height(shape) <= shape.height * 1.01 / 12700, shape.text_frame.text
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def _height(shape: object) -> float:
    """Points that a text takes, measured with a real font where Pillow finds one as wide as Arial."""
    from PIL import ImageFont  # noqa: PLC0415 - comes with WeasyPrint

    total = 0.0
    frame = shape.text_frame  # type: ignore[attr-defined]
    margins = (frame.margin_left + frame.margin_right) / 12700
    room = shape.width / 12700 - margins  # type: ignore[attr-defined]
    for paragraph in frame.paragraphs:
        size = next((run.font.size.pt for run in paragraph.runs), 12)
        bold = any(run.font.bold for run in paragraph.runs)
        font = ImageFont.truetype(f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf", 100)
        lines, used = 1, 0.0
        for word in paragraph.text.split():
            wide = font.getlength(word + " ") * size / 100
            lines, used = (lines + 1, wide) if used and used + wide > room else (lines, used + wide)
        total += lines * size * 1.17
    return total


def test_pdf_and_slides_have_title_language_pages_and_steady_bytes() -> None:
    said = report(tuple(kpi(one) for one in range(10)), (part(),))
    written = pdf(said, day=DAY, digest="d" * 64)
    assert written == pdf(said, day=DAY, digest="d" * 64)
    found = PdfReader(io.BytesIO(written))
    assert found.metadata is not None
    assert found.metadata.title == "Board report: Every child, Harbourmouth, 12 March 2026"
    root = found.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    for number, page in enumerate(found.pages, start=1):
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
        assert f"Page {number} of {len(found.pages)}" in page.extract_text()
    assert write_slides(said, day=DAY) == write_slides(said, day=DAY)


@given(TEXT)
def test_no_text_breaks_out_of_page_or_drawing(words: str) -> None:
    hostile = f"<script>alert(1)</script>\"'&{words}"
    said = report((kpi(words=hostile),), (part(words=hostile),))
    assert "<script" not in document(said, day=DAY)
    assert "<script" not in sketch(kpi(words=hostile), number=1)
