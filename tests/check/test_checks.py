"""What the linter says of small papers: a slip is told, and what only looks like one is not."""

from __future__ import annotations

import pytest

from pipeline.stages import read
from tests.papers import paper

HEAD = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
LETTER = "某市某区2022年政务公开工作要点"


def told(*parts, book, regions) -> list[tuple[str, str]]:
    """(code, words) of every finding but those of reading."""
    doc = paper(*parts)
    found = read(doc, book, regions).remarks
    return [(r.code, "" if r.block is None else doc.blocks[r.block].text[r.start : r.end]) for r in found]


@pytest.fixture
def tell(book, regions):
    return lambda *parts: told(*parts, book=book, regions=regions)


def rows(*changes: dict[int, str], count: int = 6) -> list[list[str]]:
    """A good table of `count` rows, with cells changed: {column: words} for each row, in order."""
    duties = ("公开财政预算决算", "清理规范性文件", "解读重大政策", "办理公开申请", "建设公开专区", "更新权责清单")
    table = [HEAD]
    for n in range(count):
        row = [str(n + 1), f"{duties[n % 6]}第{n}批各项内容", "区财政局", "区政府各部门、各乡镇政府", "2022年底前"]
        for column, words in (changes[n] if n < len(changes) else {}).items():
            row[column] = words
        table.append(row)
    return table


def codes(found) -> list[str]:
    return [code for code, _ in found]


def test_a_good_table_is_silent(tell):
    assert tell(LETTER, rows()) == []


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        ("1 2 4 5 6 7", ["number_gap"]),
        ("1 2 2 4 5 6", ["number_repeated"]),
        ("1 2 2 3 4 5", ["number_repeated"]),
        ("1 2 7 4 5 6", ["number_gap"]),
        ("1 2 3 5 4 6", ["number_gap", "number_order", "number_gap"]),
        ("2 3 4 5 6 7", ["number_gap"]),
        ("9 10 11 12 13 14", []),  # cut out of a longer table
        ("1 2 3 1 2 3", []),  # counted anew
    ],
)
def test_the_printed_numbers_are_counted(tell, printed, says):
    assert codes(tell(LETTER, rows(*({0: n} for n in printed.split())))) == says


def test_a_blank_number_is_missing_only_where_the_next_one_counts_it(tell):
    assert codes(tell(LETTER, rows({}, {0: ""}, {}))) == ["number_missing"]
    shared = rows({}, {0: ""}, {0: "2"}, {0: "3"}, {0: "4"}, {0: "5"})
    assert codes(tell(LETTER, shared)) == []


def test_a_blank_is_a_slip_where_the_others_have_something(tell):
    assert tell(LETTER, rows({}, {2: ""}))[0][0] == "lead_missing"
    assert codes(tell(LETTER, rows({}, {3: ""}))) == ["unit_missing"]
    assert codes(tell(LETTER, rows({}, {4: ""}))) == ["deadline_missing"]


def test_many_blanks_are_meant(tell):
    assert codes(tell(LETTER, rows({2: ""}, {2: ""}, {}, {}))) == ["lead_left_blank"] * 2


def test_a_dash_says_that_nobody_leads(tell):
    assert codes(tell(LETTER, rows({}, {2: "—"}))) == []


def test_the_lead_among_the_others_is_told_and_a_group_that_holds_it_is_not(tell):
    assert tell(LETTER, rows({3: "区税务局、区财政局"})) == [("lead_repeated", "区财政局")]


def test_one_unit_in_two_spellings_is_told_at_the_rarer_one(tell):
    assert tell(LETTER, rows({}, {2: "区发改局"}, {2: "区发改局"}, {2: "区发展和改革局"})) == [
        ("unit_two_ways", "区发展和改革局")
    ]
    assert tell(LETTER, rows({2: "区财政司"})) == [("unit_two_ways", "区财政司")]


def test_a_level_left_out_is_worth_knowing_and_no_more(tell):
    placed = "保定市满城区2022年政务公开工作要点"  # 财政局 of a place that is known is its own
    assert tell(placed, rows({2: "财政局"})) == [("unit_level_left_out", "财政局")]


@pytest.mark.parametrize("pair", [("区农业局", "区林业局"), ("区财政局", "市财政局"), ("区第一中学", "区第二中学")])
def test_two_units_with_like_names_are_two_units(tell, pair):
    one, other = pair
    assert "unit_two_ways" not in codes(tell(LETTER, rows({2: one}, {2: one}, {2: other}, {2: other})))


@pytest.mark.parametrize(
    ("deadline", "code"),
    [
        ("2022年9月31日前", "impossible_date"),
        ("2021年底前", "deadline_before_issue"),
        ("2023年3月底前", "deadline_beyond_year"),
        ("2022年6月底前", ""),
        ("持续推进", ""),
    ],
)
def test_a_deadline_lies_in_the_plans_year(tell, deadline, code):
    assert codes(tell(LETTER, rows({}, {4: deadline}))) == ([code] if code else [])


def test_what_was_done_before_the_paper_is_told_and_not_set(tell):
    done = "一、总体情况", "2021年10月底前已建成公开专区，2021年12月底前完成了清理。"
    assert codes(tell(LETTER, *done, rows())) == []
    assert codes(tell(LETTER, "一、总体情况", "2021年10月底前参加评选活动。", rows())) == ["deadline_before_issue"]


def test_a_plan_of_several_years_ends_with_the_last(tell):
    title = "某市某区2021—2023年政务公开工作方案"
    assert codes(tell(title, rows({}, {4: "2023年6月底前"}))) == []


@pytest.mark.parametrize(("said", "code"), [("共6项任务", ""), ("共7项任务", "count_differs"), ("共六项重点任务", "")])
def test_the_number_of_tasks_that_is_said_is_counted(tell, said, code):
    assert codes(tell(LETTER, f"现将分解表印发给你们，{said}，请抓好落实。", rows())) == ([code] if code else [])


def test_a_number_of_tasks_done_last_year_is_not_counted(tell):
    assert codes(tell(LETTER, "2021年共完成36项任务，成效明显。", rows())) == []


ISSUED = (
    "某区人民政府办公室关于印发2022年政务公开任务分解表的通知",
    "各乡镇政府：",
    "现将分解表印发给你们，请抓好落实。",
)


def test_the_attachment_bears_the_name_that_the_letter_gives_it(tell):
    letter = (*ISSUED, "附件：2022年政务公开任务分解表", "某区人民政府办公室", "2022年3月1日", "附件")
    assert codes(tell(*letter, "2022年政务公开任务分解表", rows())) == []
    assert tell(*letter, "2022年政务公开工作分工表", rows()) == [("attachment_title", "2022年政务公开工作分工表")]


@pytest.mark.parametrize(
    ("cited", "code"),
    [
        ("落实《国务院办公厅关于规范信息公开平台有关事项的通知》（国办公开办函〔2019〕61号）", ""),
        ("落实《国务院办公厅关于规范信息公开平台有关事项的通知》", "citation_without_number"),
        ("落实《中华人民共和国政府信息公开条例》", ""),
        (
            "落实《国务院办公厅关于规范信息公开平台有关事项的通知》（国办公开办函〔2023〕61号）",
            "citation_not_yet_issued",
        ),
        ("落实《国务院办公厅关于印发2021年政务公开工作要点的通知》（国办发〔2012〕12号）", "citation_wrong_year"),
        ("对照《河北省2023年政务公开工作要点》", "citation_not_yet_issued"),
        ("落实《2030年前碳达峰行动方案》", ""),
    ],
)
def test_a_cited_paper_has_its_number_and_was_there_before(tell, cited, code):
    letter = (*ISSUED, f"各单位要{cited}要求，抓好工作。", "某区人民政府办公室", "2022年3月1日")
    assert codes(tell(*letter, rows())) == ([code] if code else [])


def test_the_papers_own_number_is_of_the_year_of_its_date(tell):
    letter = (ISSUED[0], "某政办〔2021〕5号", *ISSUED[1:], "某区人民政府办公室", "2022年3月1日")
    assert tell(*letter, rows()) == [("own_number_year", "某政办〔2021〕5号")]


def test_two_numbers_of_one_paper_are_told(tell):
    once = "落实《国务院办公厅关于规范信息公开平台有关事项的通知》（国办公开办函〔2019〕61号）要求。"
    found = tell(*ISSUED, once, once.replace("61", "16"), "某区人民政府办公室", "2022年3月1日", rows())
    assert codes(found) == ["citation_two_numbers"]


BODY = (
    "一、加强信息公开",
    "（一）推进财政公开。公开财政预算决算，公开政府债务信息。",
    "（二）推进政策解读。解读重大政策，回应社会关切。",
    "（三）推进依申请公开。办理公开申请，完善答复文书。",
)


def annex(*lines: str) -> list:
    """An annex that repeats the body: headings (words) and one row below each."""
    table: list = [HEAD, [("一、加强信息公开", 1, 5)]]
    duties = ("公开财政预算决算，公开政府债务信息", "解读重大政策，回应社会关切", "办理公开申请，完善答复文书")
    for n, (line, duty) in enumerate(zip(lines, duties, strict=True), 1):
        table.append([(line, 1, 5)])
        table.append([str(n), duty, "区财政局", "区政府各部门", "持续推进"])
    return table


WHOLE = ("（一）推进财政公开", "（二）推进政策解读", "（三）推进依申请公开")


def test_an_annex_that_repeats_its_body_is_silent(tell):
    assert tell(LETTER, *BODY, "附件", "某区2022年政务公开任务分解表", annex(*WHOLE)) == []


def test_a_section_that_tells_aims_and_means_needs_no_row(tell):
    aims = ("一、总体要求", "坚持稳中求进工作总基调，深化政务公开各项工作。")
    body = (*aims, BODY[0].replace("一", "二"), *BODY[1:])
    means = ("三、保障措施", "各单位要高度重视，明确专人负责政务公开工作。")
    assert (
        tell(LETTER, *body, *means, "附件", "某区2022年政务公开任务分解表", annex(*WHOLE)[:1] + annex(*WHOLE)[2:]) == []
    )


def test_a_heading_reworded_in_the_annex_is_told(tell):
    reworded = (WHOLE[0], "（二）加强政策解读", WHOLE[2])
    found = tell(LETTER, *BODY, "附件", "某区2022年政务公开任务分解表", annex(*reworded))
    assert found == [("heading_drift", "加强政策解读")]


def test_a_section_whose_row_is_gone_is_told(tell):
    table = [row for row in annex(*WHOLE) if row[0] != "2"]
    found = tell(LETTER, *BODY, "附件", "某区2022年政务公开任务分解表", table)
    assert set(codes(found)) == {"section_without_row", "number_gap"}


def test_a_day_of_the_body_that_the_row_does_not_keep_is_told(tell):
    dated = (BODY[0], BODY[1], "（二）推进政策解读。2022年9月底前解读重大政策，回应社会关切。", BODY[3])
    found = tell(LETTER, *dated, "附件", "某区2022年政务公开任务分解表", annex(*WHOLE))
    assert found == [("clause_conflict", "持续推进")]
    other = (BODY[0], BODY[1], BODY[2] + "2022年9月底前举办龙舟比赛和广场舞大赛。", BODY[3])
    found = tell(LETTER, *other, "附件", "某区2022年政务公开任务分解表", annex(*WHOLE))
    assert ("deadline_without_row", "2022年9月底前") in found


def test_a_row_without_words_and_a_blank_row_are_told(tell):
    assert codes(tell(LETTER, rows({}, {1: ""}))) == ["row_without_text"]
    blank = rows()
    blank.insert(3, ["", "", "", "", ""])
    assert codes(tell(LETTER, blank)) == ["row_blank"]


def test_a_task_printed_twice_is_told(tell):
    again = "公开财政预算决算第0批各项内容"
    assert tell(LETTER, rows({}, {}, {}, {1: again})) == [("task_repeated", again)]
