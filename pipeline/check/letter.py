"""The letter against what it carries: how many tasks it says, what it calls its attachment, the year of its own number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ..link.likeness import alike, pairs
from ..model import Span
from ..normalize.metadata import read_date
from ..outline import LetterPart, Remark
from ..recognize.checkwords import counts, found_as
from ..spans import fold, trim
from .paper import Paper, bare, remark

ONE_NAME = 0.5  # an attachment's name and a title that share half of their pairs mean one thing
ABOUT = "关于"
TOLD = ("text", "heading", "note", "attachment", "section_row")
_YEAR = re.compile(r"[〔\[(﹝【] *((?:19|20)[0-9]{2}) *[〕\])﹞】]")


def letter(paper: Paper) -> Iterator[Remark]:
    """Remarks on what the letter says of its own plan."""
    yield from _counts(paper)
    yield from _counts_of_sections(paper)
    yield from _attachments(paper)
    yield from _own_number(paper)
    for part in paper.outline.letter:
        if part.part == "date" and read_date(paper.words(part.span)) is None:
            yield remark("impossible_date", part.span, words="".join(paper.words(part.span).split()))


def _counts(paper: Paper) -> Iterator[Remark]:
    """共36项任务 beside the tasks; a number that counts headings of one level instead is right, too."""
    if not paper.tasks:
        return
    counted = _countable(paper)
    starts = [section.heading.block for section in paper.outline.sections]
    starts += [block.seq for block in paper.doc.blocks if block.cell][:1]
    body = min(starts, default=0)
    for block in paper.doc.blocks:
        if paper.outline.roles[block.seq] not in TOLD or block.cell or block.hidden:
            continue
        told = counts(block.text, paper.book, "count")
        # what a letter says before its first heading it says of the whole
        told = told or (counts(block.text, paper.book, "count_in_preamble") if block.seq < body else ())
        for found, said in told:
            if said not in counted:
                words = {"said": str(said), "count": str(len(paper.tasks)), "what": "全文"}
                yield remark("count_differs", Span(block.seq, found.start, found.end), **words)


def _countable(paper: Paper) -> set[int]:
    labels = {(task.section, task.label) for task in paper.tasks}
    numbers = {cells for task in paper.tasks if task.row and (cells := tuple(c.span for c in task.row.of("number")))}
    levels = Counter((s.part, s.style, s.from_table) for s in paper.outline.sections)
    above = {section.parent for section in paper.outline.sections}
    leaves = Counter(s.part for i, s in enumerate(paper.outline.sections) if i not in above)
    return {len(paper.tasks), len(labels), len(numbers), *levels.values(), *leaves.values()}


def _counts_of_sections(paper: Paper) -> Iterator[Remark]:
    # 一、知识产权保护方面（共5项） beside the tasks below it
    sections = paper.outline.sections
    below: Counter[int] = Counter()
    numbers: dict[int, set[object]] = {}
    for task in paper.tasks:
        at = task.section
        key = tuple(c.span for c in task.row.of("number")) if task.row else ()
        while at is not None:
            below[at] += 1
            numbers.setdefault(at, set()).add(key or task.texts)
            at = sections[at].parent
    children = Counter(section.parent for section in sections)
    # 一节 of the body is told in words; only where its like have rows does a number count rows
    of_rows = {(s.part, s.style, s.from_table) for i, s in enumerate(sections) if below[i]}
    for index, section in enumerate(sections):
        words = paper.words(section.heading)
        if (section.part, section.style, section.from_table) not in of_rows:
            continue
        for found, said in counts(words, paper.book, "count_of_section"):
            if said not in (below[index], len(numbers.get(index, ())), children[index]):
                place = Span(
                    section.heading.block, section.heading.start + found.start, section.heading.start + found.end
                )
                what = f"“{words[: found.start].strip()}”"
                yield remark("count_differs", place, said=str(said), count=str(below[index]), what=what)


def _attachments(paper: Paper) -> Iterator[Remark]:
    parts = paper.outline.letter
    named = [one for part in parts if part.part == "attachment" for one in [_name(paper, part)] if one]
    titles = {annex: spans for annex, spans in _titles(paper).items() if not _aside(paper, spans)}
    if not named or not titles:
        return
    printed = {annex: "".join(paper.words(span).strip() for span in spans) for annex, spans in titles.items()}
    left = dict(printed)
    for name in list(named):
        if same := next((annex for annex, title in left.items() if _same(bare(title), bare(name))), None):
            del left[same]
            named.remove(name)
    for annex, title in left.items():
        rated = [(alike(pairs(bare(title)), pairs(bare(name))), name) for name in named]
        score, name = max(rated, default=(0.0, ""))
        # one attachment and one annex are the same, whatever they are called
        if score >= ONE_NAME or (rated and len(printed) == 1 and len(named) == 1):
            words = {"words": "".join(title.split()), "name": "".join(name.split())}
            yield remark("attachment_title", titles[annex][0], **words)


def _same(one: str, other: str) -> bool:
    # an office leaves its own name out: 关于…的报告 for 国土资源部关于…的报告
    longer, shorter = sorted((one, other), key=len, reverse=True)
    about = shorter.startswith(ABOUT) and longer.endswith(shorter)
    return one == other or about


def _name(paper: Paper, part: LetterPart) -> str:
    # 附件：1.某某分工方案 → 某某分工方案
    words = paper.words(part.span)
    label = max((one.end for one in found_as(words, paper.book, "attachment_label") if not one.start), default=0)
    start, end = trim(words, label, len(words), "《》。；;")
    return words[start:end]


def _titles(paper: Paper) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for part in paper.outline.letter:
        if part.part == "title" and part.annex:
            found.setdefault(part.annex, []).append(part.span)
    return found


def _aside(paper: Paper, spans: list[Span]) -> bool:
    # （本文有删减） is no title
    words = fold("".join(paper.words(span) for span in spans).strip())
    return words.startswith("(") and words.endswith(")")


def _own_number(paper: Paper) -> Iterator[Remark]:
    signed = [part for part in paper.outline.letter if part.part == "date" and not part.annex]
    issued = paper.metadata.issued_on
    for part in paper.outline.letter:
        if part.part != "doc_number" or part.annex or not issued or not signed:
            continue
        year = _YEAR.search(fold(paper.words(part.span)))
        if year and int(year[1]) != issued.year:
            yield remark("own_number_year", part.span, words=paper.words(part.span), issued=str(issued))
