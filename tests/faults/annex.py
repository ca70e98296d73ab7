"""Body and annex that no longer agree."""

from __future__ import annotations

from pipeline.reading import Reading
from tests.faults.plant import CONSEQUENT, Harm, edited, fault, own_row, slip, without, words


def annex_headings(reading: Reading):
    """Headings of the annex that repeat one of the body word for word: (annex, body)."""
    from pipeline.link.clauses import heading_pairs

    sections = reading.outline.sections
    for pair in heading_pairs(reading.outline, reading.doc.blocks):
        if pair.alike == 1.0:
            yield sections[pair.annex], sections[pair.body], pair.body


@fault
def annex_heading_reworded(reading, rng):
    found = [a for a, _, _ in annex_headings(reading) if a.heading.end - a.heading.start >= 5]
    if not found:
        return None
    section = rng.choice(found)
    text = words(reading, section.heading)
    kind = rng.choice(("add", "drop", "change", "anew"))
    made = {
        "add": "着力" + text,
        "drop": text[2:],
        "change": slip(text, rng, range(len(text))),
        "anew": "其他各项重点任务安排",
    }[kind]
    doc = edited(reading.doc, section.heading.block, section.heading.start, section.heading.end, made)
    return Harm(doc, ("heading_drift",), (section.heading.block,), what=kind)


@fault
def section_without_its_rows(reading, rng):
    """The only row below an annex heading is dropped."""
    sections = reading.outline.sections
    found = []
    for annex, body, _ in annex_headings(reading):
        rows = [t for t in reading.tasks if t.section is not None and sections[t.section] is annex]
        children = [s for s in sections if s.parent is not None and sections[s.parent] is annex]
        if len(rows) == 1 and not children and own_row(reading, rows[0]):
            found.append((rows[0], body))
    if not found:
        return None
    task, body = rng.choice(found)
    doc, seqs = without(reading.doc, set(task.blocks), (reading.doc.blocks[task.blocks[0]].cell.table, task.row.row))
    return Harm(doc, ("section_without_row",), (body.heading.block,), CONSEQUENT, seqs)


@fault
def annex_section_dropped(reading, rng):
    """An annex heading and its rows are dropped."""
    sections = reading.outline.sections
    found = []
    for annex, body, _ in annex_headings(reading):
        rows = [t for t in reading.tasks if t.section is not None and sections[t.section] is annex]
        children = [s for s in sections if s.parent is not None and sections[s.parent] is annex]
        if rows and not children and all(own_row(reading, t) for t in rows):
            found.append((annex, rows, body))
    if not found:
        return None
    annex, rows, body = rng.choice(found)
    doc, seqs = without(reading.doc, {annex.heading.block} | {b for t in rows for b in t.blocks})
    return Harm(doc, ("section_without_row",), (body.heading.block,), CONSEQUENT, seqs)


@fault
def body_section_dropped(reading, rng):
    sections = reading.outline.sections
    found = []
    for annex, body, index in annex_headings(reading):
        rows = [t for t in reading.tasks if t.section is not None and sections[t.section] is annex]
        children = [s for s in sections if s.parent == index]
        if rows and not children:
            found.append((rows, body))
    if not found:
        return None
    rows, body = rng.choice(found)
    doc, seqs = without(reading.doc, {body.heading.block} | {s.block for s in body.text})
    return Harm(doc, ("task_without_clause",), tuple(b for t in rows for b in t.blocks), CONSEQUENT, seqs)


def answered(reading: Reading):
    """(body section, a row that answers it) with text of its own."""
    for link in reading.links:
        section = reading.outline.sections[link.section]
        if link.governs and section.text:
            yield section, reading.tasks[link.task]


@fault
def deadline_in_body_alone(reading, rng):
    found = list(answered(reading))
    if not found:
        return None
    section, _ = rng.choice(found)
    span = section.text[-1]
    year, month, day = reading.metadata.plan_year, rng.randint(7, 11), rng.randint(1, 28)
    end = "" if words(reading, span).rstrip().endswith("。") else "。"
    added = f"{end}{year}年{month}月{day}日前向上级报送专题总结报告。"
    doc = edited(reading.doc, span.block, span.end, span.end, added)
    return Harm(
        doc, ("deadline_without_row", "clause_conflict"), (span.block,), ("duty_without_row", "deadline_before_issue")
    )


@fault
def clause_against_row(reading, rng):
    """A clause of the row stands in the body with a day of its own."""
    found = [(s, t) for s, t in answered(reading) if t.stated and len(t.text) >= 12]
    if not found:
        return None
    section, task = rng.choice(found)
    span = section.text[-1]
    year, month = reading.metadata.plan_year, rng.randint(7, 11)
    end = "" if words(reading, span).rstrip().endswith("。") else "。"
    clause = task.text.replace("；", "，").split("。")[0].split("\n")[0]
    doc = edited(reading.doc, span.block, span.end, span.end, f"{end}{year}年{month}月底前{clause}。")
    return Harm(doc, ("clause_conflict",), (task.stated[0].span.block,))


@fault
def duty_in_body_alone(reading, rng):
    found = list(answered(reading))
    if not found:
        return None
    section, _ = rng.choice(found)
    span = section.text[-1]
    added = rng.choice(
        (
            "组织开展古树名木挂牌巡护，建立一树一档。",
            "修缮老旧水闸泵站，疏浚沟渠淤泥。",
            "举办广场舞大赛和龙舟邀请赛，丰富群众文娱活动。",
        )
    )
    end = "" if words(reading, span).rstrip().endswith("。") else "。"
    doc = edited(reading.doc, span.block, span.end, span.end, end + added)
    return Harm(doc, ("duty_without_row",), (span.block,))
