"""PDF with a text layer: what stands on the pages comes back as it was typed, whatever program set it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

import pipeline
from pipeline.extract import extract, extract_bytes
from pipeline.extract.radicals import typed
from pipeline.model import Place
from tests.extract.make_pdf import Paper, wrapped

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "130607-2022-zhengwu-gongkai"
LONG = (
    "增强政策制定实施的透明度和可预期性，提振市场主体信心，持续打造市场化法治化国际化营商环境。加大受疫情影响重的餐饮、"
    "住宿、零售、文化、旅游、客运等行业帮扶政策的公开力度，促进稳就业和消费恢复。建立反映投资和工程建设项目审批问题的"
    "办理和反馈机制，及时回应和解决“堵点”问题，推动优化投资和建设环境。"
)


def read(paper):
    return extract_bytes("paper.pdf", paper.bytes())


def said(paper, kind="paragraph"):
    return [block.text for block in read(paper).blocks if block.kind == kind and not block.hidden]


@pytest.fixture(scope="module")
def both():
    return extract(SAMPLE / "source.docx"), extract(SAMPLE / "source.pdf")


def test_every_cell_of_the_sample_is_as_in_the_word_file(both):
    word, pdf = ([(b.cell, b.text) for b in doc.blocks if b.cell] for doc in both)
    assert len(word) == 211
    assert pdf == word


def test_every_paragraph_of_the_sample_is_as_in_the_word_file(both):
    word, pdf = ([b.text.strip() for b in doc.blocks if b.kind == "paragraph"] for doc in both)
    assert len(word) == 49
    assert pdf == word


def test_every_block_of_the_sample_has_a_page_and_a_box_on_it(both):
    blocks = both[1].blocks
    assert both[1].page_count == 18
    assert all(
        1 <= b.page <= 18 and 0 <= b.box.x0 < b.box.x1 <= 596 and b.box.top < b.box.bottom <= 842 for b in blocks
    )
    # a row cut by the end of page 13 is one row, on the page where it begins
    assert next(b.page for b in blocks if b.text.endswith("惠民惠农财政补贴政策文件清单公开等工作。") and b.cell) == 13


def test_another_reader_finds_the_words_of_a_block_at_its_places(both):
    file = pdfium.PdfDocument(SAMPLE / "source.pdf")
    cut = [block for block in both[1].blocks if block.rest]
    assert len(cut) == 28 and {len(block.rest) for block in cut} == {1}
    for block in cut:
        found = ""
        for place in (Place(block.page, block.box), *block.rest):
            page, box = file[place.page - 1], place.box
            tall = page.get_height()
            found += page.get_textpage().get_text_bounded(box.x0, tall - box.bottom, box.x1, tall - box.top)
        assert "".join(found.split()) == "".join(block.text.split())


def test_headers_printed_again_are_furniture(both):
    again = [(b.page, b.kind) for b in both[1].blocks if b.kind != "cell" and b.text.startswith("序号")]
    assert again == [(page, "header") for page in range(14, 19)]
    assert [b.cell.header for b in both[1].blocks if b.cell and b.cell.row < 2] == [True] * 5 + [False]


def test_the_tasks_of_the_sample_are_those_of_the_word_file():
    columns = ("label", "section_path", "text", "lead_units", "responsible_units", "deadline_text", "due_on")
    word, pdf = (
        [[task[c] for c in columns] for task in pipeline.parse(SAMPLE / f"source.{kind}").rows["tasks"]]
        for kind in ("docx", "pdf")
    )
    assert len(word) == 36
    assert pdf == word


def test_a_paragraph_goes_on_over_line_ends_and_page_ends():
    paper = Paper().page()
    top = paper.paragraph(80, 640, 514, LONG)
    assert top > 770
    lines = list(paper.painted[-1])
    # what ran below the page stands on the next one
    paper.painted[-1] = lines[:5]
    rest = wrapped(LONG, 16, 434 - 32)[0]
    done = [rest, *wrapped(LONG[len(rest) :], 16, 434)]
    paper.page()
    for number, line in enumerate(done[5:]):
        paper.text(80, 80 + number * 28, line, 16)
    assert said(paper) == [LONG]


def test_short_lines_indents_and_numbers_open_paragraphs():
    paper = Paper().page()
    top = 100.0
    texts = ["各乡镇人民政府，区政府各部门：", "一、总体要求", LONG, "（一）加强领导。" + LONG, "附件：任务分工表"]
    for number, text in enumerate(texts):
        top = paper.paragraph(80, top, 514, text, size=12, indent=0 if number == 0 else 2)
    assert said(paper) == texts


def test_a_number_behind_a_bracket_opens_a_paragraph_though_the_line_is_full():
    paper = Paper().page()
    full = "（三）拓宽资金渠道。统筹各类资金。（区财政局、金融办负责）"
    width = 16 * len(full)
    for number, text in enumerate((full, "（四）加强宣传引导。多形式开展宣传。", "共3个（含在建）", "5个已开工。")):
        paper.text(60, 100 + number * 28, text, 16)
    assert width < 475
    assert said(paper)[:2] == [full, "（四）加强宣传引导。多形式开展宣传。"]


def test_a_line_of_a_code_is_full_before_what_cannot_be_parted():
    paper = Paper().page()
    first = "并着重提升正荣中心广场周边区域的各个店面的经营秩序"
    for number, text in enumerate((first, "（S2#、S3#）管理，做好宣传，确保每个商铺都知晓。", "")):
        paper.text(80, 100 + number * 28, text, 16)
    for number in range(3):
        paper.text(80, 200 + number * 28, "甲" * 27 + "，", 16)
    assert said(paper)[0] == first + "（S2#、S3#）管理，做好宣传，确保每个商铺都知晓。"


def test_a_title_over_several_lines_stays_one_line_each():
    paper = Paper().page()
    paper.text(145, 80, "某某区人民政府办公室关于印发", 22)
    paper.text(123, 116, "二〇二三年政务公开工作要点的通知", 22)
    paper.paragraph(80, 180, 514, LONG)
    got = [(b.text, b.look.centered, b.look.size) for b in read(paper).blocks]
    assert got == [
        ("某某区人民政府办公室关于印发", True, 22.0),
        ("二〇二三年政务公开工作要点的通知", True, 22.0),
        (LONG, False, 16.0),
    ]


def test_the_name_of_an_annex_hangs_under_its_first_character():
    paper = Paper().page()
    paper.paragraph(80, 80, 514, LONG)
    name = "某某区2023年政务公开工作要点任务分工方案和责任清单"
    first = wrapped(name, 16, 514 - 80 - 32 - 48)[0]
    paper.text(112, 400, "附件：" + first, 16)
    paper.text(160, 428, name[len(first) :], 16)
    paper.text(354, 500, "某某区人民政府办公室", 16)
    paper.text(386, 528, "2023年3月1日", 16)
    assert said(paper)[1:] == ["附件：" + name, "某某区人民政府办公室", "2023年3月1日"]


def test_latin_words_keep_their_blank_and_chinese_gets_none():
    paper = Paper().page()
    paper.text(80, 80, "运用Word Press和", 16)
    paper.text(300, 80, "甲厅", 16)
    paper.text(430, 80, "乙厅", 16)
    assert said(paper) == ["运用Word Press和 甲厅 乙厅"]


def test_page_numbers_running_heads_and_watermarks_are_furniture():
    paper = Paper()
    for number in range(1, 5):
        paper.page()
        paper.text(230, 40, "某某区人民政府文件", 9)
        paper.paragraph(80, 100, 514, f"第{number}部分。" + LONG[number * 7 :])
        paper.text(285, 790, f"— {number} —", 12)
        paper.turned(150, 500, "内部资料", 60, "0.7 0.7 -0.7 0.7", gray=0.85)
    blocks = read(paper).blocks
    assert [b.text[:4] for b in blocks if b.kind == "paragraph"] == ["第1部分", "第2部分", "第3部分", "第4部分"]
    assert {(b.kind, b.text) for b in blocks if b.page == 2 and b.kind != "paragraph"} == {
        ("header", "内部资料"),
        ("header", "某某区人民政府文件"),
        ("footer", "— 2 —"),
    }


def test_annexes_that_begin_alike_are_no_running_head():
    paper = Paper()
    for number in range(1, 4):
        paper.page().text(80, 80, f"附件{number}", 16)
        paper.paragraph(80, 120, 514, LONG[number * 7 :])
    assert said(paper)[::2] == ["附件1", "附件2", "附件3"]


def test_white_and_invisible_words_are_kept_hidden_and_told():
    paper = Paper().page()
    paper.paragraph(80, 80, 514, LONG)
    paper.text(80, 600, "白色的字", 16, gray=1.0)
    paper.text(80, 640, "看不见的字", 16, mode=3)
    paper.text(-400, 640, "页外的字", 16)
    doc = read(paper)
    assert [b.text for b in doc.blocks if not b.hidden] == [LONG]
    assert [(b.text, b.page) for b in doc.blocks if b.hidden] == [("白色的字\n页外的字 看不见的字", 1)]
    assert [(loss.code, loss.place, loss.block) for loss in doc.losses] == [("hidden_text", "第1页", 1)]


def test_white_words_on_a_dark_box_are_seen():
    paper = Paper().page()
    paper.raw("0 g 70 700 300 40 re f")
    paper.text(80, 112, "深底白字的表头", 16, gray=1.0)
    assert said(paper) == ["深底白字的表头"]


def test_a_string_struck_several_times_counts_once_and_is_bold():
    paper = Paper().page()
    for shift in (0.0, 0.3, 0.6):
        paper.text(80 + shift, 80, "完成老旧小区改造11个", 16)
    (block,) = read(paper).blocks
    assert (block.text, block.look.bold) == ("完成老旧小区改造11个", True)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_seen(turn):
    matrix = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turn]
    start = {90: (200, 700), 180: (500, 300), 270: (300, 100)}[turn]
    step = {90: (28, 0), 180: (0, -28), 270: (-28, 0)}[turn]
    paper = Paper(rotate=turn).page()
    for number, text in enumerate(("第一行", "第二行", "第三行")):
        paper.turned(start[0] + number * step[0], start[1] + number * step[1], text, 16, matrix)
    blocks = read(paper).blocks
    assert [b.text for b in blocks] == ["第一行", "第二行", "第三行"]
    assert blocks[0].box.top < blocks[1].box.top < blocks[2].box.top


def test_words_drawn_turned_on_an_upright_page_are_turned_back():
    paper = Paper().page()
    for number, text in enumerate(("第一行", "第二行")):
        paper.turned(200 + number * 28, 700, text, 16, "0 1 -1 0")
    assert said(paper) == ["第一行", "第二行"]


def test_two_columns_are_read_one_after_the_other():
    paper = Paper().page()
    paper.text(160, 60, "某某区人民政府公报", 22)
    lines = wrapped(LONG * 3, 10.5, 220)
    half = (len(lines) + 1) // 2
    for number, line in enumerate(lines):
        paper.text(60 if number < half else 320, 110 + number % half * 16, line, 10.5)
    assert said(paper) == ["某某区人民政府公报", LONG * 3]
    block = read(paper).blocks[1]
    places = [(block.page, block.box), *((place.page, place.box) for place in block.rest)]
    assert [(page, round(box.x0 / 10), round(box.top / 10)) for page, box in places] == [(1, 6, 11), (1, 32, 11)]


def test_radicals_are_the_characters_they_stand_for():
    assert typed("⼯作⾯⻓期⻚⼾⺠、⻬\uf9f7\xa0A") == "工作面长期页户民、齐立 A"


def test_a_form_that_is_the_same_on_every_page_keeps_its_words():
    paper = Paper()
    for number in range(1, 5):
        paper.page().text(190, 80, "重点工作任务责任书", 22)
        paper.text(80, 130, f"单位{number}：", 16)
        paper.paragraph(80, 160, 514, LONG)
    got = said(paper)
    assert got.count(LONG) == 4
    assert got[0] == "重点工作任务责任书"
