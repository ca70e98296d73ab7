"""Words: rjieba cuts and tags as jieba does, words leave no gap, and nothing of jieba's is kept in a shared folder."""

from __future__ import annotations

import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize import words as module
from pipeline.recognize.words import _placed, reference, words
from pipeline.userfolder import cache_folder

TEXTS = (
    "聚焦环境治理重点领域，持续加大信息公开和解读力度，及时公开打好蓝天、碧水、净土保卫战相关信息。",
    "推进“放管服”改革，依法依规处理“12345”热线诉求；小微企业贷款增长20%以上，单户不超过1000万元。",
    "对符合条件的县（市、区）予以奖补，按照国办发〔2021〕12号要求，2022年6月底前完成率达97.5%。",
    "深化“一件事一次办”，线上线下融合，互认互用，扫一扫即可办理。GB/T 9704-2012、PM2.5、480-560米。",
    "各乡（镇）政府、区政府各部门要结合实际细化举措，压实责任，强化督导，确保各项任务落地见效。",
    "支小支农担保业务规模在保余额占比不低于80%，担保费率降至1%以下，保持较低费率水平。",
    "優化營商環境，嚴格執行《湖南省鄉鎮權力清單和責任清單》",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_fast_cutter_gives_the_words_and_tags_of_jieba(text):
    pytest.importorskip("rjieba")
    assert words(text) == _placed(reference(text))


hanzi = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(
    st.lists(
        st.one_of(st.sampled_from(TEXTS), st.text(hanzi, max_size=12), st.text("0123456789%.-aB（）、 ", max_size=8)),
        max_size=4,
    )
)
def test_so_it_does_for_any_mixture(parts):
    pytest.importorskip("rjieba")
    text = "".join(parts)
    assert words(text) == _placed(reference(text))


@given(st.text(max_size=60))
def test_the_words_of_a_text_leave_no_gap(text):
    found = words(text)
    assert "".join(word.text for word in found) == text
    assert [word.end for word in found[:-1]] == [word.start for word in found[1:]]


def test_a_run_of_digits_and_signs_is_one_word():
    assert [word.text for word in words("高程480-560米，97.5%")] == ["高程", "480-560", "米", "，", "97.5%"]


def test_the_cache_of_jieba_lies_in_the_folder_of_the_user():
    import jieba

    reference("试")
    folder = cache_folder()
    assert jieba.dt.tmp_dir == (str(folder) if folder else None)
    assert jieba.dt.tmp_dir != tempfile.gettempdir()


def test_the_folder_is_where_the_system_keeps_such_things(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "taizhang"
    assert (tmp_path / "taizhang").stat().st_mode & 0o077 == 0


def test_without_a_folder_of_the_user_nothing_is_kept(tmp_path, monkeypatch):
    import jieba

    fresh = jieba.Tokenizer()
    monkeypatch.setattr(jieba, "dt", fresh)
    monkeypatch.setattr(module, "cache_folder", lambda: None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    module._jieba.__wrapped__()
    assert fresh.initialized
    assert list(tmp_path.iterdir()) == []
