"""A comparison in words for a reader: what became of the tasks, what moved, and why two tasks are held to be one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..errors import one_line
from ..plan import Row
from ..schema import TABLE
from .values import Comparison, Link, Stretch, Units

RELATIONS = {
    "same": "沿用",
    "reworded": "改写",
    "merged": "合并",
    "split": "拆分",
    "dropped": "未再列入",
    "new": "新增",
}
MOVES = {
    "none": "",
    "unchanged": "不变",
    "rolled": "顺延到新的年度",
    "earlier": "提前",
    "later": "推后",
    "fixed": "由持续改为限期",
    "made_ongoing": "由限期改为持续",
    "added": "新定时限",
    "removed": "不再写时限",
    "changed": "有变动",
}
MOVED = tuple(move for move in MOVES if move not in ("none", "unchanged"))
SECTIONS = {"same": "沿用", "renamed": "更名", "dropped": "取消", "new": "新设"}
KINDS = {"version": "同一计划的两个版本", "last_year": "两个年度的计划"}

_SHOWN = 44  # characters of a task in a list
_ROLE = {c.name: c.label for c in TABLE["tasks"].columns}


def told(made: Comparison, number: int | None = None) -> str:
    """The comparison in lines: counts, then every task that is not as it was.

    number  lines of tasks at most; None for all
    """
    lines = [
        f"{_paper(made.old)} → {_paper(made.new)}（{KINDS[made.kind]}）",
        f"  任务    旧 {len(made.old_tasks)} 项，新 {len(made.new_tasks)} 项：{counts(made)}",
        f"  时限    {moves(made) or '没有变动'}",
        f"  单位    {f'{moved} 处有增减' if (moved := sum(bool(link.units) for link in made.links)) else '没有变动'}",
        f"  章节    {_sections(made) or '没有变动'}",
    ]
    changes = list(_changes(made))
    lines += changes if number is None else changes[:number]
    if number is not None and len(changes) > number:
        lines.append(f"  …… 另有 {len(changes) - number} 项")
    return "\n".join(map(one_line, lines))


def counts(made: Comparison) -> str:
    """沿用 3，改写 2，合并 4 项为 2 项 …: old tasks by what became of them, and new ones."""
    olds: dict[str, set[str]] = {}
    news: dict[str, set[str]] = {}
    for link in made.links:
        olds.setdefault(link.relation, set()).add(link.old)
        news.setdefault(link.relation, set()).add(link.new)
    said = []
    for relation, word in RELATIONS.items():
        if relation in olds:
            before, after = len(olds[relation]), len(news[relation])
            many = relation in ("merged", "split")
            said.append(f"{word} {before} 项为 {after} 项" if many else f"{word} {max(before, after)}")
    return "，".join(said) or "没有任务"


def moves(made: Comparison) -> str:
    found = Counter[str](link.deadline for link in made.links)
    return "，".join(f"{MOVES[move]} {found[move]}" for move in MOVED if found[move])


def _sections(made: Comparison) -> str:
    found = Counter[str](link.relation for link in made.sections)
    return "，".join(f"{word} {found[r]}" for r, word in SECTIONS.items() if r != "same" and found[r])


def _paper(document: Row) -> str:
    return str(document["title"] or document["file_name"])


def _changes(made: Comparison) -> Iterator[str]:
    for link in made.links:
        moved = deadline_told(made, link) if link.deadline in MOVED else ""
        units = "；".join(units_told(link.units))
        # a day that rolled on with its plan is as it was
        if link.relation == "same" and link.deadline in ("none", "unchanged", "rolled") and not units:
            continue
        old, new = made.old_tasks.get(link.old), made.new_tasks.get(link.new)
        sides = "→".join(_place(t) for t in (old, new) if t)
        yield f"  {RELATIONS[link.relation]}  {sides}  {_short((new or old or {}).get('text'))}"
        if moved or units:
            yield f"        {'；'.join(filter(None, (moved, units)))}"


def place_told(task: Row) -> str:
    """第3项: how a reader finds a task again."""
    return f"第{task['label'].rstrip('.、．﹒')}项" if task["label"] else f"第{task['seq'] + 1}条"


_place = place_told


def _short(text: str | None) -> str:
    words = " ".join((text or "").split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def deadline_told(made: Comparison, link: Link) -> str:
    """时限推后：6月底前 → 9月底前; "" where a side is missing or nothing moved."""
    old, new = made.old_tasks.get(link.old), made.new_tasks.get(link.new)
    if not old or not new or link.deadline in ("none", "unchanged"):
        return ""
    return f"时限{MOVES[link.deadline]}：{_day(old)} → {_day(new)}"


def _day(task: Row) -> str:
    return " ".join((task["deadline_text"] or "").split()) or str(task["due_on"] or "无")


def units_told(units: Sequence[Units]) -> list[str]:
    """One phrase a role: what came, what went."""
    said = []
    for one in units:
        came = f"增{'、'.join(one.added)}" if one.added else ""
        went = f"减{'、'.join(one.removed)}" if one.removed else ""
        said.append(f"{_ROLE[f'{one.role}_units']}{'，'.join(filter(None, (came, went)))}")
    return said


def words_of(task: Row | None, stretches: Sequence[Stretch]) -> list[str]:
    """The words of some stretches of a task's text, each once."""
    text = task["text"] if task else ""
    return list(dict.fromkeys(" ".join(text[start:end].split()) for start, end in stretches))


def why_told(made: Comparison, link: Link) -> list[str]:
    """Why the link is what it is, a line a reason."""
    if link.why is None:
        return ["依据  另一份计划里没有一项任务与它有相同的用语"]
    why = link.why
    task = made.old_tasks.get(link.old) or made.new_tasks[link.new]
    lines = [f"{RELATIONS[link.relation]}  {place_told(task)}：{_short(task['text'])}"]
    if other := made.new_tasks.get(link.new) if link.old else None:
        lines.append(f"  新任务  {place_told(other)}：{_short(other['text'])}")
    if link.nearest:
        near = {**made.old_tasks, **made.new_tasks}[link.nearest]
        lines.append(f"依据  最接近的是{place_told(near)}“{_short(near['text'])}”，相似度 {why.text:.2f}，不够")
    else:
        lines.append(
            f"依据  用语相似度 {why.text:.2f}：旧任务的用语新任务有 {why.old_held:.0%}，反过来 {why.new_held:.0%}"
        )
    lines.append(f"      相同的词  {'、'.join(why.words) or '无'}")
    lines.append(f"      章节相似 {why.section:.2f}，单位相同 {why.units:.2f}，序号{'相同' if why.label else '不同'}")
    removed = words_of(made.old_tasks.get(link.old), link.wording.removed)
    added = words_of(made.new_tasks.get(link.new), link.wording.added)
    if removed:
        lines.append(f"      删去的词  {'、'.join(removed)}")
    if added:
        lines.append(f"      增加的词  {'、'.join(added)}")
    if moved := deadline_told(made, link):
        lines.append(f"      {moved}")
    return lines + [f"      {one}" for one in units_told(link.units)]
