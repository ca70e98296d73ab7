"""What a docx keeps beside its runs: documents inside it, fields that draw, and Word saved as one XML file."""

import pytest

from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes
from pipeline.extract.docxfields import field_words
from pipeline.extract.sniff import sniff
from tests.words import R, W, docx, p, r, tc

INSIDE = f'<Relationship Id="rId9" Type="{R}/aFChunk" Target="inside"/>'
CHUNK = '<w:altChunk r:id="rId9"/>'
PAGE = "<html><meta charset=utf-8><body><p>块内文字</p><table><tr><td>甲<td>乙</table></body></html>"


def read(data, name="计划.docx"):
    return extract_bytes(name, data)


def texts(data):
    return [b.text for b in read(data).blocks]


def field(code, result=""):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    shown = char("separate") + r(result) if result else ""
    return f"{char('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{char('end')}"


def test_a_page_inside_a_document_is_read_in_its_place():
    table = "<w:tbl><w:tr>" + tc("丙") + "</w:tr></w:tbl>"
    blocks = read(docx(p(r("前")) + table + CHUNK + p(r("后")), INSIDE, {"word/inside": PAGE})).blocks
    assert [(b.text, b.cell and (b.cell.table, b.cell.col)) for b in blocks] == [
        ("前", None),
        ("丙", (0, 0)),
        ("块内文字", None),
        ("甲", (1, 0)),
        ("乙", (1, 1)),
        ("后", None),
    ]


def test_a_docx_inside_a_docx_is_read_and_what_is_inside_that_is_told():
    deepest = docx(p(r("最里")))
    inner = docx(p(r("里")) + CHUNK, INSIDE, {"word/inside": deepest})
    found = read(docx(p(r("外")) + CHUNK, INSIDE, {"word/inside": inner}))
    assert [b.text for b in found.blocks] == ["外", "里"]
    assert [loss.code for loss in found.losses] == ["external_chunk"]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"%PDF-1.4"], ids=["empty", "noise", "pdf"])
def test_what_cannot_be_read_inside_is_told(content):
    found = read(docx(p(r("外")) + CHUNK, INSIDE, {"word/inside": content}))
    assert [loss.code for loss in found.losses] == ["external_chunk"]


@pytest.mark.parametrize(
    "code,shown",
    [
        (r"eq \o\ac(○,3)", "③"),
        (r"EQ \* jc2 \* &quot;Font:宋体&quot; \* hps10 \o\ad(\s\up 9(pin),拼)", "拼"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ \x(重点)", "重点"),
        ("PAGE", ""),
    ],
)
def test_a_field_that_draws_shows_its_words(code, shown):
    assert texts(docx(p(r("第") + field(code) + r("项")))) == [f"第{shown}项"]


def test_a_field_with_a_result_shows_the_result_alone():
    assert texts(docx(p(field("DATE", "2026年") + r("底前")))) == ["2026年底前"]


def test_a_code_of_nothing_but_brackets_ends():
    assert field_words("EQ " + "(" * 50_000)


def test_the_sign_of_an_object_is_no_letter():
    found = read(docx(p(r("见\ufffc图")) + p(r("\ufffc"))))
    assert ([b.text for b in found.blocks], [loss.code for loss in found.losses]) == (["见图"], ["picture_only"])


OLD = W.replace("openxmlformats.org/wordprocessingml/2006/main", "microsoft.com/office/word/2003/wordml")
HINT = 'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'


def word_2003(body, head=""):
    start = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    return f"{start}<w:wordDocument {OLD} {HINT}>{head}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>".encode()


def test_word_2003_xml_reads_with_its_numbers_merges_and_running_heads():
    numbered = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr>'
    rows = [('<w:vmerge w:val="restart"/>', "区发改局"), ("<w:vmerge/>", "")]
    table = "".join(f"<w:tr>{tc(text, merge)}{tc('任务')}</w:tr>" for merge, text in rows)
    section = f'<w:sectPr><w:hdr w:type="odd">{p(r("某政办〔2026〕1号"))}</w:hdr></w:sectPr>'
    found = read(word_2003(p(r("推进改革"), numbered) + f"<w:tbl>{table}</w:tbl>" + section), "计划.doc")
    assert [(b.kind, b.number_label, b.text) for b in found.blocks] == [
        ("paragraph", "一、", "推进改革"),
        ("cell", "", "区发改局"),
        ("cell", "", "任务"),
        ("cell", "", "任务"),
        ("header", "", "某政办〔2026〕1号"),
    ]
    assert found.blocks[1].cell.row_span == 2


def test_a_flat_package_is_a_docx():
    package = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document {W}><w:body>{p(r("正文"))}</w:body>'
        "</w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    assert (sniff(package.encode()), texts(package.encode())) == ("wordxml", ["正文"])


def test_an_entity_in_word_xml_is_refused():
    data = word_2003(p(r("甲"))).replace(b"<w:wordDocument", b'<!DOCTYPE x [<!ENTITY a "b">]><w:wordDocument')
    with pytest.raises(Unreadable) as refused:
        read(data, "计划.doc")
    assert refused.value.code == "xml_dtd"


def test_excel_2003_xml_reads_with_its_merges_and_months():
    data = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1">
      <NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles><Worksheet ss:Name="台账"><Table>
      <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">任务表</Data></Cell></Row>
      <Row ss:Index="3"><Cell><Data ss:Type="Number">1</Data></Cell>
      <Cell ss:StyleID="s1"><Data ss:Type="DateTime">2022-12-01T00:00:00.000</Data></Cell></Row>
      </Table></Worksheet></Workbook>"""
    found = read(data.encode(), "台账.xls")
    assert [(b.cell.row, b.cell.col, b.cell.col_span, b.text) for b in found.blocks] == [
        (0, 0, 2, "任务表"),
        (2, 0, 1, "1"),
        (2, 1, 1, "2022年12月"),
    ]
