"""Task tables as offices draw them: rows that are no tasks, headers of several rows, cards, tables side by side."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.reader import parse
from pipeline.stages import plan
from tests.papers import paper

HEADER = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
TITLE = "某县2023年重点任务分解表"


@pytest.fixture
def rows(book, regions):
    def read(table, name="tasks"):
        return plan(paper(TITLE, table), book, regions).rows[name]

    return read


def test_a_row_of_totals_and_a_note_below_the_table_are_no_tasks(rows):
    table = [
        HEADER,
        ["1", "修建公路。", "县交通局", "各乡镇", "6月底前"],
        ["合 计", "", "", "", ""],
        [("注：未列明的单位按职责配合。", 1, 5)],
        [("填表人：张三", 1, 5)],
    ]
    assert [task["label"] for task in rows(table)] == ["1"]
    assert rows(table, "sections") == []
    assert "row_of_totals" in [finding["code"] for finding in rows(table, "findings")]


def test_ditto_is_the_value_above(rows):
    table = [
        HEADER,
        ["1", "修建公路。", "县交通局", "各乡镇", "6月底前"],
        ["2", "养护公路。", "同上", "〃", "同 上"],
        ["3", "巡查公路。", "同上", "—", "12月底前"],
    ]
    assert [(t["lead_units"], t["responsible_units"], t["due_on"]) for t in rows(table)] == [
        (["县交通局"], ["各乡镇"], date(2023, 6, 30)),
        (["县交通局"], ["各乡镇"], date(2023, 6, 30)),
        (["县交通局"], [], date(2023, 12, 31)),
    ]


def test_a_header_of_several_rows_names_each_column_by_its_deepest_words(rows):
    table = [
        [("序号", 3, 1), ("重点工作", 3, 1), ("责任分工", 1, 3), ("季度目标", 1, 2)],
        [None, None, ("牵头领导", 2, 1), ("责任单位", 1, 2), ("一季度", 2, 1), ("二季度", 2, 1)],
        [None, None, None, "主办", "协办", None, None],
        ["1", "修建公路", "李某", "县交通局", "各乡镇", "完成招标", "开工"],
    ]
    (task,) = rows(table)
    assert (task["label"], task["lead_units"], task["supporting_units"]) == ("1", ["县交通局"], ["各乡镇"])
    assert dict(task["extra"]) == {"牵头领导": "李某", "一季度": "完成招标", "二季度": "开工"}


@pytest.mark.parametrize("label, heading", [("一", "优化环境"), ("（二）", "优化环境"), ("", "优化环境")])
def test_a_section_row_may_fill_two_cells_or_one_that_is_not_merged(rows, label, heading):
    table = [HEADER, [label, heading, "", "", ""], ["1", "压减时限。", "县审批局", "各乡镇", "6月底前"]]
    assert [(s["label"], s["heading"]) for s in rows(table, "sections")] == [(label or None, heading)]
    assert [(t["label"], t["section_path"]) for t in rows(table)] == [("1", label + heading)]


def test_categories_in_two_columns_are_nested_sections(rows):
    table = [
        ["一级指标", "二级指标", "工作任务", "责任单位"],
        [("职能", 2, 1), "清单", "公布清单", "县司法局"],
        [None, "审批", "压减时限", "县审批局"],
        ["法治", "执法", "规范执法", "县司法局"],
    ]
    assert [t["section_path"] for t in rows(table)] == ["职能/清单", "职能/审批", "法治/执法"]


def test_the_aim_behind_the_task_is_no_section(rows):
    table = [["序号", "任务", "目标", "责任单位"], ["1", "淘汰锅炉", "10台", "县环保局"]]
    (task,) = rows(table)
    assert (task["section_path"], dict(task["extra"])) == (None, {"目标": "10台"})


def test_cards_stacked_in_one_table_are_a_task_each(rows):
    def card(name, lead, month):
        return [
            [("任务书", 1, 4)],
            ["任务名称", name, "任务编号", "01"],
            ["牵头单位", lead, "责任人", "李某"],
            ["完成时限", (f"2023年{month}月底前", 1, 3)],
        ]

    table = [*card("优化挂号", "县医院", 6), *card("缩短等候", "县中医院", 9)]
    assert [(t["label"], t["text"], t["lead_units"], t["due_on"]) for t in rows(table)] == [
        ("01", "优化挂号", ["县医院"], date(2023, 6, 30)),
        ("01", "缩短等候", ["县中医院"], date(2023, 9, 30)),
    ]


def test_two_tables_side_by_side_are_read_one_after_the_other(rows):
    half = ["序号", "任务", "责任单位"]
    table = [half * 2, ["1", "甲事", "县财政局", "3", "丙事", "县教育局"], ["2", "乙事", "县民政局", "", "", ""]]
    assert [(t["label"], t["text"], t["responsible_units"]) for t in rows(table)] == [
        ("1", "甲事", ["县财政局"]),
        ("2", "乙事", ["县民政局"]),
        ("3", "丙事", ["县教育局"]),
    ]


def test_a_title_printed_again_on_the_next_page_is_no_section(rows):
    title = [(TITLE, 1, 5)]
    first, second = ([n, "修建公路。", "县交通局", "各乡镇", "6月底前"] for n in "12")
    table = [title, HEADER, first, title, HEADER, second]
    assert rows(table, "sections") == []
    assert [t["label"] for t in rows(table)] == ["1", "2"]


def test_a_person_in_brackets_behind_a_unit_is_no_part_of_its_name(rows):
    table = [
        ["项", "任务", "牵头单位（责任人）"],
        ["1", "修建公路", "县交通局（张建国）"],
        ["2", "执法", "县公安局（法制大队）"],
    ]
    assert [(t["label"], t["lead_units"]) for t in rows(table)] == [
        ("1", ["县交通局"]),
        ("2", ["县公安局（法制大队）"]),
    ]


def test_a_section_line_between_rows_with_bars_does_not_end_their_table(tmp_path):
    lines = ["序号|任务|责任单位", "一、环境", "1|压减时限|县审批局", "二、法治", "2|规范执法|县司法局"]
    (tmp_path / "plan.txt").write_text("\n".join([TITLE, *lines]), "utf-8")
    read = parse(tmp_path / "plan.txt").tasks
    assert [(t.label, t.text, t.section_path) for t in read] == [
        ("1", "压减时限", "一、环境"),
        ("2", "规范执法", "二、法治"),
    ]


def test_sums_beside_a_section_heading_do_not_make_it_a_task(rows):
    table = [
        ["序号", "项目名称", "总投资（万元）", "责任单位"],
        [("一、产业类（2个）", 1, 2), "3000", ""],
        ["1", "产业园", "2000", "县工信局"],
    ]
    assert [(t["label"], t["text"], t["section_path"]) for t in rows(table)] == [("1", "产业园", "一、产业类（2个）")]


def test_a_task_column_merged_over_another_divides_it(rows):
    table = [
        ["序号", "重点工作", "具体任务", "责任单位"],
        [("1", 2, 1), ("严格执法", 2, 1), "推行三项制度", "县司法局"],
        [None, None, "培训执法人员", "县公安局"],
    ]
    assert [(t["label"], t["text"], t["section_path"]) for t in rows(table)] == [
        ("1", "推行三项制度", "严格执法"),
        ("1", "培训执法人员", "严格执法"),
    ]


def test_the_day_to_begin_stands_beside_the_day_to_end(rows):
    table = [
        ["序号", "工作任务", "牵头单位", "启动时间", "完成时间"],
        ["1", "修建公路。", "县交通局", "3月", "10月底前"],
    ]
    (task,) = rows(table)
    assert (task["starts_on"], task["due_on"]) == (date(2023, 3, 1), date(2023, 10, 31))
    assert (task["deadline_text"], task["extra"]) == ("10月底前", [("启动时间", "3月")])
    alone = [[*row[:3], row[3]] for row in table]
    assert [t["deadline_text"] for t in rows(alone)] == ["3月"]
