"""Which body section each task row answers: first the heading that the annex repeats, then the item below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Block, Span
from ..outline import Outline, Section
from .likeness import alike, contained, pairs
from .tasks import Task

SAME_HEADING = 0.5  # a heading reworded in the annex shares at least half of its character pairs
CLAUSE_KNOWN = 0.5  # a clause of a row stands in an item when the item holds half of its pairs
VERBATIM = 0.9


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """One task ↔ one body section. governs: this is the section that the row as a whole answers."""

    task: int
    section: int
    relation: str  # same, summary, split, merged
    score: float
    governs: bool


@dataclass(frozen=True, slots=True)
class HeadingPair:
    """An annex section and the body section that it repeats; `alike` 1.0 when the words are the same."""

    annex: int
    body: int
    alike: float


def heading_pairs(outline: Outline, blocks: Sequence[Block]) -> tuple[HeadingPair, ...]:
    """Annex sections matched to body sections: the same number with like words, else the most like words."""
    body = [i for i, s in enumerate(outline.sections) if s.part == "body" and not s.from_table]
    words = {i: pairs(_heading(outline.sections[i], blocks)) for i in range(len(outline.sections))}
    by_label: dict[tuple[str, int], list[int]] = {}
    for i in body:
        by_label.setdefault((outline.sections[i].style, outline.sections[i].ordinal), []).append(i)
    same: dict[tuple[str, str], int] = {}
    for i in body:
        same.setdefault((outline.sections[i].label, _heading(outline.sections[i], blocks)), i)
    annex = [i for i, s in enumerate(outline.sections) if (s.from_table or s.part == "annex") and words[i]]
    exact = {i: same.get((outline.sections[i].label, _heading(outline.sections[i], blocks))) for i in annex}
    taken = {j for j in exact.values() if j is not None}
    free = [j for j in body if j not in taken]
    made = []
    for i in annex:
        section = outline.sections[i]
        if (whole := exact[i]) is not None:
            made.append(HeadingPair(i, whole, 1.0))
            continue
        beside = (j for j in by_label.get((section.style, section.ordinal), ()) if j not in taken)
        best = max(((alike(words[i], words[j]), j) for j in beside), default=(0.0, -1), key=lambda r: (r[0], -r[1]))
        if best[0] < SAME_HEADING:
            # a body heading that another one repeats word for word is not reworded in this one
            best = max(((alike(words[i], words[j]), j) for j in free), default=best, key=lambda r: (r[0], -r[1]))
        if best[0] >= SAME_HEADING:
            made.append(HeadingPair(i, best[1], best[0]))
    return tuple(made)


def clause_links(
    tasks: Sequence[Task], outline: Outline, blocks: Sequence[Block], paired: Sequence[HeadingPair]
) -> tuple[ClauseLink, ...]:
    """Every table task linked to the body section it answers, and to each item that it draws on.

    A row whose clauses all stand in one item answers that item; one that draws on several answers the heading
    above them (merged). source: samples/130607-2022-zhengwu-gongkai, rows 13 and 22
    """
    body_of = {pair.annex: pair.body for pair in paired}
    children: dict[int, list[int]] = {}
    for i, section in enumerate(outline.sections):
        if section.parent is not None and section.part == "body" and not section.from_table:
            children.setdefault(section.parent, []).append(i)
    vocabulary = _Vocabulary(outline, blocks)
    found: list[ClauseLink] = []
    for index, task in enumerate(tasks):
        home = _home(task.section, outline, body_of)
        if task.row is None or home is None:
            continue
        candidates = [home, *_below(home, children)]
        drawn = _drawn(task.text, candidates, vocabulary)
        whole = pairs(task.text)
        if not drawn or len(drawn) == 1:
            target = next(iter(drawn), home)
            score = contained(whole, vocabulary.all(target, children))
            found.append(ClauseLink(index, target, _relation(whole, vocabulary.own(target)), score, True))
            continue
        found.append(ClauseLink(index, home, "merged", contained(whole, vocabulary.all(home, children)), True))
        for target in sorted(drawn):
            if target != home:
                score = contained(whole, vocabulary.own(target))
                found.append(ClauseLink(index, target, "merged", score, False))
    return _split(found)


class _Vocabulary:
    # the character pairs of each body section, made once
    def __init__(self, outline: Outline, blocks: Sequence[Block]) -> None:
        self.outline, self.blocks = outline, blocks
        self._own: dict[int, frozenset[str]] = {}
        self._all: dict[int, frozenset[str]] = {}

    def own(self, index: int) -> frozenset[str]:
        if index not in self._own:
            section = self.outline.sections[index]
            spans = (section.heading, *section.text)
            self._own[index] = pairs("。".join(_words(span, self.blocks) for span in spans))
        return self._own[index]

    def all(self, index: int, children: Mapping[int, Sequence[int]]) -> frozenset[str]:
        if index not in self._all:
            below = _below(index, children)
            self._all[index] = self.own(index).union(*(self.own(i) for i in below))
        return self._all[index]


def _drawn(text: str, candidates: Sequence[int], vocabulary: _Vocabulary) -> set[int]:
    # each clause of the row votes for the item that holds most of it
    votes: Counter[int] = Counter()
    for clause in re.split(r"[，；。,;\n]", text):
        words = pairs(clause)
        if len(words) < 3:
            continue
        rated = [(contained(words, vocabulary.own(i)), -n, i) for n, i in enumerate(candidates)]
        share, _, best = max(rated)
        if share >= CLAUSE_KNOWN:
            votes[best] += len(words)
    total = sum(votes.values())
    # a stray phrase that the heading repeats does not make a row draw on it
    return {i for i, weight in votes.items() if weight * 5 >= total}


def _relation(task: frozenset[str], section: frozenset[str]) -> str:
    return "same" if alike(task, section) >= VERBATIM else "summary"


def _split(found: Sequence[ClauseLink]) -> tuple[ClauseLink, ...]:
    # several rows that answer one section share it out between them
    many = Counter(link.section for link in found if link.governs)
    return tuple(
        ClauseLink(x.task, x.section, "split" if x.governs and many[x.section] > 1 else x.relation, x.score, x.governs)
        if x.relation == "summary"
        else x
        for x in found
    )


def _home(section: int | None, outline: Outline, body_of: Mapping[int, int]) -> int | None:
    while section is not None and section not in body_of:
        section = outline.sections[section].parent
    return None if section is None else body_of[section]


def _below(index: int, children: Mapping[int, Sequence[int]]) -> list[int]:
    out: list[int] = []
    for child in children.get(index, ()):
        out += [child, *_below(child, children)]
    return out


def _heading(section: Section, blocks: Sequence[Block]) -> str:
    return _words(section.heading, blocks)


def _words(span: Span, blocks: Sequence[Block]) -> str:
    return blocks[span.block].text[span.start : span.end]
