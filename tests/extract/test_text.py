"""Plain text: every encoding offices use, and the tables that text can hold."""

import pytest

from pipeline.extract import extract_bytes

PLAN = "工作要点\r\n一、总体要求。\r\n责任单位：区发改局\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-8-sig"]
)
def test_every_encoding_gives_the_same_lines(encoding):
    got = extract_bytes("plan.txt", PLAN.encode(encoding)).blocks
    assert [b.text for b in got] == ["工作要点", "一、总体要求。", "责任单位：区发改局"]


def test_rows_with_bars_are_cells_and_the_rule_row_makes_a_header():
    got = extract_bytes("plan.md", "| 序号 | 任务 |\n|---|---|\n| 1 | 改造 |\n".encode()).blocks
    assert [(b.cell.row, b.cell.col, b.cell.header, b.text) for b in got] == [
        (0, 0, True, "序号"),
        (0, 1, True, "任务"),
        (1, 0, False, "1"),
        (1, 1, False, "改造"),
    ]
