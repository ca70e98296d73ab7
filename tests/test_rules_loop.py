"""The clerk's loop: what no rule reads → a stanza → checked → what it changes. No Python in it, and no surprise."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest

from pipeline.clerk.diff import diff
from pipeline.clerk.stanzas import nearest
from pipeline.clerk.watch import saves
from pipeline.cli import main
from pipeline.deliver.unmatched import COLUMNS, sentence
from pipeline.reader import knowledge
from pipeline.rulebook import gathered
from pipeline.rulefiles import default_folder, load
from pipeline.stages import plan
from tests.make_docx import make_docx
from tests.papers import paper

TASKS = [
    ["序号", "工作任务", "承办方", "责任单位", "完成时限"],
    ["1", "清理河道", "区水利局", "区荷投、区水利局", "麦收开镰"],
    ["2", "汛期巡查", "区水利局", "区荷投", "麦收开镰"],
]
TEXT = ("某某区2022年防汛工作要点", "一、防汛", "（一）清障。各乡镇要在药王庙会前完成清障，新增停车泊位不少于300泊。")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A plan with words that no rule reads, parsed: the folder with plan.docx and outputs/."""
    folder = tmp_path_factory.mktemp("clerk")
    make_docx(folder / "plan.docx", *TEXT, TASKS)
    assert main(["parse", str(folder / "plan.docx"), "-o", str(folder / "outputs")]) == 0
    return folder


@pytest.fixture
def rules(tmp_path):
    """The shipped rules in a folder of the clerk's own."""
    return Path(shutil.copytree(default_folder(), tmp_path / "rules"))


def suggested(read, capsys, *more) -> str:
    capsys.readouterr()
    assert main(["rules", "suggest", "-o", str(read / "outputs"), *more]) == 0
    return capsys.readouterr().out


# ── unmatched.csv ──


def test_unmatched_lists_words_of_every_kind_the_commonest_first(read):
    text = (read / "outputs" / "unmatched.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert [(r["looks_like"], r["words"], r["count"], r["place"], r["sentence"]) for r in rows] == [
        ("unit", "区荷投", "2", "表1第2行第4列", "【区荷投】、区水利局"),
        ("deadline", "麦收开镰", "2", "表1第2行第5列", "【麦收开镰】"),
        ("deadline", "药王庙会前", "1", "第3段", "各乡镇要在【药王庙会前】完成清障，新增停车泊位不少于300泊。"),
        ("target", "不少于300泊", "1", "第3段", "各乡镇要在药王庙会前完成清障，新增停车泊位【不少于300泊】。"),
        ("header", "承办方", "1", "表1第1行第3列", "【承办方】"),
    ]
    assert {r["file_name"] for r in rows} == {"plan.docx"}
    assert {len(r["document_id"]) for r in rows} == {16}


def test_a_sentence_keeps_its_words_and_its_marks():
    assert sentence("甲。乙在庙会前办。丙", 4, 7) == "乙在【庙会前】办。"
    assert sentence("上文\n庙会\n前\n下文", 3, 7) == "【庙会\n前】"
    assert sentence("见【附表】，庙会前办", 6, 9) == "见【附表】，〖庙会前〗办"
    long = sentence("长" * 500 + "庙会前" + "长" * 500, 500, 503)
    assert "【庙会前】" in long and len(long) < 150


def test_a_table_that_only_looks_like_one_of_tasks_names_its_unknown_headers():
    doc = paper(
        "某区2022年工作要点", "一、总体要求", [["事项要目名", "责任单位", "晾晒等次"], ["清障", "区水利局", "优"]]
    )
    made = plan(doc, *knowledge(None))
    if not made.rows["tasks"]:
        found = {f["text"] for f in made.rows["findings"] if f["code"] == "header_missed"}
        assert "晾晒等次" in found


# ── suggest ──


def test_a_suggestion_is_a_stanza_for_each_kind_under_its_file(read, capsys):
    said = suggested(read, capsys)
    stanzas = tomllib.loads(said)
    assert [s["phrases"] for s in stanzas["deadline"]] == [["麦收开镰"], ["药王庙会前"]]
    assert stanzas["unit"][0]["names"] == ["荷投"]
    assert stanzas["header"][0]["names"] == ["承办方"] and stanzas["header"][0]["column"] == "responsible"
    assert stanzas["target"][0]["phrases"] == ["不少于{小数}泊"]
    assert [s["hit"][0]["text"] for s in stanzas["deadline"]] == [
        "【麦收开镰】",
        "各乡镇要在【药王庙会前】完成清障，新增停车泊位不少于300泊。",
    ]
    files = re.findall(r"^# ──── (\S+) ────$", said, re.M)
    assert len(files) >= 4
    assert set(files) <= {rule.file for kind in stanzas for rule in load().of(kind)}


def test_a_header_is_given_the_rule_whose_names_it_may_join(read, capsys):
    assert re.search(
        r"若与 responsible 同义，也可不加这一条：把它写进 headers.toml:\d+ 的 names", suggested(read, capsys)
    )


def test_a_measure_nobody_knows_may_simply_join_the_list(read, capsys):
    assert re.search(r"若 泊 只是没见过的计量单位：不用这一条，把它加进 \S+:\d+ 的词表", suggested(read, capsys))


def test_a_limit_is_kept(read, capsys):
    assert suggested(read, capsys, "-n", "2").count("[[") == 2


def test_what_is_left_open_is_told_and_what_is_filled_passes(read, rules, capsys):
    local = rules / "local.toml"
    local.write_text(suggested(read, capsys), "utf-8")
    assert main(["rules", "check", "--rules", str(rules)]) == 3
    told = capsys.readouterr().err.splitlines()
    assert {line.split("] ")[1].split(" →")[0] for line in told[:-1]} == {
        "kind 还没有填",
        "full 还没有填",
        "comparator 还没有填",
    }
    filled = local.read_text("utf-8").replace('kind    = "请填"', 'kind    = "event"')
    filled = filled.replace('comparator = "请填"', 'comparator = "ge"').replace(
        'full   = "请填"', 'full   = "荷花投资公司"'
    )
    local.write_text(filled.replace('kind   = "请填"', 'kind   = "enterprise"'), "utf-8")
    assert main(["rules", "check", "--rules", str(rules)]) == 3
    told = capsys.readouterr().err.splitlines()[:-1]
    assert len(told) == 3 and all("gives 还没有填 → 若意思对，写 gives = " in line for line in told)
    # she does as each line says
    lines = local.read_text("utf-8").split("\n")
    for line in told:
        at = int(line.split(":")[1].split(" ")[0]) - 1
        lines[at] = lines[at].replace('gives = "请填"', re.search(r'gives = "[^"]+"', line)[0])
    local.write_text("\n".join(lines), "utf-8")
    assert main(["rules", "check", "--rules", str(rules)]) == 0
    assert "全部通过" in capsys.readouterr().out
    # and what was suggested once is not suggested again
    assert "# 没有未解释的词（5 个词已经有了规则，重新 parse 即可）" in suggested(read, capsys, "--rules", str(rules))


def test_an_id_is_never_one_that_is_taken(read, rules, capsys):
    taken = '[[deadline]]\nid = "new-deadline-1"\nkind = "event"\nphrases = ["开犁之日"]\n'
    (rules / "local.toml").write_text(
        f'{taken}hit = [{{ text = "【开犁之日】", gives = "event" }}]\nsource = "x"\n', "utf-8"
    )
    ids = re.findall(r'^id +?= "(new-deadline-\d)"', suggested(read, capsys, "--rules", str(rules)), re.M)
    assert ids == ["new-deadline-2", "new-deadline-3"]


def test_the_nearest_rule_is_the_one_with_words_most_alike(book):
    assert nearest("承办方", book, "header").meaning["column"] == "responsible"
    assert nearest("2031年11月底前", book, "deadline").meaning["kind"] == "due"
    assert nearest("犇羴鱻", book, "deadline") is None


def test_without_a_record_suggest_says_what_to_do(tmp_path, capsys):
    assert main(["rules", "suggest", "-o", str(tmp_path)]) == 1
    assert "taizhang parse" in capsys.readouterr().err


# ── diff ──


@pytest.fixture
def no_samples(monkeypatch):
    """Only the plans that a test names: the samples are many."""
    monkeypatch.setattr("pipeline.clerk.twice.samples", lambda: ())


@pytest.mark.slow
def test_the_samples_are_always_read_along(rules, capsys):
    assert main(["rules", "diff", str(default_folder()), str(rules)]) == 0
    said = capsys.readouterr().out
    assert int(re.search(r"文件 (\d+) 份", said)[1]) >= 3
    assert said.endswith("各表都没有变化\n")


def test_a_diff_without_any_plan_is_a_wrong_call(rules, no_samples, capsys):
    assert main(["rules", "diff", str(default_folder()), str(rules)]) == 2
    assert "没有可读的文件" in capsys.readouterr().err


FAIR = """[[deadline]]
id      = "fair"
kind    = "event"
phrases = ["麦收开镰"]
hit     = [{ text = "【麦收开镰】", gives = "event" }]
source  = "县里的通知"
"""


def test_a_diff_tells_rows_gained_lost_and_changed_by_rule(read, rules, no_samples, capsys):
    (rules / "local.toml").write_text(FAIR, "utf-8")
    assert main(["rules", "diff", str(default_folder()), str(rules), str(read / "plan.docx")]) == 0
    said = capsys.readouterr().out
    assert "规则：新增 1（fair），改动 0，删去 0" in said
    deadlines = said[said.index("时限（deadlines）") :]
    assert deadlines.startswith(
        "时限（deadlines）：新增 0，减少 0，变化 2\n  规则 fair\n    ~ plan.docx 表1第2行第5列【麦收开镰】类型 unresolved → event"
    )
    assert "问题（findings）：新增 0，减少 2，变化 0" in said
    assert "- plan.docx 表1第2行第5列【麦收开镰】 deadline_unresolved" in said
    assert "没有变化：" in said and "章节" in said[said.index("没有变化：") :]


def test_the_same_rules_change_nothing(read, rules, no_samples, capsys):
    assert main(["rules", "diff", str(default_folder()), str(rules), str(read)]) == 0
    assert capsys.readouterr().out.endswith("各表都没有变化\n")


def test_a_span_that_grew_is_one_change():
    book, regions = knowledge(None)
    old, new = (
        plan(paper("某区2022年工作要点", "一、总体要求", words), book, regions)
        for words in ("12月底前完成", "12月底前完成")
    )
    changed = [{**row, "char_end": row["char_end"] - 1, "text": row["text"][:-1]} for row in old.rows["deadlines"]]
    before = type(old)({**old.rows, "deadlines": changed})
    [change] = diff(before, new)
    assert change.table == "deadlines" and change.columns == ("text",)


def test_rows_that_only_move_down_are_no_change():
    book, regions = knowledge(None)
    doc = paper("某区2022年工作要点", "一、总体要求", "6月30日前反馈。", "二、工作任务", "年底前完成。")
    new = plan(doc, book, regions)
    first, second = new.rows["deadlines"]
    old = plan(doc, gathered([rule for rule in book.rules if rule.id != first["rule_id"]], "fewer"), regions)
    assert second["deadline_id"] != old.rows["deadlines"][0]["deadline_id"]
    [gained] = [change for change in diff(old, new) if change.table == "deadlines"]
    assert gained.old is None and gained.row["text"] == first["text"]


def test_the_old_rules_come_out_of_git(rules, read, no_samples, monkeypatch, capsys):
    def git(*words):
        said = ["git", "-c", "user.name=clerk", "-c", "user.email=clerk@example.org", *words]
        subprocess.run(said, cwd=rules, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "rules")
    (rules / "local.toml").write_text(FAIR, "utf-8")
    assert main(["rules", "diff", "HEAD", str(rules), str(read / "plan.docx")]) == 0
    assert "规则：新增 1（fair）" in capsys.readouterr().out
    monkeypatch.setattr("pipeline.clerk.twice.samples", lambda: (read,))
    assert main(["rules", "diff", "--rules", str(rules)]) == 0
    assert "旧规则 HEAD" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "answer"),
    [(["no-such-commit"], "没有旧规则 no-such-commit"), ([".", ".", "nowhere"], "没有文件夹 nowhere")],
)
def test_a_diff_that_cannot_be_made_is_a_wrong_call(words, answer, capsys):
    assert main(["rules", "diff", *words]) == 2
    assert answer in capsys.readouterr().err


def test_a_diff_with_new_rules_at_fault_tells_them_and_exits_with_3(rules, capsys):
    (rules / "local.toml").write_text(FAIR.replace("kind", "kinds"), "utf-8")
    assert main(["rules", "diff", str(default_folder()), str(rules)]) == 3
    assert "local.toml:3 [fair] 不认识的键 kinds" in capsys.readouterr().err


# ── check and watch ──


def test_the_whole_book_is_checked_in_less_than_two_seconds(capsys):
    began = time.process_time()  # of this program alone, whatever else the machine does
    assert main(["rules", "check"]) == 0
    assert time.process_time() - began < 2
    assert re.search(
        r"规则 \d+ 条，例句 \d+ 句，全部通过，用时 \d\.\d 秒（指纹 [0-9a-f]{12}）", capsys.readouterr().out
    )


def test_each_save_is_told_once_and_only_when_it_is_whole(tmp_path):
    (tmp_path / "a.toml").write_text("a")
    seen = saves(tmp_path, every=0.02)
    assert next(seen) == ()

    def write():
        time.sleep(0.05)
        (tmp_path / "b.toml").write_text("b")
        (tmp_path / "notes.txt").write_text("no rule file")

    writer = threading.Thread(target=write)
    writer.start()
    assert next(seen) == ("b.toml",)
    writer.join()
    (tmp_path / "a.toml").unlink()
    assert next(seen) == ("a.toml",)


def test_watch_answers_at_each_save_and_ends_quietly(rules):
    command = [sys.executable, "-u", "-m", "pipeline", "rules", "watch", "--rules", str(rules)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as ran:
        assert "存盘即检查" in ran.stdout.readline()
        assert "全部通过" in ran.stdout.readline()
        (rules / "local.toml").write_text(FAIR.replace("麦收开镰】", "麦收开镰"), "utf-8")
        assert "local.toml" in ran.stdout.readline()
        assert "【 没有配对的 】" in ran.stdout.readline()
        ran.send_signal(subprocess.signal.SIGINT)
        rest, errors = ran.communicate(timeout=10)
    assert ran.returncode == 0
    assert errors == "" and rest.strip() in ("", "1 处错误，改正后存盘即再查")
