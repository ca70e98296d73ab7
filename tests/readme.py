"""What the documents are held to: the targets of the Makefile and the commands of taizhang, as they are."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def targets() -> frozenset[str]:
    """Every target that `make help` lists."""
    return frozenset(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M))


@cache
def verbs() -> frozenset[str]:
    """Every command that `taizhang --help` lists."""
    command = [sys.executable, "-m", "pipeline", "--help"]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return frozenset(re.findall(r"^ {4}([a-z]+)\b", said, re.M))


@cache
def rule_verbs() -> frozenset[str]:
    """Every command that `taizhang rules --help` lists."""
    command = [sys.executable, "-m", "pipeline", "rules", "--help"]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return frozenset(re.findall(r"^ {4}([a-z]+)\b", said, re.M))
