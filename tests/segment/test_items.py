"""Items as offices number and close them: what is the heading, what is the label, who answers."""

import pytest

from pipeline.normalize.regions import Regions
from pipeline.segment import segment
from pipeline.stages import plan
from tests.papers import paper


def heads(doc, book):
    return [
        (s.level, s.label, doc.blocks[s.heading.block].text[s.heading.start : s.heading.end])
        for s in segment(doc, book).sections
    ]


def tasks(book, *paragraphs):
    made = plan(paper(*paragraphs), book, Regions({}, {}))
    assert made.document.accounted_ratio == 1.0
    return [
        (t.label or "", t.text, "、".join([*t.lead_units, *t.responsible_units]), t.deadline_text) for t in made.tasks
    ]


@pytest.mark.parametrize(
    "lines, found",
    [
        (("Ⅰ.完善制度", "1)修订章程。"), [(1, "Ⅰ.", "完善制度"), (2, "1)", "修订章程")]),
        (("一.粮食安全", "1、稳面积。"), [(1, "一.", "粮食安全"), (2, "1、", "稳面积")]),
        (("一、安全", "★1.排查隐患。"), [(1, "一、", "安全"), (2, "1.", "排查隐患")]),
        (("(一)健全制度.定期召开会议.",), [(1, "(一)", "健全制度")]),
        (("一、提升环境（责任科室：市容科）",), [(1, "一、", "提升环境")]),
        (("一、实施项目（含：甲、乙）建设。",), [(1, "一、", "实施项目（含：甲、乙）建设")]),
    ],
)
def test_labels_and_headings(book, lines, found):
    assert heads(paper("工作要点", *lines), book) == found


def test_items_without_numbers_are_tasks_where_they_say_who_answers(book):
    said = "县交通局"
    assert tasks(
        book, "2022年责任分工", f"推进高速公路建设。（责任单位：{said}）", "改造老旧小区。（责任单位：县住建局）"
    ) == [
        ("", "推进高速公路建设。", said, None),
        ("", "改造老旧小区。", "县住建局", None),
    ]
    assert tasks(book, "2022年民生实事", "新建幼儿园2所", "责任单位：县教体局", "完成时限：2022年8月底") == [
        ("", "新建幼儿园2所", "县教体局", "2022年8月底")
    ]


def test_a_sentence_on_the_items_above_answers_each_of_them(book):
    found = tasks(
        book,
        "2020年目标",
        "一、经济发展",
        "1.增长6%。",
        "2.增长7%。",
        "以上目标责任单位：市统计局",
        "二、社会发展",
        "3.新增就业。",
    )
    assert found[:2] == [("1.", "增长6%", "市统计局", None), ("2.", "增长7%", "市统计局", None)]


def test_labels_without_a_colon_on_lines_of_their_own(book):
    lines = ("1、深化改革", "完善评价体系。", "牵头领导 王某某", "牵头单位 市经信局", "完成时间 2021年12月")
    assert tasks(book, "2021年清单", "一、改革", *lines) == [
        ("1、", "深化改革\n完善评价体系。", "市经信局", "2021年12月")
    ]


def test_a_role_word_at_the_head_of_a_name_is_part_of_it(book):
    assert tasks(book, "2023年要点", "1.专项检查。（监督检查局牵头）", "2.业务指导。（指导科负责，6月底前完成）") == [
        ("1.", "专项检查。", "监督检查局", None),
        ("2.", "业务指导。", "指导科", "6月底前完成"),
    ]


def test_an_item_right_below_the_title_is_no_note(book):
    assert (
        tasks(book, "2023年重点任务", "（一）做强茶业。（牵头领导：张某；牵头单位：县茶业中心）")[0][2] == "县茶业中心"
    )
