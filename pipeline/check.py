"""What a reader should look at: losses, stretches nobody read, contradictions. Remarks in, remarks out; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from .account import Account
from .link.clauses import ClauseLink, HeadingPair
from .link.facts import DeadlineFact, Facts
from .link.likeness import contained, pairs
from .link.tasks import Task
from .model import SourceDocument, Span
from .outline import Outline, Remark
from .owners import Owners
from .recognize.numbering import numbering
from .rulebook import RuleBook

DUTY_TAKEN_UP = 0.4  # share of a duty's character pairs that its row holds


def check(
    doc: SourceDocument,
    outline: Outline,
    found: Facts,
    tasks: Sequence[Task],
    links: Sequence[ClauseLink],
    paired: Sequence[HeadingPair],
    accounted: Account,
    book: RuleBook,
) -> tuple[Remark, ...]:
    """Every remark on one plan, in the order of the document; codes are the ids of rules/findings.toml."""
    out = [
        *outline.remarks,
        *_losses(doc, book),
        *_unparsed(doc, accounted),
        *_deadlines(doc, found),
        *_conflicts(doc, outline, found, tasks, links),
        *_drift(doc, outline, paired),
        *_orphans(doc, tasks, links),
        *_numbers(doc, outline, tasks, book),
        *_headings(outline),
        *_left_out(outline, tasks),
    ]
    if not outline.sections and not tasks:
        out.append(Remark("nothing_read"))
    return tuple(sorted(out, key=lambda r: (-1 if r.block is None else r.block, r.start, r.code)))


def _losses(doc: SourceDocument, book: RuleBook) -> Iterator[Remark]:
    for loss in doc.losses:
        code = loss.code if book.rule(loss.code) else "loss"
        words = loss.text or loss.code
        yield Remark(code, loss.block, 0, 0, {"words": words[:60], "place": loss.place})


def _unparsed(doc: SourceDocument, accounted: Account) -> Iterator[Remark]:
    for stretch in accounted.unclaimed():
        words = doc.blocks[stretch.block].text[stretch.start : stretch.end]
        count = sum(1 for c in words if not c.isspace())
        yield Remark("unparsed", stretch.block, stretch.start, stretch.end, {"words": words[:40], "count": str(count)})


def _deadlines(doc: SourceDocument, found: Facts) -> Iterator[Remark]:
    for fact in found.deadlines:
        words = {"words": _words(doc, fact.span), "due": str(fact.value.counted_to or "")}
        place = (fact.span.block, fact.span.start, fact.span.end)
        if fact.value.finding:
            yield Remark(fact.value.finding, *place, words)
        elif fact.value.kind == "unresolved":
            yield Remark("deadline_unresolved", *place, words)


def _conflicts(
    doc: SourceDocument, outline: Outline, found: Facts, tasks: Sequence[Task], links: Sequence[ClauseLink]
) -> Iterator[Remark]:
    # a day that the body sets for a duty, and that the row which takes up this duty does not keep
    owners = Owners(
        (span, i) for i, section in enumerate(outline.sections) for span in (section.heading, *section.text)
    )
    said: dict[int, list[DeadlineFact]] = {}
    for fact in found.deadlines:
        index = owners.at(fact.span)
        if fact.value.kind == "due" and fact.value.due_on and not fact.stated and index is not None:
            said.setdefault(index, []).append(fact)
    own = Owners((span, i) for i, task in enumerate(tasks) for span in task.texts)
    kept: dict[int, set[date | None]] = {}
    for fact in found.deadlines:
        if (row := own.at(fact.span)) is not None:
            kept.setdefault(row, set()).add(fact.value.due_on)
    for link in links:
        task = tasks[link.task]
        days = kept.get(link.task, set()) | {fact.value.due_on for fact in task.stated}
        for fact in said.get(link.section, ()) if task.stated else ():
            duty = pairs(_clause(doc, fact.span))
            if fact.value.due_on in days or contained(duty, pairs(task.text)) < DUTY_TAKEN_UP:
                continue
            words = {
                "clause": "/".join(outline.sections[link.section].path[-2:]),
                "due": _words(doc, fact.span),
                "label": task.label,
                "words": (task.deadline_text or "").strip(),
            }
            place = task.stated[0].span
            yield Remark("clause_conflict", place.block, place.start, place.end, words)


def _clause(doc: SourceDocument, span: Span) -> str:
    # the words of the duty that a deadline governs: from the deadline to the next stop
    rest = doc.blocks[span.block].text[span.end :]
    return re.split(r"[。；;\n]", rest, maxsplit=1)[0]


def _drift(doc: SourceDocument, outline: Outline, paired: Iterable[HeadingPair]) -> Iterator[Remark]:
    for pair in paired:
        annex, body = (outline.sections[i] for i in (pair.annex, pair.body))
        one, other = _words(doc, annex.heading), _words(doc, body.heading)
        if "".join(one.split()) != "".join(other.split()):
            span = annex.heading
            yield Remark("heading_drift", span.block, span.start, span.end, {"words": one, "body": other})


def _orphans(doc: SourceDocument, tasks: Sequence[Task], links: Sequence[ClauseLink]) -> Iterator[Remark]:
    answered = {link.task for link in links}
    if not answered:
        return  # a table alone, with no body to answer
    for index, task in enumerate(tasks):
        if index not in answered and task.texts:
            span = task.texts[0]
            yield Remark("task_without_clause", span.block, span.start, span.end, {"label": task.label})


def _numbers(doc: SourceDocument, outline: Outline, tasks: Sequence[Task], book: RuleBook) -> Iterator[Remark]:
    # the printed numbers of a table's rows against their order; a number merged over rows is one number
    before: int | None = None
    last: tuple[Span, ...] = ()
    for task in tasks:
        cells = tuple(cell.span for cell in task.row.of("number")) if task.row else ()
        if not cells or cells == last:
            continue
        last = cells
        numeral = numbering(task.label, book)
        digits = task.label.strip(" .、．")
        value = numeral.ordinal if numeral else int(digits) if digits.isdecimal() else None
        block = cells[0]
        if value is None:
            continue
        words = {"before": str(before), "after": str(value)}
        if before is not None and value == before:
            yield Remark("number_repeated", block.block, block.start, block.end, words)
        elif before is not None and value > before + 1:
            yield Remark("number_gap", block.block, block.start, block.end, words)
        before = value


def _left_out(outline: Outline, tasks: Sequence[Task]) -> Iterator[Remark]:
    # in a paper that says who answers, an item that says nothing is no task; a reader may want it all the same
    if not tasks or any(task.origin != "inline" for task in tasks):
        return
    taken = Owners((span, index) for index, task in enumerate(tasks) for span in task.texts)
    above = {section.parent for section in outline.sections}
    for index, section in enumerate(outline.sections):
        if index in above or section.from_table:
            continue
        if all(taken.at(span) is None for span in (section.heading, *section.text)):
            span = section.heading
            yield Remark("item_not_task", span.block, span.start, span.end, {"label": section.label})


def _headings(outline: Outline) -> Iterator[Remark]:
    # the printed numbers of headings of one style: each follows the one before it or begins anew
    last: dict[tuple[str, str, bool], int] = {}
    for section in outline.sections:
        if not section.ordinal:
            continue
        key = (section.part, section.style, section.from_table)
        before = last.get(key)
        last[key] = section.ordinal
        if before is None or section.ordinal in (1, before + 1):
            continue
        span = section.heading
        words = {"before": str(before), "after": str(section.ordinal)}
        code = "number_gap" if section.ordinal > before + 1 else "number_repeated"
        yield Remark(code, span.block, span.start, span.end, words)


def _words(doc: SourceDocument, span: Span) -> str:
    return doc.blocks[span.block].text[span.start : span.end]
