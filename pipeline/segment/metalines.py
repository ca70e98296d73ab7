"""Metadata whose labels have no colon: only several lines of them, one below the other, are told from words of a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Span
from ..recognize.pages import meta_label, spaced_meta
from ..rulebook import Rule, RuleBook
from ..spans import trim
from .stretches import Item

FEWEST = 3  # labels or lines; fewer may be words of the paper
Parts = tuple[tuple[str, Span], ...]  # (field of a value, "" of a label) and its stretch


def meta_lines(flow: Sequence[Item], book: RuleBook) -> Mapping[int, Parts]:
    """Place in the flow → what the line there says of the paper.

    Labels and values in lines of their own (索引号 / 0000… / 发文单位 / …), or parted by blanks alone
    (发文机关 某县人民政府  发布时间 2015年04月29日).
    """
    found: dict[int, Parts] = {}
    place = 0
    while place < len(flow):
        run = _alone(flow, place, book) or _spaced(flow, place, book)
        found |= run
        place += len(run) or 1
    return found


def _alone(flow: Sequence[Item], start: int, book: RuleBook) -> dict[int, Parts]:
    run: dict[int, Parts] = {}
    labels = 0
    place = start
    while place < len(flow) and (rule := _label(flow[place], book)):
        run[place] = (("", flow[place].line.trimmed()),)
        labels += 1
        place += 1
        if place < len(flow) and flow[place].table is None and not _label(flow[place], book):
            run[place] = ((rule.meaning["field"], flow[place].line.trimmed()),)
            place += 1
    return run if labels >= FEWEST else {}


def _spaced(flow: Sequence[Item], start: int, book: RuleBook) -> dict[int, Parts]:
    run: dict[int, Parts] = {}
    for place in range(start, len(flow)):
        line = flow[place].line
        if flow[place].table is not None or line.number_label or not (said := spaced_meta(line.text, book)):
            break
        parts: list[tuple[str, Span]] = []
        for one in said:
            parts.append(("", line.span(*trim(line.text, one.start, one.value_start))))
            if one.value_start < one.value_end:
                parts.append((one.field, line.span(one.value_start, one.value_end)))
        run[place] = tuple(parts)
    return run if len(run) >= FEWEST else {}


def _label(item: Item, book: RuleBook) -> Rule | None:
    return None if item.table is not None or item.line.number_label else meta_label(item.line.text, book)
