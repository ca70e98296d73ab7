"""What county sites print around a paper: spaced buttons, bullets before labels, the short name of the office."""

import pytest

from pipeline.stages import plan
from tests.papers import paper


def document(book, regions, *lines):
    return plan(
        paper(*lines, "各乡镇人民政府：", "现印发给你们。", "一、抓好落实", "二、加强领导"), book, regions
    ).document


def test_labels_behind_bullets_are_metadata_and_no_title(book, regions):
    made = document(
        book,
        regions,
        "• 索引号:6735597301/2021-1801120",
        "  • 发布机构:县人民政府办公室",
        "  • 生成日期:2021-03-23",
        "2021年县政府重点工作任务(华政发〔2021〕2号)",
        "来源:华容县政府   2021-03-23 10:56",
    )
    assert (made.title, made.doc_number) == ("2021年县政府重点工作任务", "华政发〔2021〕2号")
    assert (made.issuer, made.region_name, str(made.issued_on)) == ("县人民政府办公室", "华容县", "2021-03-23")


@pytest.mark.parametrize("button", ["返 回", "• 无障碍", "长辈版", "【打印】 【关闭】"])
def test_a_button_above_the_title_is_no_part_of_it(book, regions, button):
    made = document(book, regions, button, "杭州市人民政府办公厅关于印发重点工作责任分解的通知")
    assert made.title == "杭州市人民政府办公厅关于印发重点工作责任分解的通知"


def test_the_metadata_say_which_lines_are_the_title_and_which_county_is_meant(book, regions):
    made = document(
        book,
        regions,
        "名称：县人民政府关于分解落实2022年重点工作任务的通知  发文单位：通山县人民政府",
        "门户首页专题",
        "县人民政府关于分解落实",
        "2022年重点工作任务的通知",
    )
    assert made.title == "县人民政府关于分解落实2022年重点工作任务的通知"
    assert (made.issuer, made.region_name) == ("通山县人民政府", "通山县")


def test_an_item_may_begin_with_a_year(book, regions):
    made = plan(paper("关于印发要点的通知", "各镇：", "一、2020年是收官之年。", "二、加强领导。"), book, regions)
    assert [s.label for s in made.sections] == ["一、", "二、"]
