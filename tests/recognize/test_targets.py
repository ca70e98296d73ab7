"""Targets: comparator, exact value, measure and subject; slogans, dates and numbers of items are none."""

from __future__ import annotations

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize.citations import masks
from pipeline.recognize.targets import targets
from pipeline.rulefiles import load

BOOK = load()


def found(text: str) -> list[tuple]:
    """(comparator, value, upper end, measure, subject) of each target outside the citations."""
    return [
        (
            t.comparator,
            None if t.value is None else str(t.value),
            None if t.value_high is None else str(t.value_high),
            t.measure,
            text[slice(*t.subject)] if t.subject else None,
        )
        for t in targets(text, BOOK, masks(text, BOOK))
    ]


AS_WRITTEN = [
    ("确保合格率稳定在97%以上。", [("ge", "97", None, "%", "合格率")]),
    ("公开比例不得低于80%", [("ge", "80", None, "%", "公开比例")]),
    ("每年选拔资助不少于100名青年科技人员", [("ge", "100", None, "名", "青年科技人员")]),
    ("博士后研究人员不少于400名。", [("ge", "400", None, "名", "博士后研究人员")]),
    ("全国农机总动力超过10亿千瓦", [("gt", "10", None, "亿千瓦", "农机总动力")]),
    ("城镇调查失业率控制在5.5%以内", [("le", "5.5", None, "%", "城镇调查失业率")]),
    ("担保费率原则上不超过1.5%", [("le", "1.5", None, "%", "担保费率")]),
    ("平均费率逐步降至1%以下", [("le", "1", None, "%", "平均费率")]),
    ("差错率低于0.1%", [("lt", "0.1", None, "%", "差错率")]),
    ("机械化率总体达到50%左右", [("approx", "50", None, "%", "机械化率")]),
    ("投资约15.6亿元", [("approx", "15.6", None, "亿元", "投资")]),
    ("完成回用水量1700多万吨", [("approx", "1700", None, "万吨", "回用水量")]),
    ("研发投入强度提高到2.8%—3.0%", [("eq", "2.8", "3.0", "%", "研发投入强度")]),
    ("举办3-5场专场招聘会", [("eq", "3", "5", "场", "专场招聘会")]),
    ("发起总规模30至50亿元的基金", []),
    ("示范基地由10个增加到20个", [("eq", "20", None, "个", "示范基地")]),
    ("覆盖率从原来的80%提高到95%以上", [("ge", "95", None, "%", "覆盖率")]),
    ("公开率提高5个百分点", [("eq", "5", None, "个百分点", "公开率")]),
    ("污染物排放总量压减10%", [("eq", "10", None, "%", "污染物排放总量")]),
    ("办理时限压缩至3个工作日", [("eq", "3", None, "个工作日", "办理时限")]),
    ("每千人口拥有托位数达到4.5个", [("eq", "4.5", None, "个", "每千人口拥有托位数")]),
    ("补助标准提高到每人每年610元", [("eq", "610", None, "元", "补助标准")]),
    ("新建高标准农田30万亩。", [("eq", "30", None, "万亩", "高标准农田")]),
    (
        "建设50所高水平学校和150个骨干专业",
        [("eq", "50", None, "所", "高水平学校"), ("eq", "150", None, "个", "骨干专业")],
    ),
    (
        "选拔教育专家10名、名校长100名、名教师200名。",
        [
            ("eq", "10", None, "名", "教育专家"),
            ("eq", "100", None, "名", "名校长"),
            ("eq", "200", None, "名", "名教师"),
        ],
    ),
    ("机械化率分别达到65%和55%", [("eq", "65", None, "%", "机械化率"), ("eq", "55", None, "%", "机械化率")]),
    ("新兴产业增加值占地区生产总值的11%", [("eq", "11", None, "%", "新兴产业增加值")]),
    ("专题培训至少两次", [("ge", "2", None, "次", "专题培训")]),
    ("参训率百分之九十以上", [("ge", "90", None, "%", "参训率")]),
    ("须有三分之二以上委员出席", [("ge", "2", None, "1/3", "委员出席")]),
    ("一般公共预算收入达到1,234.50亿元", [("eq", "1234.50", None, "亿元", "一般公共预算收入")]),
    ("整改率100%", [("all", "100", None, "%", "整改率")]),
    ("办结率达到１００％", [("eq", "100", None, "%", "办结率")]),
    ("实现乡镇政务公开专区全覆盖", [("all", None, None, None, "乡镇政务公开专区")]),
    ("基本消除重污染天气", [("approx", None, None, None, "重污染天气")]),
    ("地区生产总值翻一番", [("eq", "2", None, "倍", "地区生产总值")]),
]


@pytest.mark.parametrize(("text", "want"), AS_WRITTEN)
def test_a_target_says_how_much_of_what(text, want):
    assert found(text) == want


NONE = [
    "推进“1+2+N”行动，深化“三同步”“633”工程",
    "拨打12345热线、24365平台，参加G20、H5、5G、3·15活动",
    "第6版诊疗方案、第三批清单、第十五届运动会",
    "落实两不愁三保障，推行一网通办、一件事一次办",
    "按照DB35/T 1792-2018和国发〔2021〕12号执行",
    "一是加强领导，（十一）强化保障，22. 及时更新",
    "2022年6月30日前，十四五期间，二〇二一年",
    "对年收入500万元以上的企业、35岁以下青年、亿元以上项目开展辅导",
    "围绕4个方面、19个重点领域，共23项",
    "次均费用=门诊收入/门诊人次数×100%",
    "培育一批龙头企业，打造一个平台",
    "不少于规定次数",
]


@pytest.mark.parametrize("text", NONE)
def test_slogans_names_dates_and_conditions_are_no_targets(text):
    assert found(text) == []


def test_an_amount_in_a_measure_that_no_rule_lists_is_no_target():
    assert found("培训达到30碗以上") == []
    assert found("达到0.123456789毫克/升") == []  # more than the tables can hold exactly


def test_a_time_that_is_aimed_at_is_a_target_and_no_deadline(book, regions):
    from pipeline.stages import plan
    from tests.papers import paper

    text = "行政许可办理时限由20个工作日压缩至5个工作日以内，结果3个工作日内公开。"
    made = plan(paper("关于印发要点的通知", "各乡镇：", text), book, regions)
    assert [(t["text"], t["value"]) for t in made.rows["targets"]] == [("由20个工作日压缩至5个工作日以内", Decimal(5))]
    assert [d["text"] for d in made.rows["deadlines"]] == ["3个工作日内"]


amounts = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
FORMS = [
    ("不少于{}", "ge"),
    ("达到{}以上", "ge"),
    ("不超过{}", "le"),
    ("控制在{}以内", "le"),
    ("超过{}", "gt"),
    ("低于{}", "lt"),
    ("约{}", "approx"),
    ("达到{}左右", "approx"),
    ("达到{}", "eq"),
    ("提高到{}", "eq"),
]
measures = st.sampled_from(["%", "个", "万元", "亿元", "公里", "万平方米", "家", "名", "个百分点", "吨标煤"])


@given(amounts, measures, st.sampled_from(FORMS), st.booleans())
def test_any_amount_comes_back_exact_in_any_form(value, measure, form, wide):
    said = f"{value}{measure}"
    said = said.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％")) if wide else said
    text = f"其中重点指标{form[0].format(said)}。"
    [target] = targets(text, BOOK)
    assert (target.comparator, target.value, target.measure) == (form[1], value, measure)
    assert text[target.start : target.end] == form[0].format(said)


@given(st.text("不少于达到超过以上左右由至建设完成个名%亿元一二三百分之0123456789.,-—、和每人年 （）", max_size=60))
def test_targets_lie_in_the_text_in_order_and_never_overlap(text):
    mentions = targets(text, BOOK)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert all(m.value is None or m.value.is_finite() for m in mentions)


@given(st.text("不少于达到超过以上建设完成个名%0123456789.", max_size=40), st.integers(0, 40), st.integers(1, 40))
def test_no_target_touches_what_is_taken(text, start, length):
    taken = (start, start + length)
    assert not [m for m in targets(text, BOOK, [taken]) if m.start < taken[1] and taken[0] < m.end]


@pytest.mark.parametrize(
    "sign", ["1", "1,", "一", "百分之", "不少于", "不少于1个", "100名、", "完成甲", "占", "1-", "由10个增加到"]
)
def test_a_long_repeat_takes_time_in_proportion_to_its_length(sign):
    def least(text: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            targets(text, BOOK)
            times.append(time.process_time() - start)
        return min(times)

    short, long = (least(sign * (n // len(sign))) for n in (4000, 16000))
    assert long < 0.05 or long < 10 * short
