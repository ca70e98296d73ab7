"""Scans and pictures: words recognized from a picture come back in the cells in which they were printed."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

import pipeline
from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes, scans
from pipeline.extract.ocrmarks import fullwidth
from tests.extract.test_ofd import ofd

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "130607-2022-zhengwu-gongkai"
needs_ocr = pytest.mark.skipif(not scans.installed(), reason="the extra ocr is not installed: make ocr")


def photographed(number, turn=0.0, dpi=200):
    """A page of the sample as a picture."""
    drawn = pdfium.PdfDocument(SAMPLE / "source.pdf")[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")
    return drawn.rotate(turn, fillcolor="white", resample=Image.Resampling.BICUBIC)


def saved(images, kind):
    out = BytesIO()
    more = {"save_all": True, "append_images": images[1:], "resolution": 200} if kind == "PDF" else {}
    images[0].save(out, kind, **more)
    return out.getvalue()


def rows(doc):
    found = {}
    for block in doc.blocks:
        if block.cell:
            found.setdefault(block.cell.row, []).append(block.text)
    return list(found.values())


def squeezed(text):
    """Without blanks and line ends: one page alone tells too little of them; a comma is as wide as its neighbors."""
    return "".join(text.split()).replace(",", "，")


@pytest.fixture(scope="module")
def page_15():
    """Rows of the 15th page as its text layer has them."""
    whole = pdfium.PdfDocument(SAMPLE / "source.pdf")
    one = pdfium.PdfDocument.new()
    one.import_pages(whole, [14])
    out = BytesIO()
    one.save(out)
    return rows(extract_bytes("page.pdf", out.getvalue()))


@needs_ocr
def test_a_scanned_page_has_the_rows_of_the_printed_one_and_says_that_it_was_recognized(page_15):
    doc = extract_bytes("scan.pdf", saved([photographed(15)], "PDF"))
    assert doc.format == "pdf"
    assert [[squeezed(text) for text in row] for row in rows(doc)] == [[squeezed(x) for x in row] for row in page_15]
    assert [(loss.code, loss.text, loss.place) for loss in doc.losses][:1] == [("recognized", "1 页", "第1页")]


@needs_ocr
def test_a_picture_that_lies_askew_by_a_degree_is_set_straight(page_15):
    doc = extract_bytes("scan.png", saved([photographed(15, turn=1.0)], "PNG"))
    assert (doc.format, len(rows(doc))) == ("image", len(page_15))
    same = sum(
        squeezed(a) == squeezed(b) for x, y in zip(rows(doc), page_15, strict=True) for a, b in zip(x, y, strict=True)
    )
    assert same >= 0.9 * sum(map(len, page_15))


@needs_ocr
def test_a_scan_kept_as_ofd_has_the_same_rows(page_15):
    media = '<ofd:MultiMedia ID="6" Type="Image"><ofd:MediaFile>6.jpg</ofd:MediaFile></ofd:MultiMedia>'
    extra = {
        "Doc_0/Res.xml": f'<ofd:Res BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        "Doc_0/Res/6.jpg": saved([photographed(15)], "JPEG"),
    }
    lying = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="6"/>'
    common = "<ofd:PublicRes>Res.xml</ofd:PublicRes>"
    doc = extract_bytes("scan.ofd", ofd(lying, extra=extra, common=common))
    assert doc.format == "ofd"
    same = [
        squeezed(a) == squeezed(b) for x, y in zip(rows(doc), page_15, strict=True) for a, b in zip(x, y, strict=True)
    ]
    assert sum(same) >= 0.97 * len(same)
    assert [loss.code for loss in doc.losses][:1] == ["recognized"]


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(scans, "installed", lambda: False)
    for kind in ("PDF", "PNG"):
        with pytest.raises(Unreadable) as refused:
            extract_bytes("scan", saved([photographed(15, dpi=40)], kind))
        assert refused.value.code == "needs_recognition"
        assert "make ocr" in str(refused.value)


def test_a_picture_is_not_read_when_nothing_is_to_be_recognized():
    with pytest.raises(Unreadable) as refused:
        extract_bytes("scan.png", saved([photographed(15, dpi=40)], "PNG"), ocr="never")
    assert refused.value.code == "no_text_layer"


def test_a_broken_picture_is_refused():
    with pytest.raises(Unreadable) as refused:
        extract_bytes("scan.png", saved([photographed(15, dpi=40)], "PNG")[:300])
    assert refused.value.code in ("damaged", "needs_recognition")


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("区政府,各乡(镇)政府;", "区政府，各乡（镇）政府；"),
        ("共1,000个,9:00前", "共1,000个，9:00前"),
        ("(一)总体要求", "（一）总体要求"),
        ('解决"堵点"问题', "解决“堵点”问题"),
        ("GB/T (2016)", "GB/T (2016)"),
    ],
)
def test_marks_are_as_wide_as_the_page_prints_them(read, printed):
    assert fullwidth(read) == printed


def test_pages_are_named_as_runs():
    assert scans.ranges([1, 2, 3, 5, 8, 9]) == "第1—3、5、8—9页"


@needs_ocr
@pytest.mark.slow
@pytest.mark.skipif("PROOFS" not in os.environ, reason="minutes long: make proofs")
def test_the_tasks_of_a_scan_of_the_whole_sample(tmp_path):
    count = len(pdfium.PdfDocument(SAMPLE / "source.pdf"))
    (tmp_path / "scan.pdf").write_bytes(saved([photographed(n) for n in range(1, count + 1)], "PDF"))
    columns = ("label", "lead_units", "responsible_units", "due_on")
    word, scan = (
        [[task[c] for c in columns] for task in pipeline.parse(file).rows["tasks"]]
        for file in (SAMPLE / "source.docx", tmp_path / "scan.pdf")
    )
    assert len(scan) == len(word) == 36
    assert sum(a == b for x, y in zip(scan, word, strict=True) for a, b in zip(x, y, strict=True)) >= 0.97 * 36 * 4
