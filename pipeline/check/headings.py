"""Headings of body and annex: reworded, renumbered, a section without a row, a row without a section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..outline import Remark, Section
from ..recognize.checkwords import found_as
from .clauses import Answer, summed_up
from .paper import Paper, bare, remark

MIRRORED = 0.8  # share of a style's headings that the annex repeats, from which on it means to repeat them all


def headings(paper: Paper, answering: Mapping[int, Answer]) -> Iterator[Remark]:
    """Remarks on the headings that the annex repeats, and on those that it should."""
    drifted = _by_number(paper)
    yield from _drift(paper, drifted)
    yield from _rows(paper, drifted)
    yield from _sections(paper, answering)


def _by_number(paper: Paper) -> Mapping[int, int]:
    """Annex heading → the body heading of its number, where both have no other partner: so reworded that only that tells."""
    sections = paper.outline.sections
    partner, taken = {pair.annex for pair in paper.paired}, {pair.body for pair in paper.paired}
    free = {
        (s.style, s.ordinal): i
        for i, s in enumerate(sections)
        if s.part == "body" and not s.from_table and s.ordinal and i not in taken
    }
    annex = (i for i, s in enumerate(sections) if (s.from_table or s.part == "annex") and i not in partner)
    return {i: free[key] for i in annex if (key := (sections[i].style, sections[i].ordinal)) in free}


def _drift(paper: Paper, drifted: Mapping[int, int]) -> Iterator[Remark]:
    sections = paper.outline.sections
    for one, other in sorted({**{pair.annex: pair.body for pair in paper.paired}, **drifted}.items()):
        annex, body = sections[one], sections[other]
        renumbered = annex.style == body.style and annex.ordinal != body.ordinal
        if renumbered or _plain(paper, annex) != _plain(paper, body):
            words = {"words": _printed(paper, annex, renumbered), "body": _printed(paper, body, renumbered)}
            yield remark("heading_drift", annex.heading, **words)


def _plain(paper: Paper, section: Section) -> str:
    # 知识产权保护方面（共5项） and 知识产权保护方面5项 are one heading
    words = paper.words(section.heading)
    counted = found_as(words, paper.book, "count_of_section")
    return bare(words[: counted[-1].start] if counted else words)


def _printed(paper: Paper, section: Section, numbered: bool) -> str:
    return (section.label if numbered else "") + paper.words(section.heading)


def _rows(paper: Paper, drifted: Mapping[int, int]) -> Iterator[Remark]:
    """Rows that no body section asks for: those not linked, and those below an annex heading that the body lacks."""
    answered = {link.task for link in paper.links}
    if not answered or len(answered) < MIRRORED * len(paper.tasks):
        return  # the table goes beyond the body as a whole
    strange = _strange(paper, drifted)
    for index, task in enumerate(paper.tasks):
        if task.texts and (index not in answered or task.section in strange):
            yield remark("task_without_clause", task.texts[0], label=task.label)


def _strange(paper: Paper, drifted: Mapping[int, int]) -> set[int]:
    # annex headings without a partner, where nearly all of their style have one
    sections = paper.outline.sections
    partner = {pair.annex for pair in paper.paired} | drifted.keys()
    annex = [i for i, s in enumerate(sections) if (s.from_table or s.part == "annex") and s.part != "body"]
    of_style, known = Counter(sections[i].style for i in annex), Counter(sections[i].style for i in partner)
    mirrored = {style for style, count in of_style.items() if known[style] >= MIRRORED * count}
    return {i for i in annex if i not in partner and sections[i].style in mirrored}


def _sections(paper: Paper, answering: Mapping[int, Answer]) -> Iterator[Remark]:
    """Body sections that no row answers, where the annex means to answer all of their kind; the outermost one alone."""
    if not paper.links:
        return
    sections = paper.outline.sections
    body = [i for i, s in enumerate(sections) if s.part == "body" and not s.from_table]
    drawn = _upward(paper, (link.section for link in paper.links))
    repeated = _upward(paper, (pair.body for pair in paper.paired))
    of_style = Counter(sections[i].style for i in body)
    known = Counter(sections[i].style for i in body if i in repeated)
    beside = Counter(sections[i].parent for i in body)
    answered = Counter(sections[i].parent for i in body if i in drawn)
    told: set[int] = set()
    for i in body:
        section = sections[i]
        up = section.parent
        if i in drawn:
            continue
        if up in told:
            told.add(i)
            continue
        mirrored = known[section.style] >= MIRRORED * of_style[section.style] and (up is None or up in drawn)
        # items of one section that are answered one by one
        if up is None and found_as(paper.words(section.heading), paper.book, "general_section"):
            continue  # 总体要求, 保障措施: no duty of its own
        item = up in drawn and answered[up] * 2 >= beside[up] > 1
        if mirrored or (item and not summed_up(paper, (section.heading, *section.text), answering.get(i))):
            told.add(i)
            words = {"label": section.label, "words": paper.words(section.heading)}
            yield remark("section_without_row", section.heading, **words)


def _upward(paper: Paper, found: Iterable[int]) -> set[int]:
    """Sections with all those above them."""
    out: set[int] = set()
    for index in found:
        at: int | None = index
        while at is not None and at not in out:
            out.add(at)
            at = paper.outline.sections[at].parent
    return out
