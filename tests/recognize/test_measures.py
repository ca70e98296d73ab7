"""Measures: verb and object of each clause and how binding it is; what leads to a duty belongs to it."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize.measures import measures
from pipeline.rulefiles import load

BOOK = load()


def duties(text: str) -> list[tuple[str, str]]:
    return [(m.action, m.object) for m in measures(text, BOOK)]


ONE = [
    ("进一步积极稳妥推进重点领域信息公开", ("推进", "重点领域信息公开")),
    ("切实加快推动政策红利转化", ("推动", "政策红利转化")),
    ("着力规范环境管理登记", ("规范", "环境管理登记")),
    ("认真落实政策解读“三同步”要求", ("落实", "政策解读“三同步”要求")),
    ("严格执行信息公开制度", ("执行", "信息公开制度")),
    ("建立健全动态更新工作机制", ("建立健全", "动态更新工作机制")),
    ("优化提升政策解读平台作用", ("优化提升", "政策解读平台作用")),
    ("加强对困难行业的帮扶", ("加强", "困难行业的帮扶")),
    ("将政务公开工作纳入绩效考核", ("纳入", "政务公开工作")),
    ("把评审和引进自主权下放给地方高校", ("下放", "评审和引进自主权")),
    ("通过举办培训班推广先进经验", ("推广", "先进经验")),
    ("定期对相关产品有害物质含量进行抽检", ("抽检", "相关产品有害物质含量")),
    ("对获奖单位予以表彰", ("表彰", "获奖单位")),
    ("为市场主体健康发展营造良好环境", ("营造", "良好环境")),
    ("各部门要加强统筹协调", ("加强", "统筹协调")),
    ("重点监管单位应严格控制有毒物质排放", ("控制", "有毒物质排放")),
    ("排放污染物的企业应采取污染控制措施", ("采取", "污染控制措施")),
    ("2023年底前完成首轮调查", ("完成", "首轮调查")),
    ("启动县图书馆新馆建设", ("启动", "县图书馆新馆建设")),
    ("新建2座人行天桥", ("新建", "2座人行天桥")),
    ("用好12345热线", ("用好", "12345热线")),
    ("嚴格執行權力清單", ("執行", "權力清單")),
    ("知识产权案件“三合一”审判", ("", "")),
    ("政府信息公开工作年度报告", ("", "")),
]


@pytest.mark.parametrize(("text", "want"), ONE)
def test_the_verb_of_a_clause_and_its_object(text, want):
    assert duties(text) == [want]


def test_what_leads_to_a_duty_belongs_to_its_clause():
    text = "聚焦环境治理重点领域，持续加大信息公开力度；依托现有网络，结合调查情况，全面摸排重点行业，摸清底数。"
    assert [text[m.start : m.end] for m in measures(text, BOOK)] == [
        "聚焦环境治理重点领域，持续加大信息公开力度",
        "依托现有网络，结合调查情况，全面摸排重点行业",
        "摸清底数",
    ]
    assert duties(text) == [("加大", "信息公开力度"), ("摸排", "重点行业"), ("摸清", "底数")]


def test_a_list_that_goes_on_stays_with_its_verb():
    text = "加强东溪、西溪等小流域，新兴产业园等园区的监测，严肃查处违法行为"
    assert duties(text)[-1] == ("查处", "违法行为")
    assert len(duties(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "落实“强化监管，优化服务；提升效能”要求",
        "按照《关于做好公开，加强解读的通知》办理",
        "做好重点人群（加强排查，落实责任。发现问题及时报告）服务",
        "健全“省负总责、市县抓落实，加强考核”机制",
    ],
)
def test_nothing_is_cut_inside_brackets_quotation_marks_and_titles(text):
    [measure] = measures(text, BOOK)
    assert text[measure.start : measure.end] == text


def test_a_mark_without_its_partner_closes_nothing():
    assert len(measures("加强“监管，优化服务。提升效能（一，做好保障。", BOOK)) == 4


BINDING = [
    ("各部门必须按时完成任务", "must"),
    ("完善公开制度", "must"),
    ("各单位要加强统筹", "should"),
    ("信息公开应当及时准确", "should"),
    ("各县可结合实际制定细则", "may"),
    ("可以采取座谈会形式", "may"),
    ("不得泄露国家秘密", "must_not"),
    ("严禁弄虚作假", "must_not"),
    ("坚决杜绝形式主义", "must_not"),
    ("避免对企业正常经营产生影响", "must_not"),
    ("探索建立容错机制", "explore"),
    ("鼓励企业参与标准制定", "explore"),
    ("公开比例不得低于80%", "must"),
    ("落实禁止进口货物目录管理要求", "must"),
    ("对大胆探索的县，优先安排资金", "must"),
    ("各部门要按照职责分工，做好保障工作", "should"),
    ("强化要素保障，推广应用场景", "must"),
    ("推动可持续发展", "must"),
]


@pytest.mark.parametrize(("text", "want"), BINDING)
def test_a_word_of_obligation_binds_the_verb_behind_it(text, want):
    assert {m.obligation for m in measures(text, BOOK)} == {want}


@given(st.text("加强推进对将把要应不得可，。；：（）“”《》、\n信息公开工作的了进一步12年底前A", max_size=60))
def test_clauses_lie_in_the_text_in_order_and_their_words_are_its_own(text):
    found = measures(text, BOOK)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for m in found:
        assert m.action in text[m.start : m.end]
        assert m.object in text[m.start : m.end]


@given(st.lists(st.sampled_from(["加强监管", "推进公开", "做好解读", "完善制度"]), min_size=1, max_size=6))
def test_duties_in_a_row_come_apart_into_as_many_clauses(parts):
    text = "，".join(parts)
    assert [text[m.start : m.end] for m in measures(text, BOOK)] == parts


@pytest.mark.parametrize("sign", ["（", "“", "，", "将", "对", "加强，", "A", "1,", "1+", "《〈", "不得"])
def test_a_long_repeat_takes_time_in_proportion_to_its_length(sign):
    def least(text: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            measures(text, BOOK)
            times.append(time.process_time() - start)
        return min(times)

    short, long = (least(sign * (n // len(sign))) for n in (4000, 16000))
    assert long < 0.05 or long < 10 * short
