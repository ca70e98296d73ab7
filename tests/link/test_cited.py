"""The cited documents of a whole paper: its own title and number are none, short names stand for what they were said of."""

from __future__ import annotations

from pipeline.stages import plan
from tests.papers import paper


def cited(*parts, book, regions):
    """(words as printed, title meant, number meant) of each row of citations."""
    rows = plan(paper(*parts), book, regions).rows["citations"]
    return [(row["text"], row["title"], row["doc_number"]) for row in rows]


HEAD = ("满政办〔2022〕8号", "关于印发《2022年政务公开工作要点》的通知", "各乡镇人民政府，区政府各部门：")


def test_the_papers_own_title_and_number_are_no_citations(book, regions):
    body = "现将《2022年政务公开工作要点》印发给你们，请认真贯彻落实《条例》。"
    assert cited(*HEAD, body, book=book, regions=regions) == [("《条例》", "条例", None)]


def test_a_short_name_means_the_document_that_it_was_given_to(book, regions):
    first = "按照《关于加强公开的指导意见》（国办发〔2019〕54号，以下简称《指导意见》）要求，制定本要点。"
    later = "一、落实《指导意见》明确的任务。"
    full = ("关于加强公开的指导意见", "国办发〔2019〕54号")
    assert cited(*HEAD, later, first, later, book=book, regions=regions) == [
        ("《指导意见》", "指导意见", None),  # before it was given
        ("《关于加强公开的指导意见》（国办发〔2019〕54号，以下简称《指导意见》）", *full),
        ("《指导意见》", *full),
    ]


def test_a_short_name_in_quotation_marks_is_found_in_them(book, regions):
    first = "落实《全民科学素质行动规划纲要》（以下简称“科学素质纲要”）。"
    later = "对照“科学素质纲要”要求抓好科学素质工作。"
    assert cited(*HEAD, first, later, book=book, regions=regions) == [
        ("《全民科学素质行动规划纲要》（以下简称“科学素质纲要”）", "全民科学素质行动规划纲要", None),
        ("“科学素质纲要”", "全民科学素质行动规划纲要", None),
    ]


def test_a_short_name_of_the_paper_itself_is_no_citation(book, regions):
    body = "《2022年政务公开工作要点》（以下简称《要点》）已经区政府同意，现印发给你们。"
    assert cited(*HEAD, body, "各部门要按照《要点》细化措施。", book=book, regions=regions) == []


def test_a_bare_kind_of_document_is_the_one_cited_before_that_ends_so(book, regions):
    one = "贯彻《中华人民共和国政府信息公开条例》。"
    assert cited(*HEAD, one, "依照《条例》第二十条公开。", book=book, regions=regions)[1] == (
        "《条例》",
        "中华人民共和国政府信息公开条例",
        None,
    )
    two = "贯彻《中华人民共和国政府信息公开条例》和《优化营商环境条例》。"
    assert cited(*HEAD, two, "依照《条例》公开。", book=book, regions=regions)[2] == ("《条例》", "条例", None)


def test_what_another_paper_forwards_stays_a_citation(book, regions):
    title = "转发《关于做好政务公开专区建设工作的通知》的通知"
    body = "现将《关于做好政务公开专区建设工作的通知》（冀政办字〔2022〕31号）转发给你们。"
    rows = cited("满政办〔2022〕9号", title, "各部门：", body, book=book, regions=regions)
    assert rows[-1][1:] == ("关于做好政务公开专区建设工作的通知", "冀政办字〔2022〕31号")


def test_rows_carry_code_year_number_and_the_title_around(book, regions):
    body = "落实《省政府转发〈指导意见〉的通知》（国办函〔2021〕132号）和《安全生产法》（2021年修正）。"
    rows = plan(paper(*HEAD, body), book, regions).rows["citations"]
    outer, inner, law = rows
    assert (outer["issuer_code"], outer["year"], outer["number"], outer["relation"]) == (
        "国办函",
        2021,
        132,
        "implements",
    )
    assert (inner["parent_citation_id"], inner["title"]) == (outer["citation_id"], "指导意见")
    assert (law["year"], law["number"], law["doc_number"]) == (2021, None, None)


def test_blanks_and_line_breaks_stay_in_the_words_and_leave_the_values(book, regions):
    body = "按照《关于公开的\n通知》（冀政办字 〔2022〕 31 号）办理。"
    [row] = cited(*HEAD, body, book=book, regions=regions)
    assert row == ("《关于公开的\n通知》（冀政办字 〔2022〕 31 号）", "关于公开的通知", "冀政办字〔2022〕31号")
