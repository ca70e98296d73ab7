"""Units: any two that are known come apart, however they are written together; spans read back; persons are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipeline.recognize.units import persons, units
from pipeline.rulebook import names_of
from pipeline.rulefiles import load

BOOK = load()
# bodies whose names hold a level themselves, or mean a place: with another level before them they say nothing
ODD = {"youth", "youth-league", "hightech-zone", "economic-zone", "organs-committee"}
LOCAL = sorted(
    name
    for rule in BOOK.of("unit")
    if rule.get("level") != "national" and rule.get("kind") != "party" and rule.id not in ODD
    for name in names_of(rule)
)
LEVELS = ["省", "市", "县", "区", "州"]
names = st.sampled_from(LOCAL)
levels = st.sampled_from(LEVELS)
cells = st.text(alphabet="区县市省各乡镇政府教育局办公室和及、，；。（）()\n 　张三负责人的等", max_size=60)


def read(text: str, known: frozenset[str] = frozenset()) -> list[str]:
    return ["".join(text[u.start : u.end].split()) for u in units(text, BOOK, known)]


@given(level=levels, one=names, other=names)
def test_two_known_units_written_together_come_apart(level, one, other):
    assert read(f"{level}{one}{level}{other}") == [f"{level}{one}", f"{level}{other}"]


@given(level=levels, one=names, other=names, between=st.sampled_from("、，；,;/ \n\t　|"))
def test_any_separator_parts_them(level, one, other, between):
    assert read(f"{level}{one}{between}{level}{other}") == [f"{level}{one}", f"{level}{other}"]


@given(
    level=levels, one=names, other=names, between=st.sampled_from(["和", "及", "与", "以及", "等和", "、\n", "，\n\n"])
)
def test_words_that_join_part_them_too(level, one, other, between):
    assert read(f"{level}{one}{between}{level}{other}") == [f"{level}{one}", f"{level}{other}"]


@given(level=levels, one=names, other=names)
def test_a_name_that_the_plan_prints_apart_parts_another_from_it(level, one, other):
    assume(len(other) >= 4)
    text = f"{level}{one}{other}"
    got = read(text, frozenset({other}))
    assert "".join(got) == text
    assert len(got) <= 2


@given(level=levels, one=names, at=st.integers(1, 30))
def test_a_line_break_inside_a_name_does_not_part_it(level, one, at):
    name = f"{level}{one}"
    at = min(at, len(name) - 1)
    head, tail = name[:at], name[at:]
    # half a name that is a name itself, with another one below it, is two to any reader
    assume(not (at > 2 and read(head) == [head] and (tail in LOCAL or len(tail) > 3)))
    assert read(f"{head}\n{tail}、区甲乙局")[-1] == "区甲乙局"
    assert "".join(read(f"{head}\n{tail}")) == name


@given(cells)
@example("（")
@example("区教育局）、（区财政局")
def test_spans_are_in_order_apart_and_lose_nothing(text):
    place = 0
    for unit in units(text, BOOK):
        assert place <= unit.start < unit.end <= len(text)
        assert text[unit.start : unit.end].strip() == text[unit.start : unit.end]
        place = unit.end


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("省发展改革委、工业和信息化厅、能源局，省通信管理局", ["", "省", "省", ""]),
        ("省工信厅、财政厅，省扶贫办，人行福州中心支行、福建证监局", ["", "省", "", "", ""]),
        ("省委网信办，省保密局、密码管理局，省公安厅、政务和数据局", ["", "", "省", "", "省"]),
        ("市教育局、各区政府、财政局", ["", "", "市"]),
        ("财政厅、教育厅", ["", ""]),
        ("省发展改革委，财政厅", ["", "省"]),
    ],
)
def test_a_level_printed_once_reaches_to_the_comma(text, prefixes):
    assert [unit.prefix for unit in units(text, BOOK)] == prefixes


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("张三", ["张三"], []),
        ("李某某副区长、区教育局", ["李某某副区长"], ["区教育局"]),
        ("分管领导", ["分管领导"], []),
        ("区交建局住房发展处高兆霞", ["高兆霞"], ["区交建局住房发展处"]),
        ("区公安局 王××", ["王××"], ["区公安局"]),
        ("王庄、李家店、高新区", [], ["王庄", "李家店", "高新区"]),
        ("文旅、卫健、商务", [], ["文旅", "卫健", "商务"]),
        ("国家税务总局兰州市税务局", [], ["国家税务总局兰州市税务局"]),
    ],
)
def test_persons_are_told_from_units(text, who, what):
    assert [text[p.start : p.end] for p in persons(text, BOOK)] == who
    assert read(text) == what


@pytest.mark.parametrize("text", ["", " ", "—", "/", "——", "无", "\n", "、、"])
def test_a_cell_that_names_nobody_has_no_unit(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("各乡镇人民政府（街道办事处）", 1),
        ("区直各有关单位、市国有公司、各街道", 3),
        ("区食安委各成员单位", 1),
        ("全体教职工", 1),
        ("区教育局、各镇教育局", 1),
    ],
)
def test_groups_are_told_from_units(text, groups):
    assert sum(unit.is_group for unit in units(text, BOOK)) == groups


@pytest.mark.parametrize(
    "shape",
    ["区财政局、", "区财政局", "区财政局\n", "各", "区", "河北省保定市", "（区财政局", "推进工作", "张三", "和"],
)
def test_the_cost_grows_with_the_text(shape):
    def seconds(times: int) -> float:
        text = shape * times
        best = 9.0
        for _ in range(3):
            begin = time.perf_counter()
            units(text, BOOK)
            best = min(best, time.perf_counter() - begin)
        return best

    units(shape, BOOK)
    assert seconds(1600) < 12 * max(seconds(400), 0.002)
