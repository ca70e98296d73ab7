"""Web pages: what a browser shows, in paragraphs and cells, told apart from the site around it."""

import sys
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Unreadable
from pipeline.extract import extract_bytes

sys.path.insert(0, str(Path(__file__).parent.parent))

from pages import FRAMES, SAID

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "130607-2022-zhengwu-gongkai"


def read(page, name="page.html"):
    return extract_bytes(name, page if isinstance(page, bytes) else page.encode())


def blocks(page):
    return read(page).blocks


def texts(page):
    return [b.text for b in blocks(page) if b.kind == "paragraph" and not b.hidden]


def grid(page):
    return [(b.cell.row, b.cell.col, b.cell.row_span, b.cell.col_span, b.text) for b in blocks(page) if b.cell]


def refused(page):
    with pytest.raises(Unreadable) as error:
        read(page)
    return error.value.code


# paragraphs


def test_paragraphs_headings_and_their_look():
    got = blocks(
        "<h2>工作要点</h2><p align=center><b>第一部分</b></p><p style='font-size:22pt'>各<b>部门</b>：</p><center>落款</center>"
    )
    assert [(b.text, b.look.outline_level, b.look.bold, b.look.centered, b.look.size) for b in got] == [
        ("工作要点", 2, True, False, None),
        ("第一部分", None, True, True, None),
        ("各部门：", None, False, False, 22.0),
        ("落款", None, False, True, None),
    ]


def test_a_word_cut_over_elements_and_source_lines_is_one_word():
    assert texts("<p><span>责任</span><font>单</font>\n<b>位</b>：区发\n改局 and\nmore</p>") == [
        "责任单位：区发改局 and more"
    ]


def test_a_line_feed_of_libreoffice_stands_for_a_blank():
    page = '<meta name="generator" content="LibreOffice 7.4"><p>工\n  作   任务</p>'
    assert texts(page) == ["工 作 任务"]


@pytest.mark.parametrize(
    "page, said",
    [
        ("<p>关于印发2022年政务公开<br>工作要点的通知</p>", ["关于印发2022年政务公开\n工作要点的通知"]),
        ("<div>　　一、总体<br>　　二、任务</div>", ["一、总体", "二、任务"]),
        ("<div>&nbsp; &nbsp; 深化公开<br>&nbsp; &nbsp; 优化服务</div>", ["深化公开", "优化服务"]),
        ("<div>深化公开<br><br>优化服务</div>", ["深化公开", "优化服务"]),
        ("<p>完成时限：4月15日前。<br>（四）车辆管控</p>", ["完成时限：4月15日前。", "（四）车辆管控"]),
        ("<p>某区人民政府<br>2022年3月1日</p>", ["某区人民政府", "2022年3月1日"]),
    ],
)
def test_a_break_parts_two_paragraphs_only_where_both_look_like_one(page, said):
    assert texts(page) == said


def test_pasted_text_without_paragraphs_keeps_its_lines():
    lines = [
        "各市（州）人民政府：",
        "现将督查通知转发你们，请按照要求立即开展自查，并报告有关情况，确保政策措施落实到位。",
        "一、各地自查",
        "对照要求逐项自查，查明原因，抓紧落实，于6月20日前报送自查报告（含电子文档）。",
        "二、部门自查",
        "按照职责分工进行深入自查，客观反映进展情况及成效。",
    ]
    assert texts("<div>" + "\n".join(lines) + "</div>") == lines


def test_source_cut_at_a_width_is_one_paragraph():
    assert texts("<p>为贯彻落实国务院办公厅\n关于政务公开的要求，结合\n我区实际，制定本方案，请\n认真执行。</p>") == [
        "为贯彻落实国务院办公厅关于政务公开的要求，结合我区实际，制定本方案，请认真执行。"
    ]


def test_lines_of_a_pre_are_lines():
    assert texts("<pre>一、总体\n二、任务</pre>") == ["一、总体", "二、任务"]


def test_entities_are_characters_and_marks_nobody_sees_are_none():
    assert texts("<p>&ldquo;放管服&rdquo;&#x3008;甲&#12297;A&amp;B&nbsp;\u200b区\u00ad发改\ufeff局</p>") == [
        "“放管服”〈甲〉A&B\u00a0区发改局"
    ]


def test_blanks_that_are_no_words_make_no_block():
    assert texts("<p>\u2003\x1f&#x2028;</p><p>正文。</p>") == ["正文。"]


def test_what_a_server_would_have_filled_in_is_no_text():
    page = '<%@ page language="java" %><p>任务<%= a > b %>一${x.y}二{{ z }}</p><#if a??><p>三</p></#if><?php echo 1 ?>'
    assert texts(page) == ["任务一二", "三"]


def test_scripts_styles_and_what_only_old_browsers_show_is_no_text():
    page = "<script>var a='<p>脚本</p>'</script><style>p{}</style><noscript><p>无脚本</p></noscript><p>正文<svg>图</svg></p>"
    assert texts(page) == ["正文"]


def test_hidden_words_are_kept_marked_and_told():
    got = read("<p>公开<span style='display: none'>不公开</span>内容。</p><div hidden>草稿</div><p>完。</p>")
    assert [(b.text, b.hidden) for b in got.blocks] == [
        ("公开内容。", False),
        ("不公开", True),
        ("草稿", True),
        ("完。", False),
    ]
    assert [(loss.code, loss.text) for loss in got.losses] == [("hidden_text", "不公开"), ("hidden_text", "草稿")]


def test_a_page_hidden_until_its_script_has_run_is_read():
    assert texts("<body style='display:none'><p>正文。</p></body>") == ["正文。"]


def test_deleted_words_and_readings_are_told():
    got = read("<p>任务<del>删去</del>一<ruby>亮<rt>liàng</rt></ruby>点。</p>")
    assert got.blocks[0].text == "任务一亮点。"
    assert [(loss.code, loss.text) for loss in got.losses] == [("deleted_text", "删去"), ("ruby_text", "liàng")]


def test_notes_headers_and_footers_of_a_word_processor_have_their_kind():
    page = (
        "<div title='header'><p>内部资料</p></div><p>正文<sup>1</sup>。</p>"
        "<div id='sdfootnote1'><p>注一</p></div><div style='mso-element:footnote'><p>注二</p></div>"
    )
    assert [(b.kind, b.text) for b in blocks(page)] == [
        ("header", "内部资料"),
        ("paragraph", "正文1。"),
        ("footnote", "注一"),
        ("footnote", "注二"),
    ]


# lists


@pytest.mark.parametrize(
    "page, labels",
    [
        ("<ol><li>甲<li>乙</ol>", ["1.", "2."]),
        ("<ol start=3 type=a><li>甲<li>乙</ol>", ["c.", "d."]),
        ("<ol reversed><li>甲<li>乙<li>丙</ol>", ["3.", "2.", "1."]),
        ("<ol><li>甲<li value=7>乙<li>丙</ol>", ["1.", "7.", "8."]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、", "二、"]),
        ("<ol style='list-style:none'><li>甲<li>乙</ol>", ["", ""]),
        ("<ol><li>甲<ol type=i><li>乙<li>丙</ol><li>丁</ol>", ["1.", "i.", "ii.", "2."]),
        ("<ul><li>甲<li>乙</ul>", ["", ""]),
        ("<ol><li>1.甲<li>2、乙<li>（一）丙</ol>", ["", "", "3."]),
        ("<ol><li><p>甲</p><p>乙</p><li>丙</ol>", ["1.", "", "2."]),
    ],
)
def test_numbers_that_a_browser_prints_are_labels(page, labels):
    assert [b.number_label for b in blocks(page)] == labels


def test_labels_in_a_cell_stand_beside_their_lines():
    page = "<table border=1><tr><td>任务<td><ol><li>甲<li>乙</ol></table>"
    assert [(b.text, b.number_label) for b in blocks(page)] == [("任务", ""), ("甲\n乙", "1.\n2.")]


# tables


def test_spans_cover_the_grid():
    page = """<table border=1><tr><th>序号<th colspan=2>任务</tr>
      <tr><td rowspan=2>1<td>甲<td rowspan=2>区发改局</tr><tr><td>乙</tr></table>"""
    assert grid(page) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 0, 2, 1, "1"),
        (1, 1, 1, 1, "甲"),
        (1, 2, 2, 1, "区发改局"),
        (2, 1, 1, 1, "乙"),
    ]


@pytest.mark.parametrize("claim", ["1000000000", "99999999999999999999", "0"])
def test_a_claim_of_more_rows_than_there_are_ends_with_the_table(claim):
    page = f"<table><tr><td rowspan={claim}>一<td>二</tr><tr><td>三</tr></table><p>完。</p>"
    assert grid(page) == [(0, 0, 2, 1, "一"), (0, 1, 1, 1, "二"), (1, 1, 1, 1, "三")]


@pytest.mark.parametrize("claim", ["-5", "2.5", "abc", ""])
def test_a_claim_that_is_no_number_is_one_or_its_whole_part(claim):
    span = 2 if claim == "2.5" else 1
    assert grid(f"<table><tr><td colspan='{claim}'>一<td>二</tr><tr><td>三<td>四<td>五</tr></table>")[0][3] == span


def test_a_section_row_is_as_wide_as_the_table_not_as_its_claim():
    page = "<table><tr><td>序号<td>任务<td>单位</tr><tr><td colspan=100>一、总体</tr><tr><td>1<td>甲<td>乙</tr></table>"
    assert (1, 0, 1, 3, "一、总体") in grid(page)


def test_a_span_ends_with_its_row_group():
    page = "<table><tbody><tr><td rowspan=9>甲<td>1</tr></tbody><tbody><tr><td>乙<td>2</tr></tbody></table>"
    assert grid(page) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")]


def test_a_stray_cell_behind_a_row_group_covers_no_other():
    page = "<table><tbody><tr><td>甲<td>乙</tr><tr><td rowspan=9>1</tr></tbody><td>丙</table>"
    assert grid(page)[2:] == [(1, 0, 1, 1, "1"), (1, 1, 1, 1, "丙")]


def test_cells_that_claim_the_next_row_do_not_push_a_full_row_out_of_the_table():
    page = """<table><tr><td>问题<td>措施<td>单位</tr><tr><td rowspan=2>脱贫<td rowspan=2>攻坚<td rowspan=2>区农办</tr>
      <tr><td>节能<td>减排<td>区经发局</tr></table>"""
    assert grid(page)[3:] == [
        (1, 0, 1, 1, "脱贫"),
        (1, 1, 1, 1, "攻坚"),
        (1, 2, 1, 1, "区农办"),
        (2, 0, 1, 1, "节能"),
        (2, 1, 1, 1, "减排"),
        (2, 2, 1, 1, "区经发局"),
    ]


def test_header_rows_are_those_of_thead_and_those_of_nothing_but_th():
    page = """<table><thead><tr><td>甲<td>乙</tr></thead><tr><th>丙<th>丁</tr><tr><th>戊<td>己</tr></table>"""
    assert [(b.text, b.cell.header) for b in blocks(page)] == [
        ("甲", True),
        ("乙", True),
        ("丙", True),
        ("丁", True),
        ("戊", False),
        ("己", False),
    ]


def test_paragraphs_and_breaks_of_a_cell_are_its_lines():
    page = "<table border=1><tr><td><p>区发改局</p><p>&nbsp;</p><p>区财政局<br>区教体局</p><td>年底前</table>"
    assert grid(page)[0][4] == "区发改局\n区财政局\n区教体局"


def test_the_caption_stands_above_its_table():
    assert [b.text for b in blocks("<table border=1><caption>任务清单</caption><tr><td>1<td>甲</table>")] == [
        "任务清单",
        "1",
        "甲",
    ]


def test_tables_that_hold_the_page_are_seen_through_and_a_nested_one_follows_its_cell():
    page = """<table><tr><td><p>第一段。</p><table border=1><tr><td>1<td>甲<table border=1><tr><td>a<td>b</table>尾<td>乙</table>
      </td></tr></table>"""
    assert [(b.kind, b.cell and b.cell.table, b.text) for b in blocks(page)] == [
        ("paragraph", None, "第一段。"),
        ("cell", 0, "1"),
        ("cell", 0, "甲\n尾"),
        ("cell", 1, "a"),
        ("cell", 1, "b"),
        ("cell", 0, "乙"),
    ]


# the site around a paper


@pytest.mark.parametrize("frame", FRAMES)
def test_the_same_paper_comes_out_of_every_frame(frame):
    page, about = FRAMES[frame]
    got = read(page.encode("gb18030" if "gb2312" in page else "utf-8"))
    assert [(b.kind, b.text) for b in got.blocks if b.kind not in ("header", "footer") and not b.hidden] == about + SAID
    assert got.losses == ()


def test_the_site_is_furniture_and_not_lost():
    page, _ = FRAMES["nameless"]
    assert [(b.kind, b.text) for b in blocks(page) if b.kind in ("header", "footer")] == [
        ("header", "首页|机构|办事"),
        ("header", "首页 > 政务公开 > 文件"),
        ("footer", "上一篇：关于调整领导小组成员的通知"),
        ("footer", "下一篇：关于做好防汛工作的通知"),
        ("footer", "相关新闻"),
        ("footer", "某区召开常务会议，研究部署安全生产、防汛救灾和重点项目建设等工作2023-05-01"),
        ("footer", "关于公布2023年政府信息公开工作年度报告的通知2023-05-02"),
        ("footer", "一图读懂：某区优化营商环境若干措施，附办理流程2023-05-03"),
        ("footer", "主办单位：某区人民政府办公室　技术支持：某公司"),
    ]


def test_words_of_a_site_inside_a_paper_stay_in_the_paper():
    page = "<p>强化版权所有人保护，办好网站。</p><p>主办单位：区文旅局</p><p>开通打印、分享和收藏功能，关闭僵尸账号。</p><p>完。</p>"
    assert [b.kind for b in blocks(page)] == ["paragraph"] * 4


def test_attachments_that_are_no_links_to_pages_stay():
    page = "<p>请认真贯彻执行本通知的各项要求。</p><div><a href='/a.pdf'>任务清单</a></div><div><a href='/1.htm'>另一篇</a></div>"
    assert [b.kind for b in blocks(page)] == ["paragraph", "paragraph", "footer"]


def test_a_picture_in_place_of_words_is_told_and_one_of_the_site_is_not():
    page = (
        "<p>现印发给你们，请认真贯彻执行本通知。</p><p><img src=scan.jpg></p><p>【打印】【关闭】</p><img src=logo.png>"
    )
    assert [loss.code for loss in read(page).losses] == ["picture_only"]


# encodings


PLAN = "<p>某区2026年重点工作任务分解表</p><p>完成老旧小区改造12个，镕</p>"


@pytest.mark.parametrize(
    "declared, encoding",
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gbk"),
        ("gbk", "gb18030"),
        ("utf-8", "gbk"),
        ("gb2312", "utf-8"),
        ("utf-8", "utf-16"),
        ("", "gbk"),
        ("", "utf-8-sig"),
        ("iso-8859-1", "gbk"),
        ("no-such-name", "gbk"),
    ],
)
def test_a_page_is_read_whatever_it_declares(declared, encoding):
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head>{PLAN}</html>'
    assert texts(page.encode(encoding)) == ["某区2026年重点工作任务分解表", "完成老旧小区改造12个，镕"]


def test_traditional_characters_in_big5_are_read():
    page = "<meta charset=big5><p>某區重點工作任務</p><p>完成老舊小區改造12個，請認真貫徹執行。</p>"
    assert texts(page.encode("big5")) == ["某區重點工作任務", "完成老舊小區改造12個，請認真貫徹執行。"]


def test_a_page_with_one_broken_character_is_read_and_told():
    page = ("<p>" + "请认真贯彻落实。" * 100 + "</p>").encode()
    got = read(page[:30] + b"\xff" + page[30:])
    assert got.blocks[0].text.count("\ufffd") == 1
    assert [loss.code for loss in got.losses] == ["undecodable"]


def test_a_web_archive_is_unpacked():
    inside = b64encode(PLAN.encode("gbk"))
    page = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + inside
        + b"\r\n--b--"
    )
    assert extract_bytes("计划.doc", page).blocks[1].text == "完成老旧小区改造12个，镕"


# hostile input


def test_nesting_without_end_is_refused():
    assert refused("<div>" * 100_000 + "底") == "too_deep"
    assert refused("<table><tr><td>" * 20_000 + "底") == "too_deep"


def test_entities_of_a_page_s_own_are_refused():
    assert (
        refused('<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>字&x;</p>')
        == "xml_dtd"
    )


def test_more_places_than_a_table_has_are_refused():
    row = "<tr>" + "<td rowspan=60000>字" * 150 + "</tr>"
    assert refused(f"<table>{row}{'<tr><td>x' * 20_000}</table>") == "too_many_cells"


@pytest.mark.parametrize(
    "page", ["<!--" * 100_000, "<html><body></body></html>", "<meta http-equiv=refresh content='0;url=x'>"]
)
def test_a_page_without_a_word_is_refused(page):
    assert refused(page) in ("empty", "unknown_type")


# laws


INLINE = st.sampled_from(["b", "span", "font", "a", "u", "sup", "o:p"])
BLOCK = st.sampled_from(["p", "div", "h2", "li", "td", "section", "center", "blockquote", "tr", "table", "ul", "form"])
WORDS = st.text(alphabet="一二三任务单位区发改局（）、，。：2022 \u3000\u00a0\n", max_size=12)
TREE = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>",
        INLINE | BLOCK,
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=20,
)


def solid(text):
    return "".join(text.split())


@given(TREE)
def test_every_visible_character_ends_in_exactly_one_block(tree):
    page = f"<!DOCTYPE html><html><body><p>始</p>{tree}<p>终</p></body></html>"
    got = blocks(page)
    assert [b.seq for b in got] == list(range(len(got)))
    shown = "始" + solid("".join(part.partition(">")[2] for part in f"<p>{tree}".split("<"))) + "终"
    assert sorted(solid("".join(b.text for b in got))) == sorted(shown)


@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4), max_size=5))
def test_no_two_cells_cover_one_place(rows):
    page = "<p>始。</p><table border=1>" + "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={across}>字" for down, across in row)
        for row in [[(1, 1), (1, 1)], *rows]
    )
    covered = [
        (row, col)
        for b in blocks(page)
        if b.cell
        for row in range(b.cell.row, b.cell.row + b.cell.row_span)
        for col in range(b.cell.col, b.cell.col + b.cell.col_span)
    ]
    assert len(covered) == len(set(covered))
    assert max(row for row, _ in covered) <= len(rows)


def test_the_page_of_the_sample_has_the_table_of_the_document():
    def cells(name):
        path = SAMPLE / name
        return [
            (b.cell.row, b.cell.col, b.cell.row_span, b.cell.col_span, solid(b.text))
            for b in extract_bytes(name, path.read_bytes()).blocks
            if b.cell
        ]

    assert cells("source.html") == cells("source.docx")
