"""Statements of responsibility in running text, placed: which item they close, what of the text they leave."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..model import Block, Span
from ..outline import Outline, Section
from ..recognize.responsibility import Responsibility, responsibility
from ..recognize.roles import RolePart, roles
from ..rulebook import RuleBook
from ..segment.unitlists import lists_units
from ..spans import fold, trim

UNNUMBERED = -1  # in place of a section's index: the paragraphs under no heading
FEW = 3  # statements; fewer above a body of numbered items make no tasks of the paragraphs above it
_COUNT = re.compile(r" *\([^()]*[0-9一二三四五六七八九十][^()]*\) *$")  # 市教育局（3项）


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. stretches: its words, one for each paragraph; parts: role → unit list; deadlines: what states a time.

    others     labels that give neither a role nor a time, with their words
    over_run   it answers the items before it, too: 以上目标责任单位：…
    """

    stretches: tuple[Span, ...]
    parts: tuple[tuple[str, Span], ...]
    deadlines: tuple[Span, ...]
    over_run: bool = False
    others: tuple[tuple[Span, Span], ...] = ()

    @property
    def span(self) -> Span:
        """Where it begins."""
        return self.stretches[0]


def contents(section: Section, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """The heading and the text of a section; a run-in heading and the words behind it in one stretch."""
    spans = [section.heading, *section.text]
    out = [spans[0]]
    for span in spans[1:]:
        last = out[-1]
        between = blocks[span.block].text[last.end : span.start] if span.block == last.block else "\n"
        if span.block == last.block and span.start >= last.end and not any(c.isalnum() for c in between):
            out[-1] = Span(last.block, last.start, span.end)
        else:
            out.append(span)
    return tuple(span for span in out if span.start < span.end)


def statements(outline: Outline, blocks: Sequence[Block], book: RuleBook) -> Mapping[int, tuple[Statement, ...]]:
    """Section index → the statements in its own words, in reading order. Sections of tables have none.

    Under `UNNUMBERED` those of the paragraphs that stand under no number, where the paper answers in such.

    Labels may stand in paragraphs of their own, one below the other: 牵头单位：… / 责任单位：… / 完成时限：…
    """
    found: dict[int, tuple[Statement, ...]] = {}
    for index, section in enumerate(outline.sections):
        if not section.from_table and (own := _statements(contents(section, blocks), blocks, book)):
            found[index] = own
    loose = _statements(outline.loose, blocks, book)
    if loose and (len(loose) >= FEW or not outline.sections):
        found[UNNUMBERED] = loose
    return found


def unit_headings(outline: Outline, blocks: Sequence[Block], book: RuleBook) -> Mapping[int, tuple[Statement, ...]]:
    """Section index → its heading as a statement, where a paper sorts its items by unit: 一、市教育局（3项）.

    A heading is one when it names units and nothing else; a paper sorts by unit when most headings of one level do.
    """
    above = {section.parent for section in outline.sections}
    levels: dict[tuple[str, int], list[int]] = {}
    for index, section in enumerate(outline.sections):
        if index in above and not section.from_table:
            levels.setdefault((section.part, section.level), []).append(index)
    found: dict[int, tuple[Statement, ...]] = {}
    for indexes in levels.values():
        named = {index: (made,) for index in indexes if (made := _named(outline.sections[index].heading, blocks, book))}
        if len(named) * 3 >= len(indexes) * 2:
            found |= named
    return found


def _named(heading: Span, blocks: Sequence[Block], book: RuleBook) -> Statement | None:
    words = blocks[heading.block].text[heading.start : heading.end]
    count = _COUNT.search(fold(words))
    words = words[: count.start()] if count else words
    if not lists_units(words, book):
        return None
    parts = roles(words, book, "responsible")
    spans = ((p.role, Span(heading.block, heading.start + p.start, heading.start + p.end)) for p in parts)
    return Statement((heading,), tuple(spans), ())


def _statements(spans: Sequence[Span], blocks: Sequence[Block], book: RuleBook) -> tuple[Statement, ...]:
    words = [blocks[span.block].text[span.start : span.end] for span in spans]
    starts = list(accumulate((len(w) + 1 for w in words), initial=0))
    joined = "\n".join(words)
    every = sorted(responsibility(joined, book), key=lambda one: one.start)
    begins, reach = [one.start for one in every], list(accumulate((one.end for one in every), max))
    # the last sentence of each paragraph, too, not only of the last one
    for start, text in zip(starts, words, strict=False):
        for said in responsibility(text, book) if len(words) > 1 else ():
            before = bisect_left(begins, start + said.end)
            if not before or reach[before - 1] <= start + said.start:
                every.append(_moved(said, start))
    every.sort(key=lambda one: one.start)
    runs = {rule.id for rule in book.of("responsibility") if rule.get("over") == "run"}

    def place(start: int, end: int) -> Iterator[Span]:
        # a stretch of the joined words, cut at the paragraphs
        for index in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
            if index == len(spans):
                return
            span, first, text = spans[index], starts[index], words[index]
            a, b = max(start, first), min(end, first + len(text))
            if a < b:
                yield Span(span.block, span.start + a - first, span.start + b - first)

    made = (
        Statement(
            tuple(place(one.start, one.end)),
            tuple((part.role, span) for part in one.parts for span in place(part.start, part.end)),
            tuple(span for a, b in one.deadlines for span in place(a, b)),
            one.rule in runs,
            tuple(
                (label, span)
                for other in one.others
                for label in place(other.start, other.label_end)
                for span in place(*_words(joined, other.label_end, other.end))
            ),
        )
        for one in every
    )
    return tuple(one for one in made if one.stretches)


def _moved(said: Responsibility, by: int) -> Responsibility:
    return Responsibility(
        said.start + by,
        said.end + by,
        tuple(RolePart(p.role, p.start + by, p.end + by, p.rule) for p in said.parts),
        tuple((a + by, b + by) for a, b in said.deadlines),
        said.rule,
        tuple(other.moved(by) for other in said.others),
    )


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    return trim(text, start, end, ":：")
