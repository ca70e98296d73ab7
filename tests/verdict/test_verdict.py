"""taizhang check as an office uses it: graded anew, waived with a reason, told to people, to scripts and to editors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sarif_pydantic import Sarif

import pipeline
from pipeline.cli import main
from tests.gold import SAMPLES

SAMPLE = SAMPLES / "130607-2022-zhengwu-gongkai" / "source.docx"
DRIFT = '[[waiver]]\ncode = "heading_drift"\nwords = "加强公开平台建设"\nreason = "附件沿用上年标题"\n'


@pytest.fixture
def plan(tmp_path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "要点.docx"))


def checked(capsys, *words) -> tuple[int, str, str]:
    code = main(["check", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_plan_with_warnings_alone_passes_unless_warnings_count(plan, capsys):
    assert checked(capsys, plan)[0] == 0
    assert checked(capsys, plan, "--fail-on", "warning")[0] == 1
    assert checked(capsys, plan, "--fail-on", "never")[0] == 0


def test_the_terminal_says_each_finding_with_its_place_and_what_to_do(plan, capsys):
    _, out, _ = checked(capsys, plan)
    assert (
        "警告 [heading_drift] 表1第41行第1列：附件标题“加强公开平台建设”与正文标题“着力加强公开平台建设”不一致 → 核对"
        in out
    )
    assert out.rstrip().splitlines()[-1].startswith("  合计 警告 8")


def test_a_code_can_be_graded_anew_or_switched_off(plan, tmp_path, capsys):
    grades = tmp_path / "本单位.toml"
    grades.write_text(
        '[[finding]]\nid = "heading_drift"\nseverity = "error"\n\n[[finding]]\nid = "units_run_together"\nseverity = "off"\n',
        "utf-8",
    )
    code, out, _ = checked(capsys, plan, "--findings", grades)
    assert code == 1
    assert "错误 [heading_drift]" in out
    assert "units_run_together" not in out


def test_a_code_that_the_rules_switch_off_is_in_no_table(tmp_path):
    from pipeline.rulefiles import default_folder

    rules = shutil.copytree(default_folder(), tmp_path / "rules")
    file = rules / "findings.toml"
    text = file.read_text("utf-8")
    at = text.index('id         = "heading_drift"')
    file.write_text(text[:at] + text[at:].replace('severity   = "warning"', 'severity   = "off"', 1), "utf-8")
    read = pipeline.parse(SAMPLE, rules)
    assert "heading_drift" not in {f.code for f in read.findings}
    assert read.document.finding_count == len(read.findings)


def test_a_waiver_beside_the_plan_takes_one_finding_out_and_is_told(plan, capsys):
    plan.with_name("要点.docx.waivers.toml").write_text(DRIFT, "utf-8")
    code, out, _ = checked(capsys, plan, "--fail-on", "warning", "--json")
    [document] = json.loads(out)["documents"]
    [waived] = [f for f in document["findings"] if f["waived"]]
    assert code == 1
    assert (waived["code"], waived["waived"]["reason"]) == ("heading_drift", "附件沿用上年标题")
    assert (document["counts"]["warning"], document["counts"]["waived"]) == (7, 1)


def test_a_waiver_is_known_by_its_place_too(plan, tmp_path, capsys):
    waivers = tmp_path / "豁免.toml"
    waivers.write_text(
        '[[waiver]]\ncode = "units_run_together"\nplace = "表1第42行第3列"\nreason = "两块牌子"\n', "utf-8"
    )
    _, out, _ = checked(capsys, plan, "--waivers", waivers)
    assert "豁免 [units_run_together] 表1第42行第3列" in out
    assert "警告 [units_run_together] 表1第43行第3列" in out


@pytest.mark.parametrize(("day", "code"), [("2022-12-31", 0), ("2023-01-01", 1)])
def test_a_waiver_runs_out(plan, tmp_path, capsys, day, code):
    waivers = tmp_path / "豁免.toml"
    others = "".join(f'[[waiver]]\ncode = "{c}"\nwords = "区"\nreason = "另行处理"\n' for c in ("units_run_together",))
    others += '[[waiver]]\ncode = "group_name_odd"\nwords = "相关各部门"\nreason = "惯例"\n'
    others += '[[waiver]]\ncode = "clause_conflict"\nwords = "任务 13"\nreason = "已请示"\n'
    waivers.write_text(f"{others}{DRIFT}until = 2022-12-31\n", "utf-8")
    got, out, _ = checked(capsys, plan, "--waivers", waivers, "--as-of", day, "--fail-on", "warning")
    assert got == code
    assert ("警告 [waiver_expired]" in out) == bool(code)


def test_a_waiver_that_fits_nothing_is_told(plan, tmp_path, capsys):
    waivers = tmp_path / "豁免.toml"
    waivers.write_text(DRIFT.replace("公开平台", "窗口"), "utf-8")
    _, out, _ = checked(capsys, plan, "--waivers", waivers)
    assert "警告 [waiver_unused] 豁免“heading_drift 加强窗口建设”没有对上任何问题" in out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DRIFT.replace("heading_drift", "heading_drft"), "没有 heading_drft 这种问题 → 是不是 heading_drift？"),
        (DRIFT.replace("reason", "reson"), "不认识的键 reson → 是不是 reason？"),
        ('[[waiver]]\ncode = "heading_drift"\nreason = "x"\n', "没有写是哪一处"),
        (DRIFT + 'until = "2022-12-31"\n', "until 的值不对 → 写成 until = 2022-12-31（不加引号）"),
        (DRIFT.replace('"加强', "“加强"), "豁免.toml:3"),
        ("[[waver]]\n", "不认识的条目 [[waver]]"),
    ],
)
def test_a_slip_in_the_waivers_is_told_with_its_line(plan, tmp_path, capsys, text, says):
    waivers = tmp_path / "豁免.toml"
    waivers.write_text(text, "utf-8")
    code, _, err = checked(capsys, plan, "--waivers", waivers)
    assert code == 3
    assert says in err


def test_a_severity_that_does_not_exist_is_told(plan, tmp_path, capsys):
    grades = tmp_path / "本单位.toml"
    grades.write_text('[[finding]]\nid = "heading_drift"\nseverity = "fatal"\n', "utf-8")
    code, _, err = checked(capsys, plan, "--findings", grades)
    assert (code, "本单位.toml:3 [heading_drift] 没有 fatal 这一级 → 从 error、warning、info、off 中选一个" in err) == (
        3,
        True,
    )


def test_a_file_that_is_not_there_is_one_line(plan, tmp_path, capsys):
    code, _, err = checked(capsys, plan, "--waivers", tmp_path / "没有.toml")
    assert code == 2
    assert err.count("\n") == 1


def test_sarif_is_valid_and_its_regions_are_the_words(plan, tmp_path, capsys):
    plan.with_name("要点.docx.waivers.toml").write_text(DRIFT, "utf-8")
    report = tmp_path / "out" / "report.sarif"
    checked(capsys, plan, "--sarif", report)
    said = json.loads(report.read_text("utf-8"))
    Sarif.model_validate(said)
    [run] = said["runs"]
    whole = "\n".join(block.text for block in pipeline.parse(plan).blocks)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        words = whole[region["charOffset"] : region["charOffset"] + region["charLength"]]
        assert words == region["snippet"]["text"]
    [drift] = [r for r in run["results"] if r["ruleId"] == "heading_drift"]
    assert drift["suppressions"][0]["justification"] == "附件沿用上年标题"
    assert drift["locations"][0]["logicalLocations"][0]["name"] == "表1第41行第1列"
    assert (drift["level"], run["columnKind"]) == ("warning", "unicodeCodePoints")


def test_the_record_is_checked_without_files(plan, tmp_path, capsys):
    assert main(["parse", str(plan), "-o", str(tmp_path / "outputs")]) == 0
    capsys.readouterr()
    _, out, _ = checked(capsys, "-o", tmp_path / "outputs", "--json")
    [document] = json.loads(out)["documents"]
    assert document["counts"]["warning"] == 8


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(plan, tmp_path, capsys):
    bad = tmp_path / "空.docx"
    bad.write_bytes(b"")
    code, out, err = checked(capsys, bad, plan, "--json")
    said = json.loads(out)
    assert code == 1
    assert "[empty]" in err and "[empty]" in said["unread"][0]
    assert [d["file_name"] for d in said["documents"]] == ["要点.docx"]
