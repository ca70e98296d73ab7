"""Units: the lead named again among the others, one unit written two ways, groups with an odd name, names run together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from ..link.tasks import Task, UnitFact
from ..model import Span
from ..outline import Remark
from ..recognize.checkwords import found_as, plain_group
from ..recognize.unitwords import Grammar, grammar
from ..spans import fold
from .paper import Paper, remark

ROLE = ("lead", "responsible", "supporting")
COUNTS = frozenset("0123456789一二三四五六七八九十东南西北中")  # 一中 and 二中, 城东 and 城西 are two bodies
FEW = 4
CUT = 2  # characters that a long name may have lost
LONG_NAME = 4  # characters before the suffix, from which on one other character is a slip of the pen


def units(paper: Paper) -> Iterator[Remark]:
    """Remarks on the units of the tasks; a merged cell is told once."""
    yield from _together(paper)
    told: set[tuple[str, Span]] = set()
    for task in paper.tasks:
        for one in (*_again(task, paper),):
            place = Span(one.block or 0, one.start, one.end)
            if (one.code, place) not in told:
                told.add((one.code, place))
                yield one
    yield from _odd_groups(paper)
    yield from _two_ways(paper)


def _together(paper: Paper) -> Iterator[Remark]:
    # a block with the cells of several rows is a copy that lost its lines: there all names run together
    rows = {(row.table, row.row, cell.block) for row in paper.outline.rows for cell in row.cells}
    merged = {
        cell.block for cell in (c for row in paper.outline.rows for c in row.cells) if paper.doc.blocks[cell.block].cell
    }
    copies = {block for block, n in Counter(block for _, _, block in rows).items() if n > 1} - merged
    joined: dict[int, list[UnitFact]] = {}
    for task in paper.tasks:
        for unit in task.units:
            if unit.split_by in ("grammar", "registry") and unit.span.block not in copies:
                known = joined.setdefault(unit.span.block, [])
                known += [unit] if unit.span not in {one.span for one in known} else []
    for block, found in joined.items():
        span = Span(block, min(u.span.start for u in found), max(u.span.end for u in found))
        yield remark("units_run_together", span, names="、".join(dict.fromkeys(u.name for u in found)))


def _again(task: Task, paper: Paper) -> Iterator[Remark]:
    first: dict[str, UnitFact] = {}
    for unit in task.units:
        if unit.role not in ROLE:
            continue
        key = paper.unit(unit).unit_id
        before = first.setdefault(key, unit)
        if before.span == unit.span:
            continue
        if before.role != unit.role and "lead" in (before.role, unit.role):
            yield remark("lead_repeated", unit.span, label=task.label, words=unit.name)
        elif before.role == unit.role and before.span.block == unit.span.block:
            yield remark("unit_repeated", unit.span, label=task.label, words=unit.name)


def _named(paper: Paper) -> Mapping[str, list[UnitFact]]:
    """Printed name (with the level its list prints once) → where it stands, in order; a merged cell counts once."""
    found: dict[str, list[UnitFact]] = {}
    seen: set[Span] = set()
    for task in paper.tasks:
        for unit in task.units:
            if unit.span not in seen:
                seen.add(unit.span)
                found.setdefault(unit.prefix + unit.name, []).append(unit)
    return found


def _odd_groups(paper: Paper) -> Iterator[Remark]:
    for name, facts in _named(paper).items():
        if facts[0].is_group and (odd := found_as(name, paper.book, "odd_group")):
            for fact in _places(facts):
                yield remark("group_name_odd", fact.span, words=fact.name, odd=name[odd[0].start : odd[0].end])


def _two_ways(paper: Paper) -> Iterator[Remark]:
    """The rarer spelling of a unit, wherever it stands: two names of one unit of the register, or one slip apart."""
    g = grammar(paper.book)
    named = _named(paper)
    alike: dict[str, list[str]] = {}
    for name, facts in named.items():
        key = plain_group(name, paper.book) if facts[0].is_group else paper.unit(facts[0]).unit_id
        alike.setdefault(key, []).append(name)
    told: set[str] = set()
    for names in alike.values():
        spelled = {"".join(g.bare(fold(name)).split()): name for name in reversed(names)}
        if len(spelled) > 1:
            rated = sorted(spelled.values(), key=lambda n: (-len(named[n]), named[n][0].span))
            for rarer in rated[1:]:
                told.add(rarer)
                odd = named[rarer][0].is_group and found_as(rarer, paper.book, "odd_group")
                code = "unit_level_left_out" if _but_for_level(rarer, rated[0]) else "unit_two_ways"
                for fact in () if odd else _places(named[rarer]):
                    yield remark(code, fact.span, words=rarer, other=rated[0])
    yield from _slips({n: f for n, f in named.items() if n not in told and not f[0].is_group}, paper, g)


def _places(facts: Sequence[UnitFact]) -> Sequence[UnitFact]:
    # a slip is told wherever it stands, a habit once
    return facts if len(facts) <= FEW else facts[:1]


def _but_for_level(one: str, other: str) -> bool:
    # 教育局 beside 市教育局
    return one.endswith(other) or other.endswith(one)


def _slips(named: Mapping[str, Sequence[UnitFact]], paper: Paper, g: Grammar) -> Iterator[Remark]:
    # a name that the register does not know, one character away from one that it knows, or a longer one cut short
    views = {name: g.bare(fold(name)) for name in named}
    known = {name for name in named if g.registered(views[name], loose=False)}
    beside: dict[str, list[str]] = {}
    # a long name that the plan prints often is as good as one of the register
    often = {name for name, facts in named.items() if len(facts) >= FEW and len(views[name]) > LONG_NAME + CUT}
    for name in known | often:
        for key in _holes(views[name]):
            beside.setdefault(key, []).append(name)
    strange = [name for name in named if name not in known | often]
    # 平综合实验区管委会 reads like a committee of some zone, and stands beside the plan's own
    rare = {n for n in known - often if len(named[n]) == 1 and len(views[n]) > LONG_NAME + CUT}
    lost = {name for name in strange if not g.registered(views[name])}
    printed = {*views.values(), *map(fold, named)}
    cut: dict[str, list[str]] = {}
    for name in strange:
        for shorter in _cut_short(views[name]):
            cut.setdefault(shorter, []).append(name)
    for name in sorted(rare):
        twins = {other for key in _holes(views[name]) for other in beside.get(key, ()) if other in often}
        for twin in sorted(o for o in twins if _one_slip(views[name], views[o], g))[:1]:
            yield remark("unit_two_ways", named[name][0].span, words=name, other=twin)
    for name in strange:
        if cuts := _two_names(views[name], printed, g):
            for fact in _places(named[name]):
                yield remark("units_run_together", fact.span, names="、".join(cuts))
            continue
        near = {other for key in _holes(views[name]) for other in beside.get(key, ())} if len(name) >= LONG_NAME else ()
        near = {other for other in near if _one_slip(views[name], views[other], g)}
        near |= set(cut.get(views[name], ()))
        other = max(near, key=lambda n: (len(named[n]), n), default=None)
        if other is not None:
            for fact in _places(named[name]):
                yield remark("unit_two_ways", fact.span, words=name, other=other)
        elif g.ends_unit(views[name]) and name in lost and len(known) >= len(lost):
            # where the register knows most of a plan's units
            yield remark("unit_unlisted", named[name][0].span, words=name)


def _two_names(name: str, others: Set[str], g: Grammar) -> tuple[str, str] | None:
    # 银保监会民航局, where the plan names 民航局 elsewhere, too
    for at in range(2, len(name) - 1):
        first, second = name[:at], name[at:]
        if second in others and (first in others or g.registered(first, loose=False)):
            return first, second
    return None


def _cut_short(name: str) -> Iterator[str]:
    # 区市场监督局金井分局 for 区市场监督管理局金井分局
    for length in range(1, CUT + 1):
        if len(name) - length >= LONG_NAME * 2:
            for place in range(1, len(name) - length):
                if not COUNTS & set(name[place : place + length]):
                    yield name[:place] + name[place + length :]


def _holes(name: str) -> Iterator[str]:
    # a name with one character taken out, or two swapped, wherever: two names that share one are a slip apart
    yield name
    for place in range(len(name)):
        yield name[:place] + name[place : place + 2][::-1] + name[place + 2 :]
        yield f"{name[:place]}\0{name[place + 1 :]}"
        yield name[:place] + name[place + 1 :]


def _one_slip(one: str, other: str, g: Grammar) -> bool:
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    # 区财政局 and 市财政局 are two bodies
    if _without_level(one, g) == _without_level(other, g):
        return False
    if len(one) == len(other):
        differ = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
        swapped = len(differ) == 2 and differ[0] == differ[1][::-1] and "".join(differ[0]) in one
        return (len(differ) == 1 or swapped) and not COUNTS & set(differ[0])
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return any(longer[:i] + longer[i + 1 :] == shorter and longer[i] not in COUNTS for i in range(len(longer)))


def _without_level(name: str, g: Grammar) -> str:
    own = g.prefix(name)
    return name[len(own.word) :] if own else name
