"""Old Word and WPS files: merged cells, automatic numbers and revisions as in a docx; nothing lost in silence."""

from pathlib import Path

import pytest

from pipeline.errors import Unreadable
from pipeline.extract import docx, extract_bytes, soffice, undocs
from pipeline.extract.bareword import missed
from pipeline.extract.ole import Ole
from pipeline.extract.sniff import sniff
from pipeline.extract.wordtext import stories
from pipeline.model import Block, Loss
from tests.extract.make_doc import features

OLD = Path(__file__).with_name("features.doc").read_bytes()
SAMPLE = Path(__file__).parent.parent.parent / "samples" / "130607-2022-zhengwu-gongkai"


@pytest.fixture(scope="module")
def read():
    return extract_bytes("计划.wps", OLD)


def shape(blocks):
    return [(b.kind, b.number_label, b.text, b.cell, b.hidden) for b in blocks]


def test_an_old_file_reads_like_the_docx_it_was_made_from(read):
    new, _, _ = docx.read("计划.docx", features())
    assert sorted(map(repr, shape(read.blocks))) == sorted(map(repr, shape(new)))


def test_automatic_numbers_and_merged_cells_are_those_of_the_page(read):
    assert [b.number_label for b in read.blocks if b.number_label] == ["一、", "（一）", "二、"]
    spans = {b.text: (b.cell.row, b.cell.col, b.cell.row_span, b.cell.col_span) for b in read.blocks if b.cell}
    assert (spans["一、优化服务"], spans["区发改局"], spans["任务二"]) == ((0, 0, 1, 3), (1, 0, 2, 1), (2, 1, 1, 1))


def test_what_is_deleted_or_hidden_is_told_and_no_value(read):
    assert [(loss.code, loss.text) for loss in read.losses] == [("deleted_text", "删除"), ("hidden_text", "隐藏")]


def test_the_words_of_each_story_are_found_without_any_reader():
    told = stories(OLD)
    assert told["main"].startswith(
        "推进改革\n深化放权\n扩大开放\n甲插入删除\n可见隐藏\n一、优化服务\n\n区发改局\n任务一\n年底前\n"
    )
    assert (told["header"].strip(), told["textbox"].strip()) == ("某政办〔2026〕1号", "框内文字")


def test_words_in_no_block_become_one_or_a_loss():
    blocks = [Block(0, "paragraph", "一、甲乙"), Block(1, "paragraph", "丙丁，  戊己")]
    told = {"main": "甲乙\n丙丁戊己\n庚辛", "textbox": "壬癸", "comment": "批注"}
    more, lost = missed(told, [*blocks, Block(2, "paragraph", "甲乙")], [])
    assert [(b.seq, b.kind, b.text) for b in more] == [(3, "textbox", "壬癸")]
    assert [(loss.code, loss.text) for loss in lost] == [("second_reader", "庚辛"), ("comment", "批注")]


def test_a_line_cut_by_a_revision_is_not_missed():
    blocks = [Block(0, "paragraph", "甲插入乙")]
    assert missed({"main": "甲插入删除乙"}, blocks, [Loss("deleted_text", "删除", "")]) == ((), ())


def test_the_second_reader_gives_the_words_and_says_what_it_cannot_know():
    blocks, losses = undocs.read_word("计划.doc", OLD)
    assert [b.text for b in blocks if b.cell and b.cell.row == 1] == ["区发改局", "任务一", "年底前"]
    assert [b.cell.col_span for b in blocks if b.text == "一、优化服务"] == [3]
    assert [loss.code for loss in losses] == ["fallback_reader", "deleted_text"]


def test_a_book_too_long_for_the_first_reader_goes_to_the_second(monkeypatch):
    monkeypatch.setattr("pipeline.extract.doc.PARAGRAPHS", 5)
    found = extract_bytes("计划.doc", OLD)
    assert "fallback_reader" in {loss.code for loss in found.losses}
    # the text box that undoc leaves out is still there
    assert [b.text for b in found.blocks if b.kind == "textbox"] == ["框内文字"]


def test_the_kind_is_told_by_the_streams_at_the_root():
    assert sniff(OLD) == "doc"
    assert "worddocument" in Ole(OLD).names


def test_the_sample_as_doc_gives_the_blocks_of_its_docx():
    old = extract_bytes("source.doc", (SAMPLE / "source.doc").read_bytes())
    new = extract_bytes("source.docx", (SAMPLE / "source.docx").read_bytes())
    assert shape(old.blocks) == shape(new.blocks)
    assert (old.format, old.losses) == ("doc", ())


def broken(at):
    """The file with its first flag of encryption set, or cut."""
    ole = Ole(OLD)
    start = OLD.index(ole.stream("WordDocument")[:32])
    return bytearray(OLD), start + at


def test_a_password_is_told_as_one():
    data, at = broken(11)
    data[at] |= 0x01
    with pytest.raises(Unreadable) as refused:
        extract_bytes("计划.doc", bytes(data))
    assert refused.value.code == "encrypted"


@pytest.mark.parametrize("kept", [512, 2000, 6000, 12000])
def test_a_cut_file_is_refused_or_says_what_it_lost(kept, monkeypatch):
    monkeypatch.setattr(soffice, "program", lambda: None)
    try:
        read = extract_bytes("计划.doc", OLD[:kept])
    except Unreadable as refused:
        assert refused.code in {"damaged", "empty", "unknown_type", "type_mismatch"}
    else:
        assert any(loss.code in {"fallback_reader", "second_reader"} for loss in read.losses)


def test_a_loop_in_the_chains_of_a_container_ends():
    data = bytearray(OLD)
    size = 512
    fat = int.from_bytes(data[76:80], "little")
    for n in range(128):  # every sector is followed by sector 1
        data[(fat + 1) * size + 4 * n : (fat + 1) * size + 4 * n + 4] = (1).to_bytes(4, "little")
    with pytest.raises(ValueError):
        stories(bytes(data))


def test_rtf_says_what_to_install_where_libreoffice_is_not(monkeypatch):
    monkeypatch.setattr(soffice, "program", lambda: None)
    with pytest.raises(Unreadable) as refused:
        extract_bytes("计划.rtf", b"{\\rtf1 a}")
    assert refused.value.code == "needs_program"
    assert "LibreOffice" in str(refused.value)


@pytest.mark.slow
@pytest.mark.skipif(not soffice.program(), reason="LibreOffice is not installed")
def test_rtf_reads_through_libreoffice():
    read = extract_bytes("计划.rtf", b"{\\rtf1\\ansi {\\b \\u19968?\\u12289?\\u24635?}\\par \\u20108?\\par}")
    assert [b.text for b in read.blocks] == ["一、总", "二"]
