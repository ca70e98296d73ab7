"""Tables of a PDF: one grid whatever draws its lines, over page ends, with cut rows and merged cells whole again."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_bytes
from pipeline.extract.pagelines import Line
from pipeline.extract.pages import Rule
from pipeline.extract.ruled import TooManyLines, grids
from pipeline.extract.wraps import cell_text
from tests.extract.make_pdf import Paper, Setting, table

HEAD = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
TASKS = [
    ["1", "完成老旧小区改造12个，完善配套设施，改善居民生活条件。", "区住建局", "区财政局、区发改局", "12月底前"],
    ["2", "新增学位3000个；建成幼儿园2所，投入使用。", "区教育局\n区财政局", "各乡（镇）政府", "9月底前"],
    [("一、民生保障方面", 1, 5), None, None, None, None],
    ["3", "开展就业培训，全年培训不少于2000人次，新增就业5000人以上。", "区人社局", "", "持续推进"],
    [("4", 2, 1), "编制规划。", ("区政府办公室", 2, 1), "区政府各部门，各乡（镇）政府", "6月底前"],
    [None, "印发方案。", None, "区政府相关部门", "7月底前"],
]
ROWS = [HEAD, *TASKS]


def places(rows):
    """What a reader should find: row, column, spans → words."""
    found = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None:
                text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
                found[r, c, down, across] = text
    return found


def tables(paper):
    """The tables as read, each as `places` gives it."""
    made = {}
    for block in extract_bytes("paper.pdf", paper.bytes()).blocks:
        if cell := block.cell:
            made.setdefault(cell.table, {})[cell.row, cell.col, cell.row_span, cell.col_span] = block.text
    return list(made.values())


@pytest.mark.parametrize("style", ["stroke", "box", "double", "dash"])
@pytest.mark.parametrize(
    "how", [{}, {"align": "center", "middle": True}, {"size": 9, "pad": 1.9, "pitch": 1.0}], ids=str
)
def test_a_table_is_the_same_however_its_lines_are_drawn(style, how):
    paper = Paper().page()
    table(paper, ROWS, Setting(style=style, **how))
    assert tables(paper) == [places(ROWS)]


def test_a_table_without_outer_border_stays_one_over_its_section_rows():
    paper = Paper().page()
    table(paper, ROWS[:5], Setting(outer=False))
    assert tables(paper) == [places(ROWS[:5])]


@pytest.mark.parametrize("align", ["left", "center"])
def test_a_table_with_level_lines_only_has_its_columns(align):
    rows = [HEAD, *TASKS[:4]]
    paper = Paper().page()
    table(paper, rows, Setting(outer=False, upright=False, widths=(40, 170, 80, 80, 70), align=align))
    assert tables(paper) == [places(rows)]


def test_a_table_of_three_lines_has_its_rows():
    rows = [HEAD, TASKS[0], TASKS[1], TASKS[3]]
    paper, drawn = Paper().page(), []
    paint = paper.line
    paper.line = lambda *line, **_: drawn.append(line)
    table(paper, rows, Setting(outer=False, upright=False, widths=(40, 170, 80, 80, 70)))
    heights = sorted({line[1] for line in drawn if line[1] == line[3]})
    for height in (heights[0], heights[1], heights[-1]):
        paint(72, height, 512, height)
    assert tables(paper) == [places(rows)]


def test_the_imprint_between_lines_is_no_table():
    paper = Paper().page()
    for height in (700, 724, 748):
        paper.line(80, height, 514, height)
    paper.text(94, 704, "抄送：区委各部门，区人大常委会办公室。", 14)
    paper.text(94, 728, "某某区人民政府办公室", 14)
    paper.text(390, 728, "2023年3月1日印发", 14)
    assert tables(paper) == []


def test_an_underline_in_a_cell_and_a_frame_around_the_page_part_nothing():
    paper = Paper().page()
    table(paper, ROWS[:3], Setting())
    paper.line(110, 118, 230, 118)
    for edge in ((40, 40, 555, 40), (40, 800, 555, 800), (40, 40, 40, 800), (555, 40, 555, 800)):
        paper.line(*edge)
    assert tables(paper) == [places(ROWS[:3])]


@pytest.mark.parametrize("bottom", range(112, 240, 16))
@pytest.mark.parametrize("cut", [True, False], ids=["cut", "whole"])
def test_a_table_over_pages_is_one_wherever_the_page_ends(bottom, cut):
    paper = Paper().page()
    table(paper, ROWS, Setting(bottom=bottom, cut=cut, header_rows=1, shift=12))
    assert len(paper.painted) > 1
    assert tables(paper) == [places(ROWS)]


@pytest.mark.parametrize("bottom", range(112, 240, 16))
def test_the_same_without_headers_printed_again(bottom):
    paper = Paper().page()
    table(paper, ROWS, Setting(bottom=bottom))
    assert tables(paper) == [places(ROWS)]


PROBLEMS = [
    ["存在的问题", "整改措施", "责任单位"],
    ["中小企业困难较大", "落实减税降费政策，帮助企业降本增效。", "区发改局牵头，区财政局、区商务局配合"],
    [
        "地下管网设施比较薄弱的问题",
        "加快城市地下综合管廊建设，推进老旧管网改造，全年开工建设。",
        "区住建局牵头，各街道配合",
    ],
    [
        "水质比重下降",
        "加强重点流域水环境综合整治和水质监测，深化主要湖库治理。",
        "区环保局牵头，区农业局、区水利局配合",
    ],
]


@pytest.mark.parametrize("bottom", range(222, 350, 14))
def test_a_row_without_number_that_is_cut_in_every_cell_is_one(bottom):
    paper = Paper().page()
    table(paper, PROBLEMS, Setting(bottom=bottom, widths=(52, 84, 66)))
    found = {}
    for cells in tables(paper):
        found |= {place: text.replace("\n", "") for place, text in cells.items()}
    assert len(tables(paper)) == 1
    assert found == places(PROBLEMS)


def test_a_line_that_says_continued_is_furniture_and_the_table_goes_on():
    paper = Paper().page()
    end = table(paper, ROWS[:3], Setting())
    paper.page().text(270, 60, "（续表）", 12)
    assert end < 770
    table(paper, TASKS[2:4], Setting(), top=90)
    blocks = extract_bytes("paper.pdf", paper.bytes()).blocks
    assert [b.kind for b in blocks if "续表" in b.text] == ["header"]
    assert tables(paper) == [places(ROWS[:5])]


def test_tables_with_other_columns_or_words_between_stay_apart():
    paper = Paper().page()
    table(paper, ROWS[:3], Setting())
    paper.page()
    table(paper, [["甲", "乙"], ["丙", "丁"]], Setting(widths=(200, 230)))
    paper.page().text(80, 60, "附件2", 16)
    table(paper, [["甲", "乙"], ["丙", "丁"]], Setting(widths=(200, 230)), top=90)
    assert [len(one) for one in tables(paper)] == [15, 4, 4]


def row(text, x0, size=10):
    width = sum(0.5 if c.isascii() else 1.0 for c in text) * size
    return Line(text, x0, 0, x0 + width, size, size, size)


@pytest.mark.parametrize(
    "lines, text",
    [
        # a full line goes on, a short one ends a paragraph
        (["区政府办公", "室", "区卫健局"], "区政府办公室\n区卫健局"),
        (["持续推", "进并落实"], "持续推\n进并落实"),
        # full lines that begin alike are names one below the other
        (["区行政审批", "区司法机关"], "区行政审批\n区司法机关"),
        (["推进工作，", "推动落实。"], "推进工作，推动落实。"),
        (["完成编制。", "2.印发实施"], "完成编制。\n2.印发实施"),
    ],
)
def test_in_a_cell_the_right_edge_tells_a_wrapped_line_from_a_paragraph(lines, text):
    assert cell_text([row(line, 105) for line in lines], 100, 163, 5) == text


def test_centered_lines_are_measured_by_their_width():
    lines = [row("区政府办公", 106.5), row("室", 126.5), row("区卫健局", 111.5)]
    assert cell_text(lines, 100, 163, 5) == "区政府办公室\n区卫健局"


def test_a_page_of_too_many_lines_is_refused():
    rules = [Rule(0, y, 9_000, y) for y in range(0, 9_000, 10)] + [Rule(x, 0, x, 9_000) for x in range(0, 9_000, 10)]
    with pytest.raises(TooManyLines):
        grids(rules)
