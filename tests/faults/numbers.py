"""Numbers of headings and rows: taken out, printed twice, skipped."""

from __future__ import annotations

from itertools import pairwise

from pipeline.reading import Reading
from tests.faults.plant import (
    CONSEQUENT,
    Harm,
    edited,
    fault,
    next_row,
    numbered_rows,
    own_row,
    rewritten,
    without,
)


def lists_of_headings(reading: Reading):
    """Runs of typed headings that count on: (section before, section, section after)."""
    found: dict[object, list] = {}
    for section in reading.outline.sections:
        text = reading.doc.blocks[section.heading.block].text
        typed = section.label and text[: section.heading.start].strip() == section.label
        # the label begins the block, and the block is this heading's alone
        if typed and section.ordinal:
            found.setdefault((section.part, section.style, section.parent, section.from_table), []).append(section)
    for run in found.values():
        for before, one, after in zip(run, run[1:], run[2:], strict=False):
            if (before.ordinal + 1, one.ordinal + 1) == (one.ordinal, after.ordinal):
                yield before, one, after


@fault
def heading_number_removed(reading, rng):
    """（三） taken out: （二） is followed by （四）."""
    runs = [run for run in lists_of_headings(reading) if not run[1].from_table]
    if not runs:
        return None
    _, one, after = rng.choice(runs)
    doc = edited(reading.doc, one.heading.block, 0, one.heading.start, "")
    return Harm(doc, ("number_gap",), (after.heading.block,), CONSEQUENT)


@fault
def heading_number_repeated(reading, rng):
    runs = list(lists_of_headings(reading))
    if not runs:
        return None
    before, one, _ = rng.choice(runs)
    doc = edited(reading.doc, one.heading.block, 0, one.heading.start, before.label)
    return Harm(doc, ("number_repeated",), (one.heading.block,), CONSEQUENT)


@fault
def heading_number_skipped(reading, rng):
    runs = list(lists_of_headings(reading))
    if not runs:
        return None
    _, one, after = rng.choice(runs)
    doc = edited(reading.doc, one.heading.block, 0, one.heading.start, after.label)
    return Harm(doc, ("number_gap", "number_repeated"), (one.heading.block, after.heading.block), CONSEQUENT)


@fault
def row_number_removed(reading, rng):
    rows = numbered_rows(reading)[:-1]
    rows = [t for t in rows if sum(t.row.of("number")[0].block == o.row.of("number")[0].block for o in rows) == 1]
    if not rows:
        return None
    task = rng.choice(rows)
    doc = rewritten(reading.doc, {task.row.of("number")[0].block: ""})
    return Harm(doc, ("number_missing", "number_gap"), tuple(task.blocks) + next_row(reading, task))


@fault
def row_number_repeated(reading, rng):
    rows = numbered_rows(reading)
    pairs = [(a, b) for a, b in pairwise(rows) if a.label != b.label]
    pairs = [(a, b) for a, b in pairs if int(b.label.strip(" .、．")) == int(a.label.strip(" .、．")) + 1]
    if not pairs:
        return None
    before, task = rng.choice(pairs)
    doc = rewritten(reading.doc, {task.row.of("number")[0].block: before.label})
    return Harm(doc, ("number_repeated",), task.blocks)


@fault
def row_number_skipped(reading, rng):
    rows = numbered_rows(reading)
    if len(rows) < 3:
        return None
    task = rng.choice(rows[1:-1])
    text = reading.doc.blocks[task.row.of("number")[0].block].text
    value = int(task.label.strip(" .、．"))
    doc = rewritten(
        reading.doc, {task.row.of("number")[0].block: text.replace(str(value), str(value + rng.randint(2, 30)))}
    )
    return Harm(doc, ("number_gap", "number_repeated", "number_order"), tuple(task.blocks) + next_row(reading, task))


@fault
def row_dropped(reading, rng):
    rows = [t for t in numbered_rows(reading)[1:-1] if own_row(reading, t)]
    if not rows:
        return None
    task = rng.choice(rows)
    doc, seqs = without(reading.doc, set(task.blocks), (reading.doc.blocks[task.blocks[0]].cell.table, task.row.row))
    return Harm(doc, ("number_gap",), next_row(reading, task), CONSEQUENT, seqs)
