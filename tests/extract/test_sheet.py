"""Sheets: cells as Excel shows them, merged cells as spans, limits that a lone far cell does not reach."""

import datetime
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import pipeline
from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes, workbook
from pipeline.extract.numberformat import shown
from pipeline.extract.xls import read_values
from tests.sheets import annex, made, saved
from tests.test_sample import gold, written_down

OLD = Path(__file__).with_name("months.xls").read_bytes()
DAY = datetime.datetime(2022, 12, 1)
SERIAL = 44896.4375  # 2022-12-01 10:30


def grid(data, name="附件.xlsx"):
    return [
        (b.cell.row, b.cell.col, b.cell.row_span, b.cell.col_span, b.text)
        for b in extract_bytes(name, data).blocks
        if b.cell
    ]


def changed(data, part, old, new):
    """The package with the words of one part replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "code,text",
    [
        ("yyyy-mm-dd", "2022-12-01"),
        ('yyyy"年"m"月"d"日"', "2022年12月1日"),
        ("[$-804]yyyy年m月d日;@", "2022年12月1日"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二二年十二月一日"),
        ('yyyy"年"m"月"', "2022年12月"),
        ('m"月"d"日"', "12月1日"),
        ('yyyy"年底前"', "2022年底前"),
        ('yyyy"年"m"月"d"日"aaaa', "2022年12月1日星期四"),
        # which number is the month is not left to a guess; a month stays a month
        ("m/d/yy", "2022-12-01"),
        ("mmm-yy", "2022年12月"),
        ("d-mmm", "12月1日"),
        ("yyyy/m/d h:mm", "2022-12-01 10:30"),
        ("h:mm AM/PM", "10:30"),
    ],
)
def test_a_date_is_shown_with_the_precision_of_its_format(code, text):
    assert shown(SERIAL, code) == text


@pytest.mark.parametrize(
    "value,code,text",
    [
        (1, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123, "General", "1234567890123"),
        (7, "000", "007"),
        (3, '"第"0"项"', "第3项"),
        (0.305, "0.0%", "30.5%"),
        (0.3, "0.##%", "30%"),
        (12345.5, "#,##0.00", "12,345.50"),
        (1.25, "0.0", "1.3"),
        (-3, "0;(0)", "(3)"),
        (0, '0;-0;"—"', "—"),
        (0, "0;-0;;@", ""),
        (800, '0"万元"', "800万元"),
        (5, '_ * #,##0_ ;_ * "-"??_ ', "5"),
        (0.5, "# ?/?", "0.5"),
        (99999999, "yyyy-mm-dd", "99999999"),
        (float("nan"), "0", "nan"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value, code, text):
    assert shown(value, code) == text


def test_the_days_of_the_two_calendars_of_excel():
    assert [shown(n, "yyyy-m-d") for n in (1, 59, 61)] == ["1900-01-01", "1900-02-28", "1900-03-01"]
    assert shown(0, "yyyy-m-d", from_1904=True) == "1904-01-01"


def test_merged_cells_are_one_cell_and_blank_rows_and_columns_none():
    book = made(
        [["标题"], [], ["序号", "任务", None, "单位"], [1, "甲", None, "区发改局"], [2, "乙"]], ["A1:D1", "D4:D5"]
    )
    assert grid(saved(book)) == [
        (0, 0, 1, 3, "标题"),
        (2, 0, 1, 1, "序号"),
        (2, 1, 1, 1, "任务"),
        (2, 2, 1, 1, "单位"),
        (3, 0, 1, 1, "1"),
        (3, 1, 1, 1, "甲"),
        (3, 2, 2, 1, "区发改局"),
        (4, 0, 1, 1, "2"),
        (4, 1, 1, 1, "乙"),
    ]


def test_a_month_typed_into_a_cell_stays_a_month():
    book = made([["任务", "时限"], ["甲", DAY]], formats={"B2": 'yyyy"年"m"月"'})
    assert grid(saved(book))[-1][-1] == "2022年12月"


def test_a_date_in_words_is_shown_by_its_format():
    data = saved(made([[DAY]], formats={"A1": 'm"月"d"日"'}))
    cell = b't="n"><v>44896</v>'
    assert (
        grid(changed(data, "xl/worksheets/sheet1.xml", cell, b't="d"><v>2022-12-01T00:00:00</v>'))[0][-1] == "12月1日"
    )


def test_words_under_a_merge_are_told_when_they_differ():
    book = made([["甲", "甲"], ["乙", "丙"]])
    data = saved(book)
    merge = b'</sheetData><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    read = extract_bytes("表.xlsx", changed(data, "xl/worksheets/sheet1.xml", b"</sheetData>", merge))
    assert [b.text for b in read.blocks] == ["甲", "乙"]
    assert [(loss.code, loss.text, loss.place) for loss in read.losses] == [("hidden_text", "丙", "工作表“附件”B2")]


def test_hidden_sheets_are_told_and_hidden_rows_are_read_and_told():
    book = made([["任务"], ["甲"], ["乙"]])
    book.create_sheet("备选")["A1"] = "下拉"
    book["备选"].sheet_state = "veryHidden"
    book["附件"].row_dimensions[2].hidden = True
    read = extract_bytes("表.xlsx", saved(book))
    assert [b.text for b in read.blocks] == ["任务", "甲", "乙"]
    assert {loss.code: loss.text for loss in read.losses} == {"hidden_cells": "第2行", "hidden_sheet": "备选：下拉"}


def test_a_formula_without_a_result_is_told():
    read = extract_bytes("表.xlsx", saved(made([["任务", "=A1"]])))
    assert [(loss.code, loss.text) for loss in read.losses] == [("formula_without_value", "=A1")]


def test_each_sheet_is_a_table():
    book = made([["甲"]])
    book.create_sheet("二")["B2"] = "乙"
    assert [(b.cell.table, b.cell.row, b.cell.col) for b in extract_bytes("表.xlsx", saved(book)).blocks] == [
        (0, 0, 0),
        (1, 1, 0),
    ]


def test_a_lone_far_cell_and_a_merge_of_billions_cost_nothing():
    book = made([["任务", "单位"], ["甲", "区发改局"]])
    book.active["XFD1048576"] = "远"
    data = saved(book)
    merge = b'</sheetData><mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>'
    data = changed(data, "xl/worksheets/sheet1.xml", b"</sheetData>", merge)
    assert [cell[:2] for cell in grid(data) if cell[-1]] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "CELL_LIMIT", 3)
    with pytest.raises(Unreadable) as refused:
        extract_bytes("表.xlsx", saved(made([["甲", "乙"], ["丙", "丁"]])))
    assert refused.value.code == "too_many_cells"


def test_an_entity_in_a_sheet_is_refused():
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'
    data = changed(saved(made([["甲"]])), "xl/worksheets/sheet1.xml", b"<worksheet", doctype)
    with pytest.raises(Unreadable) as refused:
        extract_bytes("表.xlsx", data)
    assert refused.value.code == "xml_dtd"


def test_the_values_alone_come_from_calamine_where_formats_cannot_be_read():
    book = made([["任务", "时限", "数"], ["甲", DAY, 1.0]], ["A1:A2"], {"B2": "yyyy-mm-dd"})
    (sheet,) = read_values("表.xlsx", saved(book))
    assert sheet.cells == {(0, 0): "任务", (0, 1): "时限", (0, 2): "数", (1, 1): "2022-12-01", (1, 2): "1"}
    assert sheet.merges == [(0, 0, 1, 0)]


def test_an_old_workbook_gives_what_the_new_one_does():
    pytest.importorskip("xlrd")
    read = extract_bytes("附件.et", OLD)
    assert [b.text for b in read.blocks] == ["任务表", "序号", "时限", "1", "2022年12月"]
    assert (read.blocks[0].cell.col_span, [loss.code for loss in read.losses]) == (2, ["hidden_sheet"])


def test_an_old_workbook_by_its_values_alone_has_days():
    (sheet, unseen) = read_values("附件.xls", OLD)
    assert (sheet.cells[2, 0], sheet.cells[2, 1], sheet.merges) == ("1", "2022-12-01", [(0, 0, 0, 1)])
    assert (unseen.name, unseen.hidden) == ("备选", True)
    assert [(loss.code, loss.place) for loss in sheet.losses] == [("dates_in_full", "工作表“附件”B3")]


def test_the_annex_of_the_sample_kept_as_a_sheet_gives_its_36_tasks(tmp_path):
    path = tmp_path / "附件.xlsx"
    path.write_bytes(annex())
    plan = pipeline.parse(path)
    assert written_down(plan) == gold("tasks")
    assert plan.rows["documents"][0]["unparsed_chars"] == 0
