"""What a clerk's slip answers: the line, what is wrong, what to do; every slip of every file at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RulesInvalid
from pipeline.rulecheck import sentence_faults
from pipeline.rulefiles import load, read
from tests.rule_slips import GOOD, SLIPS


def faults(folder: Path, **files: str | bytes) -> list[str]:
    """What `rules check` prints of these files, one line a fault."""
    for name, said in files.items():
        (folder / f"{name}.toml").write_bytes(said if isinstance(said, bytes) else said.encode())
    try:
        return [str(fault) for fault in sentence_faults(load(folder))]
    except RulesInvalid as refused:
        return [str(fault) for fault in refused.faults]


@pytest.mark.parametrize(("change", "answer"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_answered_with_its_line_and_its_remedy(tmp_path, change, answer):
    old, new = change
    assert old in GOOD
    told = faults(tmp_path, x=GOOD.replace(old, new, 1))
    assert [line for line in told if line.startswith(answer)], told


def test_the_good_file_has_no_fault(tmp_path):
    assert faults(tmp_path, x=GOOD) == []


@pytest.mark.parametrize(
    "written",
    [
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("    = ", "\t= ").encode(),
        GOOD.replace("# 时限用语\n", "").encode(),
        GOOD.rstrip().encode(),
    ],
    ids=["Windows", "old Mac", "Notepad's mark", "tabs", "no remark", "no last line end"],
)
def test_how_an_editor_writes_is_no_fault(tmp_path, written):
    assert faults(tmp_path, x=written) == []


@pytest.mark.parametrize(("coding", "called"), [("gbk", "GBK"), ("utf-16", "UTF-16")])
def test_another_encoding_is_named_with_the_way_out(tmp_path, coding, called):
    [told] = faults(tmp_path, x=GOOD.encode(coding))
    assert called in told and "另存为，编码选 UTF-8" in told


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x00\x00\xff\xfe\x80", "一、总体要求\n二、工作任务\n三、保障措施\n".encode(), b"a,b\n1,2\n"]
)
def test_a_file_that_is_no_rule_file_is_one_fault(tmp_path, data):
    assert len(faults(tmp_path, x=data)) == 1


def test_a_sentence_read_by_another_rule_names_that_rule(tmp_path):
    other = GOOD.replace("by-fair", "by-big-fair").replace('["庙会前"]', '["药王庙会前", "庙会后"]')
    other = other.replace("务必在【庙会前】完成", "【庙会后】")
    told = faults(tmp_path, x=GOOD.replace("【庙会前】", "【药王庙会前】"), y=other)
    assert told[0] == (
        "x.toml:7 [by-fair] 认出它的是另一条规则：by-big-fair（y.toml:2） → 把例句移到那一条，或给那一条加排除词"
    )


def test_an_id_used_twice_names_the_other_place(tmp_path):
    told = faults(tmp_path, x=GOOD, y=GOOD.replace("庙会", "灯会"))
    assert told == ["y.toml:2 [by-fair] 编号 by-fair 已在 x.toml:2 [by-fair] 出现 → 给这一条换一个编号"]


def test_every_slip_of_a_file_is_told_at_once(tmp_path):
    two = GOOD + GOOD.replace("by-fair", "by-show").replace("庙会", "灯会").replace("phrases =", "phrase =")
    told = faults(tmp_path, x=two.replace('"event"', "“event”", 1).replace("kind    =", "kind    ＝", 1))
    assert [line.split(" ")[0] for line in told] == ["x.toml:4", "x.toml:15"]


@pytest.mark.parametrize("kinds", [1, 2, 3])
def test_a_stanza_at_the_very_start_is_told_like_any_other(tmp_path, kinds):
    assert faults(tmp_path, x="[[deadline]\n" * kinds)[0].startswith("x.toml:1 [-] [[deadline] 不是条目的开头")


SLIPPED = st.sampled_from([*"“”‘’，、=＝[]{}【】\"'\\\n\t#\u3000a中1,:", "[[", "]]", '"""'])


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 2), SLIPPED), min_size=1, max_size=6))
def test_whatever_was_slipped_in_is_answered_and_never_a_crash(slips):
    text = GOOD
    for place, taken, put in slips:
        text = text[:place] + put + text[place + taken :]
    _, told = read("x.toml", text.encode())
    try:
        good = all(isinstance(said, list) for said in tomllib.loads(text).values())
    except tomllib.TOMLDecodeError:
        good = False
    assert good or told
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in told)
