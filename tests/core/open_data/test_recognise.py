"""Recognising publications: each by its own columns, none mistaken for another."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused
from ropewalk.core.open_data.declaration import Column, Cut, Fixed, Publication
from ropewalk.core.open_data.files import PublishedFile, find_files
from ropewalk.core.open_data.recognise import all_publications, recognise
from ropewalk.core.open_data.records import Header, header_of


def named(name: str) -> PublishedFile:
    """A file of which only the name is of interest."""
    return PublishedFile(name, 0, io.BytesIO)


@pytest.mark.parametrize("name", sorted(all_publications()))
def test_a_publication_is_recognised_by_its_columns_alone(name: str) -> None:
    publication = all_publications()[name]
    assert recognise(named("renamed.csv"), Header(tuple(sorted(publication.required)))) is publication


@pytest.mark.parametrize("name", sorted(all_publications()))
def test_a_publication_that_lost_any_one_column_is_never_taken_for_unknown_or_whole(name: str) -> None:
    publication = all_publications()[name]
    file_name = publication.files[0].replace("*", "")
    for column in publication.required:
        rest = tuple(sorted(publication.required - {column}))
        with pytest.raises(InputRefused) as refused:
            found = recognise(named(file_name), Header(rest))
            # Several publications share a name; what is left may be another of them as a whole.
            assert found is not None
            assert found.has_name_of(file_name)
            raise InputRefused([])
        assert all(problem.row == 1 and problem.column for problem in refused.value.problems)


def test_columns_that_everybody_has_make_no_publication() -> None:
    common = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code")
    assert recognise(named("anything.csv"), Header((*common, "bees_kept", "honey_sold"))) is None


def test_real_files_are_each_one_publication(shared_data: Path) -> None:
    files, others = find_files([shared_data])
    found = {file.name: recognise(file, header_of(file)) for file in files}
    unknown = sorted(name for name, publication in found.items() if publication is None)
    assert [name for name in unknown if not name.startswith("pupil_samples/")] == ["MANIFEST.csv"]
    assert all(name.endswith((".md", ".txt")) for name in others)
    assert len(found) - len(unknown) >= 70


def test_real_files_hold_the_columns_their_declaration_names(shared_data: Path) -> None:
    for file in find_files([shared_data])[0]:
        header = header_of(file)
        publication = recognise(file, header)
        if publication is not None:
            assert publication.required <= set(header.names)
            assert header.fault is None


@pytest.mark.parametrize(
    ("content", "names", "fault"),
    [
        (b"a,b\n1,2\n", ("a", "b"), None),
        (b'\xef\xbb\xbf"a","b, c"\r\n1,2\r\n', ("a", "b, c"), None),
        (b"a, b \r1,2\r", ("a", "b"), None),
        (b"a,b", ("a", "b"), None),
        (b"", (), "empty"),
        (b'a,"b\n1,2\n', ("a", "b"), "not closed"),
        ("a,b\n".encode("utf-16"), ("a", "b"), "UTF-16"),
        (b"caf\xe9,b\n", ("caf\ufffd", "b"), None),
    ],
)
def test_header(content: bytes, names: tuple[str, ...], fault: str | None) -> None:
    header = header_of(PublishedFile("x.csv", len(content), lambda: io.BytesIO(content)))
    assert header.names == names
    assert (header.fault is None) == (fault is None)
    assert (fault or "") in (header.fault or "")


def test_a_declaration_that_contradicts_itself_is_refused() -> None:
    whole = {"id": "x", "title": "X", "publisher": "Y", "page": "", "files": (), "text": ("a", "b")}
    cut = Cut(measure="neet", value="n")
    assert Publication(**whole, numbers=("n",), place=Column("a"), period=Fixed("2025"), cuts=(cut,))
    for changes, words in (
        ({"numbers": ("a",)}, "twice"),
        ({"numbers": ("n",), "cuts": (cut,), "period": Fixed("2025")}, "without a place"),
        ({"numbers": ("n",), "cuts": (cut,), "place": Column("a")}, "without a period"),
    ):
        with pytest.raises(ValueError, match=words):
            Publication(**whole, **changes)


def test_the_standard_library_agrees_on_headers(shared_data: Path) -> None:
    for file in find_files([shared_data])[0]:
        with file.open() as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
            assert list(header_of(file).names) == [name.strip() for name in next(csv.reader(text))]
