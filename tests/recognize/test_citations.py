"""Citations: titles to any depth and with marks amiss, numbers in any bracket, relations, codes; none where there is none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize.citations import citations, masks
from pipeline.recognize.docnumbers import docnumbers
from pipeline.recognize.issuers import issuers_of
from pipeline.rulefiles import load

BOOK = load()


def found(text: str) -> list[tuple[str, str]]:
    """(title, number) of each citation that is a document, as printed."""
    return [
        (text[m.title_start : m.title_end], text[m.number.start : m.number.end] if m.number else "")
        for m in citations(text, BOOK)
        if not m.silent
    ]


def titles(text: str) -> list[str]:
    return [title for title, _ in found(text)]


# sentences as offices of many places write them
AS_PRINTED = [
    (
        "为贯彻落实《国务院办公厅关于印发2023年政务公开工作要点的通知》（国办发〔2023〕10号）和《安徽省人民政府办公厅关于印发〈安徽省2023年政务公开工作要点〉的通知》（皖政办秘〔2023〕21号）精神",
        [
            ("国务院办公厅关于印发2023年政务公开工作要点的通知", "国办发〔2023〕10号"),
            (
                "安徽省人民政府办公厅关于印发〈安徽省2023年政务公开工作要点〉的通知",
                "皖政办秘〔2023〕21号",
            ),
            ("安徽省2023年政务公开工作要点", ""),
        ],
    ),
    ("根据浙政发[2021]12号、浙政办发（2021）33号文件要求", [("", "浙政发[2021]12号"), ("", "浙政办发（2021）33号")]),
    (
        "按照《四川省人民政府关于加快推进“一网通办”的实施意见》(川府发〔2020)67号)要求",
        [("四川省人民政府关于加快推进“一网通办”的实施意见", "川府发〔2020)67号")],
    ),
    (
        "《广州市优化营商环境条例》（广州市第十五届人民代表大会常务委员会公告第77号）施行",
        [("广州市优化营商环境条例", "广州市第十五届人民代表大会常务委员会公告第77号")],
    ),
    (
        "执行《重大行政决策程序暂行条例》（国务院令第713号）、《湖南省行政程序规定》（湖南省人民政府令第289号）",
        [("重大行政决策程序暂行条例", "国务院令第713号"), ("湖南省行政程序规定", "湖南省人民政府令第289号")],
    ),
    ("粤府办〔2022〕15号《广东省实施方案》同时废止", [("广东省实施方案", "粤府办〔2022〕15号")]),
    ("国办发〔2022〕13号文件《关于稳就业的通知》要求", [("关于稳就业的通知", "国办发〔2022〕13号")]),
    ("落实国务院第734号令《市场主体登记管理条例》", [("市场主体登记管理条例", "国务院第734号令")]),
    ("依据《安全生产法》（2021年修正）、《山东省条例》", [("安全生产法", ""), ("山东省条例", "")]),
    (
        "执行《党政机关公文格式》（GB/T 9704—2012）和DB33/T 2036.1-2017",
        [("党政机关公文格式", "GB/T 9704—2012"), ("", "DB33/T 2036.1-2017")],
    ),
    ("《监管工作规范（DB35/T 1792-2018）》宣贯", [("监管工作规范（DB35/T 1792-2018）", "DB35/T 1792-2018")]),
    (
        "根据《实施意见》（甬党办〔2021〕28号、甬政办发〔2021〕30号）推进",
        [("实施意见", "甬党办〔2021〕28号")],
    ),
    (
        "参照中发〔2021〕1号、国办发明电〔2022〕4号、厅字〔2020〕18号文件精神",
        [("", "中发〔2021〕1号"), ("", "国办发明电〔2022〕4号"), ("", "厅字〔2020〕18号")],
    ),
    ("关于印发《方案》的通知（闽政〔2017〕1号）", [("方案", "闽政〔2017〕1号")]),
    ("按照《通知》（〔2021〕1号）要求", [("通知", "〔2021〕1号")]),
    ("修改嘉政办发〔2020〕23号和嘉政办发〔2019〕48号", [("", "嘉政办发〔2020〕23号"), ("", "嘉政办发〔2019〕48号")]),
    ("国务院办公厅国办发〔2021〕12号", [("", "国办发〔2021〕12号")]),
    ("按照太原市人民政府令第2号执行", [("", "太原市人民政府令第2号")]),
    ("拨打12345热线，2022年第3号台风期间（十一）值班，满意度98%，1+2+N", []),
    ("提高到5<10的水平，a<b", []),
    ("（2022）3号楼、地铁（2022）1号线", []),
    ("填写《企业登记表》，在《重庆日报》刊发", []),
]


@pytest.mark.parametrize(("text", "want"), AS_PRINTED)
def test_a_sentence_gives_the_documents_that_it_cites(text, want):
    assert found(text) == want


AMISS = [
    ("《转发〈方案〉的通知》", ["转发〈方案〉的通知", "方案"]),
    ("《转发<方案>的通知》", ["转发<方案>的通知", "方案"]),
    ("《转发《方案》的通知》", ["转发《方案》的通知", "方案"]),
    ("《转发〈方案》的通知》", ["转发〈方案》的通知", "方案"]),
    ("《转发《方案〉的通知》", ["转发《方案〉的通知", "方案"]),
    ("《转发〈方案的通知》", ["转发〈方案的通知", "方案"]),
    ("《转发〈甲方案》《乙方案》", ["转发〈甲方案", "乙方案"]),
    ("《方案〉》", ["方案〉"]),
    ("《方案〉自印发之日起施行", ["方案"]),
    ("《国务院关于印发《规划》的通知（国发〔2021〕1号）", ["国务院关于印发《规划》的通知", "规划"]),
    ("《《方案》》", ["方案"]),
    ("<<关于公开的通知>>", ["关于公开的通知"]),
    ("≪关于公开的通知≫、«实施方案»", ["关于公开的通知", "实施方案"]),
    ("按照〈关于公开的通知〉要求，〈一〉总则", ["关于公开的通知"]),
    ("《没有写完的题目。《方案》", ["方案"]),
    ("《方案》》、《《办法》", ["方案", "办法"]),
    ("《》、《 》", []),
    ("《在窄栏里折行\n的通知》", ["在窄栏里折行\n的通知"]),
]


@pytest.mark.parametrize(("text", "want"), AMISS)
def test_marks_that_are_missing_doubled_or_wrong_cost_no_title(text, want):
    assert titles(text) == want


RELATIONS = [
    ("认真贯彻落实《甲办法》、《乙办法》和《丙办法》要求", ["implements"] * 3),
    ("《甲办法》精神，结合实际", ["implements"]),
    ("现将《通知》（国办发〔2021〕12号）转发给你们", ["forwards"]),
    ("《实施方案》已经市政府第3次常务会议同意，现印发给你们", ["forwards"]),
    ("按照省政府印发的《方案》要求", ["implements"]),
    ("《甲办法》（市政发〔2010〕3号）同时废止", ["repeals"]),
    ("自印发之日起，《甲办法》停止执行", ["repeals"]),
    ("根据《甲条例》，原有办法停止执行", ["implements"]),
    ("对照《2022年要点》查找差距", ["refers"]),
    ("根据国发〔2021〕1号文件", ["implements"]),
    ("纳入《目录》管理", ["refers"]),
]


@pytest.mark.parametrize(("text", "want"), RELATIONS)
def test_the_words_on_both_sides_say_what_is_done_with_a_document(text, want):
    assert [m.relation for m in citations(text, BOOK)] == want


def test_a_short_name_belongs_to_the_title_before_it():
    text = "落实《关于公开的指导意见》（国办发〔2019〕54号，以下简称《意见》）和《办法》（2019年修订）"
    first, second = citations(text, BOOK)
    assert text[slice(*first.short)] == "意见"
    assert (first.number.year, first.number.number, first.edition) == (2019, 54, None)
    assert (second.short, second.edition) == (None, 2019)
    assert text[first.start : first.end].endswith("以下简称《意见》）")


def test_a_title_in_a_title_knows_the_one_around_it():
    found = citations("《转发〈关于印发《规划》的通知〉的函》、《办法》", BOOK)
    assert [m.parent for m in found] == [None, 0, 1, None]


NUMBERS = [
    ("国办函〔2021〕132号", ("国办函", 2021, 132)),
    ("冀政办字 〔2022〕 31 号", ("冀政办字", 2022, 31)),
    ("京政发【2020】第3号", ("京政发", 2020, 3)),
    ("皖科办复〔2022年〕第149号", ("皖科办复", 2022, 149)),
    ("洪府发[2021]]27号", ("洪府发", 2021, 27)),
    ("冀文物发[2019[150号", ("冀文物发", 2019, 150)),
    ("湘科发2022〔137〕号", ("湘科发", 2022, 137)),
    ("国办发2021 12号", ("国办发", 2021, 12)),
    ("吉中医药发202021号", ("吉中医药发", 2020, 21)),
    ("陕科协发〔2022〕普字27号", ("陕科协发", 2022, 27)),
    ("宁建(科)发〔2023〕30号", ("宁建(科)发", 2023, 30)),
    ("州政發(fā)〔2020〕5號", ("州政發(fā)", 2020, 5)),
    ("国发〔98〕12号", ("国发", 1998, 12)),
    ("国令第707号", ("国令", None, 707)),
    ("中华人民共和国主席令第八十三号", ("中华人民共和国主席令", None, 83)),
    ("公告〔15届〕第19号", ("公告", None, 19)),
    ("国家税务总局公告2020年第10号", ("国家税务总局公告", 2020, 10)),
    ("财政部 税务总局公告2023年第6号", ("财政部 税务总局公告", 2023, 6)),
    ("钦南政函〔2022〕  号", ("钦南政函", 2022, None)),
    ("〔2021〕1号", (None, 2021, 1)),
    ("DB35/T 1792-2018", (None, 2018, None)),
    ("国发〔2021〕99999999999999999999号", ("国发", 2021, None)),
]


@pytest.mark.parametrize(("text", "want"), NUMBERS)
def test_a_number_is_read_whole_with_code_year_and_number(text, want):
    [number] = docnumbers(text, BOOK)
    code = text[slice(*number.code)] if number.code else None
    assert (text[number.start : number.end], (code, number.year, number.number)) == (text, want)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("国办发", ("国务院办公厅",)),
        ("中发", ("中共中央",)),
        ("厅字", ("中共中央办公厅",)),
        ("冀政办字", ("河北省人民政府办公厅",)),
        ("粤府", ("广东省人民政府",)),
        ("渝府办发", ("重庆市人民政府办公厅",)),
        ("发改办财金规", ("国家发展和改革委员会",)),
        ("闽财教", ("福建省财政厅",)),
        ("宁政发", ("宁夏回族自治区人民政府", "南京市人民政府")),
        ("岚综管办函", ()),
    ],
)
def test_a_code_is_that_of_the_bodies_that_use_it(code, names):
    assert issuers_of(code, BOOK) == names


OPENING, CLOSING = "〔[（(﹝【［", "〕]）)﹞】］"
CODES = (
    "国办发",
    "冀政办字",
    "岚综管办便函",
    "中山科发",
    "深科技创新规",
    "苏环办",
    "市政发",
    "国卫办医函",
    "京",
    "吉政",
)
blanks = st.sampled_from(["", " ", "  "])
brackets = st.tuples(st.sampled_from(OPENING), st.sampled_from(CLOSING))
wide = st.booleans()
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
before = st.sampled_from(["", "按照", "根据省政府办公厅", "关于印发", "《办法》、", "认真落实", "2022年，"])


@given(
    st.sampled_from(CODES),
    st.integers(1949, 2049),
    st.integers(1, 99999),
    brackets,
    blanks,
    blanks,
    blanks,
    wide,
    before,
)
def test_a_number_made_of_code_year_and_number_comes_back_as_these(code, year, no, marks, a, b, c, full, lead):
    made = f"{code}{a}{marks[0]}{year}{marks[1]}{b}{no}{c}号"
    made = made.translate(WIDE) if full else made
    text = f"{lead}{made}文件要求"
    [number] = docnumbers(text, BOOK)
    assert (text[slice(*number.code)], number.year, number.number) == (code, year, no)
    assert text[number.start : number.end] == made


words = st.text("省市关于做好政务公开工作的实施方案办法", min_size=2, max_size=10)
PAIRS = [("《", "》"), ("〈", "〉"), ("<", ">"), ("＜", "＞")]


@given(st.lists(st.tuples(words, words, st.sampled_from(PAIRS)), min_size=1, max_size=6))
def test_a_title_comes_back_from_any_depth(parts):
    text = ""
    want: list[str] = []
    for head, end, marks in reversed(parts):
        text = head + text + end
        want.insert(0, text)
        text = marks[0] + text + marks[1]
    outer = "《" + want[0] + "》"
    found = citations(f"落实{outer}要求", BOOK)
    text = f"落实{outer}要求"
    assert [text[m.title_start : m.title_end] for m in found] == want
    assert [m.parent for m in found] == [None, *range(len(want) - 1)]


noise = st.text(
    "《》〈〉<>（）()〔〕【】[]“”省政办发函令公告第号的通知意见、，。简称以下0123456789年 \nGB/T-", max_size=80
)


@given(noise)
def test_spans_lie_in_the_text_in_order_and_children_in_their_parents(text):
    found = citations(text, BOOK)
    assert list(masks(text, BOOK)) == [(m.start, m.end) for m in found]
    for index, m in enumerate(found):
        assert 0 <= m.start <= m.title_start <= m.title_end <= m.end <= len(text)
        if m.number and m.number.code:
            assert m.number.start <= m.number.code[0] < m.number.code[1] <= m.number.end
        if m.parent is not None:
            above = found[m.parent]
            assert m.parent < index
            assert above.title_start <= m.start and m.end <= above.title_end
    outer = [m for m in found if m.parent is None]
    assert all(a.start <= b.start for a, b in pairwise(outer))


REPEATED = (
    "《",
    "〔",
    "〈",
    "》",
    "《〈",
    "《《《》》》",
    "《甲》",
    "《甲》（",
    "（以下简称《",
    "国",
    "政办发",
    "〔2021〕",
    "国发〔2021〕1号",
    "公告",
    "2021",
    "GB/T ",
    "第",
    "号",
)


def least(text: str) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        citations(text, BOOK)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("sign", REPEATED)
def test_a_long_repeat_takes_time_in_proportion_to_its_length(sign):
    short = least(sign * (4000 // len(sign)))
    long = least(sign * (16000 // len(sign)))
    # four times the length: a square would take 16 times as long
    assert long < 0.05 or long < 10 * short
