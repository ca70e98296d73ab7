"""What one level writes otherwise than another, read as the same."""

from itertools import pairwise

import pytest

from pipeline.recognize.levels import levels


def read(text, book, places=(), title=False):
    out, at = "", 0
    for one in levels(text, book, places, title=title):
        out, at = out + text[at : one.start] + (one.same or "□"), one.end
    return out + text[at:]


@pytest.mark.parametrize(
    "upper, lower",
    [
        ("省政府办公厅负责指导", "区政府办公室负责指导"),
        ("省发展改革委牵头", "市发改局牵头"),
        ("各市要加强指导", "各乡镇要加强指导"),
        ("各县（市、区）人民政府要公布", "各设区市要公布"),
        ("省直有关部门要公布", "区直各单位要公布"),
        ("在全省推广", "在全区推广"),
        ("党中央、国务院部署", "区委、区政府部署"),
    ],
)
def test_levels_that_mean_the_same_read_the_same(book, upper, lower):
    assert read(upper, book) == read(lower, book)


def test_the_places_of_the_plans_read_as_the_place_itself(book):
    places = ("保定市满城区", "河北省")
    assert read("推进河北省标准", book, places) == read("推进保定市满城区标准", book, places) == "推进本地标准"


@pytest.mark.parametrize(
    "text", ["加强涉及市场主体的信息公开", "完善各市场主体信息", "本区域内的企业", "推进区块链应用"]
)
def test_a_word_that_only_begins_like_a_level_is_left_alone(book, text):
    assert read(text, book) == text


def test_boilerplate_is_taken_out_and_its_neighbors_stay(book):
    assert read("加强组织领导，公布权责清单，确保落实到位。", book) == "□，公布权责清单，□。"


def test_what_makes_a_title_a_plan_counts_in_titles_only(book):
    assert read("2022年政务公开工作要点", book, title=True) == "2022年政务公开□"
    assert read("落实工作要点", book) == "落实工作要点"


def test_stretches_are_disjoint_and_in_order(book):
    text = "各市、各县（市、区）人民政府和省直有关部门要高度重视，省政府办公厅统筹推进全省工作。"
    found = levels(text, book)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(one.start < one.end <= len(text) for one in found)
