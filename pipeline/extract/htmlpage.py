"""A page measured before it is read: where its running text stands, what its tables hold, which parts are the site's."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .debris import LABELS, site_part
from .htmltable import CELLS, Shape, holds_the_page, span
from .htmltree import BLOCKS, EMBEDDED, UNSEEN, concealed, css, words

STOPS = "。，；：、"
LABELED = 2000  # characters up to which a part may be the table of a paper's data
NEARLY_ALL = 0.8  # the share of a page's running text that its document holds
HALF = 0.5  # the share that a part of the site may hold, though its name says what it is


@dataclass
class Count:
    """What stands below an element: visible characters, those that are links, stops outside of links, paragraphs."""

    chars: int = 0
    linked: int = 0
    stops: int = 0
    paragraphs: int = 0
    nested: int = 0  # characters inside tables

    def add(self, other: Count) -> None:
        self.chars += other.chars
        self.linked += other.linked
        self.stops += other.stops
        self.paragraphs += other.paragraphs
        self.nested += other.nested


@dataclass
class Page:
    """layout: tables that only place things; site: elements that are parts of the site; main: the document's element."""

    layout: set[etree._Element] = field(default_factory=set)
    site: set[etree._Element] = field(default_factory=set)
    main: etree._Element | None = None


def measure(root: etree._Element) -> Page:
    """One walk over the page, linear in its elements."""
    found = _Measure()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            found.end(element)
        elif not found.start(element):
            walk.skip_subtree()
    page = Page({table for table, shape in found.shapes.items() if holds_the_page(table, shape)})
    page.main = _main(root, found, page.layout)
    above = {page.main, *page.main.iterancestors()} if page.main is not None else set()
    for element, count in found.parts:
        linked = count.linked * 2 >= count.chars
        named = site_part(element) == 2 and count.stops <= HALF * found.stops
        if element in above or not (linked or named):
            continue
        if count.chars > LABELED or not LABELS.search(words(element)):
            page.site.add(element)
    return page


class _Measure:
    # counters on the way through one page; lives only inside `measure`
    def __init__(self) -> None:
        self.shapes: dict[etree._Element, Shape] = {}
        self.parts: list[tuple[etree._Element, Count]] = []
        self.holders: list[tuple[etree._Element, int]] = []  # from the inside out
        self.stops = 0
        self._stack = [Count()]
        self._seen: list[bool] = []
        self._tables: list[Shape] = []
        self._links = 0

    def start(self, element: etree._Element) -> bool:
        tag = element.tag
        named = bool(element.keys())
        seen = tag not in UNSEEN and tag not in EMBEDDED
        if named and seen:
            seen = not concealed(element, css(element.get("style") or ""))
        self._seen.append(seen)
        self._stack.append(Count())
        if not seen:
            return False
        self._links += tag == "a"
        self._count(element.text)
        if tag == "table":
            self._tables.append(Shape())
        elif self._tables and tag == "tr":
            shape = self._tables[-1]
            shape.rows += 1
            shape.columns = max(shape.columns, sum(span(cell, "colspan") for cell in element.iterchildren(*CELLS)))
        elif self._tables and tag == "th":
            self._tables[-1].heads += 1
        return True

    def end(self, element: etree._Element) -> None:
        tag, own = element.tag, self._stack.pop()
        if self._seen.pop():
            self._links -= tag == "a"
            own.paragraphs += tag in ("p", "br", "li")
            if tag in CELLS and self._tables and own.chars > self._tables[-1].largest:
                self._tables[-1].largest, self._tables[-1].paragraphs = own.chars, own.paragraphs
            if tag == "table":
                shape = self._tables.pop()
                shape.chars, shape.nested, shape.linked = own.chars, own.nested, own.linked
                self.shapes[element] = shape
                own.nested = own.chars
            if tag in BLOCKS and own.stops and own.stops >= NEARLY_ALL * self.stops:
                self.holders.append((element, own.stops))
            if own.chars and site_part(element):
                self.parts.append((element, own))
        self._stack[-1].add(own)
        self._count(element.tail)

    def _count(self, text: str | None) -> None:
        if not text or text.isspace():
            return
        solid, count = "".join(text.split()), self._stack[-1]
        count.chars += len(solid)
        if self._links:
            count.linked += len(solid)
        else:
            stops = sum(map(solid.count, STOPS))
            count.stops += stops
            self.stops += stops


def _main(root: etree._Element, found: _Measure, layout: set[etree._Element]) -> etree._Element | None:
    # the innermost element that holds nearly all of the running text; a table of tasks is a part of it, never the whole
    main = next((element for element, own in found.holders if own >= NEARLY_ALL * found.stops), None)
    if main is None:
        return root.find("body")
    around = main.getparent()
    if around is not None and not any(child.tag in BLOCKS for child in main):
        main = around  # one paragraph, however long, stands among others
    for above in [main, *main.iterancestors("table")]:
        if above in found.shapes and above not in layout:
            main = above.getparent() if above.getparent() is not None else above
    return main
