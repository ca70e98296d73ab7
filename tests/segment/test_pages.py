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


def test_labels_and_values_in_lines_of_their_own_are_metadata(book, regions):
    made = document(
        book,
        regions,
        "关于印发具体措施的通知",
        *("索引号", "000014349/2023-26788", "发文单位", "市人民政府办公室", "发文字号", "十政办发〔2023〕19号"),
        *("发布日期", "2023年06月07日 17:35:09", "效力状态", "有效"),
    )
    assert (made.title, made.doc_number) == ("关于印发具体措施的通知", "十政办发〔2023〕19号")
    assert (made.issuer, str(made.issued_on)) == ("市人民政府办公室", "2023-06-07")


@pytest.mark.parametrize("line", ["今天是:", "热门搜索：", "繁體   |  登录  |   注册", "欢迎访问某区人民政府网站"])
def test_a_line_of_the_site_is_no_part_of_the_title(book, regions, line):
    assert document(book, regions, line, "关于印发具体措施的通知").title == "关于印发具体措施的通知"


@pytest.mark.parametrize(
    "title, name, code",
    [
        ("泰州关于印发行动方案的通知", "泰州", "321200"),
        ("吉林关于印发行动方案的通知", "吉林", "220000"),
        ("朝阳关于印发行动方案的通知", None, None),
    ],
)
def test_a_bare_name_means_a_place_where_it_can_mean_but_one(book, regions, title, name, code):
    made = document(book, regions, title)
    assert (made.region_name, made.region_code) == (name, code)


def test_labels_parted_from_their_values_by_blanks_alone_are_metadata(book, regions):
    made = document(
        book,
        regions,
        "索 引 号 成文日期",
        "发文机关 某县人民政府 发布时间 2015年04月29日",
        "标  题 关于印发具体措施的通知",
        "发文字号 某政〔2015〕24号 时  效 有效",
        "关于印发具体措施的通知",
    )
    assert (made.title, made.doc_number) == ("关于印发具体措施的通知", "某政〔2015〕24号")
    assert (made.issuer, str(made.issued_on), made.accounted_ratio) == ("某县人民政府", "2015-04-29", 1.0)


def test_a_note_on_a_sound_behind_the_number_is_no_title(book, regions):
    made = document(book, regions, "川辦函〔2015〕54號(hào)", "2015年縣域經濟改革發展工作方案")
    assert (made.title, made.accounted_ratio) == ("2015年縣域經濟改革發展工作方案", 1.0)
