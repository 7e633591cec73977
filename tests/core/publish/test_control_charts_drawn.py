"""The weekly chart: drawn with its words and table, with limits only where there are weeks enough."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.measures import measure
from ropewalk.core.publish.charts.chart import svg
from ropewalk.core.publish.charts.control_chart import control_chart
from ropewalk.core.publish.shown_table import values_of
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing
from ropewalk.core.views.weekly import Weekly, weekly

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = Source("published", "made_up", "Made up for a test", "2026", "made_up.csv", "0" * 64, 2)


def figures(values: list[float | None], school: str = "990001") -> SafeTable:
    return already_published(
        Figure(
            place="X06000001",
            school=school,
            measure="absence_overall",
            phase="all",
            group="all",
            period=f"2026-W{week:02d}",
            value=value,
            unit="percent",
            numerator=None,
            denominator=None,
            missing=None if value is not None else Missing.SUPPRESSED,
            raw="",
            source=SOURCE,
        )
        for week, value in enumerate(values, 1)
    )


def shown(values: list[float | None]) -> Weekly:
    found = weekly("Harbour School (made up)", measure("absence_overall"), figures(values))
    assert found is not None
    return found


STEADY: list[float | None] = [6.0, 8.0] * 8


def test_the_drawing_has_title_description_table_and_both_widths() -> None:
    chart = control_chart(shown([*STEADY, 20.0]))
    for narrow in (False, True):
        root = ET.fromstring(svg(chart, narrow=narrow))  # noqa: S314 - our own drawing
        title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None and title.text == "Overall absence: Harbour School (made up), week by week"
        assert words is not None and words.text == chart.description
    assert "One week above the upper limit (week 17 of 2026)" in chart.description
    assert chart.description.endswith("This says that something changed, not why.")
    assert values_of(chart.table, "Harbour School (made up)") == [*STEADY, 20.0]
    assert chart.table.rows[16][2].words.startswith("one week above the upper limit")
    assert chart.table.notes[0].startswith("Usual level 7.76%, upper limit ")


def test_the_same_weeks_give_the_same_drawing() -> None:
    assert svg(control_chart(shown(STEADY))) == svg(control_chart(shown(STEADY)))


def test_few_weeks_are_drawn_without_limits_and_the_words_say_why() -> None:
    chart = control_chart(shown([5.0, 6.0, 7.0]))
    assert "title" not in chart.spec
    assert "Use a funnel instead" in chart.description
    assert svg(chart)


def test_a_hidden_week_breaks_the_line_and_keeps_its_reason() -> None:
    chart = control_chart(shown([*STEADY, None, 6.0]))
    assert "1 of 18 weeks have no value, and the line breaks there." in chart.description
    assert chart.table.rows[16][1].missing is Missing.SUPPRESSED
    runs_met = {row["run"] for rows in chart.spec["datasets"].values() for row in rows if "run" in row}
    assert runs_met == {1, 2}


def test_a_lower_limit_below_nought_is_no_line() -> None:
    chart = control_chart(shown([0.0, 5.0] * 8))
    assert "lower limit" not in chart.table.notes[0]
    assert "upper limit" in chart.table.notes[0]


def test_only_hidden_weeks_are_still_a_chart() -> None:
    chart = control_chart(shown([None, None]))
    assert svg(chart)
    assert "No week is known" in chart.description


def test_no_week_is_no_chart_and_two_schools_are_refused() -> None:
    overall = measure("absence_overall")
    assert weekly("Nowhere", overall, already_published([])) is None
    with pytest.raises(ValueError, match="one place or school"):
        weekly("Two", overall, already_published([*figures([1.0]), *figures([2.0], school="990002")]))
    with pytest.raises(ValueError, match="one figure for each week"):
        weekly("Twice", overall, already_published([*figures([1.0]), *figures([2.0])]))
