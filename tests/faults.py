"""Faults planted into a good plan, one of each kind a linter should find: what a tired clerk does to a document.

A fault changes the words of blocks (or takes blocks out) of a document that was read, and says which findings may tell it
and at which block. Where a document has no place for it, there is none.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Block, SourceDocument
from pipeline.reading import Reading
from pipeline.spans import fold


@dataclass(frozen=True)
class Harm:
    """A harmed document. codes: any of them tells it; at: blocks of the unharmed document where it may be told;
    also: codes of what follows from it and may be told beside it; seqs: old block → new one."""

    doc: SourceDocument
    codes: tuple[str, ...]
    at: tuple[int, ...]
    also: tuple[str, ...] = ()
    seqs: dict[int, int] | None = None
    what: str = ""


Planted = Callable[[Reading, random.Random], Harm | None]
FAULTS: dict[str, Planted] = {}


def fault(plant: Planted) -> Planted:
    FAULTS[plant.__name__] = plant
    return plant


# —— how a document is changed ——


def edited(doc: SourceDocument, block: int, start: int, end: int, words: str) -> SourceDocument:
    text = doc.blocks[block].text
    return rewritten(doc, {block: text[:start] + words + text[end:]})


def rewritten(doc: SourceDocument, texts: dict[int, str]) -> SourceDocument:
    blocks = tuple(replace(b, text=texts[b.seq]) if b.seq in texts else b for b in doc.blocks)
    return replace(doc, blocks=blocks)


def without(
    doc: SourceDocument, gone: set[int], row: tuple[int, int] | None = None
) -> tuple[SourceDocument, dict[int, int]]:
    """The document without some blocks; row: the table's row that goes with them, so that those below move up."""
    blocks: list[Block] = []
    seqs: dict[int, int] = {}
    for block in doc.blocks:
        if block.seq in gone:
            continue
        cell = block.cell
        if row and cell and cell.table == row[0] and cell.row > row[1]:
            cell = replace(cell, row=cell.row - 1)
        seqs[block.seq] = len(blocks)
        blocks.append(replace(block, seq=len(blocks), cell=cell))
    return replace(doc, blocks=tuple(blocks)), seqs


def words(reading: Reading, span) -> str:
    return reading.doc.blocks[span.block].text[span.start : span.end]


def slip(text: str, rng: random.Random, places: Sequence[int]) -> str:
    """The text with one character wrong."""
    at = rng.choice(places)
    other = rng.choice([c for c in "众末贝司岗畐豆务" if c != text[at]])
    return text[:at] + other + text[at + 1 :]


# —— numbers ——


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


def numbered_rows(reading: Reading):
    rows = [
        t for t in reading.tasks if t.row and t.row.of("number") and words(reading, t.row.of("number")[0].span).strip()
    ]
    return [r for r in rows if r.label.strip(" .、．").isdigit()]


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


def next_row(reading: Reading, task) -> tuple[int, ...]:
    place = reading.tasks.index(task)
    return tuple(reading.tasks[place + 1].blocks) if place + 1 < len(reading.tasks) else ()


@fault
def row_dropped(reading, rng):
    rows = [t for t in numbered_rows(reading)[1:-1] if own_row(reading, t)]
    if not rows:
        return None
    task = rng.choice(rows)
    doc, seqs = without(reading.doc, set(task.blocks), (reading.doc.blocks[task.blocks[0]].cell.table, task.row.row))
    return Harm(doc, ("number_gap",), next_row(reading, task), CONSEQUENT, seqs)


def own_row(reading: Reading, task) -> bool:
    # all its cells are of this row alone
    cells = [reading.doc.blocks[block].cell for block in task.blocks]
    return all(cell and cell.row_span == 1 and cell.row == task.row.row for cell in cells)


# —— body and annex ——


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


CONSEQUENT = (
    "number_gap",
    "number_repeated",
    "number_order",
    "heading_drift",
    "section_without_row",
    "task_without_clause",
    "duty_without_row",
    "deadline_without_row",
    "clause_conflict",
    "count_differs",
    "item_not_task",
)


# —— rows and units ——


def cells(reading: Reading, column: str, least: int = 4):
    """(task, block) for the filled cells of a column of a real table; merged cells left out."""
    having = [(t, t.row.of(column)[0].block) for t in reading.tasks if t.row and t.row.of(column)]
    having = [(t, b) for t, b in having if reading.doc.blocks[b].cell]
    filled = [(t, b) for t, b in having if reading.doc.blocks[b].text.strip()]
    alone = [(t, b) for t, b in filled if sum(other == b for _, other in filled) == 1]
    return alone if len(filled) >= least else []


@fault
def lead_removed(reading, rng):
    found = cells(reading, "lead")
    if not found:
        return None
    _, block = rng.choice(found)
    return Harm(rewritten(reading.doc, {block: ""}), ("lead_missing", "lead_left_blank"), (block,))


@fault
def lead_removed_from_a_sentence(reading, rng):
    """（牵头单位：A，配合单位：B） without A."""
    led = [t for t in reading.tasks if not t.row and t.units and t.units[0].role == "lead"]
    if len(led) < max(5, 0.9 * len(reading.tasks)):
        return None
    found = []
    for task in led:
        leads = [u for u in task.units if u.role == "lead"]
        others = [u for u in task.units if u.role != "lead"]
        if others and others[0].span.block == leads[0].span.block and others[0].span > leads[-1].span:
            found.append((leads[0], others[0]))
    if not found:
        return None
    lead, other = rng.choice(found)
    text = reading.doc.blocks[lead.span.block].text
    start = max(text.rfind(c, 0, lead.span.start) for c in "（(") + 1
    between = text[lead.span.end : other.span.start]
    if "：" not in between and ":" not in between:
        return None
    end = other.span.start - len(between.replace(":", "：").split("：")[-2].split("，")[-1].split("；")[-1]) - 1
    doc = edited(reading.doc, lead.span.block, start, end, "")
    return Harm(
        doc,
        ("lead_missing", "lead_left_blank"),
        (lead.span.block,),
        what=doc.blocks[lead.span.block].text[start - 3 : start + 20],
    )


@fault
def responsible_removed(reading, rng):
    found = cells(reading, "responsible")
    if not found:
        return None
    _, block = rng.choice(found)
    return Harm(rewritten(reading.doc, {block: ""}), ("unit_missing", "unit_left_blank"), (block,))


@fault
def deadline_removed(reading, rng):
    found = cells(reading, "deadline")
    if not found:
        return None
    _, block = rng.choice(found)
    also = ("clause_conflict", "deadline_without_row")
    return Harm(rewritten(reading.doc, {block: ""}), ("deadline_missing", "deadline_left_blank"), (block,), also)


@fault
def lead_named_again(reading, rng):
    found = [
        (t, b) for t, b in cells(reading, "responsible", 1) if any(u.role == "lead" and not u.is_group for u in t.units)
    ]
    if found:
        task, block = rng.choice(found)
        lead = next(u for u in task.units if u.role == "lead" and not u.is_group)
        text = reading.doc.blocks[block].text
        made = (
            f"{lead.prefix}{lead.name}、{text}" if rng.random() < 0.5 else f"{text.rstrip()}、{lead.prefix}{lead.name}"
        )
        twice = ("lead_repeated", "unit_repeated")  # 甲局牵头 in a column of all units: named twice
        return Harm(rewritten(reading.doc, {block: made}), twice, (block,), twice)
    inline = [
        (t, lead, other)
        for t in reading.tasks
        if not t.row
        for lead in t.units[:1]
        for other in t.units[1:2]
        if lead.role == "lead" and other.role != "lead" and lead.span.block == other.span.block and not lead.is_group
    ]
    if not inline:
        return None
    _, lead, other = rng.choice(inline)
    doc = edited(reading.doc, other.span.block, other.span.start, other.span.start, f"{lead.prefix}{lead.name}、")
    return Harm(doc, ("lead_repeated", "unit_repeated"), (other.span.block,), ("lead_repeated", "unit_repeated"))


def known_units(reading: Reading, least: int):
    """Units of the register that stand several times, with their places: name → facts."""
    from pipeline.reader import knowledge
    from pipeline.recognize.unitwords import grammar

    g = grammar(knowledge()[0].at(reading.metadata.region.code if reading.metadata.region else None))
    found: dict[str, dict] = {}
    for task in reading.tasks:
        for unit in task.units:
            if not unit.is_group and g.registered(fold(unit.name), loose=False) and len(unit.name) >= 4:
                found.setdefault(unit.name, {})[unit.span] = unit
    return {name: list(facts.values()) for name, facts in found.items() if len(facts) >= least}


@fault
def unit_misspelled(reading, rng):
    found = {
        n: f for n, f in known_units(reading, 2).items() if all(w == n for u in f for w in [words(reading, u.span)])
    }
    found = {n: f for n, f in found.items() if all(u.split_by == "separator" for u in f)}
    if len(found) < 3:  # names that nobody knows stand out among known ones
        return None
    name = rng.choice(sorted(found))
    unit = rng.choice(found[name])
    at = rng.randrange(1, len(name) - 1)
    made = rng.choice(
        (
            slip(name, rng, range(1, len(name) - 1)),
            slip(name, rng, range(1, len(name) - 1)),
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )
    if made in (name, name[1:]):
        return None
    doc = edited(reading.doc, unit.span.block, unit.span.start, unit.span.end, made)
    # what is no name any more may end the whole statement
    codes = ("unit_two_ways", "unit_unlisted", "unit_unknown", "item_not_task")
    return Harm(doc, codes, (unit.span.block,), codes, what=f"{name}→{made}")


OTHER_WAYS = {
    "发改局": "发展改革局",
    "市场监管局": "市场监督管理局",
    "市场监督管理局": "市场监管局",
    "人社局": "人力资源社会保障局",
    "卫健局": "卫生健康局",
    "住建局": "住房城乡建设局",
    "发展改革委": "发改委",
    "工业和信息化部": "工信部",
    "市场监管总局": "市场监督管理总局",
    "自然资源局": "自然资源和规划局",
    "住房城乡建设部": "住房和城乡建设部",
    "人力资源社会保障部": "人力资源和社会保障部",
    "审批局": "行政审批局",
}


@fault
def unit_written_two_ways(reading, rng):
    found = [
        (unit, name, short)
        for name, facts in known_units(reading, 2).items()
        for short in OTHER_WAYS
        if name.endswith(short) and len(name) - len(short) <= 1 and not name.endswith("行政审批局")
        for unit in facts
        if words(reading, unit.span) == name
    ]
    if not found:
        return None
    unit, name, short = rng.choice(found)
    made = name[: len(name) - len(short)] + OTHER_WAYS[short]
    doc = edited(reading.doc, unit.span.block, unit.span.start, unit.span.end, made)
    # told at the first place of the rarer spelling
    at = tuple(u.span.block for u in known_units(reading, 1)[name])
    return Harm(doc, ("unit_two_ways",), at, what=f"{name}→{made}")


@fault
def units_run_together(reading, rng):
    """The mark between two units taken out: both begin with their level, or the plan names both elsewhere, too."""
    found = []
    often = Counter(u.name for t in reading.tasks for u in t.units)
    for task in reading.tasks:
        for one, other in zip(task.units, task.units[1:], strict=False):
            between = reading.doc.blocks[one.span.block].text[one.span.end : other.span.start]
            same = one.span.block == other.span.block and between == "、" and not one.is_group and not other.is_group
            if same and (
                (task.row is None and often[one.name] > 1 < often[other.name])
                or (one.name[0] == other.name[0] and one.name[0] in "区市县省")
            ):
                found.append((one, other))
    if not found:
        return None
    one, other = rng.choice(found)
    doc = edited(reading.doc, one.span.block, one.span.end, other.span.start, "")
    return Harm(doc, ("units_run_together",), (one.span.block,))


@fault
def group_oddly_named(reading, rng):
    found = [u for t in reading.tasks for u in t.units if u.is_group and ("相关部门" in u.name or "有关部门" in u.name)]
    if not found:
        return None
    unit = rng.choice(found)
    text = words(reading, unit.span)
    made = text.replace("相关部门", "相关各部门").replace("有关部门", "有关各部门")
    doc = edited(reading.doc, unit.span.block, unit.span.start, unit.span.end, made)
    at = tuple(u.span.block for u in found) if "相关各" in "".join(u.name for u in found) else (unit.span.block,)
    return Harm(doc, ("group_name_odd",), at)


@fault
def unit_unknown_in_its_place(reading, rng):
    found = [*cells(reading, "lead"), *cells(reading, "responsible")]
    if not found or len(known_units(reading, 1)) < 3:  # names that nobody knows stand out among known ones
        return None
    _, block = rng.choice(found)
    doc = rewritten(reading.doc, {block: rng.choice(("包保干部", "志愿服务队伍成员", "协调推进", "区护城河指挥部"))})
    also = ("lead_missing", "unit_missing", "lead_left_blank", "unit_left_blank")
    return Harm(doc, ("unit_unknown", "unit_unlisted", "units_unread", "person_in_unit_cell", *also), (block,), also)


@fault
def row_emptied(reading, rng):
    found = [t for t in numbered_rows(reading)[:-1] if own_row(reading, t) and len(t.texts) == 1]
    if not found:
        return None
    task = rng.choice(found)
    how = rng.choice(("text", "all but number", "all"))
    gone = {task.texts[0].block} if how == "text" else set(task.blocks)
    gone |= {c.block for c in task.row.of("name", "task", "detail")}
    if how != "all":
        gone -= {task.row.of("number")[0].block}
    doc = rewritten(reading.doc, dict.fromkeys(gone, ""))
    codes = ("row_without_text", "row_blank", "number_gap", "cells_lost")
    return Harm(doc, codes, tuple(task.blocks) + next_row(reading, task), CONSEQUENT, what=how)


@fault
def cells_taken_out(reading, rng):
    found = [t for t in numbered_rows(reading) if own_row(reading, t)]
    if not found:
        return None
    task = rng.choice(found)
    gone = sorted(task.blocks)[-rng.randint(1, max(1, len(task.blocks) - 2)) :]
    if set(gone) & {span.block for span in task.texts}:
        return None
    doc, seqs = without(reading.doc, set(gone))
    return Harm(doc, ("cells_lost",), task.blocks, ("clause_conflict", "deadline_without_row"), seqs)


@fault
def row_repeated(reading, rng):
    found = [t for t in reading.tasks if t.row and len(t.texts) == 1 and len(t.text) >= 12]
    if len(found) < 2:
        return None
    one, other = rng.sample(found, 2)
    doc = rewritten(reading.doc, {other.texts[0].block: reading.doc.blocks[one.texts[0].block].text})
    return Harm(doc, ("task_repeated",), (one.texts[0].block, other.texts[0].block), CONSEQUENT)


# —— deadlines ——


def stated(reading: Reading):
    return [f for f in reading.facts.deadlines if f.stated and f.value.kind in ("due", "window", "ongoing")]


def in_text(reading: Reading):
    return [f for f in reading.facts.deadlines if not f.stated and f.value.kind == "due"]


def redated(reading: Reading, rng: random.Random, made: str, codes: tuple[str, ...], also=()) -> Harm | None:
    found = [*stated(reading), *in_text(reading)]
    if not found:
        return None
    fact = rng.choice(found)
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, codes, (fact.span.block,), ("clause_conflict", "deadline_without_row", *also), what=made)


@fault
def statement_removed(reading, rng):
    """（责任单位：…） taken out of one item."""
    found = []
    for task in reading.tasks:
        if task.row or not task.units or len(reading.tasks) < 5:
            continue
        block = task.units[0].span.block
        text = reading.doc.blocks[block].text
        start = max(text.rfind("（", 0, task.units[0].span.start), text.rfind("(", 0, task.units[0].span.start))
        alone = sum(t.section == task.section for t in reading.tasks) == 1
        if alone and start > 0 and text.rstrip().endswith(("）", "）。", ")", ")。")) and task.texts[0].block == block:
            found.append((block, start, len(text)))
    if not found:
        return None
    block, start, end = rng.choice(found)
    return Harm(edited(reading.doc, block, start, end, "。"), ("item_not_task",), (block,), ("lead_missing",))


@fault
def impossible_day(reading, rng):
    year = reading.metadata.plan_year or 2022
    days = (
        "9月31日前",
        f"{year}年9月31日前",
        "2月30日前",
        f"{year}年11月31日前",
        "6月31日前",
        "13月1日前",
        "4月31日前",
    )
    return redated(reading, rng, rng.choice(days), ("impossible_date",))


@fault
def deadline_before_the_paper(reading, rng):
    year = reading.metadata.plan_year
    if year is None or not (reading.metadata.issued_on or reading.metadata.year_from == "title"):
        return None
    made = rng.choice((f"{year - 1}年11月底前", f"{year - 1}年6月30日前", f"{year - 2}年12月底前"))
    return redated(reading, rng, made, ("deadline_before_issue",))


@fault
def deadline_before_the_month_of_the_paper(reading, rng):
    """Of the plan's own year, and gone by when it was issued: 1月底前 in a paper of February."""
    issued = reading.metadata.issued_on
    if issued is None or issued.month < 2 or not any(p.part == "date" for p in reading.outline.letter):
        return None
    month = rng.randint(1, issued.month - 1)
    made = rng.choice((f"{month}月底前", f"{issued.year}年{month}月底前", f"{month}月15日前"))
    return redated(reading, rng, made, ("deadline_before_issue",))


@fault
def date_of_issue_impossible(reading, rng):
    parts = [p for p in reading.outline.letter if p.part == "date" and "日" in words(reading, p.span)]
    if not parts:
        return None
    part = rng.choice(parts)
    year = words(reading, part.span).split("年")[0]
    made = f"{year}年{rng.choice(('2月30日', '9月31日', '13月5日', '6月31日'))}"
    doc = edited(reading.doc, part.span.block, part.span.start, part.span.end, made)
    return Harm(
        doc,
        ("impossible_date",),
        (part.span.block,),
        ("deadline_before_issue", "counted_from_issue", "own_number_year"),
    )


@fault
def deadline_beyond_the_year(reading, rng):
    year = reading.metadata.plan_year
    if reading.metadata.year_from != "title":
        return None
    made = rng.choice((f"{year + 1}年11月底前", f"{year + 1}年6月30日前", f"{year + 2}年3月底前"))
    return redated(reading, rng, made, ("deadline_beyond_year",))


# —— the letter and what it cites ——


def running(reading: Reading):
    """Body paragraphs that are plain text."""
    return [
        b for b in reading.doc.blocks
        if reading.outline.roles[b.seq] == "text" and reading.outline.parts[b.seq] == "body" and b.text.rstrip().endswith("。")
    ]  # fmt: skip


@fault
def count_in_letter_wrong(reading, rng):
    found = running(reading)
    if not found or len(reading.tasks) < 5:
        return None
    block = rng.choice(found[:3])
    # a number that counts the headings of one level would be right, too
    right = {
        len(reading.tasks),
        *Counter(s.style for s in reading.outline.sections).values(),
        len({i for i, _ in enumerate(reading.outline.sections)} - {s.parent for s in reading.outline.sections}),
    }
    said = len(reading.tasks) + rng.choice((1, 2, -1, -3, 10)) + 97 * (rng.random() < 0.3)
    while said in right:
        said += 1
    made = rng.choice(
        (
            "现将分解表印发给你们，共{n}项任务，请抓好落实。",
            "本方案共{n}项重点任务。",
            "工作分解为{n}项具体任务。",
            "明确了5个方面{n}项工作任务。",
        )
    )
    doc = rewritten(reading.doc, {block.seq: block.text.rstrip() + made.format(n=said)})
    return Harm(doc, ("count_differs",), (block.seq,), ("duty_without_row",), what=str(said))


@fault
def attachment_renamed(reading, rng):
    parts = [p for p in reading.outline.letter if p.part == "attachment"]
    titles = [p for p in reading.outline.letter if p.part == "title" and p.annex]
    if not parts or not titles or any(r.code == "attachment_title" for r in reading.remarks):
        return None
    part = rng.choice(parts)
    text = words(reading, part.span)
    how = rng.choice(("word", "year", "slip"))
    made = {
        "word": text.replace("方案", "任务表").replace("分解表", "清单").replace("清单", "目录"),
        "year": text.replace("2022年", "2021年").replace("2021年政", "2020年政").replace("2016年", "2015年"),
        "slip": slip(text, rng, range(len(text) - 8, len(text))),
    }[how]
    if made == text:
        return None
    doc = edited(reading.doc, part.span.block, part.span.start, part.span.end, made)
    return Harm(doc, ("attachment_title",), tuple(p.span.block for p in titles), what=made)


def with_number(reading: Reading):
    for fact in reading.citations:
        text = words(reading, fact.span)
        # the number as it is printed beside the title
        if fact.number and fact.number.issuer_code and fact.number.year and f"{fact.number.year}" in text:
            yield fact, text


@fault
def citation_number_removed(reading, rng):
    found = [
        (f, t)
        for f, t in with_number(reading)
        if f.title and f.title.rstrip("》").endswith(("通知", "意见", "决定", "函"))
    ]
    found = [(f, t) for f, t in found if "》" in t and sum(g.title == f.title for g in reading.citations) == 1]
    if not found:
        return None
    fact, text = rng.choice(found)
    cut = text.rindex("》") + 1
    doc = edited(reading.doc, fact.span.block, fact.span.start + cut, fact.span.end, "")
    return Harm(doc, ("citation_without_number",), (fact.span.block,))


@fault
def citation_number_broken(reading, rng):
    """（国办发〔2021〕号）: the number itself left blank."""
    found = [
        (f, t) for f, t in with_number(reading) if f.number.number and f.title and f.title.rstrip("》").endswith("通知")
    ]
    found = [(f, t) for f, t in found if sum(g.title == f.title for g in reading.citations) == 1]
    if not found:
        return None
    fact, text = rng.choice(found)
    at = text.rindex(str(fact.number.number))
    made = text[:at] + text[at + len(str(fact.number.number)) :]
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, ("citation_without_number",), (fact.span.block,), what=made[-20:])


@fault
def citation_year_later(reading, rng):
    found = list(with_number(reading))
    year = reading.metadata.issued_on.year if reading.metadata.issued_on else reading.metadata.plan_year
    if not found or not year:
        return None
    fact, text = rng.choice(found)
    at = text.rindex(str(fact.number.year))
    made = text[:at] + str(year + rng.randint(1, 8)) + text[at + 4 :]
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, ("citation_not_yet_issued",), (fact.span.block,))


@fault
def citation_year_wrong(reading, rng):
    """The number of a yearly paper bears another year: 2021年…要点 〔2012〕12号."""
    found = [
        (f, t) for f, t in with_number(reading) if f.title and f"{f.number.year}年" in f.title and "要点" in f.title
    ]
    if not found:
        return None
    fact, text = rng.choice(found)
    at = text.rindex(str(fact.number.year))
    made = text[:at] + str(fact.number.year - rng.randint(2, 9)) + text[at + 4 :]
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, ("citation_wrong_year",), (fact.span.block,))


@fault
def own_number_of_another_year(reading, rng):
    parts = [p for p in reading.outline.letter if p.part == "doc_number"]
    signed = [p for p in reading.outline.letter if p.part == "date"]
    year = reading.metadata.issued_on.year if reading.metadata.issued_on else None
    if not parts or not signed or str(year) not in words(reading, parts[0].span):
        return None
    text = words(reading, parts[0].span).replace(str(year), str(year - rng.randint(1, 3)))
    doc = edited(reading.doc, parts[0].span.block, parts[0].span.start, parts[0].span.end, text)
    return Harm(doc, ("own_number_year",), (parts[0].span.block,))
