"""Chapters numbered 1, 2, 3 without a mark, above 1.1 and 1.1.1."""

from pipeline.segment import segment
from tests.papers import paper


def heads(book, *lines):
    doc = paper("关于印发数字政府建设方案的通知", "各乡镇：", *lines)
    return [
        (s.level, s.label, doc.blocks[s.heading.block].text[s.heading.start : s.heading.end])
        for s in segment(doc, book).sections
    ]


def test_decimal_headings_nest_as_deep_as_their_numbers(book):
    assert heads(book, "1 总则", "1.1 目的", "1.1.1 依据", "1.2 原则", "2 职责", "2.1 分工") == [
        (1, "1", "总则"),
        (2, "1.1", "目的"),
        (3, "1.1.1", "依据"),
        (2, "1.2", "原则"),
        (1, "2", "职责"),
        (2, "2.1", "分工"),
    ]


def test_the_first_chapter_of_an_annex_is_no_part_of_its_title(book):
    found = heads(book, "现印发给你们。", "某县人民政府", "2024年3月1日", "附件", "某县应急预案", "1 总则", "1.1 目的")
    assert found == [(1, "1", "总则"), (2, "1.1", "目的")]


def test_a_level_left_out_does_not_swallow_the_next_heading(book):
    assert heads(book, "1 总则", "1.1.1 依据", "1.2 原则") == [
        (1, "1", "总则"),
        (2, "1.1.1", "依据"),
        (2, "1.2", "原则"),
    ]


def test_a_line_that_begins_with_a_number_is_no_chapter_without_a_decimal_below(book):
    assert heads(book, "1 总则", "2 职责", "一、安排") == [(1, "一、", "安排")]


def test_chapters_count_on_from_one(book):
    assert heads(book, "1 总则", "1.1 目的", "12 人参加会议", "2 职责") == [
        (1, "1", "总则"),
        (2, "1.1", "目的"),
        (1, "2", "职责"),
    ]
