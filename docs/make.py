"""What the documents quote from the program, put in again: `make docs`. tests/test_docs.py holds them equal.

A generated part stands between <!-- NAME:start --> and <!-- NAME:end -->; the rest is written by hand.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # as a script, too, the checkout's own packages

from docs.session import session  # noqa: E402
from pipeline.extract.guard import REASONS  # noqa: E402
from pipeline.rulefiles import load  # noqa: E402
from pipeline.summary import SEVERITIES  # noqa: E402

SAMPLE = ROOT / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
FINDINGS = ROOT / "docs" / "findings.md"
GUIDE = ROOT / "docs" / "rules.zh-CN.md"


def filled(text: str, name: str, body: str) -> str:
    """The text with everything between the marks of `name` replaced."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    if text.count(start) != 1 or text.count(end) != 1:
        raise ValueError(f"the marks {start} and {end} must stand once each")
    return re.sub(f"{start}.*?{end}", lambda _: f"{start}\n{body.rstrip()}\n{end}", text, flags=re.S)


def taizhang(folder: Path, *words: str | Path) -> str:
    """What one command prints, run in a folder of its own; a failure is ours."""
    command = [sys.executable, "-m", "pipeline", *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}  # this checkout, not another that is installed
    said = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)
    return said.stdout.decode("utf-8")


def parse_output(folder: Path) -> str:
    """The block of the READMEs: what the first command prints."""
    return f"```\n{taizhang(folder, 'parse', SAMPLE).rstrip()}\n```"


def findings_table() -> str:
    """One line a finding, in the order of rules/findings.toml."""
    rows = [
        (
            f"`{r.id}`",
            SEVERITIES.get(r.get("severity"), "关闭"),
            *(r.get(k, "") for k in ("message", "example", "suggestion")),
        )
        for r in _finding_rules()
    ]
    return _table(("code", "severity", "message", "example", "suggestion"), rows)


def reasons_table() -> str:
    """One line a reason for which a file is refused."""
    return _table(("code", "message", "suggestion"), [(f"`{code}`", *said) for code, said in REASONS.items()])


def _finding_rules() -> list:
    return [rule for rule in load().rules if rule.kind == "finding"]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def made(path: Path, folder: Path) -> str:
    """The document as it should stand."""
    text = path.read_text("utf-8")
    if path == FINDINGS:
        return filled(filled(text, "findings", findings_table()), "reasons", reasons_table())
    if path == GUIDE:
        for name, body in session(folder).items():
            text = filled(text, name, body)
        return text
    return filled(text, "output", parse_output(folder))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for path in (*READMES, FINDINGS, GUIDE):
            path.write_text(made(path, Path(folder)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
