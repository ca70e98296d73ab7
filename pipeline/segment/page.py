"""What a government page prints around a paper told apart from the paper: debris, metadata lines, metadata tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Block, Span
from ..outline import LetterPart
from ..recognize.pages import is_furniture, meta, meta_label
from ..rulebook import RuleBook
from ..spans import trim
from .grids import Grid
from .metalines import meta_lines
from .stretches import Item
from .toc import toc


@dataclass(frozen=True, slots=True)
class Page:
    """items: what is left for the paper; debris: stretches of the page; meta: `meta_FIELD` parts with their values."""

    items: tuple[Item, ...]
    debris: tuple[Span, ...]
    labels: tuple[Span, ...]
    meta: tuple[LetterPart, ...]


def page(flow: Sequence[Item], book: RuleBook) -> Page:
    """The page around a flow of lines. Metadata stands above the first sentence; debris anywhere."""
    kept: list[Item] = []
    debris: list[Span] = []
    labels: list[Span] = []
    found: list[LetterPart] = []
    begun = False
    listed = toc(flow, book)
    said = meta_lines(flow, book)
    for place, item in enumerate(flow):
        if item.table is not None:
            kept.append(item)
            continue
        line = item.line
        if place in said:
            labels += (span for kind, span in said[place] if not kind)
            found += (LetterPart(f"meta_{kind}", span) for kind, span in said[place] if kind)
            continue
        if (line.block, line.start) in listed or (not line.number_label and is_furniture(line.text, book)):
            debris.append(line.trimmed())
            continue
        mentions = () if begun or line.number_label else meta(line.text, book)
        if not mentions:
            begun = begun or "。" in line.text
            kept.append(item)
        for mention in mentions:
            labels.append(line.span(mention.start, mention.value_start))
            if mention.value_start < mention.value_end:
                found.append(LetterPart(f"meta_{mention.field}", line.span(mention.value_start, mention.value_end)))
    # what a page prints below the paper: 来源：…, 责任编辑：…
    while kept and kept[-1].table is None and (below := meta(kept[-1].line.text, book)):
        debris.append(kept.pop().line.trimmed())
        del below
    return Page(tuple(kept), tuple(debris), tuple(labels), tuple(found))


def meta_table(grid: Grid, blocks: Sequence[Block], book: RuleBook) -> tuple[tuple[LetterPart, ...], bool]:
    """The metadata parts of a table of labels and values (索引号 | … | 发文机关 | …), and whether it is such a table."""
    found: list[LetterPart] = []
    labels = 0
    for row in grid.rows:
        waiting: str | None = None
        for seq in grid.cells(row):
            text = blocks[seq].text
            if rule := meta_label(text, book):
                labels += 1
                waiting = rule.meaning["field"]
            elif (mentions := meta(text, book)) and (mentions[0].rule or not waiting):
                labels += len(mentions)
                found += (
                    LetterPart(f"meta_{m.field}", Span(seq, m.value_start, m.value_end))
                    for m in mentions
                    if m.value_start < m.value_end
                )
            elif waiting and text.strip():
                found.append(LetterPart(f"meta_{waiting}", Span(seq, *trim(text, 0, len(text)))))
                waiting = None
    filled = sum(bool(blocks[seq].text.strip()) for row in grid.rows for seq in grid.cells(row))
    return tuple(found), labels > 0 and labels * 3 >= filled
