"""Time and memory of `taizhang parse` beside the raw limit and the peers, in one run; prints ratios.

    python bench/run.py [--quick] [FILE]

Whole process: fork and exec to wait4 (wall, CPU, peak RSS). In process: the median call after a warm-up.
Rounds are interleaved, since the machine drifts: read ratios, not seconds.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
sys.path.insert(0, str(HERE))
from grow import grown  # noqa: E402

# what each peer does with one file, as a program of its own
RAW = """
import sys, zipfile
from lxml import etree
etree.fromstring(zipfile.ZipFile(sys.argv[1]).read("word/document.xml"))
"""
PYTHON_DOCX = """
import sys
from docx import Document
for table in Document(sys.argv[1]).tables:
    for row in table.rows:
        [cell.text for cell in row.cells]
"""
DOCLING = """
import sys
from pathlib import Path
from docling.backend.msword_backend import MsWordDocumentBackend
from docling.datamodel.base_models import InputFormat
from docling.datamodel.document import InputDocument
path = Path(sys.argv[1])
made = InputDocument(path_or_stream=path, format=InputFormat.DOCX, backend=MsWordDocumentBackend)
made._backend.convert()
"""


@dataclass
class Figures:
    """Seconds and MiB of one contender, a list entry a round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)


def whole(command: list[str]) -> tuple[float, float, float]:
    """Wall and CPU seconds and peak MiB of one process; raises when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if status:
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
        raise RuntimeError(f"{command[:4]} failed: {said[-400:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def timed(call: Callable[[], object], times: int) -> list[float]:
    call()
    out = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        out.append(time.perf_counter() - begin)
    return out


def contenders(file: Path, folder: str) -> dict[str, list[str]]:
    """Name → the command of one whole run on one file."""
    python = sys.executable
    found = {
        "taizhang parse": [python, "-m", "pipeline", "parse", str(file), "-o", folder],
        "raw: unzip + lxml": [python, "-c", RAW, str(file)],
        "python-docx row.cells": [python, "-c", PYTHON_DOCX, str(file)],
    }
    if importlib.util.find_spec("docling"):
        found["docling docx backend"] = [python, "-c", DOCLING, str(file)]
    return found


def calls(file: Path) -> dict[str, Callable[[], object]]:
    """Name → the same work inside this process."""
    import zipfile

    from docx import Document
    from lxml import etree

    import pipeline

    def raw() -> object:
        return etree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))

    def cells() -> object:
        return [[c.text for c in row.cells] for table in Document(str(file)).tables for row in table.rows]

    return {
        "taizhang parse": lambda: pipeline.parse(file),
        "raw: unzip + lxml": raw,
        "python-docx row.cells": cells,
    }


def measure(file: Path, rounds: int, inner: int) -> dict[str, Figures]:
    figures: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        commands = contenders(file, folder)
        for turn in range(rounds + 1):
            for name, command in commands.items():
                wall, cpu, peak = whole(command)
                if turn:  # the first round warms the disk and the bytecode
                    one = figures.setdefault(name, Figures())
                    one.wall.append(wall)
                    one.cpu.append(cpu)
                    one.peak.append(peak)
    for name, call in calls(file).items():
        figures[name].inside = timed(call, inner)
    return figures


def show(title: str, figures: dict[str, Figures]) -> None:
    mid = statistics.median
    base = figures["raw: unzip + lxml"]
    print(f"\n{title}")
    print(f"{'':24}{'whole s':>9}{'(cpu)':>8}{'x raw':>7}{'peak MiB':>10}{'in-process ms':>15}{'x raw':>7}")
    for name, one in figures.items():
        inside = (
            f"{1000 * mid(one.inside):15.1f}{mid(one.inside) / mid(base.inside):7.1f}"
            if one.inside
            else f"{'-':>15}{'-':>7}"
        )
        ratio = mid(one.wall) / mid(base.wall)
        print(f"{name:24}{mid(one.wall):9.3f}{mid(one.cpu):8.2f}{ratio:7.1f}{mid(one.peak):10.0f}{inside}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; what CI runs")
    args = parser.parse_args()
    if not importlib.util.find_spec("docling"):
        print("docling is not installed → pip install docling, to see its docx backend beside ours")
    one = measure(args.file, 2 if args.quick else 7, 3 if args.quick else 15)
    show(f"{args.file.name}, {args.file.stat().st_size / 1024:.0f} KB", one)
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "grown.docx"
        big.write_bytes(grown(args.file.read_bytes(), 50))
        many = measure(big, 1 if args.quick else 3, 1 if args.quick else 3)
        show(f"the same 50 times over, {big.stat().st_size / 1024:.0f} KB", many)
    print("\ncost of 50 over cost of one (50 is linear)")
    for name in many:
        inside = (
            statistics.median(many[name].inside) / statistics.median(one[name].inside) if many[name].inside else None
        )
        wall = statistics.median(many[name].wall) / statistics.median(one[name].wall)
        print(f"{name:24} whole {wall:6.1f}   in-process {inside:6.1f}" if inside else f"{name:24} whole {wall:6.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
