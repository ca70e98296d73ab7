"""The page of a comparison in a browser: both plans task by task, what changed marked, filters."""

from __future__ import annotations

import pytest

from pipeline.compare import compare
from pipeline.deliver.sidebyside import side_by_side, write_side_by_side
from tests.compare.test_laws import plan
from tests.deliver.browser import chromium, opened

OLD = ["加强农村道路养护管理。", "做好惠民政策公开；组织业务培训。", "𠮷祥街下水管网改造。", "<b>旧</b>任务另有安排"]
NEW = [
    "强化农村道路养护管理。",
    "做好惠民政策公开。",
    "组织业务培训。",
    "𠮷祥街下水管网更新。",
    "新能源汽车充电桩进社区",
]


def years():
    old, new = plan("a" * 16, 2022, OLD), plan("b" * 16, 2023, NEW)
    for one, title in ((old, "旧计划"), (new, "新计划</script>")):
        one.rows["documents"][0].update(title=title, file_name="x.docx", doc_number=None, issued_on=None)
    return old, new


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with chromium() as browser:
        path = write_side_by_side(compare(*years()), tmp_path_factory.mktemp("outputs"))
        with opened(browser, path) as shown:
            yield getattr(shown, "page", shown)


def texts(window, selector):
    return [" ".join(text.split()) for text in window.locator(selector).all_inner_texts()]


def test_the_page_is_the_same_bytes():
    assert side_by_side(compare(*years())) == side_by_side(compare(*years()))


def test_every_task_stands_beside_what_became_of_it(window):
    relations = texts(window, "#rows .what")
    assert sorted(relations) == sorted(["改写", "拆分", "改写", "未再列入", "新增"])
    assert len(texts(window, "#rows .task")) == len(OLD) + len(NEW)


def test_what_went_and_what_came_is_marked_also_after_a_rare_character(window):
    assert texts(window, "del") == ["加强", "改造"]
    assert texts(window, "ins") == ["强化", "更新"]


def test_markup_in_a_plan_is_shown_as_words(window):
    assert window.locator("#rows b").count() == 0
    assert "<b>旧</b>任务另有安排" in " ".join(texts(window, ".words"))


def test_filters_leave_what_they_say(window):
    window.click('[data-relation="split"].pill')
    assert texts(window, "#rows .what") == ["拆分"]
    window.keyboard.press("Escape")
    window.fill("#search", "充电桩")
    assert texts(window, "#rows .what") == ["新增"]
    window.fill("#search", "没有的词")
    assert "没有符合条件的行" in " ".join(texts(window, "#rows"))
    window.keyboard.press("Escape")
    assert len(texts(window, "#rows .what")) == 5
