"""A table of contents: the headings of the paper once more, without their text. It belongs to the page, not to the outline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..recognize.pages import is_toc_title, toc_entry
from ..rulebook import RuleBook
from ..spans import fold
from .stretches import Item

FEWEST = 2  # entries; fewer are a heading and its next line
LONGEST = 40  # characters of an entry


def toc(flow: Sequence[Item], book: RuleBook) -> frozenset[tuple[int, int]]:
    """The lines of every table of contents, by block and start: a line 目录 and the lines below it that stand again later.

    Blanks, leaders and page numbers (总则……1) do not count. One whose lines do not come again is none.
    source   国家粮食应急预案 (国办函〔2005〕57号); reports and plans of many pages
    """
    titles = [n for n, item in enumerate(flow) if item.table is None and is_toc_title(item.line.text, book)]
    if not titles:
        return frozenset()
    later = sorted((_plain(item), n) for n, item in enumerate(flow) if item.table is None)
    found: set[tuple[int, int]] = set()
    for title in titles:
        entries = list(_entries(flow, title + 1, later, book))
        if len(entries) >= FEWEST:
            found |= {(flow[n].line.block, flow[n].line.start) for n in (title, *entries)}
    return frozenset(found)


def _entries(flow: Sequence[Item], start: int, later: Sequence[tuple[str, int]], book: RuleBook) -> Iterator[int]:
    odd: list[int] = []  # an entry worded otherwise than its heading, between two that are not
    for place in range(start, len(flow)):
        if flow[place].table is not None:
            return
        entry = toc_entry(_plain(flow[place]), book)
        if entry and _again(entry, place, later):
            yield from (*odd, place)
            odd = []
        elif odd or len(entry) > LONGEST:
            return
        else:
            odd.append(place)


def _again(entry: str, place: int, later: Sequence[tuple[str, int]]) -> bool:
    # whether a line further down begins with the same words
    at = bisect_left(later, (entry, 0))
    while at < len(later) and later[at][0].startswith(entry):
        if later[at][1] > place:
            return True
        at += 1
    return False


def _plain(item: Item) -> str:
    return fold("".join(f"{item.line.number_label}{item.line.text}".split()))
