"""The ledger workbook as a clerk opens it: what stands where, as what type, in which color, on which paper."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline import parse
from pipeline.cli import main
from pipeline.deliver.ledger.ledger import file_name, path_of
from pipeline.deliver.ledger.lines import next_report
from pipeline.deliver.ledger.look import height, lines_of
from pipeline.deliver.ledger.overview import light_of
from pipeline.deliver.ledger.pairing import pair
from pipeline.deliver.ledger.recurrence import in_words, next_day
from pipeline.deliver.ledger.units import find, units
from pipeline.deliver.ledger.values import Cell, Line
from tests.ledgers import AS_OF, FIVE, Desk, Hand, Task, plan_of, sheets_of, the_terms

SAMPLE = Path(__file__).parents[2] / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"


@pytest.fixture(scope="session")
def words():
    return the_terms()


@pytest.fixture
def desk(tmp_path, words):
    return Desk(tmp_path, words)


@pytest.fixture(scope="session")
def sample():
    return parse(SAMPLE)


@pytest.fixture(scope="session")
def book(sample, words, tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("sample"), words).write(sample).path


def test_the_tasks_stand_as_the_annex_prints_them(book, sample):
    hand = Hand(book)
    numbers = hand.column("序号") - 1
    assert hand.tasks() == [task.text for task in sample.tasks]
    assert [r[numbers] for r in hand.rows() if r[1]] == list(range(1, 37))
    headings = [r[numbers] for r in hand.rows() if not r[1]]
    assert headings[:3] == [
        "一、聚焦优化营商环境,助力经济平稳健康发展",
        "（一）强化市场主体信息公开",
        "（二）强化减税降费信息公开",
    ]
    printed = ["序号", "工作任务", "牵头单位", "责任单位", "配合单位", "时限", "截止日期", "时限类型"]
    filled = [
        "进展情况",
        "完成状态",
        "存在问题",
        "佐证材料",
        "下次反馈时间",
        "变化",
        "所属部分",
        "原文位置",
        "原序",
        "编号",
    ]
    assert hand.labels() == [*printed, *filled]


def test_days_are_days_and_what_goes_on_has_none(book):
    hand = Hand(book)
    due = hand.cell("税收优惠政策咨询", "截止日期")
    assert (due.value, due.is_date, due.number_format) == (datetime(2022, 12, 31), True, "yyyy-mm-dd")
    assert hand.cell("税收优惠政策咨询", "时限").value == "2022年底前"
    assert hand.cell("税收优惠政策咨询", "时限类型").value == "限期"
    assert hand.cell("反垄断", "截止日期").value is None
    assert hand.cell("反垄断", "时限类型").value == "持续"
    assert hand.cell("反垄断", "下次反馈时间").value == datetime(2022, 12, 31)
    assert hand.sheet["B2"].value == datetime(2022, 10, 31)


def test_units_that_run_together_stand_one_a_line_and_the_others_as_printed(book):
    hand = Hand(book)
    assert hand.cell("政策咨询窗口建设", "牵头单位").value == "区政府办公室\n区行政审批局"
    assert hand.cell("公共企事业单位", "牵头单位").value.startswith("区政府办公室、区教体局、")


def test_the_sheet_can_be_filtered_sorted_and_printed(book):
    sheet = Hand(book).sheet
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A1:M1"]
    assert sheet.auto_filter.ref == f"A3:R{sheet.max_row}"
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "&P" in sheet.oddFooter.center.text
    assert sheet.column_dimensions["R"].hidden


def test_a_row_may_still_grow_with_what_is_typed(book):
    with zipfile.ZipFile(book) as package:
        rows = package.read("xl/worksheets/sheet2.xml").decode()
    assert ' ht="' in rows
    assert "customHeight" not in rows.partition("<sheetData>")[2]


def test_the_state_is_chosen_from_a_list_that_other_words_may_leave(book):
    [rule] = Hand(book).sheet.data_validations.dataValidation
    assert rule.formula1 == '"未启动,推进中,已完成,已完成并长期坚持,暂缓,已取消"'
    assert rule.errorStyle == "warning"


def test_the_sheets_and_what_they_count(book, sample):
    assert sheets_of(book) == ["总览", "任务", "按单位", "按月份", "文中时限", "问题", "未读内容", "_taizhang"]
    whole = openpyxl.load_workbook(book)
    assert whole["_taizhang"].sheet_state == "veryHidden"
    assert len(whole["总览"]._charts) == 3
    facts = {r[0]: r[1] for r in whole["总览"].iter_rows(min_row=3, max_row=17, values_only=True)}
    assert (facts["任务数"], facts["全文字数"], facts["已解释比例"]) == (36, 10222, 1)
    grades = Counter(finding.severity for finding in sample.findings)
    assert facts["读出问题"] == f"警告 {grades['warning']}，提示 {grades['info']}"
    found = list(whole["文中时限"].iter_rows(min_row=3, values_only=True))
    assert len(found) == len(sample.deadlines)
    november = next(r for r in found if r[0] == "2022年11月底前")
    assert (november[3], november[6]) == (datetime(2022, 11, 30), "正文")
    assert november[-1].startswith("【2022年11月底前】")
    assert whole["问题"].max_row == 2 + len(sample.findings)
    by_unit = list(whole["按单位"].iter_rows(min_row=3, values_only=True))
    assert len(by_unit) == len(sample.task_units)
    assert sum(r[0] == "区发改局" for r in by_unit) == 3


def test_every_further_column_of_the_source_is_there(desk):
    plan = plan_of([Task("做好甲。", extra={"工作要求": "集中展示", "存在问题": "原表写的问题"})])
    hand = Hand(desk.write(plan).path)
    assert hand.labels()[:4] == ["序号", "工作任务", "工作要求", "存在问题（原表）"]
    assert hand.cell("做好甲", "工作要求").value == "集中展示"
    assert hand.cell("做好甲", "存在问题（原表）").value == "原表写的问题"
    assert hand.cell("做好甲", "存在问题").value is None


def test_what_was_not_read_stands_in_a_sheet(desk):
    plan = plan_of(FIVE)
    block = plan.rows["blocks"][0]
    plan.rows["blocks"][0] = {**block, "role": "unparsed", "text": "谁也不认识的一句"}
    plan.rows["blocks"][1] = {**plan.rows["blocks"][1], "role": "furniture", "text": "— 1 —"}
    rows = list(openpyxl.load_workbook(desk.write(plan).path)["未读内容"].iter_rows(min_row=3, values_only=True))
    assert rows == [
        ("没有规则解释", "表1第2行第2列", "谁也不认识的一句"),
        ("页眉、页脚和网页附加内容", "表1第3行第2列", "— 1 —"),
    ]


@pytest.mark.parametrize(
    "rule,day,since,gives",
    [
        ("FREQ=MONTHLY;INTERVAL=3", date(2022, 10, 31), 2022, date(2022, 12, 31)),
        ("FREQ=MONTHLY;INTERVAL=3", date(2022, 12, 31), 2022, date(2022, 12, 31)),
        ("FREQ=MONTHLY;INTERVAL=3", date(2023, 1, 1), 2022, date(2023, 3, 31)),
        ("FREQ=MONTHLY;INTERVAL=6", date(2022, 2, 1), 2022, date(2022, 6, 30)),
        ("FREQ=MONTHLY", date(2024, 2, 1), 2022, date(2024, 2, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=20", date(2022, 10, 21), 2022, date(2022, 11, 20)),
        ("FREQ=WEEKLY", date(2022, 10, 31), 2022, date(2022, 11, 4)),
        ("FREQ=YEARLY", date(2022, 10, 31), 2022, date(2022, 12, 31)),
        ("FREQ=YEARLY;COUNT=3", date(2024, 1, 1), 2022, date(2024, 12, 31)),
        ("FREQ=YEARLY;COUNT=3", date(2025, 1, 1), 2022, None),
        ("FREQ=DAILY", date(2022, 10, 31), None, date(2022, 10, 31)),
        ("EVERY DAY", date(2022, 10, 31), 2022, None),
        ("", date(2022, 10, 31), 2022, None),
    ],
)
def test_the_next_day_of_a_recurrence(rule, day, since, gives):
    assert next_day(rule, day, since) == gives


def test_recurrences_as_a_clerk_says_them():
    said = ["FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY;COUNT=3", "FREQ=WEEKLY;BYDAY=MO"]
    assert [in_words(rule) for rule in said] == ["每年", "每3个月", "每年（共3次）", "FREQ=WEEKLY;BYDAY=MO"]


@pytest.mark.parametrize(
    "task,as_of,gives",
    [
        (Task("甲", kind="ongoing"), date(2022, 5, 10), date(2022, 6, 30)),
        (Task("甲", kind="due", due=date(2022, 5, 31)), date(2022, 5, 10), date(2022, 5, 31)),
        (Task("甲", kind="due", due=date(2022, 5, 31)), date(2022, 6, 1), date(2022, 6, 30)),
        (Task("甲", kind="recurring", recurrence="FREQ=MONTHLY;BYMONTHDAY=20"), date(2022, 5, 10), date(2022, 5, 20)),
        (Task("甲", kind=None), date(2022, 5, 10), date(2022, 6, 30)),
    ],
    ids=["ongoing", "before its day", "overdue", "recurring", "without a deadline"],
)
def test_when_a_task_is_reported_next(task, as_of, gives, words):
    assert next_report(plan_of([task]).rows["tasks"][0], words, as_of, 2022) == gives


@pytest.mark.parametrize(
    "due,status,gives",
    [
        (date(2022, 10, 30), "推进中", "overdue"),
        (date(2022, 10, 31), "推进中", "soon"),
        (date(2022, 11, 30), None, "soon"),
        (date(2022, 12, 1), None, ""),
        (date(2022, 1, 1), "已 完成", "done"),
        (None, None, ""),
    ],
)
def test_the_lights(due, status, gives, words):
    line = Line("x", "task", {"due": Cell(due), "status": Cell(status)})
    assert light_of(line, AS_OF, words).removeprefix("ledger-light-") == gives


def test_the_lights_of_the_sheet_go_with_what_is_filled_in(book):
    rules = [rule for found in Hand(book).sheet.conditional_formatting for rule in found.rules]
    assert {rule.formula[0] for rule in rules} == {
        'OR($J4="已完成",$J4="已取消")',
        'AND(ISNUMBER($G4),$G4<$B$2,NOT(OR($J4="已完成",$J4="已取消")))',
        'AND(ISNUMBER($G4),$G4<=$B$2+30,NOT(OR($J4="已完成",$J4="已取消")))',
        'AND(ISNUMBER($M4),$M4<=$B$2+7,NOT(OR($J4="已完成",$J4="已取消")))',
    }


def test_a_units_workbook_has_its_tasks_then_those_of_its_groups(desk):
    plan = plan_of(FIVE)
    [unit] = find(units(plan), "区 财政局")
    outcome = desk.write(plan, unit=unit)
    assert outcome.path.name == "区财政局.xlsx"
    hand = Hand(outcome.path)
    assert hand.tasks() == [FIVE[3].text]
    assert hand.cell("预决算", "本单位角色").value == "牵头"
    assert hand.cell("预决算", "原文位置").value == "表1第5行"
    [group] = find(units(plan), "各乡（镇）政府")
    assert len(Hand(desk.write(plan, unit=group).path).tasks()) == len(FIVE)


def test_an_open_group_comes_second_and_a_group_of_others_not_at_all(desk):
    tasks = (
        Task("本局的事。", lead="区财政局", responsible=""),
        Task("大家的事。", responsible="各部门"),
        Task("乡镇的事。"),
    )
    plan = plan_of(tasks)
    open_group = next(r for r in plan.rows["units"] if r["name"] == "满城区各部门")
    open_group["members"] = []
    [unit] = find(units(plan), "区财政局")
    outcome = desk.write(plan, unit=unit)
    assert (outcome.tasks, outcome.grouped) == (2, 1)
    hand = Hand(outcome.path)
    assert hand.tasks() == ["本局的事。", "大家的事。"]
    assert hand.cell("大家的事", "本单位角色").value == "责任（各部门）"
    assert hand.find("面向群体的任务", "序号") > hand.find("本局的事")


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\x07响\x00铃",
    "<script>alert(1)</script>",
    "_x0041_",
    "'='",
]


def test_text_that_looks_like_a_formula_or_is_no_text_stays_text(desk):
    plan = plan_of([Task(text, lead=text, deadline=text, extra={text: text}) for text in HOSTILE])
    path = desk.write(plan).path
    hand = Hand(path)
    got = [r for r in hand.sheet.iter_rows(min_row=hand.header + 2) if r[1].value]
    assert [r[1].value for r in got] == [t.replace("\x07", "␇").replace("\x00", "␀") for t in HOSTILE]
    assert {c.data_type for r in got for c in r if isinstance(c.value, str)} == {"s"}
    with zipfile.ZipFile(path) as package:
        with_formulas = [n for n in package.namelist() if n.startswith("xl/worksheets/") and b"<f>" in package.read(n)]
    assert with_formulas == ["xl/worksheets/sheet1.xml"]
    before = path.read_bytes()
    desk.write(plan)
    assert path.read_bytes() == before


def test_a_text_longer_than_a_cell_is_whole_in_a_sheet_of_its_own(desk):
    text = "".join(f"第{n}句很长的话。" for n in range(6000))
    path = desk.write(plan_of([Task(text), *FIVE])).path
    rows = list(openpyxl.load_workbook(path)["长文"].iter_rows(min_row=3, values_only=True))
    assert "".join(r[3] for r in rows) == text
    assert Hand(path).tasks()[0].endswith("……（未完，全文另见）")
    before = path.read_bytes()
    desk.write(plan_of([Task(text), *FIVE]))
    assert path.read_bytes() == before


ODD = [
    "../../etc/passwd",
    "a/b\\c:d*e?f",
    "CON",
    "nul.txt",
    "。" * 300,
    "  ",
    "\u202e倒",
    "a\nb",
    "~$x",
    ".hidden",
    "x\x00y",
    "政务公开",
]


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_any_name_is_a_safe_file_name(name, tmp_path):
    made = file_name(name)
    assert not set(made) & set('/\\:*?"<>|\0\n\u202e') and made not in (".", "..")
    assert not made.startswith((".", "~")) and len(made.encode()) < 200
    assert path_of(plan_of(FIVE, key=name), tmp_path).parent == tmp_path / "ledger"


def test_names_that_look_alike_once_cleaned_are_two_files():
    assert file_name("a/b") != file_name("a:b") != file_name("a_b")
    assert file_name("CON") != file_name("_CON")


def test_a_plan_with_nothing_but_tasks_has_a_ledger(desk):
    hand = Hand(desk.write(plan_of([Task("唯一的事。", section=(), lead="", responsible="")], key=None)).path)
    assert hand.tasks() == ["唯一的事。"]


@pytest.mark.parametrize(
    "text,room,lines",
    [
        ("一二三四五", 10, 1),
        ("一二三四五六", 10, 2),
        ("一二三四五，", 10, 2),
        ("ab cd", 4, 2),
        ("a" * 25, 10, 3),
        ("一\n\n二", 10, 3),
        ("", 10, 1),
    ],
)
def test_how_many_lines_a_text_takes(text, room, lines):
    assert lines_of(text, room) == lines


def test_a_row_never_grows_above_what_excel_has_and_its_letters_shrink_first():
    tall, size = height([("字" * 500, 42)])
    assert tall < 409 and size == 10.5
    tall, size = height([("字" * 900, 42)])
    assert tall <= 409 and size < 10.5
    assert height([("字" * 9000, 42)]) == (409, 7.0)


def test_the_most_alike_texts_are_paired_once_each():
    old = ["推送减税降费政策，曝光典型案例", "公开财政预决算信息", "完全不同的一件事"]
    new = ["公开财政预决算和债务信息", "推送减税降费政策，及时曝光典型案例", "另起炉灶"]
    assert pair(old, new) == {0: 1, 1: 0}


def run(capsys, *args: str | Path) -> tuple[int, str, str]:
    code = main([*map(str, args)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_writes_the_current_plans_of_the_record(tmp_path, capsys):
    assert run(capsys, "parse", SAMPLE, "-o", tmp_path)[0] == 0
    code, out, err = run(capsys, "ledger", "-o", tmp_path, "--as-of", "2022-10-31")
    [path] = (tmp_path / "ledger").glob("*.xlsx")
    assert (code, out, err) == (0, f"{path}：任务 36 项\n", "")
    code, out, _ = run(capsys, "ledger", "-o", tmp_path, "--as-of", "2022-10-31", "--unit", "区税务局")
    assert code == 0
    assert Hand(tmp_path / "ledger" / path.stem / "区税务局.xlsx").tasks()[0].startswith("推送已出台各项减税降费政策")
    code, out, err = run(capsys, "ledger", "-o", tmp_path, "--unit", "区税务")
    assert (code, out) == (2, "")
    assert "区税务局" in err
    other = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(other)
    code, out, err = run(capsys, "ledger", "-o", tmp_path, "--from", other)
    assert (code, err.count("\n")) == (1, 1)


def test_one_bad_file_stops_no_other_and_no_record_is_one_line(tmp_path, capsys):
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"nothing")
    code, out, err = run(capsys, "ledger", bad, SAMPLE, "-o", tmp_path, "--as-of", "2022-10-31")
    assert code == 1 and "任务 36 项" in out and err.count("\n") == 1
    code, out, err = run(capsys, "ledger", "-o", tmp_path / "empty")
    assert code == 1 and out == "" and err.count("\n") == 1
    with pytest.raises(SystemExit) as refused:
        main(["ledger", "--as-of", "31.10.2022"])
    assert refused.value.code == 2


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is not installed"
)
def test_libreoffice_prints_every_word_and_the_header_on_every_page(book, sample, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    [pdf] = tmp_path.glob("*.pdf")
    printed = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    pages = ["".join(page.split()) for page in printed.split("\f")]
    sheet = [page for page in pages if "进展情况" in page and "佐证材料" in page]
    assert len(sheet) >= 3
    assert all(page.count("下次反馈时间") == 1 for page in sheet)
    words = "".join(sheet)
    last = [task.text[-8:] for task in sample.tasks]
    assert [text for text in last if "".join(text.split()) not in words] == []
