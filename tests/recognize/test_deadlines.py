"""Deadlines: any day, month and year in any way of writing comes back as itself; what is no deadline stays none."""

from __future__ import annotations

import calendar
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.facts import stated_deadlines
from pipeline.model import Frame, Span
from pipeline.normalize.deadlines import resolve
from pipeline.recognize.citations import citations
from pipeline.recognize.deadlines import deadlines
from pipeline.recognize.signals import signals
from pipeline.rulefiles import load

BOOK = load()
FRAME = Frame(2022, date(2022, 6, 15))
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")
DASHES = ("-", "—", "－", "–", "～", "~", "——", "--", "至", "到")
BEFORE = ("前", "之前", "以前")

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
months = st.tuples(st.integers(2000, 2099), st.integers(1, 12))


def numeral(number: int) -> str:
    """1 to 99 as an office writes it: 三, 十, 十二, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    digits = "一二三四五六七八九"
    head = "" if not tens else "十" if tens == 1 else digits[tens - 1] + "十"
    return head + (digits[ones - 1] if ones else "")


def digits(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(c)] for c in str(year))


def year_words(year: int) -> list[str]:
    return [f"{year}年", f"{digits(year)}年", f"{year} 年 ", f"{year}年".translate(WIDE)]


def month_words(year: int, month: int) -> list[str]:
    plain = [f"{year}年{month}月", f"{year}年{month:02}月", f"{year}年{month}月份", f"{year} 年 {month} 月"]
    return [*plain, f"{digits(year)}年{numeral(month)}月", plain[0].translate(WIDE), f"{year}年\n{month}月"]


def day_words(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    plain = [f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日", f"{y}年{m}月{d}号", f"{y} 年 {m} 月 {d} 日"]
    signs = [f"{y}{sign}{m}{sign}{d}" for sign in "-./"] + [f"{y}-{m:02}-{d:02}"]
    return [
        *plain,
        *signs,
        *(words.translate(WIDE) for words in (*plain, *signs)),
        f"{digits(y)}年{numeral(m)}月{numeral(d)}日",
    ]


def cell(words: str, frame: Frame = FRAME) -> list[tuple[str, str]]:
    """What a deadline cell says: (words, meaning) of each phase."""
    found = stated_deadlines(Span(0, 0, len(words)), words, BOOK, frame)
    return [(words[f.span.start : f.span.end], f.value.short()) for f in found]


def text(words: str) -> list[tuple[str, str]]:
    """What running text says, its citations masked."""
    taken = [(m.start, m.end) for m in citations(words, BOOK)]
    found = deadlines(words, BOOK, stated=False, taken=taken)
    return [(words[m.start : m.end], resolve(m, words, BOOK, FRAME).short()) for m in found]


def last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


# ── any year, month and day in any phrase form ──


@given(days, st.data())
def test_before_any_day_includes_it(day, data):
    words = data.draw(st.sampled_from(day_words(day))) + data.draw(st.sampled_from([*BEFORE, "止", "前完成"]))
    assert cell(words) == [(words, str(day))]


@given(days, st.data())
def test_a_day_alone_is_due(day, data):
    words = data.draw(st.sampled_from(day_words(day)))
    assert cell(words) == [(words.strip(), str(day))]


@given(months, st.data())
def test_the_end_of_any_month_is_its_last_day(month, data):
    stem = data.draw(st.sampled_from(month_words(*month)))
    words = data.draw(st.sampled_from(["", "到", "截至", "不晚于"])) + stem
    words += data.draw(st.sampled_from(["底", "末"])) + data.draw(
        st.sampled_from(["", *BEFORE, "前完成", "前全面建成"])
    )
    assert cell(words) == [(words, str(last(*month)))]


@given(st.integers(2000, 2099), st.data())
def test_the_end_of_any_year_is_its_last_day(year, data):
    words = data.draw(st.sampled_from(year_words(year))).strip()
    words += data.draw(st.sampled_from(["底", "末", "年底"])) + data.draw(st.sampled_from(["", *BEFORE]))
    assert cell(words) == [(words, f"{year}-12-31")]


@given(months, st.data())
def test_any_month_is_a_window(month, data):
    words = data.draw(st.sampled_from(month_words(*month)))
    assert cell(words) == [(words.strip(), f"{date(*month, 1)}/{last(*month)}")]


@given(months, st.sampled_from([("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 0), ("初", 1, 10)]), st.data())
def test_any_dekad_is_a_window(month, dekad, data):
    name, begin, end = dekad
    words = data.draw(st.sampled_from(month_words(*month))).strip() + name
    until = date(*month, end) if end else last(*month)
    assert cell(words) == [(words, f"{date(*month, begin)}/{until}")]


@given(st.integers(2000, 2099), st.integers(1, 4), st.data())
def test_any_quarter_is_a_window_and_its_end_a_day(year, quarter, data):
    name = data.draw(st.sampled_from(["第{}季度", "{}季度"])).format(
        data.draw(st.sampled_from([quarter, numeral(quarter)]))
    )
    words = f"{year}年{name}"
    begin, until = date(year, 3 * quarter - 2, 1), last(year, 3 * quarter)
    assert cell(words) == [(words, f"{begin}/{until}")]
    assert cell(f"{words}末前") == [(f"{words}末前", str(until))]
    assert cell(f"{words}完成") == [(f"{words}完成", str(until))]


@given(st.dates(date(2022, 1, 1), date(2022, 12, 31)), st.sampled_from(["{}月{}日前", "{}月{}号前", "{}.{}前"]))
def test_a_year_that_is_not_printed_is_the_plans(day, form):
    words = form.format(day.month, day.day)
    assert cell(words) == [(words, str(day))]
    assert cell(words, Frame()) == [(words, "due")]


@given(st.lists(months, min_size=2, max_size=2, unique=True).map(sorted), st.sampled_from(DASHES))
def test_any_two_months_make_a_range_with_any_dash(pair, dash):
    (y1, m1), (y2, m2) = pair
    want = f"{date(y1, m1, 1)}/{last(y2, m2)}"
    words = f"{y1}年{m1}月{dash}{y2}年{m2}月"
    assert cell(words) == [(words, want)]
    if y1 == y2:
        for words in (f"{y1}年{m1}月{dash}{m2}月", f"{y1}年{m1}{dash}{m2}月"):
            assert cell(words) == [(words, want)]


@given(st.lists(days, min_size=2, max_size=2, unique=True).map(sorted), st.sampled_from(DASHES), st.booleans())
def test_any_two_days_make_a_range_with_any_dash(pair, dash, ordinal):
    one, other = pair
    unit = "日" if ordinal else "号"
    words = f"{one.year}年{one.month}月{one.day}{unit}{dash}{other.year}年{other.month}月{other.day}{unit}"
    assert cell(words) == [(words, f"{one}/{other}")]
    assert text(f"时间为{words}，分三个阶段。") == [(words, f"{one}/{other}")]


@given(st.lists(st.integers(2000, 2099), min_size=2, max_size=2, unique=True).map(sorted), st.sampled_from(DASHES))
def test_any_two_years_make_a_range_with_any_dash(pair, dash):
    one, other = pair
    for words in (f"{one}年{dash}{other}年", f"{one}{dash}{other}年"):
        assert cell(words) == [(words, f"{one}-01-01/{other}-12-31")]


def test_a_range_that_begins_after_its_end_runs_into_the_next_year():
    assert cell("11月至3月") == [("11月至3月", "2022-11-01/2023-03-31")]
    assert cell("2022年11月15日—3月15日") == [("2022年11月15日—3月15日", "2022-11-15/2023-03-15")]


@given(st.integers(1, 99), st.booleans())
def test_any_number_of_working_days_in_either_script(number, chinese):
    said = numeral(number) if chinese else str(number)
    assert cell(f"{said}个工作日内") == [(f"{said}个工作日内", f"P{number}D working")]
    assert cell(f"收到申请之日起{said}日内") == [(f"收到申请之日起{said}日内", f"P{number}D")]


@given(
    st.sampled_from(
        ["2022年11月底前", "每季度末月20日前", "自收到申请之日起20个工作日内", "10月15日前完成，并长期坚持"]
    ),
    st.data(),
)
def test_a_blank_or_a_line_break_changes_no_meaning(words, data):
    place = data.draw(st.integers(1, len(words) - 1))
    if words[place - 1].isdigit() and words[place].isdigit():
        return
    broken = words[:place] + data.draw(st.sampled_from([" ", "\n", "　"])) + words[place:]
    assert [meaning for _, meaning in cell(broken)] == [meaning for _, meaning in cell(words)]


# ── days that are none, years that nobody said ──


@pytest.mark.parametrize(
    "words", ["9月31日前", "2月30日", "2023年2月29日前", "13月底前", "2022年0月", "6月31日前完成", "4月45日前"]
)
def test_a_day_that_the_calendar_lacks_has_no_date_and_a_finding(words):
    [fact] = stated_deadlines(Span(0, 0, len(words)), words, BOOK, FRAME)
    assert (fact.value.kind, fact.value.due_on, fact.value.finding) == ("unresolved", None, "impossible_date")


def test_a_leap_year_has_its_day():
    assert cell("2024年2月底前") == [("2024年2月底前", "2024-02-29")]
    assert cell("2024年2月29日前") == [("2024年2月29日前", "2024-02-29")]


def test_a_plan_without_a_year_gets_no_date():
    assert cell("年底前", Frame()) == [("年底前", "due")]
    assert cell("第三季度", Frame()) == [("第三季度", "None/None")]
    assert cell("印发之日起", Frame(2022)) == [("印发之日起", "ongoing")]


def test_a_whole_period_before_which_ends_on_its_eve_and_is_a_finding():
    [fact] = stated_deadlines(Span(0, 0, 5), "三季度前", BOOK, FRAME)
    assert (str(fact.value.due_on), fact.value.finding) == ("2022-06-30", "before_period")


def test_a_first_quarter_of_the_plans_own_year_does_not_end_last_year():
    assert cell("一季度前完成") == [("一季度前完成", "2022-03-31")]
    assert cell("2023年一季度前完成") == [("2023年一季度前完成", "2022-12-31")]


# ── several in one phrase, several in one sentence ──


def test_two_deadlines_in_one_cell_are_two_phases():
    words = "10月15日前完成，并长期坚持"
    found = stated_deadlines(Span(0, 0, len(words)), words, BOOK, FRAME)
    assert [(f.phase, f.value.short()) for f in found] == [(1, "2022-10-15"), (2, "ongoing")]


def test_everyones_deadline_in_one_sentence_is_found():
    words = (
        "区发改局于7月底前提出方案，区财政局10月底前全面完成，各乡镇12月20日前报送总结，并于每季度末月20日前报送进展。"
    )
    assert text(words) == [
        ("7月底前", "2022-07-31"),
        ("10月底前全面完成", "2022-10-31"),
        ("12月20日前报送", "2022-12-20"),
        ("每季度末月20日前报送", "FREQ=MONTHLY;INTERVAL=3"),
    ]


# ── what looks like a time and is not ──

NONE = [
    "第一时间发布权威信息。",
    "畅通12345热线，优化24365校园招聘服务。",
    "（十一）加强队伍建设。",
    "按照国办函〔2022〕31号文件要求落实。",
    "落实《关于2022年底前完成改造的通知》（国办发〔2022〕31号）。",
    "落实解读“三同步”要求。",
    "构建“1+2+N”工作体系，推进一网通办。",
    "对上一年度工作要点落实情况开展“回头看”。",
    "深入开展3月5日学雷锋纪念日活动。",
    "深化“5·20”税收宣传。",
    "全面落实2022年度工作要点。",
    "2020年以来，共办理建议提案300件。",
    "改革开放以来，我区经济社会快速发展。",
    "截至2021年底，全区共有企业500家。",
    "近5年来，年均增长8%。",
    "去年底，全区完成投资30亿元。",
    "2016年完成投资30亿元。",
    "推进15分钟便民生活圈建设。",
    "每亩每年补助300元。",
    "具有3年以上工作经验。",
    "落实总体规划（2018—2035年）。",
    "及时回应关切，定期开展督查，适时通报，逐步实现全覆盖，推进常态化管理，持续推进改革。",
    "坚持长期作战，不断完善机制。",
    "纳入年底绩效考核。",
    "实行24小时值班。",
    "年龄在18周岁以上、60周岁以下。",
    "1.推进项目建设，总投资5.6亿元。",
]


@pytest.mark.parametrize("words", NONE)
def test_what_is_no_deadline_in_running_text_is_none(words):
    assert text(words) == []


def test_an_item_number_is_no_part_of_a_month():
    assert cell("1.6月底前提出方案；2.9月底前完成") == [("6月底前", "2022-06-30"), ("9月底前完成", "2022-09-30")]


@given(
    st.sampled_from(["2022年底前", "6月30日前", "每季度", "3个工作日内", "“十四五”期间"]),
    st.integers(1949, 2099),
    st.integers(1, 400),
)
def test_no_deadline_stands_inside_a_citation(words, year, number):
    cited = f"《关于{words}完成整改的通知》（国办发〔{year}〕{number}号）"
    assert text(f"落实{cited}要求，年底前完成。") == [("年底前完成", "2022-12-31")]


PIECES = [
    "2022年",
    "11月",
    "底",
    "前",
    "每季度",
    "3个",
    "工作日",
    "内",
    "自",
    "起",
    "至",
    "-",
    "，",
    "。",
    " ",
    "\n",
    "长期",
    "十",
    "日",
    "30",
    "《",
    "》",
    "召开",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_spans_are_in_order_apart_inside_and_read_back(words, stated):
    place = 0
    for mention in deadlines(words, BOOK, stated=stated):
        assert place <= mention.start < mention.end <= len(words)
        assert words[mention.start : mention.end].strip() == words[mention.start : mention.end]
        place = mention.end


# ── time ──

REPEATED = [
    "9",
    "一",
    "十",
    "年",
    "月",
    "日",
    "每",
    " ",
    "\n",
    "前",
    "至",
    "-",
    "1-",
    "2022年",
    "11月底前",
    "每季度",
    "3个工作日",
    "自",
    "公开",
    "在",
    "（",
    "持续推进",
    "“十四五”",
    "按",
]


@pytest.mark.parametrize("unit", REPEATED, ids=repr)
def test_long_repeats_cost_no_more_than_their_length(unit):
    def cost(length: int) -> float:
        words = (unit * length)[:length]
        return min(once(words) for _ in range(5))

    def once(words: str) -> float:
        begin = time.process_time()
        for stated in (True, False):
            deadlines(words, BOOK, stated=stated)
        signals(words, BOOK, "deadline", ())
        return time.process_time() - begin

    cost(100)  # patterns are compiled when first met
    # four times as long: 4 times the cost, with room for a busy machine; a pattern that backtracks takes 16 times
    assert cost(8000) < 12 * cost(2000) + 0.2
