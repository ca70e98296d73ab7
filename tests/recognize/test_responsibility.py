"""Responsibility in running text: the whole stretch is found, and words that only sound like it are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.recognize.responsibility import responsibility
from pipeline.recognize.units import units
from pipeline.rulefiles import load

BOOK = load()
TASK = "推进高标准农田建设，强化农业科技支撑。"
lists = st.lists(
    st.sampled_from(["省财政厅", "市教育局", "各县（市、区）人民政府", "团市委"]), min_size=1, max_size=4, unique=True
)
texts = st.text(alphabet="区甲乙局牵头负责责任单位（）()【】、，；：:。月底前完成6下同时限 \n", max_size=80)
opens = st.sampled_from("（(【")
closes = st.sampled_from("）)】")


def stretches(text: str) -> list[str]:
    return [text[one.start : one.end] for one in responsibility(text, BOOK)]


def who(text: str) -> list[tuple[str, str]]:
    return [
        (part.role, "".join(text[part.start + u.start : part.start + u.end].split()))
        for one in responsibility(text, BOOK)
        for part in one.parts
        for u in units(text[part.start : part.end], BOOK)
    ]


def due(text: str) -> list[str]:
    return [text[a:b] for one in responsibility(text, BOOK) for a, b in one.deadlines]


@given(leads=lists, others=lists, opened=st.sampled_from("（("), closed=st.sampled_from("）)"))
def test_a_bracket_at_the_end_is_cut_whole_however_it_is_opened_and_closed(leads, others, opened, closed):
    bracket = f"{opened}{'、'.join(leads)}牵头，{'、'.join(others)}按职责分工负责{closed}"
    text = TASK + bracket
    assert stretches(text) == [bracket]
    assert who(text) == [*(("lead", n) for n in leads), *(("responsible", n) for n in others)]


@given(names=lists, said=st.sampled_from(["6月底前完成", "2022年底前", "长期坚持", "2022年12月底前全部完成"]))
def test_the_last_item_of_a_bracket_may_be_its_deadline(names, said):
    text = f"{TASK}（{'、'.join(names)}负责，{said}）"
    assert due(text) == [said]
    assert who(text) == [("responsible", name) for name in names]


@given(
    leads=lists,
    others=lists,
    between=st.sampled_from(["；", "\n", " ", "。", ""]),
    label=st.sampled_from(["完成时限", "时限要求", "完成时间"]),
)
def test_labels_one_after_another_are_one_statement(leads, others, between, label):
    said = f"牵头单位：{'、'.join(leads)}{between}责任单位：{'、'.join(others)}{between}{label}：2022年11月底前"
    text = f"{TASK}{said}。"
    assert "".join(stretches(text)) == f"{said}。"
    assert due(text) == ["2022年11月底前"]
    assert who(text) == [*(("lead", n) for n in leads), *(("responsible", n) for n in others)]


@given(texts)
@example("（")
@example("责任单位：")
@example("（责任单位：责任单位：）")
def test_stretches_are_in_order_apart_and_hold_their_parts(text):
    place = 0
    for one in responsibility(text, BOOK):
        assert place <= one.start < one.end <= len(text)
        for part in one.parts:
            assert one.start <= part.start < part.end <= one.end
        for start, end in one.deadlines:
            assert one.start <= start < end <= one.end
        place = one.end


@pytest.mark.parametrize(
    "text",
    [
        "（责任单位：区甲局、区乙局）",
        "（牵头单位：市甲局，配合单位：市乙局、市丙局，各区、县级市）",
        "(牵头单位:州甲局;责任单位:州乙局、州委编办及州直相关单位,6月底完成)",
        "（区甲局牵头负责;各片区负责配合落实，以下均需各片区配合落实，不再列出）",
        "（税务总局、财政部负责，排在第一位的部门为牵头部门，下同）",
        "（责任部门：市规划资源局、市交通委（市道运局）、市气象局）",
        "责任处室：党政办公室、经济发展处（财金组）",
        "责任单位：省政府各部门、各直属机构，各设区市人民政府。",
        "该目标责任单位为市经委。",
        "4项目标的责任单位均为市发展改革委。",
        "（区甲局、区乙局）",
        "省甲厅牵头，省乙厅配合。",
        "（由区甲局负责）",
        "4項(xiàng)目標(biāo)的責(zé)任單位均為市發(fā)展改革委。",
        "該目標(biāo)責(zé)任單位為市經(jīng)委(wěi)。",
    ],
)
def test_every_form_is_cut_whole(text):
    assert stretches(TASK + text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "分别负责院校外、院校内证书的实施（技工院校内由人力资源社会保障行政部门负责），国务院教育行政部门备案。",
        "充分发挥由农业农村部、工业和信息化部牵头的国家农业机械化发展协调推进机制作用，破解发展难题。",
        "关键岗位设专人分别负责，做到责任到人。",
        "《优化营商环境条例》（以下简称《条例》）施行后，各级政府认真贯彻。",
        "建设充电桩（含换电站）5000个。",
        "按照任务分工（见附件）抓好落实。",
        "（一）强化组织领导",
        "明确责任单位：要压实各级责任，形成工作合力。",
        "各牵头单位要加强统筹协调，各责任单位要密切配合。",
        "鼓励社会资本（PPP）参与，企业负责运营。",
        "各地区要高度重视，主要负责人亲自抓，分管负责人具体抓。",
        "对超过3个月的事项（涉及群众切身利益的）及时办理。",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text):
    assert stretches(text) == []


@pytest.mark.parametrize(
    "shape",
    [
        "责任单位：",
        "（区财政局负责）",
        "（区财政局",
        "(",
        ")",
        "。",
        "责任单位：区甲局，",
        "完成时限：",
        "1.责任单位：区甲局",
    ],
)
def test_the_cost_grows_with_the_text(shape):
    def seconds(times: int) -> float:
        text = shape * times
        best = 9.0
        for _ in range(3):
            begin = time.perf_counter()
            responsibility(text, BOOK)
            best = min(best, time.perf_counter() - begin)
        return best

    responsibility(shape, BOOK)
    assert seconds(800) < 12 * max(seconds(200), 0.002)
