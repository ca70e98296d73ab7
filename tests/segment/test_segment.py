"""Letter, headings and task tables of small papers."""

import pytest

from pipeline.segment import segment
from tests.papers import paper

HEADER = ["序号", "工 作 任 务", "牵头单位", "责任单位", "责任时限"]


def heads(doc, outline):
    return [
        (s.level, s.label, doc.blocks[s.heading.block].text[s.heading.start : s.heading.end]) for s in outline.sections
    ]


def parts(doc, outline):
    return [(p.part, doc.blocks[p.span.block].text[p.span.start : p.span.end]) for p in outline.letter]


def test_a_title_over_two_paragraphs_is_one_title(book):
    doc = paper("某市2023年政务公开", "工作要点及分工方案", "2023年是开局之年。", "一、总体要求")
    assert parts(doc, segment(doc, book)) == [("title", "某市2023年政务公开"), ("title", "工作要点及分工方案")]


def test_the_parts_of_a_letter_are_told_apart(book):
    doc = paper(
        "某区人民政府办公室关于印发工作要点的通知",
        "某政办〔2023〕5号",
        "各乡镇人民政府，区政府各部门：",
        "现将工作要点印发给你们，请认真贯彻执行。",
        "附件：任务分解表",
        "某区人民政府办公室",
        "2023年4月6日",
        "（此件公开发布）",
    )
    assert parts(doc, segment(doc, book)) == [
        ("title", "某区人民政府办公室关于印发工作要点的通知"),
        ("doc_number", "某政办〔2023〕5号"),
        ("salutation", "各乡镇人民政府，区政府各部门："),
        ("attachment", "附件：任务分解表"),
        ("signature", "某区人民政府办公室"),
        ("date", "2023年4月6日"),
        ("publicity", "（此件公开发布）"),
    ]


def test_a_run_in_heading_ends_at_the_first_full_stop(book):
    doc = paper("工作要点", "一、聚焦环境", "（一）强化公开。增强透明度。加大力度。", "1.落实制度：按要求办理。")
    outline = segment(doc, book)
    assert heads(doc, outline) == [(1, "一、", "聚焦环境"), (2, "（一）", "强化公开"), (3, "1.", "落实制度")]
    span = outline.sections[1].text[0]
    assert doc.blocks[span.block].text[span.start : span.end] == "增强透明度。加大力度。"


@pytest.mark.parametrize(
    "lines, levels",
    [
        (("一、甲", "1.乙", "2.丙", "二、丁"), [1, 2, 2, 1]),  # no （一） in between
        (("一、甲", "（一）乙", "二、丙", "（二）丁"), [1, 2, 1, 2]),  # （一） runs on over 一、
        (("1.甲", "（1）乙", "①丙", "2.丁"), [1, 2, 3, 1]),
    ],
)
def test_the_level_is_the_nesting_that_the_paper_uses(book, lines, levels):
    doc = paper("工作要点", *lines)
    assert [s.level for s in segment(doc, book).sections] == levels


def test_section_rows_of_a_table_are_sections_and_no_tasks(book):
    table = [
        HEADER,
        [("一、聚焦环境", 1, 5)],
        [("（一）强化公开", 1, 5)],
        ["1", "公开目录。", "区发改局", "各乡镇", "年底前"],
        [("（二）优化服务", 1, 5)],
        ["2", "建设平台。", "区审批局", "各乡镇", "持续推进"],
    ]
    doc = paper("分工方案", table)
    outline = segment(doc, book)
    assert [outline.sections[row.section].path[-1] for row in outline.rows] == ["（一）强化公开", "（二）优化服务"]
    assert [s.from_table for s in outline.sections] == [True, True, True]
    assert [c.column for c in outline.rows[0].cells] == ["number", "task", "lead", "responsible", "deadline"]


def test_a_merged_section_column_opens_a_section_for_the_rows_beside_it(book):
    table = [
        ["类别", "工作任务", "责任科室", "时限要求"],
        [("公开", 2, 1), "1.更新目录", "办公室", "年底前"],
        [None, "2.更新指南", "办公室", "年底前"],
        ["解读", "3.解读政策", "法规科", "持续推进"],
    ]
    doc = paper("任务分解表", table)
    outline = segment(doc, book)
    assert [outline.sections[row.section].path for row in outline.rows] == [("公开",), ("公开",), ("解读",)]


def test_header_words_in_two_rows_and_repeated_in_the_middle_are_no_tasks(book):
    table = [
        [("序号", 2, 1), ("工作任务", 2, 1), ("责任分工", 1, 2)],
        [None, None, "牵头单位", "配合单位"],
        ["1", "公开目录。", "区发改局", "各乡镇"],
        ["序号", "工作任务", "牵头单位", "配合单位"],
        ["2", "公开指南。", "区发改局", "各乡镇"],
    ]
    doc = paper("任务分解表", table)
    outline = segment(doc, book)
    assert [c.column for c in outline.rows[0].cells] == ["number", "task", "lead", "supporting"]
    assert len(outline.rows) == 2


def test_a_table_of_the_same_width_that_goes_on_is_one_task_list(book):
    doc = paper(
        "方案", [HEADER, ["1", "甲。", "区甲局", "各乡镇", "年底前"]], [["2", "乙。", "区乙局", "各乡镇", "年底前"]]
    )
    assert [row.table for row in segment(doc, book).rows] == [0, 1]


def test_a_table_about_something_else_is_left_alone_and_said(book):
    doc = paper("方案", [["姓名", "电话"], ["张三", "12345678"]])
    outline = segment(doc, book)
    assert outline.rows == ()
    assert [r.code for r in outline.remarks] == ["table_not_tasks"]


def test_an_unknown_column_is_kept_and_said(book):
    doc = paper("方案", [["序号", "工作任务", "牵头单位", "亮点"], ["1", "甲。", "区甲局", "首创"]])
    outline = segment(doc, book)
    assert [(c.column, c.header) for c in outline.rows[0].cells][-1] == ("extra", "亮点")
    assert [(r.code, r.words["words"]) for r in outline.remarks] == [("unknown_header", "亮点")]
