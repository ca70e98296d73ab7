"""Makes features.doc and months.xls beside this file: what old files can hold, small.

Wants LibreOffice; run again only to add a feature.

    python tests/extract/make_doc.py
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.extract.soffice import convert
from tests.sheets import made, saved
from tests.words import R, W, docx, p, r, tc


def numbered(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


MARK = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'
DOWN = ['<w:vMerge w:val="restart"/>', "<w:vMerge/>"]
BODY = (
    p(r("推进改革"), numbered(0))
    + p(r("深化放权"), numbered(1))
    + p(r("扩大开放"), numbered(0))
    + p(r("甲") + f"<w:ins {MARK}>{r('插入')}</w:ins><w:del {MARK}><w:r><w:delText>删除</w:delText></w:r></w:del>")
    + p(r("可见") + r("隐藏", "<w:vanish/>"))
    + "<w:tbl><w:tblPr/><w:tblGrid>"
    + '<w:gridCol w:w="2000"/>' * 3
    + "</w:tblGrid>"
    + "<w:tr>"
    + tc("一、优化服务", '<w:gridSpan w:val="3"/>')
    + "</w:tr>"
    + "<w:tr>"
    + tc("区发改局", DOWN[0])
    + tc("任务一")
    + tc("年底前")
    + "</w:tr>"
    + "<w:tr>"
    + tc("", DOWN[1])
    + tc("任务二")
    + tc("")
    + "</w:tr></w:tbl>"
    + p(
        r("文末")
        + '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:99pt;height:30pt"><v:textbox><w:txbxContent>'
        + p(r("框内文字"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    + f'<w:sectPr><w:headerReference xmlns:r="{R}" w:type="default" r:id="rId2"/></w:sectPr>'
)
LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{text}"/></w:lvl>'
    for n, text in ((0, "%1、"), (1, "（%2）"))
)
RELS = (
    f'<Relationship Id="rId1" Type="{R}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId2" Type="{R}/header" Target="header1.xml"/>'
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def features() -> bytes:
    """The same document as a docx."""
    parts = {"word/header1.xml": f"<w:hdr {W}>{p(r('某政办〔2026〕1号'))}</w:hdr>", "word/numbering.xml": NUMBERING}
    return docx(BODY, RELS, parts)


def months() -> bytes:
    """A workbook with a merged title, a month and a hidden sheet."""
    book = made([["任务表"], ["序号", "时限"], [1, datetime(2022, 12, 1)]], ["A1:B1"], {"B3": 'yyyy"年"m"月"'})
    book.create_sheet("备选")["A1"] = "下拉"
    book["备选"].sheet_state = "hidden"
    return saved(book)


if __name__ == "__main__":
    for name, data, ending in (("features.doc", features(), ".docx"), ("months.xls", months(), ".xlsx")):
        path = Path(__file__).with_name(name)
        path.write_bytes(convert(data, ending, path.suffix) or b"")
