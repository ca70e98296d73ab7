"""OFD (GB/T 33190): words where the page has them, tables from ruling lines, nothing fetched and nothing dropped unsaid."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes, scans
from pipeline.extract.guard import Package
from pipeline.extract.ofd import pages
from pipeline.extract.ofdpicture import drawn
from pipeline.extract.ofdvalues import steps, subpaths

OLD, NEW = "http://www.ofdspec.org", "http://www.ofdspec.org/2016"


def words(text, x, y, size=5, pr="", inner="", delta=None):
    """One TextObject: its first character's box begins at x, y millimeters from the corner of the page."""
    delta = f' DeltaX="g {len(text) - 1} {size}"' if delta is None and len(text) > 1 else delta or ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 {size}" Font="1" Size="{size}" {pr}>{inner}'
        f'<ofd:TextCode X="0" Y="{size * 0.88}"{delta}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0, y0, x1, y1, pr=""):
    path = f"M 0 0 L {x1 - x0} {y1 - y0}"
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}" {pr}>'
        f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(xs, ys):
    return "".join(rule(xs[0], y, xs[-1], y) for y in ys) + "".join(rule(x, ys[0], x, ys[-1]) for x in xs)


def ofd(*contents, ns=NEW, extra=None, common="", use="", document="", loc="Pages/Page_{n}/Content.xml"):
    """A package of one page for each content; extra: further parts; {n} counts pages from 0."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{loc.format(n=n)}"/>' for n in range(len(contents)))
    parts = {
        "OFD.xml": "<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": "<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        **{
            f"Doc_0/Pages/Page_{n}/Content.xml": f"<ofd:Page>{use}<ofd:Content><ofd:Layer>{content}</ofd:Layer>"
            "</ofd:Content></ofd:Page>"
            for n, content in enumerate(contents)
        },
        **(extra or {}),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, xml in parts.items():
            plain = isinstance(xml, bytes) or not xml.startswith("<ofd")
            package.writestr(part, xml if plain else xml.replace(">", f' xmlns:ofd="{ns}">', 1))
    return out.getvalue()


def read(data):
    return extract_bytes("计划.ofd", data)


def glyphs(data):
    (page,) = pages(Package("计划.ofd", data), [])
    return [(g.text, round(g.x0), round(g.top), round(g.size, 1), g.turn, g.hidden) for g in page.glyphs]


@pytest.mark.parametrize("ns", [OLD, NEW])
def test_words_stand_where_the_page_has_them(ns):
    (block,) = read(ofd(words("完成改造12个", 30, 40), ns=ns)).blocks
    assert (block.text, block.page) == ("完成改造12个", 1)
    # 30 and 40 mm in points
    assert (round(block.box.x0), round(block.box.top)) == (85, 113)


def test_runs_of_one_step_are_no_longer_than_the_words():
    assert steps("2.8 g 2000000000 5.6 1", 4) == [2.8, 5.6, 5.6, 5.6]
    assert steps("g -3 5 2", 2) == [2.0]


def test_a_line_cut_in_pieces_is_one_line():
    content = (
        words("某政办", 30, 40) + words("〔2026〕", 45, 40, delta=' DeltaX="5 2.5 2.5 2.5 2.5"') + words("1号", 65, 40)
    )
    assert [b.text for b in read(ofd(content)).blocks] == ["某政办〔2026〕1号"]


def test_ruled_cells_are_a_table_and_merged_ones_have_spans():
    content = (
        words("一、优化服务", 22, 52) + words("1", 22, 62) + words("推进改革", 42, 62) + words("区发改局", 122, 62)
    )
    upright = rule(20, 50, 20, 70) + rule(160, 50, 160, 70) + rule(40, 60, 40, 70) + rule(120, 60, 120, 70)
    level = "".join(rule(20, y, 160, y) for y in (50, 60, 70))
    cells = [(b.cell.row, b.cell.col, b.cell.col_span, b.text) for b in read(ofd(level + upright + content)).blocks]
    assert cells == [(0, 0, 3, "一、优化服务"), (1, 0, 1, "1"), (1, 1, 1, "推进改革"), (1, 2, 1, "区发改局")]


def test_a_table_goes_on_over_the_page():
    first = (
        table([20, 40, 160], [250, 260, 270]) + words("序号", 22, 252) + words("任务", 42, 252) + words("1", 22, 262)
    )
    first += words("甲事项。", 42, 262)
    second = table([20, 40, 160], [20, 30]) + words("2", 22, 22) + words("乙事项。", 42, 22)
    found = read(ofd(first, second))
    assert {b.cell.table for b in found.blocks} == {0}
    assert [(b.cell.row, b.text, b.page) for b in found.blocks if b.cell.col == 1] == [
        (0, "任务", 1),
        (1, "甲事项。", 1),
        (2, "乙事项。", 2),
    ]
    assert found.page_count == 2


def test_a_matrix_turns_and_enlarges_and_a_block_may_hold_blocks():
    word = words("甲乙", 100, 100, pr='CTM="0 2 -2 0 0 0"')
    turned = f"<ofd:PageBlock><ofd:PageBlock>{word}</ofd:PageBlock></ofd:PageBlock>"
    assert [(text, size, turned) for text, _, _, size, turned, _ in glyphs(ofd(turned))] == [
        ("甲", 28.3, 90),
        ("乙", 28.3, 90),
    ]


def test_templates_and_composites_are_part_of_the_page():
    template = f"<ofd:Page><ofd:Content><ofd:Layer>{words('模板文字', 30, 20)}</ofd:Layer></ofd:Content></ofd:Page>"
    unit = (
        '<ofd:Res><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
        f"{words('组合文字', 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    data = ofd(
        words("正文文字", 30, 40) + '<ofd:CompositeObject ID="3" Boundary="30 60 50 5" ResourceID="9"/>',
        common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes>',
        use='<ofd:Template TemplateID="7"/>',
        extra={"Doc_0/Tpls/T.xml": template, "Doc_0/Res.xml": unit},
    )
    assert [b.text for b in read(data).blocks] == ["模板文字", "正文文字", "组合文字"]


def test_white_words_are_hidden_but_not_on_a_dark_ground():
    white = '<ofd:FillColor Value="#FF #FF #FF"/>'
    ground = (
        '<ofd:PathObject ID="4" Boundary="20 80 100 10" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 128"/>'
        "<ofd:AbbreviatedData>M 0 0 L 100 0 L 100 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
    found = read(
        ofd(
            words("看得见", 30, 40) + words("看不见", 30, 60, inner=white) + ground + words("表头", 30, 82, inner=white)
        )
    )
    assert [(b.text, b.hidden) for b in found.blocks] == [("看得见", False), ("表头", False), ("看不见", True)]
    assert [(loss.code, loss.text) for loss in found.losses] == [("hidden_text", "看不见")]


def test_the_air_between_two_scripts_is_no_blank():
    content = words("2026", 30, 40, delta=' DeltaX="2.5 2.5 2.5"') + words(" 年", 40, 40, delta=' DeltaX="1"')
    assert [b.text for b in read(ofd(content)).blocks] == ["2026年"]


def test_paths_are_told_apart_by_their_strokes():
    assert list(subpaths("S 1 1 L 2 1 C M 0 0 B 1 1 2 2 3 3")) == [
        ([(1.0, 1.0), (2.0, 1.0), (1.0, 1.0)], True),
        ([(0.0, 0.0), (3.0, 3.0)], False),
    ]


def test_notes_and_attachments_are_told():
    note = f'<ofd:PageAnnot><ofd:Annot Type="Stamp">{words("已阅", 0, 0)}</ofd:Annot></ofd:PageAnnot>'
    listed = '<ofd:Annotations><ofd:Page PageID="0"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    data = ofd(
        words("正文", 30, 40),
        document="<ofd:Annotations>Annots/All.xml</ofd:Annotations><ofd:Attachments>F.xml</ofd:Attachments>",
        extra={"Doc_0/Annots/All.xml": listed, "Doc_0/Annots/A.xml": note},
    )
    assert [(loss.code, loss.text) for loss in read(data).losses] == [("embedded_object", ""), ("comment", "已阅")]


@pytest.mark.parametrize(
    "loc", ["/Doc_0/Pages/Page_{n}/Content.xml", "Doc_0/Pages/Page_{n}/Content.xml", "pages/page_{n}/content.xml"]
)
def test_a_page_is_found_from_the_root_from_its_folder_and_in_any_case(loc):
    assert [b.text for b in read(ofd(words("正文", 30, 40), loc=loc)).blocks] == ["正文"]


@pytest.mark.parametrize(
    "data,code",
    [
        (ofd(words("正文", 30, 40), loc="../../../etc/passwd"), "damaged"),
        (ofd(), "damaged"),
        (ofd(""), "empty"),
        (ofd("<!DOCTYPE x [<!ENTITY a 'b'>]>"), "xml_dtd"),
        (ofd(words("正文", 30, 40))[:700], "truncated"),
    ],
    ids=["page missing", "no page", "no words", "entity", "cut"],
)
def test_what_cannot_be_read_has_one_reason(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code


PICTURE = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="6"/>'


def test_a_page_of_pictures_is_told_and_a_file_of_nothing_else_refused():
    found = read(ofd(words("第一页的正文文字说明在此处。", 30, 40), PICTURE))
    assert [(loss.code, loss.place) for loss in found.losses] == [("page_without_text", "第2页")]
    for ocr, code in (("never", "no_text_layer"), ("auto", scans.without_words("auto"))):
        with pytest.raises(Unreadable) as refused:
            extract_bytes("扫描.ofd", ofd(PICTURE), ocr=ocr)
        assert refused.value.code == code


def painted(color, size=(40, 20)):
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


def test_a_page_is_drawn_from_its_pictures_where_they_lie():
    media = "".join(
        f'<ofd:MultiMedia ID="{n}" Type="Image"><ofd:MediaFile>{n}.png</ofd:MediaFile></ofd:MultiMedia>' for n in (6, 7)
    )
    extra = {
        "Doc_0/Res.xml": f'<ofd:Res BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        "Doc_0/Res/6.png": painted("red"),
        "Doc_0/Res/7.png": painted("blue"),
    }
    lying = '<ofd:ImageObject ID="1" Boundary="0 0 210 150" CTM="210 0 0 150 0 0" ResourceID="6"/>'
    # the unit square turned by 90 degrees, its corner at 100, 200 millimeters
    turned = '<ofd:ImageObject ID="2" Boundary="50 200 50 60" CTM="0 60 -50 0 50 0" ResourceID="7"/>'
    gone = '<ofd:ImageObject ID="3" Boundary="0 250 210 47" ResourceID="8"/>'
    common = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    package = Package("扫描.ofd", ofd(lying + turned + gone, extra=extra, common=common))
    (page,) = pages(package, [])
    picture, width = drawn(package, page.images, page.width, page.height)
    assert (round(width), picture.shape) == (595, (2339, 1654, 3))

    def at(x, y):  # millimeters; blue, green, red
        return picture[round(y / 25.4 * 200), round(x / 25.4 * 200)].tolist()

    assert [at(5, 5), at(200, 145), at(100, 155)] == [[0, 0, 255], [0, 0, 255], [255, 255, 255]]
    assert [at(52, 203), at(98, 257), at(48, 230), at(102, 230), at(75, 262)] == [[255, 0, 0]] * 2 + [
        [255, 255, 255]
    ] * 3


def test_too_many_pages_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr("pipeline.extract.ofd.PAGES", 2)
    with pytest.raises(Unreadable) as refused:
        read(ofd(*["x"] * 3))
    assert refused.value.code == "too_many_pages"
