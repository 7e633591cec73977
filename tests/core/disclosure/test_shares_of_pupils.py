"""Bars 1, 2, 6 and 9 for figures of returns: random places, attacked as the public, as schools and as trusts."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropewalk.core.disclosure import Audience
from ropewalk.core.disclosure.audit import audit, read_released
from ropewalk.core.disclosure.corrections import State
from ropewalk.core.disclosure.giving_out import Showing, safe_shares
from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.disclosure.shares import ALL, Grouping, Shares, asked_before, made_up_together
from ropewalk.core.errors import InputRefused
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing

SCHOOLS = ("101", "102", "103", "104")
FAMILIES = {"sex": ("girls", "boys"), "sen": ("sen_support", "ehcp", "no_sen"), None: ()}
MEASURES = ("persistent_absence", "severe_absence")
COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 25))


@st.composite
def places(draw):
    """Pupils of a made-up place, counted by school, sex, need and two measures at once, and its trusts and phases."""
    schools = SCHOOLS[: draw(st.integers(2, 4))]
    sexes, needs = ("girls", "boys", "other"), ("sen_support", "ehcp", "no_sen", "other")
    pupils = {}
    for school, sex, need, absence in product(schools, sexes, needs, ("none", "persistent", "severe")):
        rare = sex == "other" or need == "other" or absence == "severe"
        pupils[school, sex, need, absence] = draw(st.integers(0, 1)) if rare else draw(COUNTS)
    trusts = {school: draw(st.sampled_from(("North", "South", ""))) for school in schools}
    phases = {school: draw(st.sampled_from(("primary", "secondary"))) for school in schools}
    return pupils, Grouping(trusts={school: trust for school, trust in trusts.items() if trust}, phases=phases)


def shares(pupils, measure, family):
    """The counts of a measure by school and the groups of a family."""
    counted = {"persistent_absence": ("persistent", "severe"), "severe_absence": ("severe",)}[measure]
    cells = {}
    for (school, sex, need, absence), count in pupils.items():
        for group in (ALL, *({sex, need} & set(FAMILIES[family]))):
            yes, of = cells.get((school, group), (0, 0))
            cells[school, group] = yes + (count if absence in counted else 0), of + count
    return Shares(measure=measure, family=family, groups=FAMILIES[family], cells=cells)


def frame(measure="persistent_absence"):
    source = Source("returns", "returns", "Schools' own returns", "as known", "", "", None)
    cut = ("X06000001", None, measure, "all", "all", "2024/25")
    return Figure(*cut, None, "percent", None, None, Missing.NOT_AVAILABLE, "", source)


def give_out(pupils, grouping, ledger, measure, family, audience=Audience.PARTNERS):
    """As the use case does: together with what stands in the ledger."""
    asked = dict.fromkeys([(measure, family), *asked_before(ledger.releases())])
    now = State(shares=tuple(shares(pupils, *one) for one in asked), releases=tuple(ledger.releases()))
    return safe_shares(now, grouping, ledger, Showing(audience=audience, frame=frame(measure)))


def released(ledger):
    """What a stranger gets: the files of the ledger."""
    found = []
    for path in sorted(ledger.folder.glob("*-released.csv")):
        said = path.with_name(path.name.replace("released.csv", "specification.json"))
        found.append(read_released(path.name, path.read_text(encoding="utf-8"), said.read_text(encoding="utf-8")))
    return found


def must_stay_open(table, coordinates, counts):
    """Whether a cell is of 1 to 4 pupils, or of nobody below the place where there are pupils; by its true count."""

    def count_of(cell):
        inside = 0
        for point, count in counts.items():
            at = dict(zip(columns, point, strict=True))
            inside += (
                count if all(text in ("*", at[d]) or at["school"] in members.get(text, ()) for d, text in cell) else 0
            )
        return inside

    columns, counts = counts
    members = table.members["school"]
    cell = list(zip(table.dimensions, coordinates, strict=True))
    count = count_of(cell)
    if count or cell[-1][1] == "*":
        return 0 < count < 5
    everybody = frozenset(point[0] for point in counts)
    return (
        members.get(cell[0][1], ()) != everybody
        and cell[0][1] != "*"
        and count_of([*cell[:-1], (cell[-1][0], "*")]) > 0
    )


def audiences(grouping, counts):
    """What the public, each school and each trust knows of the finest counts."""
    schools = sorted({point[0] for point in counts})
    for own in ((), *((school,) for school in schools)):
        yield {point: count for point, count in counts.items() if point[0] in own}
    for trust in sorted(set(grouping.trusts.values())):
        yield {point: count for point, count in counts.items() if grouping.trusts.get(point[0]) == trust}


asked = st.lists(st.tuples(st.sampled_from(MEASURES), st.sampled_from(tuple(FAMILIES))), min_size=1, max_size=2)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places(), asked)
def test_no_audience_narrows_down_few_pupils_nor_that_it_is_none_of_them(place, wanted):
    pupils, grouping = place
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        for one in wanted:
            give_out(pupils, grouping, ledger, *one)
        tables = released(ledger)
    asked_for = [shares(pupils, *one) for one in dict.fromkeys(wanted)]
    columns, counts = made_up_together(asked_for)
    names = {table.name: table for table in tables}
    for table in tables:
        shown = [cell for cell, value in table.cells.items() if value is not None]
        assert not [cell for cell in shown if must_stay_open(table, cell, (columns, counts))]
    for known in audiences(grouping, counts):
        found = audit(tables, knows=known).findings
        narrow = [one for one in found if not one.safe]
        assert not [one for one in narrow if must_stay_open(names[one.table], one.coordinates, (columns, counts))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places(), st.sampled_from(tuple(FAMILIES)))
def test_what_is_shown_is_right_and_follows_the_rule_for_rates(place, family):
    pupils, grouping = place
    with tempfile.TemporaryDirectory() as folder:
        table = give_out(pupils, grouping, Ledger(Path(folder)), "persistent_absence", family)
    assert table.audience == "partners"
    truth = shares(pupils, "persistent_absence", family)
    for figure in table:
        here = (
            [figure.school]
            if figure.school
            else [school for school in truth.schools if figure.phase in ("all", grouping.phases[school])]
        )
        parts = [truth.cells.get((school, figure.group), (0, 0)) for school in here]
        counted, of = sum(part[0] for part in parts), sum(part[1] for part in parts)
        assert figure.denominator in (None, of)
        assert figure.denominator is None or not 0 < figure.denominator < 5
        if figure.value is None:
            assert figure.missing is (Missing.NOT_APPLICABLE if figure.denominator == 0 else Missing.SUPPRESSED)
            continue
        assert (figure.numerator, figure.denominator) == (counted, of)
        assert figure.value == 100 * counted / of
        assert of >= 20
        assert not 0 < counted < 5
        assert not 0 < of - counted < 5
        assert 0 < counted < of or set(here) == set(truth.schools)


TWELVE = {
    (school, sex, need, absence): count
    for school, size in zip(SCHOOLS, (40, 25, 30, 22), strict=True)
    for sex in ("girls", "boys")
    for need, absence, count in (
        ("no_sen", "none", size),
        ("no_sen", "persistent", size // 3),
        ("ehcp", "none", 6),
        ("ehcp", "persistent", size % 4),
        ("sen_support", "severe", 1),
        ("sen_support", "none", 9),
    )
}
TWO_TRUSTS = Grouping(
    trusts={"101": "North", "102": "North", "103": "South", "104": "South"},
    phases={"101": "primary", "102": "primary", "103": "secondary", "104": "secondary"},
)


def test_everyone_is_shown_no_single_school_and_sees_the_table_partners_see(tmp_path):
    ledger = Ledger(tmp_path)
    partners = list(give_out(TWELVE, TWO_TRUSTS, ledger, "persistent_absence", "sen"))
    everyone = list(give_out(TWELVE, TWO_TRUSTS, ledger, "persistent_absence", "sen", Audience.EVERYONE))
    assert everyone
    assert everyone == [figure for figure in partners if figure.school is None]
    assert {figure.school for figure in partners} == {None, *SCHOOLS}
    assert len(ledger.releases()) == 1


def test_asked_again_the_same_figures_come_and_nothing_is_written(tmp_path):
    ledger = Ledger(tmp_path)
    first = list(give_out(TWELVE, TWO_TRUSTS, ledger, "persistent_absence", "sex"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert list(give_out(TWELVE, TWO_TRUSTS, ledger, "persistent_absence", "sex")) == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_figures_that_changed_since_they_were_given_out_are_refused(tmp_path):
    ledger = Ledger(tmp_path)
    give_out(TWELVE, TWO_TRUSTS, ledger, "persistent_absence", "sex")
    one_more = {**TWELVE, ("101", "girls", "no_sen", "none"): 41}
    with pytest.raises(InputRefused, match="--as-of"):
        give_out(one_more, TWO_TRUSTS, ledger, "persistent_absence", "sen")
    other_trust = Grouping(trusts={**TWO_TRUSTS.trusts, "102": "South"}, phases=TWO_TRUSTS.phases)
    with pytest.raises(InputRefused, match="trusts or phases that have changed"):
        give_out(TWELVE, other_trust, ledger, "persistent_absence", "sen")
    assert len(ledger.releases()) == 1


@pytest.mark.parametrize(("measure", "family"), [("severe_absence", "sex"), ("persistent_absence", "sen")])
def test_what_was_hidden_of_the_same_pupils_before_stays_hidden_in_another_cut(tmp_path, measure, family):
    first, second = Ledger(tmp_path / "first"), Ledger(tmp_path / "second")
    give_out(TWELVE, TWO_TRUSTS, first, "persistent_absence", "sex")
    give_out(TWELVE, TWO_TRUSTS, second, measure, family)
    (open_book,) = second.releases()
    assert open_book.rows["101", "*", "*"] is not None
    # As if more had been hidden then: how many pupils three of the schools have.
    (release,) = first.releases()
    hidden = {name: None if name[0] in ("101", "102", "103") else value for name, value in release.rows.items()}
    book = Ledger(tmp_path / "book")
    book.add(release.specification, hidden)
    give_out(TWELVE, TWO_TRUSTS, book, measure, family)
    _, after = book.releases()
    assert after.rows["101", "*", "*"] is None
    assert after.rows["102", "*", "*"] is None


@pytest.mark.parametrize(
    "cells",
    [
        {("101", ALL): (9, 8)},
        {("101", ALL): (3, 20), ("101", "girls"): (2, 15), ("101", "boys"): (1, 9)},
        {("101", ALL): (3, 20), ("101", "girls"): (4, 10), ("101", "boys"): (0, 10)},
    ],
)
def test_counts_that_are_no_share_of_pupils_are_refused(cells):
    with pytest.raises(InputRefused, match="are not part of"):
        Shares(measure="persistent_absence", family="sex", groups=FAMILIES["sex"], cells=cells)


def test_shares_of_other_pupils_are_never_put_together():
    first = shares(TWELVE, "persistent_absence", "sex")
    more = {at: (counted, of + 1) for at, (counted, of) in first.cells.items() if at[1] == ALL}
    other = Shares(measure="severe_absence", family=None, groups=(), cells=more)
    with pytest.raises(InputRefused, match="not about the same pupils"):
        made_up_together([first, other])
    fewer = Shares(measure="severe_absence", family=None, groups=(), cells={("101", ALL): (1, 30)})
    with pytest.raises(InputRefused, match="not about the same pupils"):
        made_up_together([first, fewer])
