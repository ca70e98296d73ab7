"""The look back as a user has it: links in the record, reasons, the workbook, the command."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime

import openpyxl
import pytest

from pipeline.compare import compare
from pipeline.compare.pairs import document_pairs
from pipeline.compare.rows import link_rows
from pipeline.deliver.lookback import write_look_back
from pipeline.explain import explain
from pipeline.lookback import look_back, pairs_of, renew
from pipeline.store import Record
from tests.make_docx import make_docx
from tests.make_plan import make_plan

HEADER = ("序号", "工作任务", "责任单位", "完成时限")
OLD = (
    HEADER,
    ("1", "全面清理行政规范性文件，公布现行有效文件目录。", "区司法局", "2022年6月底前"),
    ("2", "建设智能化政策问答平台。", "区政务服务局", "持续推进"),
    ("3", "做好农村饮水安全巩固提升工作。", "区水利局", "2022年底前"),
    ("4", "开展老旧小区加装电梯试点。", "区住建局", "2022年底前"),
    ("5", "改造提升城区农贸市场三处。", "区商务局、区市场监管局", "2022年9月底前"),
)
NEW = (
    HEADER,
    ("1", "全面清理行政规范性文件，公布现行有效文件目录。", "区司法局", "2023年9月底前"),
    ("2", "建设智能化政策问答平台。", "区政务服务局", "2023年底前"),
    ("3", "做好农村饮水安全巩固提升工作，开展老旧小区加装电梯试点。", "区水利局、区住建局", "2023年底前"),
    ("4", "推动新能源汽车充电桩进社区。", "区发展改革局", "2023年底前"),
)


def plan_file(folder, year, rows):
    title = f"平安区{year}年民生实事任务分工方案"
    return make_docx(folder / f"{year}.docx", title, f"（{year}年3月1日）", rows)


def taizhang(*args):
    command = [sys.executable, "-m", "pipeline", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ))


def two_years():
    return (
        make_plan("旧", year=2021, plan_key="510108-2021-主要目标任务", issued_on=date(2021, 3, 1)),
        make_plan("新", year=2022, plan_key="510108-2022-主要目标任务", tasks=4),
    )


def ids(*plans):
    return [plan.rows["documents"][0]["document_id"] for plan in plans]


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path) as record:
        for plan in two_years():
            record.save(plan)
        yield record


def test_no_end_of_a_link_is_empty_and_both_plans_are_known_from_it():
    old, new = two_years()
    rows = link_rows(compare(old, new))
    assert [row["relation"] for row in rows].count("new") == 1
    assert {(row["from_id"][:16], row["to_id"][:16]) for row in rows} == {tuple(ids(new, old))}
    assert [row["to_id"] for row in rows if row["relation"] == "new"] == ids(old)
    [gone] = [row for row in link_rows(compare(new, old)) if row["relation"] == "dropped"]
    assert gone["from_id"] == ids(old)[0]


def test_reading_a_plan_again_loses_no_link(record):
    old, new = two_years()
    look_back(record, *ids(old, new))
    before = record.table("links").to_pylist()
    assert {row["kind"] for row in before} == {"clause", "last_year"}
    record.save(make_plan("新", year=2022, plan_key="510108-2022-主要目标任务", tasks=4, title="别的标题"))
    record.save(record.plan(ids(new)[0]))
    assert record.table("links").to_pylist() == before


def test_what_was_compared_is_compared_again_when_a_plan_has_other_tasks(record):
    old, new = two_years()
    look_back(record, *ids(old, new))
    record.save(make_plan("新", year=2022, plan_key="510108-2022-主要目标任务", tasks=2))
    renew(record, ids(new))
    links = [row for row in record.table("links").to_pylist() if row["kind"] == "last_year"]
    assert sorted(row["relation"] for row in links) == ["dropped", "same", "same"]


def test_a_link_says_why(record, book):
    made = look_back(record, *ids(*two_years()))
    rows = link_rows(made)
    same = explain(rows[0]["link_id"], record, book)
    assert "依据  用语相似度 1.00" in same and "相同的词" in same and "序号相同" in same
    alone = next(row for row in rows if row["relation"] == "new")
    assert "最接近的是第" in explain(alone["link_id"], record, book)


def document(name, key, year, issued, current=True, tasks=5):
    return {"document_id": name, "plan_key": key, "plan_year": year, "issued_on": issued, "is_current": current} | {
        "region_code": "130607",
        "task_count": tasks,
        "ingested_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def test_versions_are_compared_in_turn_and_plans_with_those_of_the_year_before():
    draft = document("a", "130607-2022-政务公开工作要点", 2022, date(2022, 4, 1), current=False)
    plan = document("b", "130607-2022-政务公开工作要点", 2022, date(2022, 5, 1))
    last = document("c", "130607-2021-政务公开工作要点及分工方案", 2021, date(2021, 5, 1))
    other = document("d", "130607-2021-民生实事", 2021, date(2021, 5, 1))
    letter = document("e", "130607-2021-政务公开工作要点", 2021, date(2021, 5, 1), tasks=0)
    assert document_pairs([draft, plan, last, other, letter]) == (("a", "b"), ("c", "b"))


def test_the_record_knows_its_pairs(record):
    assert pairs_of(record) == (tuple(ids(*two_years())),)


def test_the_workbook_has_every_old_task_and_columns_to_fill_in_and_the_same_bytes(tmp_path, book):
    made = compare(*two_years())
    path = write_look_back(made, tmp_path, book)
    first = hashlib.sha256(path.read_bytes()).hexdigest()
    assert hashlib.sha256(write_look_back(made, tmp_path, book).read_bytes()).hexdigest() == first
    file = openpyxl.load_workbook(path)
    assert file.sheetnames == ["回头看", "新增任务", "章节", "依据"]
    sheet = file["回头看"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    labels = [cell.value for cell in header]
    assert {"落实情况", "未完成原因", "下一步打算", "去向"} <= set(labels)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=header[0].row + 1)]
    assert [row[labels.index("去向")] for row in rows] == ["沿用", "沿用", "沿用"]
    assert not any(row[labels.index("落实情况")] for row in rows)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${header[0].row}:${header[0].row}"


def test_the_command_tells_what_became_of_each_task(tmp_path):
    old, new = plan_file(tmp_path, 2022, OLD), plan_file(tmp_path, 2023, NEW)
    out = tmp_path / "out"
    ran = taizhang("compare", old, new, "-o", out, "--json")
    assert ran.returncode == 0, ran.stderr
    [made] = json.loads(ran.stdout)
    assert made["kind"] == "last_year"
    told = [
        (link["relation"], (link["old"] or {}).get("label"), (link["new"] or {}).get("label"), link["deadline"])
        for link in made["links"]
    ]
    assert told == [
        ("same", "1", "1", "later"),
        ("same", "2", "2", "fixed"),
        ("merged", "3", "3", "rolled"),
        ("merged", "4", "3", "rolled"),
        ("dropped", "5", None, "none"),
        ("new", None, "4", "none"),
    ]
    [book] = (out / "compare").glob("*.xlsx")
    assert "平安区2023年民生实事任务分工方案" in book.name
    published = (out / "csv" / "links.csv").read_text("utf-8-sig")
    assert published.count("last_year") == 6
    again = taizhang("compare", "-o", out)
    assert again.returncode == 0 and "合并 2 项为 1 项" in again.stdout and str(book) in again.stdout
    by_id = taizhang("compare", made["old"]["document_id"], made["new"]["document_id"][:8], "-o", out)
    assert by_id.stdout == again.stdout


@pytest.mark.parametrize(
    "args, code, line",
    [
        (["only.docx"], 2, "只给了一份计划"),
        (["missing.docx", "other.docx"], 1, "[missing]"),
        (["abcdef12", "abcdef34"], 2, "taizhang: "),
        (["same.docx", "same.docx"], 1, "[missing]"),
    ],
)
def test_a_wrong_call_is_one_line(tmp_path, args, code, line):
    Record(tmp_path / "out").close()
    ran = taizhang("compare", *args, "-o", tmp_path / "out")
    assert (ran.returncode, ran.stdout) == (code, "")
    assert line in ran.stderr.splitlines()[0] and "Traceback" not in ran.stderr


def test_without_a_record_nothing_is_made(tmp_path):
    ran = taizhang("compare", "-o", tmp_path / "none")
    assert ran.returncode == 1 and len(ran.stderr.splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_a_record_without_a_pair_says_so(tmp_path):
    with Record(tmp_path) as record:
        record.save(two_years()[0])
    ran = taizhang("compare", "-o", tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "taizhang compare 旧 新" in ran.stdout
