"""Web pages: what a browser shows, told apart from the site around it."""

from pipeline.extract import extract_bytes


def blocks(page, encoding="utf-8"):
    return extract_bytes("page.html", page.encode(encoding)).blocks


def said(page):
    return [(b.kind, b.text) for b in blocks(page)]


def grid(page):
    return [(b.cell.row, b.cell.col, b.cell.row_span, b.cell.col_span, b.text) for b in blocks(page) if b.cell]


def test_paragraphs_headings_and_their_look():
    got = blocks("<h2>工作要点</h2><p align=center><b>第一部分</b></p><div>各部门：</div>")
    assert [(b.text, b.look.outline_level, b.look.bold, b.look.centered) for b in got] == [
        ("工作要点", 2, True, False),
        ("第一部分", None, True, True),
        ("各部门：", None, False, False),
    ]


def test_spans_cover_the_grid_and_a_claim_of_a_billion_rows_only_the_table():
    page = "<table><tr><td rowspan=1000000000>一<td>二</tr><tr><td>三</tr></table><p>完。</p>"
    assert grid(page) == [(0, 0, 2, 1, "一"), (0, 1, 1, 1, "二"), (1, 1, 1, 1, "三")]


def test_menus_and_footers_are_furniture_and_not_lost():
    page = (
        "<div class=nav><a href=/>首页</a> <a href=/zw>政务公开</a></div>"
        "<p>为做好今年工作，现将有关事项通知如下，请各部门结合实际认真抓好贯彻落实，及时报送进展情况。</p>"
        "<p>版权所有：某区人民政府　京ICP备12345678号</p>"
    )
    assert [kind for kind, _ in said(page)] == ["header", "paragraph", "footer"]
