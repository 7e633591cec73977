"""Cuts kept in memory give the very figures a question to the store gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from ropewalk.core.open_data.cuts import Kept
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

NAMES = [("persistent_absence", "all", "all"), ("free_school_meals", "secondary", "all"), ("neet", "all", "all")]


def test_a_cut_holds_the_same_figures_as_the_store(import_files: Callable[[Sequence[str]], Store]) -> None:
    reader = Reader(import_files(["la/lait_la_indicators_long.csv.gz"]))
    for (measure, phase, group), cut in zip(NAMES, reader.cuts_of_places(NAMES), strict=True):
        figures = reader.figures(Selection(measures=[measure], phases=[phase], groups=[group]))
        assert len(figures) > 1000
        for place in {figure.place for figure in figures}:
            assert cut.series(place) == [figure for figure in figures if figure.place == place]
        assert all(cut.at(figure.place, figure.period) == figure for figure in figures)
        assert cut.at("E06000026", "1066") is None
        assert cut.at("nowhere", None) is None
    reader.close()


def test_what_is_known_of_a_place_is_the_same_from_memory(import_files: Callable[[Sequence[str]], Store]) -> None:
    reader = Reader(import_files(["la/lait_la_indicators_long.csv.gz"]))
    first = reader.every_cut("E06000026", "persistent_absence")
    assert first == reader.figures(Selection(places=["E06000026"], measures=["persistent_absence"]))
    assert reader.every_cut("E06000026", "persistent_absence") is first
    reader.close()


def test_the_things_not_asked_for_longest_make_room() -> None:
    made: list[str] = []

    def make(names: list[str]) -> dict[str, str]:
        made.extend(names)
        return {name: name.upper() for name in names}

    kept: Kept[str, str] = Kept(2)
    assert kept.get(["a", "b"], make) == ["A", "B"]
    assert kept.get(["a", "a"], make) == ["A", "A"]
    assert kept.get(["c"], make) == ["C"]
    assert kept.get(["a"], make) == ["A"]
    assert made == ["a", "b", "c"]
    assert kept.get(["b"], make) == ["B"]
    assert made == ["a", "b", "c", "b"]


def test_many_threads_ask_once() -> None:
    made: list[str] = []

    def make(names: list[str]) -> dict[str, str]:
        made.extend(names)
        return dict.fromkeys(names, "x")

    kept: Kept[str, str] = Kept(10)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept.get(["a"], make), range(50)))
    assert found == [["x"]] * 50
    assert made == ["a"]
