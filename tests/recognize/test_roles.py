"""Roles: the words beside a list give it its role, and nothing else does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize.leads import first_leads
from pipeline.recognize.roles import role_parts_of, roles
from pipeline.rulefiles import load

BOOK = load()
cells = st.text(alphabet="区甲乙局牵头配合负责单位责任（）、，；：:会同指导参与按职责分工 \n★", max_size=60)
lists = st.lists(st.sampled_from(["区财政局", "区教育局", "县水利局", "市公安局"]), min_size=1, max_size=4, unique=True)
LEAD = ["牵头", "牵头负责", "牵头落实", "分别牵头", "共同牵头", "牵头组织实施", "主办", "为主"]
RESPONSIBLE = ["负责", "按职责分工负责", "按照职责分工", "分别负责", "各负其责", "承办", "具体实施", "依职责落实"]
SUPPORTING = ["配合", "参与", "协助", "协办", "积极配合", "参加", "按职责分工配合"]


def read(text: str, default: str = "responsible") -> list[tuple[str, str]]:
    return [(part.role, text[part.start : part.end]) for part in roles(text, BOOK, default)]


@given(
    first=lists,
    others=lists,
    leads=st.sampled_from(LEAD),
    does=st.sampled_from(RESPONSIBLE),
    stop=st.sampled_from("，；,;\n"),
)
def test_a_word_behind_a_list_gives_it_its_role(first, others, leads, does, stop):
    one, other = "、".join(first), "、".join(others)
    assert read(f"{one}{leads}{stop}{other}{does}") == [("lead", one), ("responsible", other)]


@given(first=lists, others=lists, helps=st.sampled_from(SUPPORTING), ends=st.sampled_from(["", "等", "等单位"]))
def test_those_who_help_are_supporting(first, others, helps, ends):
    one, other = "、".join(first), "、".join(others)
    [lead, support] = read(f"{one}牵头，{other}{ends}{helps}")
    assert lead == ("lead", one)
    assert support[0] == "supporting" and support[1].startswith(other)


@given(
    first=lists,
    others=lists,
    colon=st.sampled_from(["：", ":", "", " ", "： "]),
    between=st.sampled_from(["；", "，", "\n", " ", "", "。"]),
    words=st.sampled_from(
        [("牵头单位", "责任单位"), ("牵头部门", "落实部门"), ("主办单位", "承办单位"), ("牵头科室", "责任科室")]
    ),
)
def test_a_label_gives_its_list_a_role_whatever_parts_them(first, others, colon, between, words):
    one, other = "、".join(first), "、".join(others)
    text = f"{words[0]}{colon}{one}{between}{words[1]}{colon}{other}"
    assert read(text) == [("lead", one), ("responsible", other)]


@given(cells, st.sampled_from(["lead", "responsible", "supporting"]))
def test_parts_stand_inside_the_text_and_hold_words(text, default):
    for part in role_parts_of(text, BOOK, default):
        assert 0 <= part.start < part.end <= len(text)
        assert part.role in ("lead", "responsible", "supporting", "guiding", "person")
        assert any(c.isalnum() for c in text[part.start : part.end])


@pytest.mark.parametrize(
    ("text", "default", "parts"),
    [
        # a lead column that names who leads: the others do not
        ("区甲局（牵头）、区乙局", "lead", [("lead", "区甲局"), ("responsible", "区乙局")]),
        ("区甲局牵头，区乙局", "lead", [("lead", "区甲局"), ("responsible", "区乙局")]),
        ("区甲局、区乙局", "lead", [("lead", "区甲局、区乙局")]),
        # a bracket that belongs to a name, and one that states a role
        ("区甲局（区乙办）牵头", "responsible", [("lead", "区甲局（区乙办）")]),
        ("区甲局（区乙局、区丙局配合）", "responsible", [("responsible", "区甲局"), ("supporting", "区乙局、区丙局")]),
        ("（区甲局牵头，区乙局配合）", "responsible", [("lead", "区甲局"), ("supporting", "区乙局")]),
        # together
        ("区甲局会同区乙局负责", "responsible", [("lead", "区甲局"), ("responsible", "区乙局")]),
        ("区甲局牵头，会同区乙局", "responsible", [("lead", "区甲局"), ("responsible", "区乙局")]),
        ("市商务局、市工商联", "responsible", [("responsible", "市商务局、市工商联")]),
        ("商务部、海关总署负责", "responsible", [("responsible", "商务部、海关总署")]),
        # names that hold a word for a role
        ("区就业指导中心、县政协办", "responsible", [("responsible", "区就业指导中心、县政协办")]),
        ("市人民政府国有资产\n监督管理委员会", "lead", [("lead", "市人民政府国有资产\n监督管理委员会")]),
        ("各责任单位", "responsible", [("responsible", "各责任单位")]),
        # what is done is no unit
        (
            "区甲局负责项目申报，区乙局负责资金保障",
            "responsible",
            [("responsible", "区甲局"), ("responsible", "区乙局")],
        ),
        ("市甲局指导区乙局参与", "responsible", [("guiding", "市甲局"), ("supporting", "区乙局")]),
        # persons are no units
        ("责任单位：区甲局；责任人：张三", "responsible", [("responsible", "区甲局")]),
        # a label for both
        ("牵头单位和责任单位：区甲局", "responsible", [("lead", "区甲局"), ("responsible", "区甲局")]),
    ],
)
def test_a_cell_of_roles_is_read_as_a_clerk_reads_it(text, default, parts):
    assert read(text, default) == parts


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("税务总局、财政部负责，排在第一位的部门为牵头部门，下同", "first"),
        ("注：责任单位中列第一位的为牵头单位。", "first"),
        ("各项任务排名首位的责任单位为牵头单位", "first"),
        ("第一责任单位为牵头单位", "first"),
        ("无牵头单位的，责任单位即为牵头单位，下同", "all"),
        ("把安全摆在第一位，各牵头单位要加强统筹", None),
        ("牵头单位要充分发挥作用", None),
    ],
)
def test_the_rule_on_the_lead_is_found_where_it_is_said(text, leads):
    found = first_leads(text, BOOK)
    assert (found.leads if found else None) == leads


@pytest.mark.parametrize("shape", ["牵头", "责任单位：", "（区财政局牵头", "(", ")", "区甲局牵头，区乙局配合；", "★"])
def test_the_cost_grows_with_the_text(shape):
    def seconds(times: int) -> float:
        text = shape * times
        best = 9.0
        for _ in range(3):
            begin = time.perf_counter()
            roles(text, BOOK, "lead")
            best = min(best, time.perf_counter() - begin)
        return best

    roles(shape, BOOK, "lead")
    assert seconds(1600) < 12 * max(seconds(400), 0.002)
