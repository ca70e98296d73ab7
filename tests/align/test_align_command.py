"""`taizhang align` as a user calls it: the record, the workbook, the summary, JSON, and what is told of a wrong call."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import openpyxl
import pytest

from tests.align.made import DISTRICT, NATION, PROVINCE, written


def taizhang(*args):
    command = [sys.executable, "-m", "pipeline", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("levels")


@pytest.fixture(scope="module")
def files(folder):
    return [written(folder, text, name) for text, name in ((NATION, "国"), (PROVINCE, "=省"), (DISTRICT, "区"))]


@pytest.fixture(scope="module")
def ran(folder, files):
    return taizhang("align", *files, "-o", folder / "out")


@pytest.fixture(scope="module")
def workbook(folder, ran):
    assert ran.returncode == 0, ran.stderr
    (path,) = (folder / "out" / "align").glob("*.xlsx")
    return path


def test_the_summary_counts_what_was_copied_adapted_added_and_left_out(ran, workbook):
    for words in (
        "国家  国务院办公厅关于印发2022年政务公开工作要点的通知  2022-04-11",
        "间隔 39 天；照搬原文 1，结合实际改写 1，本级新增 2，上级有、本级未涉及 2；对应关系 2 条",
        "一、（三）  做好白洋淀治理信息公开。",
        str(workbook),
    ):
        assert words in ran.stdout


def test_the_links_are_in_the_record_and_published_once_however_often_it_runs(folder, files, ran):
    file = folder / "out" / "csv" / "links.csv"
    first = file.read_bytes()
    assert first.count(b"upper_level") == 17
    assert taizhang("align", *files, "-o", folder / "out").returncode == 0
    assert file.read_bytes() == first


def test_the_workbook_has_a_sheet_for_each_step_and_one_for_the_chain(workbook):
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["文件", "总览", "对照表1", "对照表2", "逐级任务表"]
    rows = [[cell.value for cell in row] for row in book["对照表1"].iter_rows()]
    head = next(row for row in rows if row[0] == "序号")
    told = [dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :]]
    assert [row["关系"] for row in told] == [
        "照搬原文",
        "结合实际改写",
        "上级有、本级未涉及",
        "上级有、本级未涉及",
        "本级新增",
        "本级新增",
    ]
    adapted = told[1]
    assert "规范流调信息发布和管理" in adapted["逐字相同的话"]
    assert "仅本级有：严格" in adapted["不同的词"]
    assert adapted["为什么对应"].startswith("共有词：") and adapted["间隔"] == "39 天"
    assert told[4]["本级内容"].startswith("做好白洋淀治理信息公开") and told[4]["上级内容"] in (None, "")


def test_no_cell_of_the_workbook_is_a_formula(workbook):
    book = openpyxl.load_workbook(workbook)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_same_plans_give_the_same_workbook(folder, files, workbook):
    again = folder / "again"
    assert taizhang("align", *files, "-o", again).returncode == 0
    assert (again / "align" / workbook.name).read_bytes() == workbook.read_bytes()


def test_one_recorded_plan_finds_the_plans_above_it(folder, ran):
    known = json.loads(taizhang("align", folder / "区.txt", "-o", folder / "out", "--json").stdout)
    assert [level["admin_level"] for level in known["levels"]] == ["national", "province", "county"]
    alone = taizhang("align", known["levels"][1]["document_id"], "-o", folder / "out")
    assert "（按引用找到）" in alone.stdout and alone.returncode == 0


def test_json_names_both_clauses_of_every_link_and_the_row_of_each_duty(folder, files, ran):
    told = json.loads(taizhang("align", *files[:2], "-o", folder / "out", "--json").stdout)
    (step,) = told["steps"]
    assert step["days"] == 39 and step["counts"] == {"same": 1, "reworded": 1, "new": 2, "dropped": 2}
    copied = next(link for link in step["links"] if link["relation"] == "same")
    assert copied["lower"]["label"] == "一、（一）" and "智能推送已出台各项减税降费政策" in copied["verbatim"]
    assert len(told["duties"]) == 6


def test_explain_tells_a_link_with_its_words(folder, files, ran):
    told = json.loads(taizhang("align", *files[:2], "-o", folder / "out", "--json").stdout)
    link = next(one["link_id"] for one in told["steps"][0]["links"] if one["relation"] == "reworded")
    said = taizhang("explain", link, "-o", folder / "out").stdout
    assert "共有词" in said and "仅本级有  严格" in said and "间隔  39 天" in said


@pytest.mark.parametrize(
    "args, words",
    [
        (("0123456789abcdef",), "记录里没有文件编号 0123456789abcdef"),
        (("国.txt", "国.txt"), "同一份文件写了两次"),
        (("国.txt",), "记录里没有找到它的上级文件"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(folder, ran, args, words):
    named = [folder / one if one.endswith(".txt") else one for one in args]
    told = taizhang("align", *named, "-o", folder / "out")
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert words in told.stderr and " → " in told.stderr


def test_a_file_that_cannot_be_read_is_one_line_and_exit_1(folder, files):
    told = taizhang("align", files[0], folder / "missing.docx", "-o", folder / "none")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "[missing]" in told.stderr
