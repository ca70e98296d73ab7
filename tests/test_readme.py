"""The two READMEs say the same, and what they show is what the commands really do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

import pipeline
from docs.make import READMES, SAMPLE, made, taizhang
from pipeline.summary import SEVERITIES
from tests.readme import ROOT, targets, verbs

ENGLISH, CHINESE = (path.read_text("utf-8") for path in READMES)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
each_readme = pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])


def blocks(text: str) -> list[tuple[str, str]]:
    """(language, content) of every code block."""
    return BLOCK.findall(text)


def commands(text: str) -> list[str]:
    """The commands in code blocks, without the remark beside them."""
    lines = [line for _, block in blocks(text) for line in block.splitlines()]
    return [re.split(r"\s{2,}", line)[0] for line in lines if re.match(r"(?:make|taizhang) ", line)]


def test_both_have_the_same_sections_blocks_and_tables():
    def shape(text):
        return (
            [len(mark) for mark in re.findall(r"^(#+) ", BLOCK.sub("", text), re.M)],
            [language for language, _ in blocks(text)],
            len(re.findall(r"^\|", text, re.M)),
        )

    assert shape(ENGLISH) == shape(CHINESE)


def test_both_give_the_same_commands_and_the_same_code():
    assert commands(ENGLISH) == commands(CHINESE)
    assert [b for b in blocks(ENGLISH) if b[0]] == [b for b in blocks(CHINESE) if b[0]]


def test_both_point_to_the_same_files():
    def links(text):
        return [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("README")]

    def twin(link):
        chinese = link.replace(".md", ".zh-CN.md")
        return chinese if (ROOT / chinese).exists() else link

    assert [twin(link) for link in links(ENGLISH)] == links(CHINESE)
    assert [link for link in links(ENGLISH) if not (ROOT / link).exists()] == []


@each_readme
def test_every_target_and_every_command_stands_in_it(text):
    assert sorted(t for t in targets() if not re.search(rf"\bmake {t}(?![\w-])", text)) == []
    assert sorted(v for v in verbs() if not re.search(rf"\btaizhang {v}\b", text)) == []


@each_readme
def test_it_names_no_target_and_no_command_that_does_not_exist(text):
    code = "\n".join([block for _, block in blocks(text)] + re.findall(r"`([^`\n]+)`", BLOCK.sub("", text)))
    assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= targets()
    assert set(re.findall(r"\btaizhang ([a-z]+)", code)) <= verbs()


@pytest.mark.parametrize("path", READMES, ids=["en", "zh"])
def test_the_output_shown_is_the_output_printed(path, tmp_path):
    assert path.read_text("utf-8") == made(path, tmp_path), "→ make docs"


@each_readme
def test_the_findings_shown_are_found_in_the_sample(text):
    found = {f"{SEVERITIES[f.severity]} [{f.code}] {f.message}" for f in pipeline.parse(SAMPLE).findings}
    shown = [line for _, block in blocks(text) for line in block.splitlines() if re.match(r"\S+ \[\w+\] ", line)]
    assert shown
    assert [line for line in shown if line not in found] == []


@pytest.mark.parametrize("code", [block for language, block in blocks(ENGLISH) if language == "python"])
def test_the_python_shown_gives_what_stands_beside_it(code, tmp_path, monkeypatch):
    import pipeline.components  # noqa: F401  (once installed, spaCy finds the components by itself)

    shutil.copy(SAMPLE, tmp_path / "plan.docx")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    shown = 0
    for line in code.splitlines():
        said, _, promised = line.partition("  # ")
        if not promised:
            exec(said, names)
            continue
        value = eval(said, names)
        kind = f"{type(value).__module__.split('.')[0]}.{type(value).__name__}"
        assert promised.strip() in (repr(value), kind.removeprefix("pyarrow.lib"))
        shown += 1
    assert shown >= 3


def test_the_query_shown_answers(tmp_path: Path, monkeypatch):
    taizhang(tmp_path, "parse", SAMPLE, "-o", "outputs")
    monkeypatch.chdir(tmp_path)
    for query in [block for language, block in blocks(ENGLISH) if language == "sql"]:
        assert duckdb.sql(query).fetchall()


@each_readme
def test_every_refusal_named_exists(text):
    from pipeline.extract.guard import REASONS

    [named] = re.findall(r"[(（](missing[^)）]*)[)）]", text)
    codes = set(re.findall("[a-z_]+", named))
    assert len(codes) > 2 and codes <= REASONS.keys()
