"""A correction beats a rule, is found again by its words, and is never dropped in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.corrections.apply import corrected
from pipeline.corrections.values import EDITABLE, Correction, PlanCorrections, read
from pipeline.plan import Plan
from pipeline.rulebook import gathered
from pipeline.schema import TABLES
from pipeline.stages import plan
from tests.papers import paper

HEAD = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
TITLE = "某某区2022年防汛工作要点"
BODY = "一、防汛准备。各乡镇要在2022年6月底前完成清障，落实《防汛条例》，新建泵站不少于3座。"
CLEAR = ["1", "清理河道淤泥和阻水障碍物", "区水利局", "区住建局、区财政局", "2022年11月底前"]
WATCH = ["2", "组织汛期堤防巡查和值守", "区水利局", "区住建局", "持续推进"]
DRILL = ["3", "开展防汛应急演练并总结", "区应急局", "区水利局区住建局", "麦收开镰"]


@pytest.fixture(scope="module")
def make(book, regions):
    return lambda *parts: plan(paper(*parts), book, regions)


@pytest.fixture(scope="module")
def known(make):
    return make(TITLE, BODY, [HEAD, CLEAR, WATCH, DRILL])


@pytest.fixture(scope="module")
def over(book, regions):
    return lambda plan, *items: corrected(plan, [kept(plan, *items)], book, regions)


def kept(plan: Plan, *items: Correction) -> PlanCorrections:
    document = plan.document
    return PlanCorrections(document.plan_key or "", document.document_id, document.file_name, "", items)


def told(plan: Plan, code: str) -> list[str]:
    return [row["message"] for row in plan.rows["findings"] if row["code"] == code]


def deadline(row: list[str], **given: object) -> Correction:
    return Correction("deadlines", "correct", row[4], block=row[4], task=row[1], was={"kind": "due"}, given=given)


def unit(row: list[str], words: str, cell: str, verdict: str = "correct", **given: object) -> Correction:
    return Correction("task_units", verdict, words, block=cell, task=row[1], given=given)


def law_holds(plan: Plan) -> bool:
    texts = {row["block_id"]: row["text"] for row in plan.rows["blocks"]}
    spans = [row for t in TABLES for row in plan.rows[t.name] if row.get("char_start") is not None]
    return all(texts[row["block_id"]][row["char_start"] : row["char_end"]] == row["text"] for row in spans)


def test_a_corrected_deadline_governs_its_task_and_tells_who_read_it(known, over):
    made = over(known, deadline(CLEAR, due_on="2022-12-15")).plan
    assert known.tasks[0].due_on == date(2022, 11, 30)
    assert made.tasks[0].due_on == date(2022, 12, 15)
    [row] = [d for d in made.deadlines if d.text == "2022年11月底前"]
    assert (row.due_on, row.rule_id, row.precision) == (date(2022, 12, 15), "corrected", "day")
    assert told(made, "corrected") == ["时限“2022年11月底前”已由人工更正：截止日期 空 → 2022-12-15"]
    assert made.tasks[1:] == known.tasks[1:]


def test_words_that_no_rule_read_become_a_deadline_and_are_no_longer_reported(known, over):
    assert told(known, "deadline_unresolved") and known.tasks[2].deadline_kind == "unresolved"
    made = over(known, deadline(DRILL, kind="due", due_on="2022-06-10")).plan
    assert (made.tasks[2].deadline_kind, made.tasks[2].due_on) == ("due", date(2022, 6, 10))
    assert told(made, "deadline_unresolved") == []


def test_a_rejected_deadline_leaves_its_task_without_one(known, over):
    one = Correction("deadlines", "reject", "持续推进", block="持续推进", task=WATCH[1])
    made = over(known, one).plan
    assert (made.tasks[1].deadline_kind, made.tasks[1].is_ongoing) == (None, False)
    assert made.tasks[1].deadline_text == "持续推进"  # as printed
    assert len(made.deadlines) == len(known.deadlines) - 1


def test_units_that_ran_together_are_parted_where_a_person_says(known, over):
    # as one name, which is what a wrong reading looks like
    joined = over(known, unit(DRILL, "区水利局", DRILL[3], names=["区水利局"], role="supporting")).plan
    assert joined.tasks[2].supporting_units == ["区水利局"]
    assert joined.tasks[2].responsible_units == ["区住建局"]
    [row] = [u for u in joined.task_units if u.role == "supporting"]
    assert (row.text, row.split_by, row.unit_id) == ("区水利局", "correction", known.task_units[0].unit_id)
    assert law_holds(joined)
    parted = over(known, unit(CLEAR, "区财政局", CLEAR[3], names=["区财政", "局"])).plan
    assert parted.tasks[0].responsible_units == ["区住建局", "区财政", "局"]
    assert [u.seq for u in parted.task_units] == list(range(len(parted.task_units)))
    assert law_holds(parted)


def test_a_rejected_unit_leaves_the_task_and_the_register(known, over):
    made = over(known, unit(CLEAR, "区财政局", CLEAR[3], "reject")).plan
    assert made.tasks[0].responsible_units == ["区住建局"]
    assert "财政" in "".join(u.name for u in known.units)
    assert "财政" not in "".join(u.name for u in made.units)


def test_words_of_the_text_are_added_as_what_a_person_says_they_are(known, over):
    target = Correction("targets", "add", "3座", block=BODY, given={"comparator": "ge", "value": "3", "measure": "座"})
    made = over(known, target).plan
    [row] = [t for t in made.targets if t.text == "3座"]
    assert (row.comparator, row.value, row.measure) == ("ge", Decimal(3), "座")
    assert row.section_id == made.sections[0].section_id
    assert law_holds(made)


def test_a_task_that_is_none_takes_its_units_and_links_along(known, over):
    made = over(known, Correction("tasks", "reject", WATCH[1], task=WATCH[1])).plan
    assert [t.label for t in made.tasks] == ["1", "3"]
    gone = known.tasks[1].task_id
    assert not [u for u in made.task_units if u.task_id == gone]
    assert not [d for d in made.deadlines if d.task_id == gone]
    assert made.document.task_count == 2


def test_a_finding_that_a_person_rejects_is_gone(known, over):
    before = told(known, "units_run_together")
    one = Correction("findings", "reject", DRILL[3], block=DRILL[3], task=DRILL[1], was={"code": "units_run_together"})
    made = over(known, one).plan
    assert len(before) == 1 and told(made, "units_run_together") == []
    assert made.document.finding_count == len(made.findings)


def test_an_accepted_value_says_nothing_until_the_rules_read_it_otherwise(known, over):
    agreed = Correction("deadlines", "accept", "持续推进", block="持续推进", task=WATCH[1], given={"kind": "ongoing"})
    assert over(known, agreed).plan.rows["findings"] == known.rows["findings"]
    other = Correction("deadlines", "accept", "持续推进", block="持续推进", task=WATCH[1], given={"kind": "indefinite"})
    made = over(known, other).plan
    assert made.tasks[1].deadline_kind == "indefinite"  # what a person has seen counts
    assert len(told(made, "accepted_changed")) == 1


EVERY = [
    deadline(CLEAR, due_on="2022-12-15"),
    deadline(DRILL, kind="due", due_on="2022-06-10"),
    unit(DRILL, "区水利局", DRILL[3], role="supporting"),
    unit(CLEAR, "区财政局", CLEAR[3], names=["区财政", "局"]),
    Correction("deadlines", "reject", "持续推进", block="持续推进", task=WATCH[1]),
    Correction("targets", "add", "3座", block=BODY, given={"comparator": "ge", "value": "3"}),
    Correction("citations", "reject", "《防汛条例》", block=BODY),
    Correction("measures", "correct", "落实《防汛条例》", block=BODY, given={"obligation": "must"}),
]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.verdict} {one.table} {one.words}")
def test_the_same_correction_again_changes_nothing(known, over, one):
    once = over(known, one)
    assert once.unfit == () and once.plan.rows != known.rows
    assert over(once.plan, one).plan.rows == once.plan.rows


def test_all_corrections_together_hold_the_law_and_change_nothing_when_repeated(known, over):
    once = over(known, *EVERY).plan
    assert law_holds(once)
    assert over(once, *EVERY).plan.rows == once.rows
    assert len(told(once, "corrected")) == len(EVERY)


def test_a_correction_survives_a_notice_issued_anew_with_other_numbers_and_rows(make, over):
    new = ["1", "修订防汛预案", "区应急局", "区水利局", "2022年5月底前"]
    moved = ["7", *CLEAR[1:]]
    again = make(TITLE, BODY, [HEAD, new, ["2", *WATCH[1:]], moved])
    made = over(again, deadline(CLEAR, due_on="2022-12-15"))
    assert made.unfit == ()
    assert [(t.label, t.due_on) for t in made.plan.tasks if t.text == CLEAR[1]] == [("7", date(2022, 12, 15))]
    assert made.plan.tasks[0].due_on == date(2022, 5, 31)


def test_words_that_went_on_in_their_cell_are_still_found(make, over):
    longer = [*CLEAR[:4], "2022年11月底前，并长期坚持"]
    made = over(make(TITLE, BODY, [HEAD, longer, WATCH]), deadline(CLEAR, due_on="2022-12-15"))
    assert made.unfit == () and made.plan.tasks[0].due_on == date(2022, 12, 15)


def test_a_rule_that_reads_more_of_the_words_by_now_is_corrected_all_the_same(known, over):
    # the correction was made of 11月底前, when no rule read the year
    one = Correction("deadlines", "correct", "11月底前", block=CLEAR[4], task=CLEAR[1], given={"due_on": "2022-11-15"})
    made = over(known, one).plan
    assert made.tasks[0].due_on == date(2022, 11, 15)
    assert [d.text for d in made.deadlines] == [d.text for d in known.deadlines]


def test_words_added_inside_others_take_their_place(known, over):
    one = Correction(
        "deadlines", "add", "11月", block=CLEAR[4], task=CLEAR[1], given={"kind": "due", "due_on": "2022-11-30"}
    )
    once = over(known, one).plan
    assert [d.text for d in once.deadlines if "11月" in d.text] == ["11月"]
    assert once.tasks[0].due_on == date(2022, 11, 30)
    assert over(once, one).plan.rows == once.rows


def test_a_sentence_that_moved_into_another_paragraph_takes_its_correction_along(make, over):
    one = Correction("deadlines", "correct", "2022年6月底前", block=BODY, given={"due_on": "2022-06-15"})
    moved = make(
        TITLE, "一、总体要求。认真准备。", "二、防汛。提早部署。一、防汛准备。" + BODY.split("。", 1)[1], [HEAD, CLEAR]
    )
    made = over(moved, one)
    assert made.unfit == ()
    assert date(2022, 6, 15) in [d.due_on for d in made.plan.deadlines]


def test_a_correction_whose_words_are_gone_is_a_finding_and_changes_nothing_else(make, over):
    again = make(TITLE, BODY, [HEAD, [*CLEAR[:4], "2022年10月底前"], WATCH])
    made = over(again, deadline(CLEAR, due_on="2022-12-15"))
    assert [one.words for one in made.unfit] == ["2022年11月底前"]
    assert made.plan.tasks == again.tasks
    [message] = told(made.plan, "correction_unfit")
    assert "2022年11月底前" in message and "2022-12-15" in message


def test_a_common_cell_of_another_task_is_not_taken_for_it(make, over):
    again = make(TITLE, [HEAD, CLEAR, ["2", "组织全新的任务", "区水利局", "区住建局", "持续推进"]])
    one = Correction("deadlines", "correct", "持续推进", block="持续推进", task=WATCH[1], given={"kind": "none"})
    made = over(again, one)
    assert len(made.unfit) == 1 and made.plan.tasks[1].deadline_kind == "ongoing"


def test_of_equal_rows_the_one_that_was_meant_is_corrected(make, over):
    twice = make(TITLE, [HEAD, CLEAR, ["2", *CLEAR[1:]], WATCH])
    one = Correction(
        "deadlines", "correct", CLEAR[4], block=CLEAR[4], task=CLEAR[1], twin=1, given={"due_on": "2022-12-15"}
    )
    made = over(twice, one).plan
    assert [t.due_on for t in made.tasks[:2]] == [date(2022, 11, 30), date(2022, 12, 15)]


def test_a_merged_cell_is_corrected_for_every_task_it_reaches(make, over):
    rows = [HEAD, [*CLEAR[:4], ("2022年11月底前", 2, 1)], [*WATCH[:4], None]]
    made = over(make(TITLE, rows), deadline(CLEAR, due_on="2022-12-15")).plan
    assert [t.due_on for t in made.tasks] == [date(2022, 12, 15)] * 2


def test_corrections_of_another_plan_do_nothing(known, over, book, regions):
    other = PlanCorrections("130607-2021-别的计划", "0" * 16, "x.docx", "", (deadline(CLEAR, due_on="2022-12-15"),))
    assert corrected(known, [other], book, regions).plan is known


def test_a_finding_that_the_clerk_turned_off_is_not_told(known, book, regions):
    quiet = [replace(r, meaning={**r.meaning, "severity": "off"}) if r.id == "corrected" else r for r in book.rules]
    made = corrected(known, [kept(known, deadline(CLEAR, due_on="2022-12-15"))], gathered(quiet, ""), regions).plan
    assert made.tasks[0].due_on == date(2022, 12, 15) and told(made, "corrected") == []


def test_a_withdrawn_correction_is_not_put_over_the_plan(known, over):
    one = deadline(CLEAR, due_on="2022-12-15")
    gone = Correction(one.table, "withdraw", one.words, block=one.block, task=one.task)
    assert over(known, gone).plan is known


def good(**changed: object) -> dict:
    one = {
        "table": "deadlines",
        "verdict": "correct",
        "words": "年底前",
        "block": "年底前完成",
        "set": {"due_on": "2022-12-01"},
    }
    head = {"format": "taizhang-corrections", "version": 1, "plan_key": "a", "document_id": "b"}
    return head | {"corrections": [one | changed]}


def test_a_file_reads_as_it_was_written():
    file = read(good(note="看过", nth=0, twin=2))
    assert read(file.data()) == file
    assert file.items[0].given == {"due_on": "2022-12-01"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ([], "不是更正文件"),
        ({"format": "taizhang-corrections", "version": 9}, "第 9 版"),
        ({"format": "taizhang-corrections", "version": 1}, "没有 corrections"),
        (good() | {"plan_key": "", "document_id": None}, "没有写明是哪份计划"),
        (good(table="blocks"), "第 1 条：没有可更正的表 blocks"),
        (good(verdict="perhaps"), "没有 perhaps 这种决定"),
        (good(words="年初"), "words 不在 block 里"),
        (good(set={}), "没有写更正成什么"),
        (good(set={"text": "x"}), "没有可更正的列 text"),
        (good(set={"due_on": "2022-02-30"}), "日期 2022-02-30 不对"),
        (good(set={"kind": "soon"}), "kind 没有 soon 这一种"),
        (good(set={"starts_on": "2022-12-31", "due_on": "2022-01-01"}), "在截止日期 2022-01-01 之后"),
        (good(table="targets", set={"value": "1e999"}), "value 的数 1e999 不对"),
        (good(table="task_units", set={"names": ["区发改局"]}), "“区发改局”不在原文“年底前”里"),
        (good(nth="1"), "nth 应是数"),
        (good(words=["年底前"]), "words 应是文字"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_wrong_says_where_and_how(data, why):
    with pytest.raises(ValueError, match=why):
        read(data)


def test_a_kind_without_a_date_keeps_none():
    assert read(good(set={"kind": "ongoing", "due_on": "2022-12-01"})).items[0].given == {
        "kind": "ongoing",
        "due_on": None,
    }


def test_every_column_that_a_person_may_set_is_one_of_the_contract():
    names = {table.name: {*table.names, "names"} for table in TABLES}
    assert [(t, c) for t, columns in EDITABLE.items() for c in columns if c not in names[t]] == []
