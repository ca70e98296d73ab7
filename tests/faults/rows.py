"""Rows and units: cells emptied or lost, leads named again, names misspelled, run together."""

from __future__ import annotations

from collections import Counter

from pipeline.reading import Reading
from pipeline.spans import fold
from tests.faults.plant import (
    CONSEQUENT,
    Harm,
    edited,
    fault,
    next_row,
    numbered_rows,
    own_row,
    rewritten,
    slip,
    without,
    words,
)


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
    found = {n: f for n, f in found.items() if len(n) > 4 or n[0] in "省市区县"}
    if any(t.row and not reading.doc.blocks[t.blocks[0]].cell for t in reading.tasks):
        return None  # a copy that lost its lines knows a cell of units by its units
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
    at = tuple(u.span.block for u in found[name])  # told at the rarer spelling, which may be the other one
    return Harm(doc, codes, at, codes, what=f"{name}→{made}")


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
    doc = rewritten(reading.doc, {block: rng.choice(("包保干部", "志愿服务队伍成员", "协调推进", "区绿道建设指挥部"))})
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
