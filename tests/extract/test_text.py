"""Plain text: every encoding offices use, lines and the tables that text can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes
from pipeline.extract.encoding import decode
from pipeline.extract.lines import width

PLAN = "某区工作要点\r\n一、总体要求。\r\n责任单位：区发改局\r\n"


def read(text, name="plan.txt"):
    return extract_bytes(name, text if isinstance(text, bytes) else text.encode())


def texts(text, name="plan.txt"):
    return [b.text for b in read(text, name).blocks]


def grid(text, name="plan.txt"):
    """Rows of words; a row of one cell is (its words,), a header row ends with True."""
    rows = {}
    for b in read(text, name).blocks:
        if b.cell:
            rows.setdefault((b.cell.table, b.cell.row), []).append(b.text)
    return [tuple(row) for row in rows.values()]


def refused(data, name="plan.txt"):
    with pytest.raises(Unreadable) as error:
        read(data, name)
    return error.value.code


# encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312", "hz"]
)
def test_every_encoding_gives_the_same_lines(encoding):
    assert texts(PLAN.encode(encoding)) == ["某区工作要点", "一、总体要求。", "责任单位：区发改局"]


def test_traditional_characters_in_big5_are_read():
    assert texts("某區重點工作任務\n1,完成老舊小區改造12個\n".encode("big5"))[1] == "1,完成老舊小區改造12個"


def test_rare_characters_of_gb18030_are_read():
    assert texts("某区工作要点\n㐀𠮷𪚥".encode("gb18030"))[1] == "㐀𠮷𪚥"


@pytest.mark.parametrize(
    "data, code",
    [
        (PLAN.encode("gbk") + PLAN.encode(), "garbled_text"),
        (b"\xed\xa0\x80" + PLAN.encode(), "garbled_text"),
        (PLAN.encode().replace("。".encode(), b"\0"), "unknown_type"),
        (bytes(range(256)) * 100, "unknown_type"),
        (b"\0" * 1000, "unknown_type"),
        (b"readme", "unknown_type"),
        (b"%PDF-1.7 " + PLAN.encode(), "unsupported"),
    ],
)
def test_what_is_no_chinese_text_is_refused_by_its_content(data, code):
    if code == "unsupported":
        code = refused(data)  # whatever the reader of that kind says
        assert code not in ("garbled_text", "unknown_type")
    else:
        assert refused(data) == code


def test_text_under_the_name_of_an_office_file_is_refused():
    assert refused(PLAN.encode(), "plan.docx") == "unknown_type"
    assert refused(PLAN.encode("gbk"), "plan.pdf") == "unknown_type"


COMMON = st.text(
    alphabet="的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严，。、：；（）“”《》0123456789",
    min_size=30,
    max_size=200,
)


@given(COMMON, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_encodings_round_trip(text, encoding):
    found = decode(text.encode(encoding))
    assert (found.text, found.broken) == (text, 0)


@given(st.binary(max_size=400))
def test_bytes_are_decoded_or_counted_as_broken_never_more(data):
    found = decode(data)
    assert found.broken == found.text.count("\ufffd") or found.broken == 0


# lines


def test_each_line_is_a_paragraph_and_blank_ones_are_none():
    assert texts("\ufeff任务\n\n　　一、甲\x07\n\t二、乙\u200b \r三、丙\x1a") == ["任务", "一、甲", "二、乙", "三、丙"]


def test_form_feeds_part_pages_and_their_numbers_are_furniture():
    got = read("第一页的任务\n- 1 -\n\f第二页\n2\n\f")
    assert [(b.kind, b.page, b.text) for b in got.blocks] == [
        ("footer", 1, "- 1 -"),
        ("paragraph", 1, "第一页的任务"),
        ("footer", 2, "2"),
        ("paragraph", 2, "第二页"),
    ]
    assert got.page_count == 2
    assert read("任务").page_count is None


def test_rulers_and_tools_of_a_site_are_furniture():
    got = read("==========\n任务\n----------\n【字体：大 中 小】 打印 关闭\n人次\n次")
    assert [b.kind for b in got.blocks] == ["header", "paragraph", "footer", "footer", "paragraph", "paragraph"]


def cut(paragraph, size):
    lines, line = [], ""
    for char in paragraph:
        if width(line + char) > size:
            lines, line = [*lines, line], ""
        line += char
    return [*lines, line]


LONG = [
    "　　为贯彻落实《国务院办公厅关于印发2022年政务公开工作要点的通知》和省、市政务公开工作部署，结合我区实际，"
    "制定本方案，请各乡镇、各部门认真组织实施，确保各项任务落到实处。",
    "　　一、加强组织领导，各单位主要负责同志要亲自抓，分管负责同志具体抓，明确责任，细化措施，推动政务公开工作"
    "不断取得新成效，为建设法治政府、服务型政府作出更大贡献。",
    "　　二、强化督促检查，区政府办公室要加强对各单位的督促检查，定期通报情况，对工作推进有力、成效明显的予以表扬，"
    "对落实不力的严肃追究责任。",
]


@pytest.mark.parametrize("size", [60, 64, 72, 80])
def test_lines_cut_at_a_width_are_one_paragraph_with_its_breaks(size):
    text = "工作方案\n" + "\n".join("\n".join(cut(p, size)) for p in LONG)
    assert texts(text) == ["工作方案", *("\n".join(cut(p, size)).strip() for p in LONG)]


def test_lines_that_only_happen_to_be_alike_stay_apart():
    alike = [f"{n}.完成城区主干道{n}条路段的绿化提升改造工程并按期交付使用。" for n in range(10)]
    assert texts("\n".join(alike)) == alike


# tables


@pytest.mark.parametrize(
    "text, rows",
    [
        ("| 序号 | 任务 |\n|---|:-:|\n| 1 | 改造 |\n", [("序号", "任务"), ("1", "改造")]),
        ("序号 | 任务\n--- | ---\n1 | 改造\n2\n", [("序号", "任务"), ("1", "改造")]),
        (
            "14 | 数字创意 | 省工信厅\n15 | 智能物联 | 省政数局\n",
            [("14", "数字创意", "省工信厅"), ("15", "智能物联", "省政数局")],
        ),
        (
            "|序号|任务|单位|\n|-|-|-|\n|1|甲|\n|一、保障|||\n",
            [("序号", "任务", "单位"), ("1", "甲", ""), ("一、保障",)],
        ),
        ("| 甲\\|乙 | **丙** |\n|--|--|\n| 丁 | |\n", [("甲|乙", "丙"), ("丁", "")]),
        ("序号｜任务\n1｜改造\n", [("序号", "任务"), ("1", "改造")]),
        ("序号\t任务\t单位\n1\t改造\t区住建局\n", [("序号", "任务", "单位"), ("1", "改造", "区住建局")]),
        (
            "序号\t任务\t单位\n一、保障\n1\t改造\n提升\t区住建局\n说明：略\n",
            [("序号", "任务", "单位"), ("一、保障",), ("1", "改造\n提升", "区住建局")],
        ),
        (
            '1\t甲\t"区发改局\n区财政局"\n2\t乙\t区教体局\n',
            [("1", "甲", "区发改局\n区财政局"), ("2", "乙", "区教体局")],
        ),
        (
            "┌──┬───┐\n│序号│任务  │\n├──┼───┤\n│1  │老旧小│\n│    │区改造│\n├──┼───┤\n│2  │乙    │\n└──┴───┘\n",
            [("序号", "任务"), ("1", "老旧小\n区改造"), ("2", "乙")],
        ),
        (
            "+---+---+\n| 序 | 任务 |\n+---+---+\n| 1 | 甲 |\n| 2 | 乙 |\n+---+---+\n",
            [("序", "任务"), ("1", "甲"), ("2", "乙")],
        ),
    ],
)
def test_rows_that_text_can_hold_are_cells(text, rows):
    assert grid(text) == rows


def test_a_rule_row_makes_a_header_and_is_no_text():
    got = read("| 序号 | 任务 |\n|---|---|\n| 1 | 改造 |\n").blocks
    assert [(b.cell.row, b.cell.col, b.cell.header, b.text) for b in got] == [
        (0, 0, True, "序号"),
        (0, 1, True, "任务"),
        (1, 0, False, "1"),
        (1, 1, False, "改造"),
    ]


def places(text):
    return [(b.cell.row, b.cell.col, b.cell.row_span, b.cell.col_span, b.text) for b in read(text).blocks if b.cell]


def test_blank_places_of_a_merged_number_or_name_belong_to_the_cell_above():
    got = places("|序号|任务|单位|\n|-|-|-|\n|1|甲|区住建局|\n||乙||\n|2|丙||\n|保障|丁|区财政局|\n||戊||\n")
    assert [p for p in got if p[2:4] != (1, 1)] == [(1, 0, 2, 1, "1"), (1, 2, 2, 1, "区住建局"), (4, 0, 2, 1, "保障")]
    assert (3, 2, 1, 1, "") in got and (5, 2, 1, 1, "") in got


def test_a_blank_header_belongs_to_the_one_before_it_and_the_first_to_nobody():
    got = places("|任务|要求||单位|\n|-|-|-|-|\n|甲|1|乙|丙|\n")
    assert got[:3] == [(0, 0, 1, 1, "任务"), (0, 1, 1, 2, "要求"), (0, 3, 1, 1, "单位")]
    assert places("||任务|\n|-|-|\n|1|甲|\n")[0] == (0, 0, 1, 1, "")


def test_the_first_row_of_a_table_without_a_marked_header_is_never_stretched():
    assert places("序号\t任务\n\t甲\n2\t乙\n")[2] == (1, 0, 1, 1, "")


def test_a_section_row_spans_the_table():
    got = read("序号\t任务\t单位\n一、保障\n1\t改造\t区住建局\n").blocks
    assert (got[3].text, got[3].cell.col_span) == ("一、保障", 3)


@pytest.mark.parametrize(
    "text",
    [
        "任务A|B两类\n说明",
        "一、\t总体要求\n二、\t主要任务\n三、\t保障措施",
        "\t缩进的一段话\n\t又一段话",
        "责任单位：\t区发改局\n\n完成时限：\t年底前",
        "# 任务 | 单位\n1 | 区发改局",
    ],
)
def test_bars_and_tabs_that_part_no_cells_are_text(text):
    assert grid(text) == []


def test_a_csv_is_one_table():
    text = '某区任务分解表\n序号,任务,"单位"\n1,"甲,乙","区发改局\n区财政局"\n'
    assert grid(text, "plan.csv") == [
        ("某区任务分解表",),
        ("序号", "任务", "单位"),
        ("1", "甲,乙", "区发改局\n区财政局"),
    ]
    assert grid(text, "plan.txt") == []


def test_a_table_that_a_converter_left_as_html_is_one():
    rows = "<tr><td>序号</td><td>任务</td></tr><tr><td rowspan=2>1</td><td>甲</td></tr><tr><td>乙</td></tr>"
    page = f"<html><body><table>{rows}</table></body></html>"
    got = read(f"# 工作要点\n\n| 项 | 值 |\n|--|--|\n| a | b |\n\n{page}\n\n完。", "plan.md")
    assert [(b.seq, b.cell and (b.cell.table, b.cell.row, b.cell.row_span), b.text) for b in got.blocks] == [
        (0, None, "工作要点"),
        (1, (0, 0, 1), "项"),
        (2, (0, 0, 1), "值"),
        (3, (0, 1, 1), "a"),
        (4, (0, 1, 1), "b"),
        (5, (1, 0, 1), "序号"),
        (6, (1, 0, 1), "任务"),
        (7, (1, 1, 2), "1"),
        (8, (1, 1, 1), "甲"),
        (9, (1, 2, 1), "乙"),
        (10, None, "完。"),
    ]


# Markdown


@pytest.mark.parametrize(
    "line, text, level, bold, label",
    [
        ("# 工作要点", "工作要点", 1, True, ""),
        ("### 一、总体 ###", "一、总体", 3, True, ""),
        ("#1机组检修", "#1机组检修", None, False, ""),
        ("**（一）公开。**各部门", "（一）公开。各部门", None, True, ""),
        ("各部门**要**公开", "各部门要公开", None, False, ""),
        ("- 公开目录", "公开目录", None, False, "•"),
        ("> 公开目录", "公开目录", None, False, ""),
        ("1\\. 公开\\*目录", "1. 公开*目录", None, False, ""),
        ("[任务清单](a.docx)见附件", "任务清单见附件", None, False, ""),
        ("甲&nbsp;<br>乙<span style='x'>丙</span>", "甲\u00a0\n乙丙", None, False, ""),
        ("3*5=15，2**3", "3*5=15，2**3", None, False, ""),
    ],
)
def test_marks_are_not_words(line, text, level, bold, label):
    block = read(f"任务\n\n{line}\n", "plan.md").blocks[1]
    assert (block.text, block.look.outline_level, block.look.bold, block.number_label) == (text, level, bold, label)


def test_a_heading_may_be_underlined():
    got = read("工作要点\n====\n\n一、总体\n----\n正文。\n", "plan.md").blocks
    assert [(b.text, b.look.outline_level) for b in got] == [("工作要点", 1), ("一、总体", 2), ("正文。", None)]


def test_a_picture_alone_is_told():
    got = read("任务\n\n![](scan.png)\n", "plan.md")
    assert [b.text for b in got.blocks] == ["任务"]
    assert [loss.code for loss in got.losses] == ["picture_only"]


def test_in_a_file_that_is_not_markdown_a_dash_is_a_word():
    assert texts("任务\n- 公开\n> 目录\n3*4*5") == ["任务", "- 公开", "> 目录", "3*4*5"]


# laws


@given(st.lists(st.text(alphabet="任务一二区发改局，。（）2022 \t|", max_size=12), max_size=12))
def test_every_visible_character_ends_in_one_block_but_the_bars_between_cells(lines):
    got = read("始\n" + "\n".join(lines) + "\n终").blocks
    assert [b.seq for b in got] == list(range(len(got)))

    def solid(text):
        return sorted("".join(text.replace("|", "").split()))

    assert solid("".join(b.text for b in got)) == solid("始" + "".join(lines) + "终")
