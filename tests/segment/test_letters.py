"""Letters as web pages and clerks pass them on: numbers glued to titles, dates without labels, everything on one line."""

from pipeline.segment import segment
from tests.papers import paper


def parts(doc, book):
    letter = segment(doc, book).letter
    return [(p.part, doc.blocks[p.span.block].text[p.span.start : p.span.end]) for p in letter if p.annex == 0]


def test_a_number_glued_to_the_title_is_no_part_of_it(book):
    for between in ("", " ", "（"):
        close = "）" if between == "（" else ""
        doc = paper(
            f"关于印发2022年工作要点的通知{between}某政办〔2022〕2号{close}", "各乡镇人民政府：", "现印发给你们。"
        )
        assert parts(doc, book)[:2] == [
            ("title", "关于印发2022年工作要点的通知"),
            ("doc_number", "某政办〔2022〕2号"),
        ]


def test_a_day_without_a_label_above_the_paper_is_that_of_its_publication(book):
    doc = paper("某县2022年工作要点", "2022-03-11 09:12 来源：县府办 浏览：233次", "一、教育惠民", "1.新建幼儿园3所。")
    assert parts(doc, book) == [
        ("meta_published_on", "2022-03-11 09:12"),
        ("meta_source", "县府办"),
        ("meta_other", "233次"),
        ("title", "某县2022年工作要点"),
    ]


def test_a_day_in_brackets_below_the_title_is_that_of_the_paper(book):
    doc = paper("某区2023年工作要点", "（2023年2月15日）", "2023年是开局之年。", "一、聚力产业升级")
    assert parts(doc, book) == [("title", "某区2023年工作要点"), ("date", "（2023年2月15日）")]


def test_the_title_stands_below_the_table_of_a_page(book):
    doc = paper(
        [["索引号", "1234/2021", "文号", "某府办〔2021〕9号"]], "某县2021年工作要点", "为做好工作，制定本要点。"
    )
    assert ("title", "某县2021年工作要点") in parts(doc, book)


def test_a_signature_on_the_line_of_its_date_is_a_signature(book):
    doc = paper(
        "关于防汛工作的通知", "各镇街：", "现通知如下。", "某区水利局　　2021年5月10日", "联系人：张三，电话：1234。"
    )
    assert parts(doc, book)[2:] == [
        ("signature", "某区水利局"),
        ("date", "2021年5月10日"),
        ("contact", "联系人：张三，电话：1234。"),
    ]


def test_a_letter_that_lost_all_its_ends_is_cut_into_its_parts(book):
    doc = paper(
        "关于印发《某区2022年防震减灾工作要点》的通知某震发〔2022〕1号各镇人民政府，区级各有关部门：现将工作要点印发给你们，"
        "请认真抓好落实。某区应急管理局2022年3月16日某区2022年防震减灾工作要点一、加强监测预报（一）做好震情监视跟踪。"
        "强化震情会商，及时研判震情趋势，按时报送分析结果。（二）完善群测群防。加强宏观观测点管理，落实人员和经费。"
        "二、加强应急准备（三）修订应急预案。开展应急演练，提高应急处置能力。"
    )
    assert parts(doc, book) == [
        ("title", "关于印发《某区2022年防震减灾工作要点》的通知"),
        ("doc_number", "某震发〔2022〕1号"),
        ("salutation", "各镇人民政府，区级各有关部门："),
        ("signature", "某区应急管理局"),
        ("date", "2022年3月16日"),
    ]
    assert [s.label for s in segment(doc, book).sections] == ["一、", "（一）", "（二）", "二、", "（三）"]
