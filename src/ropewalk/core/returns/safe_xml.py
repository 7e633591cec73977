"""XML from elsewhere, read as if it meant harm: no document types, no entities, nothing fetched, everything bounded.

A file is fed to the parser line by line, so that every element knows the line it stands on, however long the file is
(the parser's own line numbers end at 65,535). Elements nobody asked for are forgotten as soon as they close; a record
asked for is handed over as plain nodes. What the parser says of a broken file is never passed on: it quotes the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

# A census of 3,000 pupils is about 20 MB and 400,000 elements; a council's transfer file a few times that.
LARGEST_FILE = 256 * 2**20
MOST_ELEMENTS = 4_000_000
DEEPEST = 32
LONGEST_TEXT = 10_000
LONGEST_NAME = 200
MOST_NAMES = 2_000
LONGEST_ATTRIBUTES = 10_000
LARGEST_RECORD = 4 * 2**20
MOST_IN_RECORD = 20_000
# The first element must begin within this many bytes.
PROLOGUE = 64 * 2**10
ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})

HOSTILE, UNREADABLE = "xml_hostile", "xml_unreadable"
# Codes of libxml2 for its own limits: buffers and text, entity loops, comments, names.
_TOO_BIG = frozenset({89, 110, 114})
_DECLARED = re.compile(r"""<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# A name with digits in a row might be a pupil's number in disguise, so it is not repeated.
_SAYABLE = re.compile(r"(?!.*\d{3})[A-Za-z][A-Za-z0-9_]{0,40}\Z")


class XmlRefused(Exception):
    """A file that is not read at all: ``check_id`` says why, ``line`` where (None for all of it), in our own words."""

    def __init__(self, check_id: str, line: int | None, detail: str) -> None:
        """Keep what the problem table wants to know."""
        super().__init__(detail)
        self.check_id = check_id
        self.line = line
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Node:
    """An element as read: its name without namespace, its text (None when blank), its line and the elements in it."""

    name: str
    text: str | None
    line: int
    children: tuple[Node, ...]

    def named(self, *names: str) -> list[Node]:
        """The elements directly inside that have one of these names."""
        return [child for child in self.children if child.name in names]

    def at(self, *path: str) -> Node | None:
        """The first element down a path of names; None when there is none."""
        here: Node | None = self
        for name in path:
            here = next(iter(here.named(name)), None) if here else None
        return here

    def within(self) -> Iterator[Node]:
        """All elements inside, at any depth, in the order of the file."""
        for child in self.children:
            yield child
            yield from child.within()

    def text_at(self, *path: str) -> str | None:
        """The text of the first element down a path of names."""
        found = self.at(*path)
        return found.text if found else None


@dataclass(slots=True)
class Unknown:
    """Names of elements that no reader knows, each with the line of the first one.

    ``watched`` are names of records: one of those is noted even where it stands inside something passed over.
    """

    watched: frozenset[str] = frozenset()
    lines: dict[str, int] = field(default_factory=dict)
    most: int = 50

    def add(self, name: str, line: int) -> None:
        """Note an element; after fifty different names no more are noted."""
        words = name if _SAYABLE.match(name) else "a name that is not repeated here"
        if words in self.lines or len(self.lines) < self.most:
            self.lines.setdefault(words, line)

    def watch(self, node: Node, taken: Iterable[Node]) -> None:
        """Note watched records inside an element that are none of those taken, so that none is lost in silence."""
        known = {id(one) for one in taken}
        for other in node.within():
            if other.name in self.watched and id(other) not in known:
                self.add(other.name, other.line)


def root_name(path: Path) -> str | None:
    """Name of the first element, without its namespace; None when the file does not begin like XML or is refused."""
    try:
        return _check_prologue(path)
    except XmlRefused:
        return None


def records(
    path: Path, wanted: frozenset[tuple[str, ...]], left: frozenset[str], unknown: Unknown
) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Each element whose path of names is ``wanted``, with all that is in it, in the order of the file.

    Elements outside of them are passed over; those not named in ``left`` are added to ``unknown``. Raises XmlRefused
    for a file that breaks a limit, holds a document type, or is no XML: what was handed over before must be dropped.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise XmlRefused(HOSTILE, None, f"larger than {LARGEST_FILE // 2**20} MB")
    _check_prologue(path)
    walk = _Walk(wanted, left, unknown)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    with path.open("rb") as file:
        try:
            while piece := file.readline(PROLOGUE):
                parser.feed(piece)
                yield from walk.take(parser, len(piece))
                walk.line += piece.endswith(b"\n")
            parser.close()
        except etree.XMLSyntaxError as broken:
            raise walk.refusal(parser, broken) from None
        yield from walk.take(parser, 0)


def _check_prologue(path: Path) -> str:
    """Name of the root; raises XmlRefused for document types, long prologues, unusual encodings and what is no XML."""
    with path.open("rb") as file:
        head = file.read(PROLOGUE)
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), None)
    text = head.decode(marked or "latin-1", errors="replace").lstrip("\ufeff")
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ENCODINGS:
        raise XmlRefused(UNREADABLE, 1, "an encoding other than UTF-8, UTF-16 or Windows-1252")
    before = _BEFORE_ROOT.match(text)
    rest = text[before.end() if before else 0 :]
    if rest[:9].upper() == "<!DOCTYPE":
        raise XmlRefused(HOSTILE, None, "a document type, which may define entities")
    root = _ROOT.match(rest)
    if root is None:
        at_end = len(head) == PROLOGUE
        raise XmlRefused(HOSTILE if at_end else UNREADABLE, None, "no element near the beginning")
    return root[1]


class _Walk:
    """Where in the file the parser is, what it has met so far, and the record it is inside of."""

    def __init__(self, wanted: frozenset[tuple[str, ...]], left: frozenset[str], unknown: Unknown) -> None:
        """Begin before the first element."""
        self.wanted = wanted
        self.above = {path[:depth] for path in wanted for depth in range(1, len(path))}
        self.left = left
        self.unknown = unknown
        self.line = 1
        self.stack: list[str] = []
        self.names: set[str] = set()
        self.elements = 0
        # Depth at which a record, or an element passed over, began; 0 outside of both.
        self.inside = 0
        self.passed = 0
        self.size = 0
        self.nodes = 0
        self.lines: dict[etree._Element, int] = {}

    def take(self, parser: etree.XMLPullParser, size: int) -> Iterator[tuple[tuple[str, ...], Node]]:
        """Handle what the parser has met since last time; gives the records that closed. ``size`` is bytes fed."""
        self.size += size
        if self.inside and self.size > LARGEST_RECORD:
            self._refuse("a single record larger than 4 MB")
        for event, element in parser.read_events():
            if event == "start":
                self._start(element)
            elif (node := self._end(element)) is not None:
                yield (*self.stack, node.name), node

    def refusal(self, parser: etree.XMLPullParser, broken: etree.XMLSyntaxError) -> XmlRefused:
        """Why the parser stopped: a limit of ours that it came to first, one of its own, or text that is no XML."""
        try:
            list(self.take(parser, 0))
        except XmlRefused as refused:
            return refused
        except etree.XMLSyntaxError:
            pass
        if broken.code in _TOO_BIG:
            return XmlRefused(HOSTILE, self.line, "something larger than any return has")
        return XmlRefused(UNREADABLE, self.line, "not well-formed XML from here on")

    def _start(self, element: etree._Element) -> None:
        name = etree.QName(element).localname
        self._check(element, name)
        self.stack.append(name)
        if self.inside:
            self.nodes += 1
            self.lines[element] = self.line
            if self.nodes > MOST_IN_RECORD:
                self._refuse(f"more than {MOST_IN_RECORD:,} elements in a single record")
        elif not self.passed:
            self._enter(element, name)
        elif name in self.unknown.watched:
            self.unknown.add(name, self.line)

    def _enter(self, element: etree._Element, name: str) -> None:
        """Decide what an element outside of any record is: a record, a way to one, or passed over."""
        path = tuple(self.stack)
        if path in self.wanted:
            self.inside, self.size, self.nodes, self.lines = len(path), 0, 0, {element: self.line}
        elif path not in self.above:
            self.passed = len(path)
            if name not in self.left:
                self.unknown.add(name, self.line)

    def _check(self, element: etree._Element, name: str) -> None:
        self.elements += 1
        if self.elements == 1 and element.getroottree().docinfo.internalDTD is not None:
            self._refuse("a document type, which may define entities")
        if self.elements > MOST_ELEMENTS:
            self._refuse(f"more than {MOST_ELEMENTS:,} elements")
        if len(self.stack) >= DEEPEST:
            self._refuse(f"more than {DEEPEST} levels deep")
        if element.attrib and sum(len(key) + len(value) for key, value in element.attrib.items()) > LONGEST_ATTRIBUTES:
            self._refuse(f"attributes longer than {LONGEST_ATTRIBUTES:,} characters")
        if name not in self.names:
            self.names.add(name)
            if len(name) > LONGEST_NAME or len(self.names) > MOST_NAMES:
                self._refuse("more, or longer, names of elements than any return has")

    def _end(self, element: etree._Element) -> Node | None:
        """The record that closes here, if one does; elements outside of records are forgotten."""
        depth = len(self.stack)
        self.stack.pop()
        if element.text is not None and len(element.text) > LONGEST_TEXT:
            self._refuse(f"text longer than {LONGEST_TEXT:,} characters")
        if self.inside and depth > self.inside:
            return None
        node = self._node(element) if self.inside else None
        self.inside = 0
        self.passed = 0 if depth == self.passed else self.passed
        _forget(element)
        return node

    def _node(self, element: etree._Element) -> Node:
        text = (element.text or "").strip() or None
        children = tuple(self._node(child) for child in element)
        return Node(etree.QName(element).localname, text, self.lines[element], children)

    def _refuse(self, detail: str) -> None:
        raise XmlRefused(HOSTILE, self.line, detail)


def _forget(element: etree._Element) -> None:
    """Empty a closed element and drop the ones before it, so that memory does not grow with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
