"""A plan of the next year (or a second version) made from a real one by a list of operations, with the true relations.

Works on the rows of a plan: keep, reword (three strengths), merge, split, drop, add, and what moves beside the words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.plan import Plan

# words that offices use for one another; only for making test data
SYNONYMS = [
    ("加强", "强化"), ("推进", "推动"), ("完善", "健全"), ("开展", "组织"), ("建立", "构建"), ("及时", "第一时间"),
    ("提高", "提升"), ("落实", "贯彻"), ("做好", "抓好"), ("加大", "增强"), ("进一步", "持续"), ("全面", "整体"),
    ("规范", "统一"), ("确保", "保证"), ("积极", "主动"), ("发布", "公布"), ("制定", "编制"), ("严格", "从严"),
    ("深入", "扎实"), ("优化", "改进"), ("重点", "关键"), ("工作", "事项"), ("按照", "依照"), ("促进", "助推"),
    ("支持", "扶持"), ("鼓励", "引导"), ("探索", "尝试"), ("实施", "施行"), ("完成", "实现"), ("加快", "加速"),
    ("相关", "有关"), ("监督", "督促"), ("管理", "管控"), ("检查", "核查"), ("公开", "公示"), ("建设", "打造"),
    ("信息", "资料"), ("企业", "经营主体"), ("群众", "居民"), ("培训", "轮训"), ("宣传", "宣讲"), ("机制", "制度"),
]  # fmt: skip
INSERTS = [
    "进一步压实责任", "确保取得实效", "形成长效机制", "定期通报进展情况", "主动接受社会监督", "加强部门协同联动",
    "持续提升工作质量", "切实增强群众获得感", "逐项明确责任分工", "强化全过程跟踪问效",
]  # fmt: skip
CLAUSE = re.compile(r"[^，；。;,\n]+[，；。;,\n]*")


@dataclass
class Truth:
    """For every new task its relation and old partners (by place), and the old tasks that were dropped."""

    new: list[tuple[str, frozenset[int]]] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)


def next_year(plan: Plan, strangers: Sequence[dict[str, Any]], seed: int, roll: bool = True) -> tuple[Plan, Truth]:
    """The plan of the next year and what became of every task.

    strangers   tasks of other plans, to be added
    """
    rng = random.Random(seed)
    tasks = [dict(t) for t in plan.rows["tasks"]]
    year = plan.rows["documents"][0]["plan_year"]
    step = 1 if roll and year else 0
    made: list[tuple[dict[str, Any], str, frozenset[int]]] = []
    truth = Truth()
    used: set[int] = set()
    for i, task in enumerate(tasks):
        if i in used:
            continue
        clauses = CLAUSE.findall(task["text"])
        draw = rng.random()
        if draw < 0.34:
            made.append((_moved(task, rng), "same", frozenset({i})))
        elif draw < 0.62:
            text = reworded(task["text"], rng.randint(1, 3), rng)
            relation = "same" if text == task["text"] else "reworded"
            made.append((_moved({**task, "text": text}, rng), relation, frozenset({i})))
        elif draw < 0.74 and (other := _partner(i, len(tasks), used, rng)) is not None:
            first, second = task, tasks[other]
            used.add(other)
            text = f"{first['text'].rstrip('。；;')}；{second['text']}"
            if rng.random() < 0.5:
                text = reworded(text, 1, rng)
            roles = ("lead_units", "responsible_units", "supporting_units")
            units = {r: list(dict.fromkeys((*(first[r] or ()), *(second[r] or ())))) for r in roles}
            made.append(({**first, "text": text, **units}, "merged", frozenset({i, other})))
        elif draw < 0.84 and len(clauses) > 1:
            lengths = [len("".join(clauses[:k])) for k in range(len(clauses) + 1)]
            cuts = [k for k in range(1, len(clauses)) if lengths[k] >= 8 and lengths[-1] - lengths[k] >= 8]
            if not cuts:
                made.append((task, "same", frozenset({i})))
            else:
                cut = rng.choice(cuts)
                parts = ["".join(part) for part in (clauses[:cut], clauses[cut:])]
                for part in [reworded(p, 1, rng) for p in parts] if rng.random() < 0.5 else parts:
                    made.append(({**task, "text": part}, "split", frozenset({i})))
        elif draw < 0.94:
            truth.dropped.add(i)
        else:
            made.append((task, "same", frozenset({i})))
    for stranger in rng.sample(list(strangers), min(len(strangers), max(1, len(tasks) // 8))):
        place = rng.randint(0, len(made))
        made.insert(place, ({**stranger, "section_path": made[place - 1][0]["section_path"]}, "new", frozenset()))
    made = _reordered(made, rng)
    document = {**plan.rows["documents"][0], "document_id": f"{seed:016x}"}
    if year:
        document["plan_year"] = year + step
        document["plan_key"] = _rolled(document.get("plan_key"), year, step)
    rows = []
    for number, (task, relation, olds) in enumerate(made):
        truth.new.append((relation, olds))
        rows.append(
            {
                **task,
                "task_id": f"{seed:016x}-t{number:04}",
                "document_id": f"{seed:016x}",
                "seq": number,
                "label": str(number + 1),
                "text": _rolled(task["text"], year, step),
                "deadline_text": _rolled(task["deadline_text"], year, step),
                "due_on": _next(task["due_on"], step),
                "section_path": _rolled(task["section_path"], year, step),
            }
        )
    return Plan({**plan.rows, "documents": [document], "tasks": rows, "links": []}), truth


def _partner(place: int, count: int, used: set[int], rng: random.Random) -> int | None:
    # mostly the next task, now and then one further on
    other = place + 1 if rng.random() < 0.7 else place + rng.randint(2, 6)
    return other if other < count and other not in used else None


def reworded(text: str, strength: int, rng: random.Random) -> str:
    """The text with other words: 1 synonyms, 2 more of them and another order of clauses, 3 clauses in and out too."""
    clauses = CLAUSE.findall(text) or [text]
    if strength >= 2 and len(clauses) > 2:
        k = rng.randrange(len(clauses) - 1)
        clauses[k], clauses[k + 1] = clauses[k + 1], clauses[k]
    if strength >= 3:
        if len(clauses) > 3:
            del clauses[rng.randrange(len(clauses))]
        clauses.insert(rng.randint(0, len(clauses)), rng.choice(INSERTS) + "，")
    out = "".join(clauses)
    found = [pair for pair in SYNONYMS if pair[0] in out]
    for one, other in rng.sample(found, min(len(found), (2, 5, 99)[strength - 1])):
        out = out.replace(one, other, 1)
    return out


def _moved(task: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    # a deadline a quarter later, a unit more or less: neither changes what the task is
    draw = rng.random()
    if draw < 0.15 and task["due_on"] and task["due_on"].month <= 9:
        day = task["due_on"]
        task = {
            **task,
            "due_on": date(day.year, day.month + 3, min(day.day, 28)),
            "deadline_text": f"{day.month + 3}月底前",
        }
    elif draw < 0.3 and len(task["responsible_units"] or ()) > 1:
        task = {**task, "responsible_units": task["responsible_units"][1:]}
    return task


def _reordered(made: list[Any], rng: random.Random) -> list[Any]:
    if rng.random() < 0.5:
        return made
    sections = list(dict.fromkeys(task["section_path"] for task, *_ in made))
    rng.shuffle(sections)
    return sorted(made, key=lambda m: sections.index(m[0]["section_path"]))


def _rolled(text: str | None, year: int | None, step: int) -> str | None:
    if not (text and year and step):
        return text
    return re.sub(
        r"(?<!\d)(20\d\d)(?!\d)", lambda m: str(int(m[1]) + step) if abs(int(m[1]) - year) <= 1 else m[1], text
    )


def _next(day: date | None, step: int) -> date | None:
    return day and day.replace(year=day.year + step, day=min(day.day, 28) if day.month == 2 else day.day)


def lookalikes(seed: int, count: int = 60) -> Plan:
    """A plan whose tasks are worded nearly alike: the same phrases around a few words of their own."""
    rng = random.Random(seed)
    matters = [f"{a}{b}" for a in _MATTERS_A for b in _MATTERS_B]
    rng.shuffle(matters)
    rows = []
    for n in range(count):
        text = rng.choice(_FRAMES).format(matters[n], rng.choice(_MATTERS_B), rng.choice(INSERTS))
        unit = rng.choice(("区发展改革局", "区住建局", "区教育局", "区民政局"))
        rows.append(
            {
                "task_id": f"{seed:08x}00000000-t{n:04}",
                "document_id": f"{seed:08x}00000000",
                "seq": n,
                "label": str(n + 1),
            }
            | {"origin": "table", "section_id": None, "section_path": f"第{n // 15 + 1}部分", "text": text}
            | {"lead_units": [], "responsible_units": [unit], "supporting_units": [], "deadline_text": "持续推进"}
            | {"deadline_kind": "ongoing", "due_on": None, "starts_on": None, "is_ongoing": True, "recurrence": None}
        )
    document = {"document_id": f"{seed:08x}00000000", "plan_year": 2022, "plan_key": "130607-2022-重点任务"}
    return Plan({"documents": [document], "tasks": rows, "links": [], "sections": [], "deadlines": []})


_MATTERS_A = ["农村道路", "城镇供水", "养老服务", "义务教育", "社会救助", "公共卫生"]
_MATTERS_A += ["食品安全", "生态环境", "安全生产", "财政预算", "土地征收", "住房保障"]
_MATTERS_B = ["信息公开", "设施改造", "专项整治", "示范创建", "数据共享"]
_MATTERS_B += ["人员培训", "标准制定", "资金监管", "执法检查", "项目建设"]
_FRAMES = (
    "进一步推进{0}工作，加强组织领导，完善工作机制，{2}。",
    "持续做好{0}工作，进一步推进各项任务落实，{2}；及时报送工作进展情况。",
    "加强{0}和{1}工作，进一步完善制度，压实工作责任，确保各项工作落到实处。",
)
