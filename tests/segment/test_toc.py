"""A table of contents repeats the headings; it is told apart from them, and nothing of it is lost."""

from pipeline.stages import plan
from tests.papers import paper


def outline(book, regions, *lines):
    made = plan(paper("关于印发实施方案的通知", "各乡镇：", *lines), book, regions)
    assert made.document.accounted_ratio == 1.0
    furniture = [b.text for b in made.blocks if b.role == "furniture"]
    return furniture, [(s.label, s.heading) for s in made.sections]


def test_its_lines_are_no_headings(book, regions):
    listed = ["目　录", "一、总体要求…………1", "二、重点任务（上）……3", "三、组织保障……12"]
    body = ["一、总体要求", "全面推进。", "二、重点任务(上)", "抓好落实。", "三、组织保障", "加强领导。"]
    furniture, heads = outline(book, regions, *listed, *body)
    assert furniture == listed
    assert heads == [("一、", "总体要求"), ("二、", "重点任务(上)"), ("三、", "组织保障")]


def test_an_entry_worded_otherwise_than_its_heading_stays_in_it(book, regions):
    listed = ["目录", "一、总体要求", "二、重点任务", "三、保障"]
    body = ["一、总体要求", "全面推进。", "二、主要任务", "抓好落实。", "三、保障", "加强领导。"]
    furniture, heads = outline(book, regions, *listed, *body)
    assert furniture == listed
    assert [heading for _, heading in heads] == ["总体要求", "主要任务", "保障"]


def test_a_list_of_annexes_under_the_word_is_no_table_of_contents(book, regions):
    furniture, heads = outline(book, regions, "目录", "一、总体要求", "二、重点任务")
    assert furniture == []
    assert [heading for _, heading in heads] == ["总体要求", "重点任务"]
