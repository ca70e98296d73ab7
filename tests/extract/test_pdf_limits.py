"""PDFs that are locked, broken, scanned or hostile: one named reason, or a reading that says what it left out."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest

from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes
from tests.extract.make_pdf import Paper

PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
HELLO = b"BT /F1 12 Tf 72 700 Td (ANNUAL WORK PLAN) Tj ET"


def pdf(content=HELLO, objects=None, trailer=b"", page=b"", stream=b""):
    """A file of one page; objects: number → body, put over the usual ones."""
    parts = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> %b >>" % page,
        4: b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), stream, content),
        5: FONT,
    } | (objects or {})
    out, places = bytearray(b"%PDF-1.4\n"), {}
    for key, body in sorted(parts.items()):
        places[key] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (key, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for key, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (key, place)
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (99, trailer, start)


def reason(data):
    with pytest.raises(Unreadable) as caught:
        extract_bytes("plan.pdf", data)
    return caught.value.code


def words(data):
    return [block.text for block in extract_bytes("plan.pdf", data).blocks]


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def locked(user):
    """The same page under a user password (ISO 32000-1 7.6.3, revision 2)."""
    password = (user + PAD)[:32]
    owner = rc4(hashlib.md5((b"owner" + PAD)[:32]).digest()[:5], password)
    key = hashlib.md5(password + owner + struct.pack("<i", -4) + b"id").digest()[:5]
    own = hashlib.md5(key + bytes((4, 0, 0, 0, 0))).digest()[:10]
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >> /ID [(id) (id)]" % (
        owner.hex().encode(),
        rc4(key, PAD).hex().encode(),
    )
    return pdf(rc4(own, HELLO), trailer=lock)


def test_a_password_to_open_is_a_reason_and_an_owner_password_is_none():
    assert reason(locked(b"secret")) == "encrypted"
    assert words(locked(b"")) == ["ANNUAL WORK PLAN"]


def test_an_unknown_lock_is_encrypted_too():
    assert reason(pdf(trailer=b"/Encrypt << /Filter /Unheard /V 9 >>")) == "encrypted"


def test_a_file_cut_off_or_without_pages_is_named():
    data = pdf()
    assert reason(data[:200]) == "truncated"
    assert reason(pdf(objects={2: b"<< /Type /Pages /Kids [] /Count 0 >>", 3: b"null"})) == "pdf_malformed"


@pytest.mark.parametrize(
    "data",
    [
        pdf().replace(b"startxref\n", b"startxref\n9"),
        b"HTTP/1.1 200 OK\r\n\r\n" + pdf() + b"junk" * 1000,
        pdf(objects={2: b"<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>"}),
        pdf(page=b"/Rotate 45"),
        pdf(
            objects={
                3: pdf().split(b"3 0 obj\n")[1].split(b"\nendobj")[0].replace(b"[0 0 595 842]", b"[0 0 1e400 1e400]")
            }
        ),
        pdf(objects={1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm 1 0 R /OpenAction << /S /JavaScript /JS (x) >> >>"}),
    ],
    ids=["startxref", "junk", "count", "turn", "endless", "script"],
)
def test_what_is_broken_around_the_words_is_mended(data):
    assert "ANNUAL WORK PLAN" in words(data)


def test_a_form_that_draws_itself_ends():
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>"
    assert words(pdf(HELLO + b" /X Do", {6: form + b"\nstream\n/X Do\nendstream"})) == ["ANNUAL WORK PLAN"]


def test_a_stream_that_swells_beyond_all_measure_is_refused():
    content = zlib.compress(b" " * (80 << 20), 9)
    assert reason(pdf(content, stream=b"/Filter /FlateDecode")) == "page_too_full"


def test_a_loop_of_references_ends():
    assert reason(pdf(objects={2: b"3 0 R", 3: b"2 0 R"})) in ("pdf_malformed", "truncated")


def test_a_page_heavy_with_painting_is_read_by_the_second_reader():
    doc = extract_bytes("plan.pdf", pdf(HELLO + b" q Q" * 300_000))
    assert [block.text for block in doc.blocks] == ["ANNUAL WORK PLAN"]
    assert [(loss.code, loss.place) for loss in doc.losses] == [("second_reader", "第1页")]


def test_words_that_only_the_second_reader_knows_are_taken_from_it():
    # the font names no characters that pdfminer could find; PDFium takes the codes for characters
    fonts = {
        5: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /Identity-H /DescendantFonts [7 0 R] >>",
        7: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 8 0 R /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 4 >> >>",
        8: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    }
    code = "完成老旧小区改造".encode("utf-16-be").hex().encode()
    doc = extract_bytes("plan.pdf", pdf(b"BT /F1 12 Tf 72 700 Td <%b> Tj ET" % code, fonts))
    assert [block.text for block in doc.blocks] == ["完成老旧小区改造"]
    assert [(loss.code, loss.text) for loss in doc.losses] == [("second_reader", "这一页改用第二种方法读取")]


def scan(*extra):
    paper = Paper()
    for _ in range(3):
        paper.page().raw("q 595 0 0 842 0 0 cm /I Do Q")
        for x, top, text in extra:
            paper.text(x, top, text, 10)
    return paper


def test_a_scan_without_words_and_one_with_a_mark_of_the_scanner_only_have_no_text_layer():
    for paper in (scan(), scan((250, 820, "扫描全能王 创建"))):
        with pytest.raises(Unreadable) as refused:
            extract_bytes("scan.pdf", paper.bytes(), ocr="never")
        assert refused.value.code == "no_text_layer"


def test_a_scanned_page_among_others_is_a_loss_that_names_it():
    paper = Paper().page()
    paper.paragraph(80, 80, 514, "各乡镇人民政府，区政府各部门，各有关单位：现将有关事项通知如下，请认真贯彻执行。")
    paper.page().raw("q 595 0 0 842 0 0 cm /I Do Q")
    doc = extract_bytes("plan.pdf", paper.bytes(), ocr="never")
    assert doc.page_count == 2
    assert [(loss.code, loss.text, loss.place) for loss in doc.losses] == [("page_without_text", "只有图像", "第2页")]


def test_an_invisible_layer_over_a_picture_is_the_text_of_the_page():
    paper = Paper().page()
    paper.raw("q 595 0 0 842 0 0 cm /I Do Q")
    for number, text in enumerate(("某某区人民政府办公室关于印发", "二〇二三年工作要点的通知")):
        paper.text(80, 80 + number * 60, text, 16, mode=3)
    doc = extract_bytes("plan.pdf", paper.bytes())
    assert [b.text for b in doc.blocks if not b.hidden] == ["某某区人民政府办公室关于印发", "二〇二三年工作要点的通知"]
    assert doc.losses == ()


@pytest.mark.parametrize(
    "text", ["ÖØµã¹¤×÷·Ö¹¤·½°¸¼°Ê±ÏÞ", "\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008", "党" * 60]
)
def test_garbled_words_are_told(text):
    from pipeline.extract.legible import unreadable
    from pipeline.extract.pages import Glyph, Page
    from pipeline.extract.sheets import sheet

    glyphs = tuple(Glyph(c, 50 + i * 8, 100, 58 + i * 8, 108, 8) for i, c in enumerate(text))
    assert unreadable([sheet(Page(1, 595, 842, glyphs))]) == {1: "文字的编码无法还原"}


def test_filled_form_fields_are_words_and_remarks_are_told():
    notes = {
        7: b"<< /Type /Annot /Subtype /Widget /Rect [72 600 300 615] /V (FILLED IN) /FT /Tx >>",
        8: b"<< /Type /Annot /Subtype /Text /Rect [400 600 420 620] /Contents (CHECK THIS) >>",
        9: b"<< /Type /Annot /Subtype /Widget /F 2 /Rect [72 500 300 515] /V (HIDDEN) >>",
    }
    doc = extract_bytes("plan.pdf", pdf(objects=notes, page=b"/Annots [7 0 R 8 0 R 9 0 R]"))
    assert [block.text for block in doc.blocks] == ["ANNUAL WORK PLAN", "FILLED IN"]
    assert [(loss.code, loss.text) for loss in doc.losses] == [("comment", "CHECK THIS")]


def test_pages_are_counted_as_often_as_the_tree_lists_them():
    tens = {n: b"<< /Type /Pages /Kids [%b] /Count 9 >>" % (b"%d 0 R " % (n + 1) * 10) for n in range(20, 24)}
    tree = {2: b"<< /Type /Pages /Kids [20 0 R] /Count 1 >>", 24: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"}
    assert reason(pdf(objects=tens | tree)) == "too_many_pages"
    loop = {2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"}
    assert words(pdf(objects=loop))[0] == "ANNUAL WORK PLAN"


def test_a_file_that_is_a_package_too_is_refused():
    assert reason(pdf() + b"PK\x05\x06" + bytes(18)) == "type_mismatch"
    inside = pdf(objects={7: b"<< /Length 22 >>\nstream\nPK\x05\x06" + bytes(18) + b"\nendstream"})
    assert words(inside) == ["ANNUAL WORK PLAN"]
