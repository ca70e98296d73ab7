"""Statements of responsibility in running text, placed: which item they close, what of the text they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Block, Span
from ..outline import Outline, Section
from ..recognize.responsibility import Responsibility, responsibility
from ..rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its stretch, the words read (offsets of `said` count from the start of `within`)."""

    span: Span
    within: Span
    said: Responsibility

    def place(self, start: int, end: int) -> Span:
        """A stretch of the words read as a stretch of the block."""
        return Span(self.within.block, self.within.start + start, self.within.start + end)


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
    """Section index → the statements in its own words, in reading order. Sections of tables have none."""
    found: dict[int, tuple[Statement, ...]] = {}
    for index, section in enumerate(outline.sections):
        if section.from_table:
            continue
        own = [
            Statement(Span(span.block, span.start + said.start, span.start + said.end), span, said)
            for span in contents(section, blocks)
            for said in responsibility(blocks[span.block].text[span.start : span.end], book)
        ]
        if own:
            found[index] = tuple(own)
    return found
