"""What was not read: losses of the file, stretches that no stage claimed, a paper without sections and tasks."""

from __future__ import annotations

from collections.abc import Iterator

from ..outline import Remark
from ..owners import Owners
from .paper import Paper, remark


def losses(paper: Paper) -> Iterator[Remark]:
    """Remarks of extract and of the character account."""
    for loss in paper.doc.losses:
        code = loss.code if paper.book.rule(loss.code) else "loss"
        words = loss.text or loss.code
        yield Remark(code, loss.block, 0, 0, {"words": words[:60], "place": loss.place})
    for stretch in paper.account.unclaimed():
        words = paper.doc.blocks[stretch.block].text[stretch.start : stretch.end]
        count = sum(1 for c in words if not c.isspace())
        yield Remark("unparsed", stretch.block, stretch.start, stretch.end, {"words": words[:40], "count": str(count)})
    if not paper.outline.sections and not paper.tasks:
        yield Remark("nothing_read")
    yield from _left_out(paper)


def _left_out(paper: Paper) -> Iterator[Remark]:
    # in a paper that says who answers, an item that says nothing is no task; a reader may want it all the same
    if not paper.tasks or any(task.origin != "inline" for task in paper.tasks):
        return
    taken = Owners((span, index) for index, task in enumerate(paper.tasks) for span in task.texts)
    above = {section.parent for section in paper.outline.sections}
    for index, section in enumerate(paper.outline.sections):
        if index in above or section.from_table:
            continue
        if all(taken.at(span) is None for span in (section.heading, *section.text)):
            yield remark("item_not_task", section.heading, label=section.label)
