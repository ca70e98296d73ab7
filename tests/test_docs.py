"""The documents say what the program does: the columns of the contract, the commands, the findings, the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.make import FINDINGS, GUIDE, made
from pipeline.rulecheck import sentence_faults
from pipeline.rulefiles import load
from pipeline.schema import PUBLISHED
from tests.readme import rule_verbs, targets, verbs

ROOT = Path(__file__).parent.parent
CONTRACT = (ROOT / "docs" / "contract.md").read_text("utf-8")
DESIGN = (ROOT / "docs" / "design.md").read_text("utf-8")
NOT_BUILT = "◦"


def without_remarks(line: str) -> str:
    """The line without what stands in brackets, brackets within brackets too."""
    while (shorter := re.sub(r"\([^()]*\)", "", line)) != line:
        line = shorter
    return line


@pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)
def test_the_contract_names_every_column_in_its_order(table):
    [line] = re.findall(rf"^\*\*{table.name}\*\* — (.*)$", CONTRACT, re.M)
    assert tuple(said.split()[0] for said in without_remarks(line).split(" · ")) == table.names


def test_the_contract_has_no_table_that_does_not_exist():
    assert set(re.findall(r"^\*\*(\w+)\*\* — ", CONTRACT, re.M)) == {table.name for table in PUBLISHED}


def test_the_contract_names_every_command_and_marks_those_not_built():
    lines = [line for line in CONTRACT.splitlines() if re.match(rf"\| (?:{NOT_BUILT} )?`taizhang ", line)]
    said = {re.search(r"`taizhang (\w+)", line)[1]: NOT_BUILT in line for line in reversed(lines)}
    assert {verb for verb, waits in said.items() if not waits} == verbs()


def test_the_contract_names_no_make_target_that_does_not_exist():
    built = "\n".join(line for line in CONTRACT.splitlines() if NOT_BUILT not in line)
    assert set(re.findall(r"`make ([a-z-]+)", built)) <= targets()


def test_the_contract_and_the_guide_name_every_command_of_the_clerks_loop():
    assert set(re.findall(r"`taizhang rules (\w+)", CONTRACT)) == rule_verbs()
    assert rule_verbs() <= set(re.findall(r"taizhang rules (\w+)", GUIDE.read_text("utf-8")))


def test_the_rule_shown_to_the_clerk_is_a_good_rule(tmp_path):
    shown = re.search(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.S)[1]
    (tmp_path / "shown.toml").write_text(shown, "utf-8")
    assert sentence_faults(load(tmp_path)) == ()


def test_every_finding_and_refusal_stands_in_the_document(tmp_path):
    assert FINDINGS.read_text("utf-8") == made(FINDINGS, tmp_path), "→ make docs"


@pytest.mark.slow
def test_the_clerks_session_is_the_one_that_really_runs(tmp_path):
    assert GUIDE.read_text("utf-8") == made(GUIDE, tmp_path), "→ make docs"


def test_the_house_is_drawn_as_it_stands():
    drawn = re.search(r"```\npipeline/.*?```", DESIGN, re.S)[0]
    built = {path.name for path in (ROOT / "pipeline").glob("*.py")} - {"__init__.py"}
    built |= {f"{path.parent.name}/" for path in (ROOT / "pipeline").glob("*/*.py")}
    assert sorted(name for name in built if name not in drawn) == []
    named = set(re.findall(r"^  (\w+\.py|\w+/)", drawn, re.M))
    assert sorted(named - built) == []
