"""One list of tasks in every layout that offices use comes back as the same list."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages import plan
from tests.papers import paper

STEMS = [
    "推进政府网站集约化建设",
    "公开财政预决算信息",
    "编制公共资源目录",
    "完善便民服务设施",
    "开展政策解读",
    "整治背街小巷",
]
TAILS = ["，提升服务水平。", "，方便群众办事；健全长效机制。", "。", "，做到应公开尽公开。"]
NAMES = ["区发改局", "区财政局", "区教育局", "区住建局", "区卫健局", "区审批局", "区民政局", "区司法局"]

TASK = st.tuples(
    st.sampled_from(STEMS),
    st.sampled_from(TAILS),
    st.integers(1, 99),
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True),
    st.integers(1, 12),
)


def tasks_of(drawn):
    """(text, lead, responsible, deadline as printed, last good day)"""
    last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return [
        (f"{stem}{number}项{tail}", names[0], names[1:], f"{month}月底前", date(2023, month, last[month - 1]))
        for stem, tail, number, names, month in drawn
    ]


def table(tasks):
    rows = [[str(n), text, lead, "、".join(others), due] for n, (text, lead, others, due, _) in enumerate(tasks, 1)]
    return paper("2023年工作要点任务分解表", [["序号", "工作任务", "牵头单位", "责任单位", "完成时限"], *rows])


def merged_table(tasks):
    # the section cell reaches down over all rows, the number column has no header word
    head = ["类别", ("工作任务", 1, 2), "牵头部门", "责 任 部 门", "时限要求"]
    rows = [
        [("优化服务", len(tasks), 1) if n == 1 else None, str(n), text, lead, "\n".join(others), due]
        for n, (text, lead, others, due, _) in enumerate(tasks, 1)
    ]
    return paper("2023年工作要点任务分解表", [head, *rows])


def cards(tasks):
    made = [
        [["任务内容", text], ["牵头单位", lead], ["责任单位", "、".join(others)], ["完成时限", due]]
        for text, lead, others, due, _ in tasks
    ]
    return paper("2023年工作要点任务卡", *made)


def brackets(tasks):
    items = [
        f"{n}.{text}（{lead}牵头，{'、'.join(others)}按职责分工负责，{due}完成）"
        for n, (text, lead, others, due, _) in enumerate(tasks, 1)
    ]
    return paper("2023年工作要点", "一、重点任务", *items)


def labels(tasks):
    lines = []
    for n, (text, lead, others, due, _) in enumerate(tasks, 1):
        lines += [f"{n}.{text}", f"牵头单位：{lead}", f"责任单位：{'、'.join(others)}", f"完成时限：{due}"]
    return paper("2023年工作要点", "一、重点任务", *lines)


def one_cell_a_line(tasks):
    cells = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
    for n, (text, lead, others, due, _) in enumerate(tasks, 1):
        cells += [str(n), text, lead, "、".join(others), due]
    return paper("2023年工作要点任务分解表", *cells)


def read(doc, book, regions):
    return [
        (t["text"], t["lead_units"], t["responsible_units"], t["due_on"])
        for t in plan(doc, book, regions).rows["tasks"]
    ]


@pytest.mark.parametrize("layout", [table, merged_table, cards, brackets, labels, one_cell_a_line])
@given(drawn=st.lists(TASK, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_the_tasks_come_back_from_every_layout(layout, drawn, book, regions):
    tasks = tasks_of(drawn)
    got = read(layout(tasks), book, regions)
    bare = [(text.rstrip("。"), lead, others, due) for text, lead, others, due in got]
    assert bare == [(text.rstrip("。"), [lead], others, due) for text, lead, others, _, due in tasks]
