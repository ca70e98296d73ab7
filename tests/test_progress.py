"""How far a run is: a line that renews itself on a terminal, a plain line now and then in a log, none for one file."""

from io import StringIO
from pathlib import Path

import pytest

from pipeline.commands.progress import Course, progress, recognizing, span, state


class Terminal(StringIO):
    def isatty(self):
        return True


def clock(step):
    now = iter(range(0, 100_000, step))
    return lambda: next(now)


def test_a_terminal_has_one_line_which_is_gone_when_something_is_said_and_at_the_end():
    stream = Terminal()
    for one in progress("abc", 3, stream, clock(2)):
        stream.write(f"{one}\n")
    shown = stream.getvalue().replace("\r\x1b[K", "§")
    assert shown == "§a\n已读 1/3 份，每份 2.0 秒，还要约 4 秒§b\n已读 2/3 份，每份 2.0 秒，还要约 2 秒§c\n§"


def test_a_log_has_a_plain_line_each_half_minute():
    stream = StringIO()
    assert list(progress(range(10), 10, stream, clock(10))) == list(range(10))
    assert stream.getvalue() == "".join(f"已读 {n}/10 份，每份 10.0 秒，还要约 {m}\n" for n, m in _SAID)


_SAID = [(3, "1 分钟"), (6, "40 秒"), (9, "10 秒")]


def test_a_single_file_is_not_worth_a_line():
    stream = StringIO()
    assert list(progress("a", 1, stream, clock(100))) == ["a"]
    assert stream.getvalue() == ""


def test_the_line_is_gone_when_the_run_is_broken_off():
    stream = Terminal()
    run = progress("abc", 3, stream, clock(2))
    next(run), next(run)
    run.close()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_page_that_is_recognized_is_named_whatever_the_name_of_its_file(tmp_path):
    stream = Terminal()
    recognizing(stream)(tmp_path / "扫\n描\x1b[2J.pdf", 2, 9)
    assert stream.getvalue() == "\r\x1b[K扫\\n描\\x1b[2J.pdf：正在识别第 2/9 页"


@pytest.mark.parametrize(
    "seconds, said", [(0, "0 秒"), (59, "59 秒"), (61, "1 分钟"), (3000, "50 分钟"), (9000, "2.5 小时")]
)
def test_a_time_is_said_in_the_unit_a_reader_would_use(seconds, said):
    assert span(seconds) == said


def test_a_fast_run_tells_files_a_second():
    assert state(50, 100, 10) == "已读 50/100 份，每秒 5.0 份，还要约 10 秒"


def test_a_course_on_a_terminal_is_a_bar_with_unbroken_lines_above_it():
    stream = Terminal()
    long = "很长的一行" * 40
    with Course(stream) as course:
        course.at(1, 3)
        course.say(long, stream)
        course.at(3, 3)
    shown = stream.getvalue()
    assert "已读" in shown and "1/3" in shown and "正在更新表格" in shown
    assert long in shown


def test_a_course_in_a_log_has_a_plain_line_each_half_minute():
    stream = StringIO()
    with Course(stream, clock(10)) as course:
        for done in range(1, 11):
            course.at(done, 10)
            course.page(Path("a.pdf"), 1, 2)
        course.say("说", stream)
    assert stream.getvalue() == (
        "已读 4/10 份，每份 7.5 秒，还要约 45 秒\n已读 7/10 份，每份 8.6 秒，还要约 26 秒\n说\n"
    )


def test_a_course_of_a_single_file_is_not_worth_a_line():
    stream = Terminal()
    with Course(stream) as course:
        course.at(1, 1)
        course.say("说", stream)
    assert stream.getvalue() == "说\n"
