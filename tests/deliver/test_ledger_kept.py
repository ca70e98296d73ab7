"""What people typed into a ledger survives whatever was done to the workbook and to the plan."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from pipeline.deliver.ledger.former import read_former
from pipeline.errors import Unreadable
from tests.ledgers import AS_OF, FIVE, Desk, Hand, Task, plan_of, sheets_of, the_terms

PROOFS = os.environ.get("PROOFS")
PLAN = plan_of(FIVE)
PROGRESS = "已完成两轮推送，覆盖 312 户。"


@pytest.fixture(scope="session")
def words():
    return the_terms()


@pytest.fixture
def desk(tmp_path, words):
    return Desk(tmp_path, words)


@pytest.fixture
def kept(desk):
    """A ledger in which somebody has typed something into every kind of column."""
    path = desk.write(PLAN).path
    hand = Hand(path)
    hand.type("减税降费", "进展情况", PROGRESS)
    hand.type("减税降费", "完成状态", "推进中")
    hand.type("减税降费", "下次反馈时间", datetime(2022, 11, 15))
    hand.type("市场主体", "存在问题", "=1+1 是什么")
    hand.cell("市场主体", "进展情况").comment = Comment("请王科长核", "李")
    hand.type("预决算", "佐证材料", 42)
    hand.save()
    return path


def assert_kept(path: Path) -> Hand:
    hand = Hand(path)
    assert hand.cell("减税降费", "进展情况").value == PROGRESS
    assert hand.cell("减税降费", "完成状态").value == "推进中"
    assert hand.cell("减税降费", "下次反馈时间").value == datetime(2022, 11, 15)
    assert hand.cell("市场主体", "存在问题").value == "=1+1 是什么"
    assert hand.cell("市场主体", "存在问题").data_type == "s"
    assert hand.cell("市场主体", "进展情况").comment.text == "请王科长核"
    assert hand.cell("预决算", "佐证材料").value == 42
    return hand


def test_the_same_plan_on_the_same_day_gives_the_same_bytes(desk, tmp_path, words):
    first = desk.write(PLAN).path.read_bytes()
    assert desk.write(PLAN).path.read_bytes() == first
    assert Desk(tmp_path / "elsewhere", words).write(PLAN).path.read_bytes() == first


def test_what_was_typed_is_there_the_next_time_and_the_time_after(desk, kept):
    desk.write(PLAN)
    assert_kept(kept)
    before = kept.read_bytes()
    desk.write(PLAN)
    assert kept.read_bytes() == before


def test_another_day_moves_our_suggestions_and_no_typed_day(desk, kept):
    assert Hand(kept).cell("市场主体", "下次反馈时间").value == datetime(2022, 12, 31)
    desk.write(PLAN, as_of=date(2023, 1, 5))
    hand = assert_kept(kept)
    assert hand.cell("市场主体", "下次反馈时间").value == datetime(2023, 3, 31)


def test_a_typed_day_stays_though_we_would_once_have_said_the_same(desk, kept):
    hand = Hand(kept)
    hand.type("市场主体", "下次反馈时间", datetime(2023, 3, 31))
    hand.save()
    desk.write(PLAN, as_of=date(2023, 1, 5))
    desk.write(PLAN, as_of=date(2023, 6, 1))
    assert Hand(kept).cell("市场主体", "下次反馈时间").value == datetime(2023, 3, 31)


def test_a_sorted_sheet_reads_and_the_order_of_the_plan_comes_back(desk, kept):
    hand = Hand(kept)
    hand.cell("市场主体", "进展情况").comment = None
    hand.sort(lambda values: str(values[1] or "")[::-1])
    assert hand.tasks() != [task.text for task in FIVE]
    hand.cell("市场主体", "进展情况").comment = Comment("请王科长核", "李")
    hand.save()
    desk.write(PLAN)
    assert assert_kept(kept).tasks() == [task.text for task in FIVE]


def test_an_inserted_row_stays_where_it_was_put(desk, kept):
    hand = Hand(kept)
    at = hand.find("减税降费") + 1
    hand.sheet.insert_rows(at)
    hand.sheet.cell(at, hand.column("序号")).value = "2-1"
    hand.sheet.cell(at, hand.column("工作任务")).value = "领导批示：加派一次专项检查"
    hand.sheet.cell(at, hand.column("进展情况")).value = "已部署"
    hand.save()
    for _ in range(2):
        desk.write(PLAN)
        after = assert_kept(kept)
        assert after.find("领导批示") == after.find("减税降费") + 1
        assert after.cell("领导批示", "进展情况").value == "已部署"
        assert len(after.tasks()) == len(FIVE) + 1


def test_a_copied_row_is_a_row_of_its_own(desk, kept):
    hand = Hand(kept)
    at = hand.find("减税降费")
    values = [cell.value for cell in hand.sheet[at]]
    hand.sheet.insert_rows(at + 1)
    for c, value in enumerate(values, 1):
        hand.sheet.cell(at + 1, c).value = value
    hand.sheet.cell(at + 1, hand.column("进展情况")).value = "第二次记录"
    hand.save()
    desk.write(PLAN)
    after = Hand(kept)
    progress = [r[after.column("进展情况") - 1] for r in after.rows() if "减税降费" in str(r[1])]
    assert progress == [PROGRESS, "第二次记录"]


def test_added_moved_and_renamed_columns_stay_as_they_are(desk, kept):
    hand = Hand(kept)
    hand.sheet.insert_cols(3)
    hand.sheet.cell(hand.header, 3).value = "分管领导"
    hand.sheet.cell(hand.find("减税降费"), 3).value = "张副区长"
    hand.sheet.cell(hand.header, hand.column("进展情况")).value = " 进 展\n情 况 "
    hand.sheet.column_dimensions["C"].width = 33.0
    hand.save()
    for _ in range(2):
        desk.write(PLAN)
        after = assert_kept(kept)
        assert after.labels()[:4] == ["序号", "工作任务", "分管领导", "牵头单位"]
        assert after.cell("减税降费", "分管领导").value == "张副区长"
        assert after.sheet.column_dimensions["C"].width == pytest.approx(33, abs=0.3)


def test_a_header_that_moved_down_is_found_and_what_stands_above_is_kept(desk, kept):
    hand = Hand(kept)
    hand.book["任务"].insert_rows(1, 3)
    hand.sheet.cell(1, 1).value = "填报单位：区发改局"
    hand.save()
    desk.write(PLAN)
    assert_kept(kept)
    rows = list(openpyxl.load_workbook(kept)["其他内容"].iter_rows(values_only=True))
    assert ("任务", "第1行", "填报单位：区发改局") in [r[:3] for r in rows]
    desk.write(PLAN)
    again = list(openpyxl.load_workbook(kept)["其他内容"].iter_rows(values_only=True))
    assert again == rows


def test_without_the_hidden_columns_rows_are_found_by_their_words(desk, kept):
    hand = Hand(kept)
    hand.sheet.delete_cols(hand.column("编号"))
    del hand.book["_taizhang"]
    hand.save()
    desk.write(PLAN)
    assert_kept(kept)
    assert Hand(kept).tasks() == [task.text for task in FIVE]


REISSUED = (
    Task("新增一项没有人见过的工作，由数据局负责。", lead="区数据局"),
    Task("公开市场主体帮扶政策，稳定市场预期。", lead="区发改局、区市场监管局"),
    Task(
        "推送减税降费政策，及时曝光骗取优惠的典型案例。", deadline="2022年11月底前", kind="due", due=date(2022, 11, 30)
    ),
    Task("公开财政预决算和政府债务信息。", section=("二、财政资金",), lead="区财政局"),
    Task(
        "每季度通报公开平台检查结果。",
        section=("二、财政资金",),
        kind="recurring",
        recurrence="FREQ=MONTHLY;INTERVAL=3",
    ),
)


def test_a_reissued_notice_with_other_numbers_takes_over_what_was_typed(desk, kept):
    hand = Hand(kept)
    hand.type("重大建设项目", "进展情况", "已公开 12 个项目")
    hand.save()
    outcome = desk.write(plan_of(REISSUED, "乙"))
    assert (outcome.path, outcome.new, outcome.vanished) == (kept, 1, 1)
    after = assert_kept(kept)
    assert after.tasks() == [task.text for task in REISSUED]
    told = after.cell("减税降费", "变化").value.split("\n")
    assert "时限 原为：2022年底前" in told
    assert "截止日期 原为：2022-12-31" in told
    assert "序号 原为：2" in told
    assert "工作任务 原为：推送减税降费政策，曝光骗取优惠典型案例。" in told
    assert after.cell("市场主体", "变化").value == "序号 原为：1\n牵头单位 原为：区发改局"
    assert after.cell("没有人见过", "变化").value == "新增任务"
    gone = Hand(kept, "已撤销任务")
    assert gone.cell("重大建设项目", "进展情况").value == "已公开 12 个项目"
    assert gone.cell("重大建设项目", "变化").value == "文件里已没有这一项"
    before = kept.read_bytes()
    desk.write(plan_of(REISSUED, "乙"))
    assert kept.read_bytes() == before


def test_a_vanished_task_that_comes_back_brings_what_was_typed(desk, kept):
    desk.write(plan_of(FIVE[2:], "乙"))
    assert "已撤销任务" in sheets_of(kept)
    desk.write(plan_of(FIVE, "丙"))
    assert_kept(kept)
    assert "已撤销任务" not in sheets_of(kept)


def test_a_mark_that_was_read_and_deleted_does_not_come_back(desk, kept):
    desk.write(plan_of(REISSUED, "乙"))
    hand = Hand(kept)
    hand.type("减税降费", "变化", None)
    hand.save()
    desk.write(plan_of(REISSUED, "乙"))
    assert Hand(kept).cell("减税降费", "变化").value is None


def test_what_was_corrected_in_a_column_of_the_plan_stays_and_says_what_the_plan_says(desk, kept):
    hand = Hand(kept)
    hand.type("减税降费", "截止日期", datetime(2022, 11, 20))
    hand.type("预决算", "工作任务", "公开财政预决算、政府债务和采购信息。")
    hand.save()
    for _ in range(2):
        desk.write(PLAN)
        after = assert_kept(kept)
        assert after.cell("减税降费", "截止日期").value == datetime(2022, 11, 20)
        assert after.cell("减税降费", "截止日期").comment.text == "文件原为：2022-12-31"
        assert after.cell("预决算", "工作任务").value == "公开财政预决算、政府债务和采购信息。"
    desk.write(plan_of(REISSUED, "乙"))
    after = Hand(kept)
    assert after.cell("减税降费", "截止日期").value == datetime(2022, 11, 20)
    assert "截止日期 文件改为：2022-11-30（保留手工填写的）" in after.cell("减税降费", "变化").value


def test_what_is_done_asks_for_no_further_report(desk, kept):
    hand = Hand(kept)
    hand.type("市场主体", "完成状态", "已完成")
    hand.save()
    desk.write(PLAN)
    assert Hand(kept).cell("市场主体", "下次反馈时间").value is None
    hand = Hand(kept)
    hand.type("市场主体", "完成状态", "推进中")
    hand.save()
    desk.write(PLAN)
    assert Hand(kept).cell("市场主体", "下次反馈时间").value == datetime(2022, 12, 31)


def test_a_sheet_of_ones_own_and_notes_on_other_sheets_are_carried_along(desk, kept):
    hand = Hand(kept)
    own = hand.book.create_sheet("联系人")
    own["B2"], own["B3"], own["C3"] = "李四", datetime(2022, 5, 1), 0.25
    own["C3"].number_format = "0%"
    hand.book["按单位"]["P5"] = "这里我记了一笔"
    hand.save()
    for _ in range(2):
        outcome = desk.write(PLAN)
        book = openpyxl.load_workbook(kept)
        assert [book["联系人"][at].value for at in ("B2", "B3", "C3")] == ["李四", datetime(2022, 5, 1), 0.25]
        assert book["联系人"]["C3"].number_format == "0%"
        assert any("这里我记了一笔" in r for r in book["其他内容"].iter_rows(values_only=True))
    assert outcome.backup is None


def test_what_cannot_be_carried_is_told_and_the_former_workbook_kept(desk, kept):
    hand = Hand(kept)
    hand.book.create_sheet("图").merge_cells("A1:B2")
    hand.book["图"]["A1"] = "合并的"
    hand.save()
    before = kept.read_bytes()
    outcome = desk.write(PLAN)
    assert outcome.backup is not None
    assert outcome.backup.read_bytes() == before
    assert "工作表“图”的合并单元格" in str(outcome)
    assert openpyxl.load_workbook(kept)["图"]["A1"].value == "合并的"


def test_a_formula_keeps_its_value_or_its_words(desk, kept):
    hand = Hand(kept)
    hand.cell("市场主体", "佐证材料").value = "=2*3"
    hand.save()
    desk.write(PLAN)
    cell = Hand(kept).cell("市场主体", "佐证材料")
    assert (cell.value, cell.data_type, cell.comment.text) == ("=2*3", "s", "公式：=2*3")


def test_days_saved_as_text_by_another_program_are_days_again(desk, kept):
    hand = Hand(kept)
    hand.type("减税降费", "截止日期", "2022/12/31")
    hand.type("市场主体", "下次反馈时间", "2022年12月31日")
    hand.save()
    desk.write(PLAN)
    after = Hand(kept)
    assert after.cell("减税降费", "截止日期").value == datetime(2022, 12, 31)
    assert after.cell("减税降费", "截止日期").comment is None
    assert after.cell("市场主体", "下次反馈时间").value == datetime(2022, 12, 31)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.slow
def test_saved_by_libreoffice_it_reads_as_before(desk, kept, tmp_path):
    out = tmp_path / "lo"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, str(kept)], check=True, capture_output=True, timeout=120)
    shutil.copy(out / kept.name, kept)
    outcome = desk.write(PLAN)
    assert_kept(kept)
    assert Hand(kept).tasks() == [task.text for task in FIVE]
    assert (outcome.changed, outcome.new, outcome.vanished, outcome.backup) == (0, 0, 0, None)
    assert "其他内容" not in sheets_of(kept)


def test_a_filled_workbook_of_a_unit_goes_into_that_of_the_plan(desk, kept, words):
    from pipeline.deliver.ledger.units import find, units

    [unit] = find(units(PLAN), "区发改局")
    path = desk.write(PLAN, unit=unit).path
    hand = Hand(path)
    hand.type("市场主体", "进展情况", "发改局报：已办")
    hand.type("减税降费", "进展情况", "发改局报：三轮")
    hand.save()
    desk.write(PLAN, others=[read_former(path, words)])
    after = Hand(kept)
    assert after.cell("市场主体", "进展情况").value == "发改局报：已办"
    assert after.cell("减税降费", "进展情况").value == "发改局报：三轮"
    assert after.cell("减税降费", "变化").value == f"进展情况 原为：{PROGRESS}（改用“区发改局.xlsx”）"
    assert after.tasks() == [task.text for task in FIVE]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data,
        lambda data: b"no workbook",
        lambda data: b"",
    ],
    ids=["cut", "password", "text", "empty"],
)
def test_a_workbook_that_cannot_be_read_is_left_as_it_is(desk, kept, spoil):
    kept.write_bytes(spoil(kept.read_bytes()))
    before = kept.read_bytes()
    with pytest.raises(Unreadable) as told:
        desk.write(PLAN)
    assert "\n" not in str(told.value)
    assert kept.read_bytes() == before


@pytest.mark.parametrize("lock", ["~${name}", ".~lock.{name}#"])
def test_a_workbook_that_is_open_is_left_as_it_is(desk, kept, lock):
    kept.with_name(lock.format(name=kept.name)).write_text("李四")
    before = kept.read_bytes()
    with pytest.raises(Unreadable, match="正开着"):
        desk.write(PLAN)
    assert kept.read_bytes() == before


def test_a_workbook_without_a_table_of_tasks_is_left_as_it_is(desk, kept):
    book = openpyxl.Workbook()
    book.active["A1"] = "别的东西"
    book.save(kept)
    before = kept.read_bytes()
    with pytest.raises(Unreadable, match="没有任务表"):
        desk.write(PLAN)
    assert kept.read_bytes() == before


# what an xlsx can hold: every character but those that XML has no way to write
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=60)
TYPED = st.one_of(
    TEXT,
    st.sampled_from(
        ["=1+1", "=cmd|' /C calc'!A0", "+1", "@x", "_x0041_", "a\r\nb", " 空格 ", "\n", "#N/A", "'x", "TRUE"]
    ),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda x: float(f"{x:.9g}")),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).map(lambda d: d.replace(microsecond=0)),
)
FREE = ("进展情况", "完成状态", "存在问题", "佐证材料", "我的一列")


@settings(max_examples=300 if PROOFS else 15)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(FREE), TYPED), min_size=1, max_size=12))
def test_whatever_is_typed_comes_back_exactly(tmp_path_factory, typed):
    """The law of the ledger; what is typed is written as a program writes it, and read by none of our own code."""
    import xlsxwriter

    words = the_terms()
    desk = Desk(tmp_path_factory.mktemp("law"), words)
    path = desk.write(PLAN).path
    wanted = {(FIVE[n].text, label): value for n, label, value in typed}
    form = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet, day = form.add_worksheet("任务"), form.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for c, label in enumerate(("序号", "工作任务", *FREE)):
        sheet.write_string(0, c, label)
    for r, task in enumerate(FIVE, 1):
        sheet.write_string(r, 1, task.text)
        for c, label in enumerate(FREE, 2):
            value = wanted.get((task.text, label))
            if isinstance(value, bool):
                sheet.write_boolean(r, c, value)
            elif isinstance(value, str):
                sheet.write_string(r, c, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(r, c, value, day)
            elif value is not None:
                sheet.write_number(r, c, value)
    form.close()
    desk.write(PLAN, as_of=AS_OF)
    once = read_former(path, words)
    desk.write(PLAN, as_of=AS_OF)
    twice = read_former(path, words)
    for former in (once, twice):
        labels = {column.key: column.label for column in former.columns}
        got = {
            (row.words, labels[key]): cell.value
            for row in former.rows
            for key, cell in row.cells.items()
            if labels[key] in FREE and cell.value is not None
        }
        assert got == wanted


def test_days_in_the_formats_of_a_chinese_excel_are_days(desk, kept):
    import xlsxwriter

    form = xlsxwriter.Workbook(kept)
    sheet = form.add_worksheet("任务")
    for c, label in enumerate(("序号", "工作任务", "进展情况", "下次反馈时间")):
        sheet.write_string(0, c, label)
    sheet.write_string(1, 1, FIVE[0].text)
    sheet.write_datetime(1, 2, date(2022, 11, 15), form.add_format({"num_format": 31}))
    sheet.write_datetime(1, 3, date(2022, 11, 16), form.add_format({"num_format": 14}))
    form.close()
    for _ in range(2):
        desk.write(PLAN)
        hand = Hand(kept)
        long, short = hand.cell("市场主体", "进展情况"), hand.cell("市场主体", "下次反馈时间")
        assert (long.value, long.number_format) == (datetime(2022, 11, 15), 'yyyy"年"m"月"d"日"')
        assert (short.value, short.number_format) == (datetime(2022, 11, 16), "mm-dd-yy")


def test_a_link_is_still_a_link(desk, kept):
    hand = Hand(kept)
    hand.type("市场主体", "佐证材料", "台账照片")
    hand.cell("市场主体", "佐证材料").hyperlink = "佐证/照片 1.jpg"
    hand.type("减税降费", "佐证材料", "公告")
    hand.cell("减税降费", "佐证材料").hyperlink = "https://example.org/a?b=1"
    hand.save()
    for _ in range(2):
        desk.write(PLAN)
        after = Hand(kept)
        photo, notice = after.cell("市场主体", "佐证材料"), after.cell("减税降费", "佐证材料")
        assert (photo.value, notice.value) == ("台账照片", "公告")
        assert photo.hyperlink.target.replace("%20", " ") == "佐证/照片 1.jpg"
        assert notice.hyperlink.target == "https://example.org/a?b=1"


def test_pictures_in_the_task_sheet_are_told_and_kept_in_the_former_workbook(desk, kept, tmp_path):
    from openpyxl.drawing.image import Image
    from PIL import Image as Picture

    Picture.new("RGB", (4, 4)).save(tmp_path / "p.png")
    hand = Hand(kept)
    hand.sheet.add_image(Image(tmp_path / "p.png"), "K5")
    hand.save()
    before = kept.read_bytes()
    outcome = desk.write(PLAN)
    assert outcome.unplaced == ("工作表“任务”里的图片",)
    assert outcome.backup.read_bytes() == before


def test_a_sheet_that_bears_a_name_of_ours_gets_another(desk, kept):
    hand = Hand(kept)
    hand.book.create_sheet("已撤销任务")["A1"] = "我自己的"
    hand.save()
    desk.write(plan_of(FIVE[2:], "乙"))
    names = sheets_of(kept)
    assert "已撤销任务" in names and "已撤销任务（2）" in names
    assert openpyxl.load_workbook(kept)["已撤销任务（2）"]["A1"].value == "我自己的"


def test_a_ledger_kept_by_hand_is_taken_over_by_its_words(desk, tmp_path, words):
    by_hand = openpyxl.Workbook()
    sheet = by_hand.active
    sheet.append(["某局2022年工作台账"])
    sheet.append(["序 号", "工作内容", "牵头部门", "工作进展", "备注"])
    sheet.append([1, "公开市场主体帮扶政策 稳定市场预期", "发改局", "已公开", "甲"])
    sheet.append([2, "推送减税降费的政策，曝光骗取优惠的典型案例", "税务局", "两轮", "乙"])
    sheet.append([3, "去年的一件别的事情", "档案局", "办完了", "丙"])
    path = tmp_path / "手工.xlsx"
    by_hand.save(path)
    outcome = desk.write(PLAN, others=[read_former(path, words)])
    after = Hand(outcome.path)
    assert after.tasks() == [task.text for task in FIVE]
    assert [after.cell(at, "进展情况").value for at in ("市场主体", "减税降费")] == ["已公开", "两轮"]
    assert [after.cell(at, "备注").value for at in ("市场主体", "减税降费")] == ["甲", "乙"]
    gone = Hand(outcome.path, "已撤销任务")
    assert (gone.cell("去年的", "进展情况").value, gone.cell("去年的", "变化").value) == ("办完了", "只在“手工.xlsx”里")


def test_the_rows_of_other_units_do_not_come_into_a_units_workbook(desk, kept, words):
    from pipeline.deliver.ledger.units import find, units

    [unit] = find(units(PLAN), "区财政局")
    path = desk.write(PLAN, unit=unit, others=[read_former(kept, words)]).path
    hand = Hand(path)
    assert hand.tasks() == [FIVE[3].text]
    assert hand.cell("预决算", "佐证材料").value == 42
    assert "已撤销任务" not in sheets_of(path)


def test_two_columns_of_one_header_are_two_columns(desk, kept):
    hand = Hand(kept)
    last = hand.sheet.max_column + 1
    hand.sheet.cell(hand.header, last).value = "进展情况"
    hand.sheet.cell(hand.find("减税降费"), last).value = "另一种进展"
    hand.sheet.cell(hand.find("减税降费"), last + 1).value = "没有表头的一格"
    hand.save()
    for _ in range(3):
        desk.write(PLAN)
        after = assert_kept(kept)
        row = [cell.value for cell in after.sheet[after.find("减税降费")]]
        assert (row.count("另一种进展"), row.count("没有表头的一格"), row.count(PROGRESS)) == (1, 1, 1)
        assert after.labels().count("进展情况") == 2


def test_a_heading_takes_what_is_typed_beside_it(desk, kept):
    hand = Hand(kept)
    hand.sheet.cell(hand.find("二、财政资金", "序号"), hand.column("进展情况")).value = "本部分总体过半"
    hand.save()
    desk.write(PLAN)
    after = Hand(kept)
    assert after.sheet.cell(after.find("二、财政资金", "序号"), after.column("进展情况")).value == "本部分总体过半"
    desk.write(plan_of(FIVE[:3], "乙"))
    gone = Hand(kept, "已撤销任务")
    assert gone.find("本部分总体过半", "进展情况")


def everything(path: Path) -> list[str]:
    """Every text of the sheets that people fill."""
    book = openpyxl.load_workbook(path)
    names = [name for name in ("任务", "已撤销任务", "其他内容") if name in book.sheetnames]
    return [str(cell) for name in names for row in book[name].iter_rows(values_only=True) for cell in row if cell]


@settings(max_examples=300 if PROOFS else 12)
@given(
    typed=st.lists(st.tuples(st.integers(4, 12), st.integers(1, 20)), min_size=1, max_size=10, unique=True),
    order=st.permutations(range(8)),
    hidden=st.sampled_from(["kept", "no base", "no ids"]),
    after=st.lists(st.integers(0, 4), unique=True),
)
def test_nothing_typed_anywhere_in_the_table_is_lost(tmp_path_factory, typed, order, hidden, after):
    """Any cell of any row or heading, ours or not; sorted anyhow; the next plan has any of the tasks in any order."""
    desk = Desk(tmp_path_factory.mktemp("law"), the_terms())
    path = desk.write(PLAN).path
    hand = Hand(path)
    order_at, id_at = hand.column("原序"), hand.column("编号")
    marks = []
    for n, (row, column) in enumerate(typed):
        if column not in (order_at, id_at):
            hand.sheet.cell(row, column).value = f"手写{n}号"
            marks.append(f"手写{n}号")
    if sorted(order) != list(order):
        rows = hand.rows()[:8]
        for r, k in enumerate(order, hand.header + 1):
            for c in range(1, hand.sheet.max_column + 1):
                hand.sheet.cell(r, c).value = rows[k][c - 1] if c <= len(rows[k]) else None
    if hidden != "kept":
        del hand.book["_taizhang"]
    if hidden == "no ids":
        hand.sheet.delete_cols(id_at)
    hand.save()
    desk.write(plan_of([FIVE[n] for n in after] or FIVE[:1], "乙"))
    for _ in range(2):
        found = everything(path)
        assert [mark for mark in marks if not any(mark in text for text in found)] == []
        desk.write(PLAN)


def test_cells_merged_over_tasks_are_told(desk, kept):
    hand = Hand(kept)
    hand.cell("市场主体", "进展情况").comment = None
    hand.sheet.merge_cells(f"I{hand.find('市场主体')}:I{hand.find('减税降费')}")
    hand.type("市场主体", "进展情况", "两项一起办")
    hand.save()
    outcome = desk.write(PLAN)
    assert outcome.unplaced == ("工作表“任务”里的合并单元格（内容在合并前的第一格）",)
    assert Hand(kept).cell("市场主体", "进展情况").value == "两项一起办"
    assert desk.write(PLAN).backup is None


def test_a_second_change_is_told_though_its_words_begin_like_the_first(desk, kept):
    desk.write(plan_of([Task(FIVE[0].text, label="12"), Task(FIVE[1].text, label="1")], "乙"))
    desk.write(plan_of([Task(FIVE[0].text, label="13"), Task(FIVE[1].text, label="2")], "丙"))
    assert Hand(kept).cell("市场主体", "变化").value.split("\n")[-2:] == ["序号 原为：1", "序号 原为：12"]
