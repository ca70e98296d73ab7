"""A clerk's session with the rules, really run: what docs/rules.zh-CN.md quotes. Numbers that move every day are left out."""

from __future__ import annotations

import csv
import io
import re
import shutil
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from pipeline.cli import main
from pipeline.reader import knowledge
from pipeline.rulefiles import default_folder
from tests.make_docx import make_docx
from tests.rule_slips import GOOD, SLIPS

TEXT = ("某某区2022年防汛备汛工作要点", "一、清障", "（一）清理河道。河道内的阻水物一律清除。")
TABLE = [
    ["序号", "工作任务", "承办方", "责任单位", "完成时限"],
    ["1", "清理河道", "区水利局", "区荷投、区水利局", "麦收开镰"],
    ["2", "汛期巡查", "区应急局", "区荷投", "麦收开镰"],
]
SHOWN = ("looks_like", "words", "count", "file_name", "place", "sentence")
# what the clerk fills in, in her order; the first has a slip in it
FILLED = (
    ('kind    = "请填"', "kind    = “event”"),
    ('full   = "请填"', 'full   = "荷花产业投资公司"'),
    ('kind   = "请填"', 'kind   = "enterprise"'),
)
MENDED = (("“event”", '"event"'),)
MEANT = (('gives = "请填"', 'gives = "event"'),)
MOVING = (
    (r"规则 \d+ 条，例句 \d+ 句", "规则 … 条，例句 … 句"),
    (r"用时 \d+\.\d 秒", "用时 … 秒"),
    (r"指纹 [0-9a-f]{12}", "指纹 …"),
    (r"文件 \d+ 份", "文件 … 份"),
    (r"(\.toml):\d+ 的", r"\1:… 的"),
)


def session(folder: Path) -> dict[str, str]:
    """Name of a part of the guide → what stands there."""
    with chdir(folder):
        shutil.copytree(default_folder(), "rules")
        shutil.copytree("rules", "旧规则")
        local = Path("rules/local.toml")
        Path("文件").mkdir()
        make_docx(Path("文件/plan.docx"), *TEXT, TABLE)
        _run("parse 文件/plan.docx --rules rules")
        parts = {"unmatched": _unmatched()}
        suggested = _run("rules suggest --rules rules")
        parts["suggest"] = _block(suggested)
        _paste(local, suggested, FILLED)
        slipped = _run("rules check --rules rules")
        _paste(local, local.read_text("utf-8"), MENDED)
        open_ = _run("rules check --rules rules")
        _paste(local, local.read_text("utf-8"), MEANT)
        parts["filled"] = f"```toml\n{_without_head(local.read_text('utf-8'))}\n```"
        parts["slipped"] = _block(slipped)
        parts["open"] = _block(open_)
        parts["passed"] = _block(_run("rules check --rules rules"))
        parts["diff"] = _block(_run("rules diff 旧规则 rules 文件"))
        _run("parse 文件/plan.docx --rules rules")
        parts["done"] = _block(_run("rules suggest --rules rules"))
    return parts | {"slips": slips()}


def slips() -> str:
    """The table of slips: what was typed, and what `rules check` answers."""
    lines = ["| 写成了 | 应为 | 提示 |", "| --- | --- | --- |"]
    for _, (good, typed), answer in SLIPS:
        said = re.sub(r"^x\.toml:\d+ \[[^\]]*\] ", "", answer)
        lines.append(f"| {_code(typed)} | {_code(good)} | {said.replace('|', chr(92) + '|')} |")
    assert all(good in GOOD for _, (good, _), _ in SLIPS)
    return "\n".join(lines)


def _run(command: str) -> str:
    """The command as typed and all that it prints; the exit code where it is not 0."""
    knowledge.cache_clear()  # each command is a process of its own
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = main(command.split(" "))
    said = out.getvalue().rstrip()
    for moving, still in MOVING:
        said = re.sub(moving, still, said)
    return f"$ taizhang {command}\n{said}" + (f"\n（退出码 {code}）" if code else "")


def _paste(file: Path, text: str, changes: tuple[tuple[str, str], ...]) -> None:
    text = _without_head(text)
    for old, new in changes:
        if old not in text:
            raise ValueError(f"the session has nothing to change: {old} → choose other words in docs/session.py")
        text = text.replace(old, new)
    file.write_text(text + "\n", "utf-8")


def _without_head(text: str) -> str:
    # from the first stanza's own remark on
    return text[text.index("# “") :].rstrip() if "# “" in text else text.rstrip()


def _unmatched() -> str:
    rows = list(csv.DictReader(io.StringIO(Path("outputs/unmatched.csv").read_text("utf-8-sig"))))
    lines = [SHOWN, ("---",) * len(SHOWN), *([row[name] for name in SHOWN] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _block(text: str) -> str:
    return f"```\n{text}\n```"


def _code(text: str) -> str:
    text = text.replace("\n", " ⏎ ").replace("\u3000", "　").strip("\n").replace("|", "\\|")
    return f"`{text}`" if text.strip() else "（删去了）"
