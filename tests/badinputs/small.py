"""A hundred hostile and odd files made of a few lines each, and the outcome of each: `read`, or the code of its refusal.

What they hold is one small plan (TASK, UNIT); a file that is read must show it. No package is needed to make them.
"""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

TASK, UNIT, SECRET = "完成老旧小区改造12个", "区教育局", "root:x"
WORDS = f"某区2026年重点工作任务分工表\n一、重点工作\n1.{TASK}。（责任单位：{UNIT}；完成时限：2026年11月底前）\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
PASSWD = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def package(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def rows(*lines: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


PLAN = "".join(map(p, WORDS.splitlines())) + rows(
    cell("任务") + cell("责任单位") + cell("完成时限"), cell(TASK) + cell(UNIT) + cell("2026年11月底前")
)


def xml(body: str = PLAN, head: str = "", root: str = "w:document") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<{root} {W}><w:body>{body}</w:body></{root}>'


def docx(document: str | bytes = "", **more: str | bytes) -> bytes:
    """A Word file; more: other parts, `__` for a slash and `_xml` for its ending."""
    parts = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in more.items()}
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document or xml(), **parts})


S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(cells: str = "", beside: str = "", head: str = "") -> bytes:
    text = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in line) + "</row>"
        for n, line in enumerate(([("A", "任务"), ("B", "责任单位")], [("A", TASK), ("B", UNIT)]), 1)
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return package(
        {
            "xl/workbook.xml": f'<workbook {S} xmlns:r="{relation}"><sheets><sheet name="../../x" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="r1" Type="{relation}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"{head}<worksheet {S}><sheetData>{text}{cells}</sheetData>{beside}</worksheet>",
        }
    )


def pdf(content: bytes = b"", packed: bool = False, page: bytes = b"", extra: bytes = b"", head: bytes = b"") -> bytes:
    words = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td " for line in WORDS.splitlines())
    content = content or f"BT /F1 12 Tf 72 700 Td {words} ET".encode()
    data = zlib.compress(content, 9) if packed else content
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        + page
        + b" >>",
        b"<< /Length %d %s>> stream\n%s\nendstream" % (len(data), b"/Filter /FlateDecode " if packed else b"", data),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    out, places = bytearray(head + b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out) - len(head))
        out += b"%d 0 obj %s endobj\n" % (number, one)
    out += extra
    start = len(out) - len(head)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)


def ofd(page: str = "", location: str = "P.xml", head: str = "") -> bytes:
    o = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    words = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="20 {20 * n} 180 10" Font="1" Size="5"><ofd:TextCode X="0" Y="5" '
        f'DeltaX="g {len(t) - 1} 5">{t}</ofd:TextCode></ofd:TextObject>'
        for n, t in enumerate(WORDS.splitlines(), 1)
    )
    return package(
        {
            "OFD.xml": f"<ofd:OFD {o}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D/D.xml": f"<ofd:Document {o}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f'</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="{location}"/></ofd:Pages></ofd:Document>',
            "D/P.xml": f"{head}<ofd:Page {o}><ofd:Content><ofd:Layer>{page or words}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def html(body: str = "", head: str = "") -> str:
    lines = body or "".join(f"<p>{line}</p>" for line in WORDS.splitlines())
    return f"<html><head>{head}</head><body>{lines}</body></html>"


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def deep(tag: str, times: int, inner: str) -> str:
    return f"<{tag}>" * times + inner + f"</{tag}>" * times


def nested(times: int) -> str:
    inner = p(TASK + UNIT)
    for _ in range(times):
        inner = f"<w:tbl><w:tr><w:tc>{inner}{p('')}</w:tc></w:tr></w:tbl>"
    return p(TASK + UNIT) + inner


def doubled() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made, warnings.catch_warnings(action="ignore"):
        for text in (PLAN, p("另一份正文")):
            made.writestr("word/document.xml", xml(text))
    return out.getvalue()


def locked() -> bytes:
    return OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 480


def headers(data: bytes, local: int, central: int, value: int) -> bytes:
    """A zip with two bytes changed in every header of a part, at these places of the two kinds of headers."""
    out = bytearray(data)
    for mark, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = data.find(mark)
        while at >= 0:
            struct.pack_into("<H", out, at + place, value)
            at = data.find(mark, at + 4)
    return bytes(out)


# outcome → name → how the bytes are made, or the bytes
CASES: dict[str, dict[str, bytes | str | Callable[[], bytes]]] = {
    "read": {
        "plain.docx": docx(),
        "docx.pdf": docx(),
        "docx": docx(),
        "docx.doc": docx(),
        "stored.docx": package({"word/document.xml": xml()}, zipfile.ZIP_STORED),
        "lzma.docx": package({"word/document.xml": xml()}, zipfile.ZIP_LZMA),
        "slip.docx": docx(**{"..__..__evil": b"x", "__etc__evil": b"x"}),
        "swollen-picture.docx": lambda: docx(**{"word__media__a.png": b"\0" * (200 << 20)}),
        "cycle.docx": docx(
            word__styles_xml=f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
            '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
        ),
        "bad-styles-id.docx": docx(xml(PLAN.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="none"/></w:pPr>'))),
        "cdata.docx": docx(xml(PLAN.replace(TASK, f"<![CDATA[{TASK}]]>"))),
        "comment.docx": docx(xml(PLAN.replace(TASK, f"{TASK[:4]}<!-- x -->{TASK[4:]}"))),
        "utf16.docx": docx(xml().replace("UTF-8", "UTF-16").encode("utf-16")),
        "bom.docx": docx(xml().encode("utf-8-sig")),
        "strict.docx": docx(
            xml().replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        ),
        "span-1e9.docx": docx(xml(PLAN + rows(cell("甲", '<w:gridSpan w:val="1000000000"/>') + cell("乙")))),
        "span-minus.docx": docx(xml(PLAN + rows(cell("甲", '<w:gridSpan w:val="-5"/>') + cell("乙")))),
        "span-word.docx": docx(xml(PLAN + rows(cell("甲", '<w:gridSpan w:val="abc"/>')))),
        "merge-of-nothing.docx": docx(xml(PLAN + rows(cell("甲", "<w:vMerge/>")))),
        "empty-row.docx": docx(xml(PLAN + "<w:tbl><w:tr/><w:tr><w:tc/></w:tr></w:tbl>")),
        "nested-20.docx": docx(xml(nested(20))),
        "runs-20k.docx": docx(xml(PLAN + "<w:p>" + "<w:r><w:t>字</w:t></w:r>" * 20_000 + "</w:p>")),
        "formula.docx": docx(xml(PLAN + p("=cmd|'/C calc'!A0") + p("@SUM(1)"))),
        "controls.docx": docx(xml(PLAN + p("全\u202e角\u200b　\ue000𠮷"))),
        "plain.xlsx": sheet(),
        "xlsx.docx": sheet(),
        "far-cell.xlsx": sheet('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'),
        "far-merge.xlsx": sheet(beside='<mergeCells><mergeCell ref="D1:XFD1048576"/></mergeCells>'),
        "overlapping-merges.xlsx": sheet(
            beside='<mergeCells><mergeCell ref="D4:E5"/><mergeCell ref="E5:F6"/></mergeCells>'
        ),
        "bad-places.xlsx": sheet('<row r="-1"><c r="?!" t="s"><v>999999</v></c><c t="d"><v>x</v></c></row>'),
        "dde.xlsx": sheet("<row><c><f>cmd|'/C calc'!A0</f></c></row>"),
        "text.xls": f"序号,任务,责任单位\n1,{TASK},{UNIT}\n".encode("gb18030"),
        "html.xls": html(f"<table><tr><td>任务<td>单位<tr><td>{TASK}<td>{UNIT}</table>"),
        "plain.pdf": pdf(),
        "packed.pdf": pdf(packed=True),
        "pdf.docx": pdf(),
        "junk-before.pdf": pdf(head=b"HTTP/1.1 200 OK\r\n\r\n"),
        "junk-behind.pdf": pdf() + b"\0" * 5000,
        "no-end.pdf": pdf().partition(b"startxref")[0],
        "launch.pdf": pdf(page=b"/AA << /O << /S /Launch /F (calc) >> >>"),
        "count-lies.pdf": pdf().replace(b"/Count 1", b"/Count 9"),
        "box-1e9.pdf": pdf().replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]"),
        "box-missing.pdf": pdf().replace(b"/MediaBox [0 0 595 842]", b""),
        "no-pages.pdf": pdf().replace(b"/Pages 2 0 R", b"/Nothing 2 0 R"),
        "plain.ofd": ofd(),
        "ofd.zip": ofd(),
        "run-1e9.ofd": ofd(
            f'<ofd:TextObject ID="1" Boundary="20 20 180 10" Font="1" Size="5"><ofd:TextCode X="0" '
            f'Y="5" DeltaX="g 2000000000 5">{TASK}{UNIT}</ofd:TextCode></ofd:TextObject>'
        ),
        "plain.html": html(),
        "gbk-says-nothing.html": html().encode("gb18030"),
        "gbk-says-utf8.html": html(head='<meta charset="utf-8">').encode("gb18030"),
        "span-1e9.html": html(f"<table><tr><td rowspan=1000000000 colspan=1000000000>{TASK}<td>{UNIT}</table>"),
        "script.html": html(head="<script>document.write('坏')</script>"),
        "unclosed.html": html(f"<table><tr><td>{TASK}<td>{UNIT}" * 500),
        "refresh.html": html(head='<meta http-equiv="refresh" content="0; url=http://127.0.0.1/">'),
        "html.doc": html().encode("gb18030"),
        "utf8.txt": WORDS,
        "bom.txt": b"\xef\xbb\xbf" + WORDS.encode(),
        "gbk.txt": WORDS.encode("gb18030"),
        "utf16.txt": WORDS.encode("utf-16"),
        "old-mac.txt": WORDS.replace("\n", "\r"),
        "escapes.txt": WORDS + "\x1b[31m红\x07\x9b\n",
        "short-lines.txt": WORDS + "任务\n" * 20_000,
        "brackets.txt": WORDS + "（《〔【" * 20_000,
        "blanks.txt": WORDS + "任务" + " " * 100_000 + "单位",
        "digits.txt": WORDS + "2026年" + "1" * 100_000,
        "word-2003.doc": f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
        f'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{PLAN}</w:body></w:wordDocument>',
    },
    "type_mismatch": {
        "docx-behind.pdf": pdf() + docx(),  # a file with two faces
    },
    "empty": {
        "nothing.docx": b"",
        "nothing.pdf": b"",
        "no-words.docx": docx(xml(p(""))),
        "blank.txt": b" \n\n",
        "no-content.pdf": pdf(b" "),
    },
    "encrypted": {
        "locked.docx": locked(),
        "locked-cut.xlsx": locked()[:900],
        "locked.pdf": pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Nobody /V 9 >>"),
        "zip-flag.docx": headers(docx(), 6, 8, 1),
    },
    "truncated": {
        "cut-10.docx": cut(docx(), 0.3),
        "cut-90.docx": cut(docx(), 0.9),
        "cut-50.xlsx": cut(sheet(), 0.5),
        "cut.pdf": cut(pdf(), 0.4),
        "head-only.docx": b"PK\x03\x04",
        "head-only.pdf": b"%PDF-1.7\n",
    },
    "bad_zip": {
        "doubled.docx": doubled(),
        "method.docx": headers(docx(), 8, 10, 97),
        "other-words.docx": package({"word/document.xml": xml()}, 0).replace(TASK.encode(), TASK[::-1].encode()),
    },
    "zip_bomb": {
        "swollen.docx": lambda: docx(xml(PLAN + " " * (100 << 20))),
        "swollen.xlsx": lambda: sheet(cells="<row/>" * (20 << 20)),
        "many.docx": lambda: docx(**{f"x{n}": b"" for n in range(2_100)}),
        "swollen.ofd": lambda: ofd(" " * (100 << 20)),
    },
    "xml_dtd": {
        "laughs.docx": docx(xml(PLAN + p("&i;"), LAUGHS)),
        "passwd.docx": docx(xml(PLAN + p("&i;"), PASSWD)),
        "styles.docx": docx(word__styles_xml=f"{PASSWD}<w:styles {W}/>"),
        "laughs.xlsx": sheet(head=LAUGHS),
        "passwd.ofd": ofd(head=PASSWD),
    },
    "xml_malformed": {
        "unclosed.docx": docx(xml()[:-40]),
        "control.docx": docx(xml(PLAN + p("&#1;"))),
        "half.docx": docx(xml(PLAN + p("&#xD800;"))),
        "gbk.docx": docx(xml().encode("gb18030")),
        "no-body.docx": docx(f"<w:document {W}/>"),
        "nothing-inside.docx": docx(b" "),
        "page-inside.docx": docx(html()),
        "not-xml.xlsx": package({"xl/workbook.xml": "x"}),
    },
    "too_deep": {
        "deep.docx": docx(xml(PLAN + deep("w:sdt", 50_000, ""))),
        "nested-300.docx": docx(xml(nested(300))),
        "deep.html": html(deep("div", 50_000, TASK)),
    },
    "too_large": {
        "long-text.docx": lambda: docx(xml(p("字" * (4 << 20)))),
        "long-line.txt": lambda: ("字" * (1 << 21)).encode(),
    },
    "too_many_cells": {
        "cells.docx": lambda: docx(
            xml("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 100 + "</w:tr>") * 1_001 + "</w:tbl>" + PLAN)
        ),
        "cells.xlsx": lambda: sheet(
            "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(3, 50_100))
        ),
    },
    "page_too_full": {
        "swollen.pdf": lambda: pdf(b" " * (100 << 20), packed=True),
    },
    "unknown_type": {
        "noise.docx": random.Random(1).randbytes(20_000),
        "noise.pdf": random.Random(2).randbytes(20_000),
        "zeros.docx": b"\0" * 20_000,
        "one.docx": b"P",
        "text.docx": WORDS.encode("gb18030"),
        "files.docx": package({"a.txt": WORDS}),
        "program.exe": b"MZ\x90\0" + b"\0" * 400,
        "~$plan.docx": b"\x05Clerk" + b"\0" * 156,
        "passwd.html": '<?xml version="1.0"?>' + PASSWD + html(f"<p>{TASK}&i;</p>"),
        "english.txt": b"nothing here to read",
        "nul.txt": b"\0\x01\x02" * 400 + WORDS.encode(),
        "frames.html": "<html><frameset><frame src='file:///etc/passwd'></frameset></html>",
    },
    "garbled_text": {
        "two-encodings.txt": (WORDS * 5).encode() + (WORDS * 5).encode("gb18030"),
    },
    "unsupported": {
        "slides.pptx": package({"ppt/presentation.xml": "<x/>"}),
    },
    "no_text_layer": {
        "picture.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    },
}


def made() -> Iterator[tuple[str, bytes, str]]:
    """(name, bytes, outcome) of each."""
    for outcome, files in CASES.items():
        for name, content in files.items():
            data = content() if callable(content) else content
            yield name, data.encode() if isinstance(data, str) else data, outcome
