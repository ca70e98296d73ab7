"""A plan's PDF read by us and by the peers: time, memory, and how many of its task rows come out whole.

    python bench/pdf.py [--quick] [--peers PYTHON] [--readme]

A row is whole when one row of what a reader gives holds the task's text and its deadline, blanks left out. Readers that
give text alone are asked for the task's text in one piece. Peers run in an interpreter of their own (--peers, or the
variable PEERS), since they are no dependency of ours, and without network: one that wants its models from a hub is named.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

from run import HERE, ROOT, run

SAMPLE = ROOT / "samples" / "130607-2022-zhengwu-gongkai"
FILE = SAMPLE / "source.pdf"

PDFPLUMBER = """
import pdfplumber

def read(path):
    rows = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            rows += [[cell or "" for cell in row] for table in page.extract_tables() for row in table]
    return rows
"""
TAIZHANG = """
import pipeline

def read(path):
    return [[task["label"], task["text"], task["deadline_text"]] for task in pipeline.parse(path).rows["tasks"]]
"""
EXTRACT = """
from pathlib import Path

from pipeline.extract import extract

def read(path):
    rows = {}
    for block in extract(Path(path)).blocks:
        if block.cell:
            rows.setdefault((block.cell.table, block.cell.row), []).append(block.text)
    return list(rows.values())
"""
PDFIUM = """
import pypdfium2

def read(path):
    return [["".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))]]
"""
PYMUPDF = """
import pymupdf

def read(path):
    return [[c or "" for c in row] for page in pymupdf.open(path) for t in page.find_tables() for row in t.extract()]
"""
MARKITDOWN = """
from markitdown import MarkItDown

def read(path):
    return [[MarkItDown().convert(path).text_content]]
"""
DOCLING = """
from docling.document_converter import DocumentConverter

def read(path):
    tables = DocumentConverter().convert(path).document.tables
    return [[cell.text for cell in row] for table in tables for row in table.data.grid]
"""
# its tier without models; the others want them from a hub
MINERU = """
import html, pathlib, re, subprocess, sys, tempfile

def read(path):
    kit = pathlib.Path(sys.executable).parent / "mineru-kit"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([kit, "parse", path, "--tier", "flash", "-o", folder], check=True, capture_output=True)
        text = "".join(file.read_text("utf-8") for file in pathlib.Path(folder).rglob("*.md"))
    return [[html.unescape(re.sub("<[^>]*>", "", row))] for row in text.split("<tr>")]
"""
BASE = "pdfplumber, text and tables"
# name → the package that must be there, what is installed for it, the source
SOURCES = {
    BASE: ("pdfplumber", "pdfplumber", PDFPLUMBER),
    "taizhang, cells": ("pipeline", "taizhang", EXTRACT),
    "taizhang, tables in memory": ("pipeline", "taizhang", TAIZHANG),
    "pypdfium2, text": ("pypdfium2", "pypdfium2", PDFIUM),
    "PyMuPDF, find_tables": ("pymupdf", "pymupdf", PYMUPDF),
    "markitdown": ("markitdown", "markitdown[pdf]", MARKITDOWN),
    "docling": ("docling", "docling", DOCLING),
    "MinerU, tier flash": ("mineru", "mineru", MINERU),
}
TAIL = "\nimport json, sys\nprint(json.dumps(read(sys.argv[1]), ensure_ascii=False))\n"
INSIDE = """
import json, sys, time
read(sys.argv[1])
seconds = []
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    read(sys.argv[1])
    seconds.append(time.perf_counter() - begin)
print(json.dumps(sorted(seconds)[len(seconds) // 2]))
"""
OFFLINE = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}


def whole_rows(rows: list[list[str]]) -> int:
    """How many tasks of the sample stand whole in one row."""
    squeezed = ["".join("".join(cell for cell in row if cell).split()) for row in rows]
    with open(SAMPLE / "tasks.csv", encoding="utf-8", newline="") as file:
        wanted = [("".join(t["text"].split()), t["deadline_text"]) for t in csv.DictReader(file)]
    return sum(any(text in row and due in row for row in squeezed) for text, due in wanted)


def said(command: list[str]) -> str:
    """What a process prints, its last line; raises RuntimeError with the last line of its complaint."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=OFFLINE, timeout=600)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["failed"])[-1][:200])
    return done.stdout.strip().splitlines()[-1]


def python_with(package: str, peers: str) -> str | None:
    """The interpreter that has a package: ours, else the peers'."""
    asked = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({package!r}) is None)"
    for python in (sys.executable, *peers.split(",")):
        if not subprocess.run([python, "-c", asked], cwd=ROOT, capture_output=True).returncode:
            return python
    return None


def measure(rounds: int, peers: str) -> list[str]:
    """The table in Markdown; what could not be measured is told on standard error, and why."""
    commands: dict[str, tuple[str, str]] = {}
    right: dict[str, int] = {}
    lines = []
    for name, (package, install, source) in SOURCES.items():
        python = python_with(package, peers)
        if python is None:
            lines.append(f"not measured: {name} → {peers} -m pip install '{install}'")
            continue
        try:
            right[name] = whole_rows(json.loads(said([python, "-c", source + TAIL, str(FILE)])))
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            lines.append(f"not measured: {name} cannot run without network: {error}")
        else:
            commands[name] = (python, source)
    print(*lines, sep="\n", end="\n" if lines else "", file=sys.stderr)
    whole: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    inside: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (python, source) in commands.items():
            whole[name].append(run([python, "-c", source + TAIL, str(FILE)]))
            inside[name].append(float(said([python, "-c", source + INSIDE, str(FILE), str(min(rounds, 3))])))
    mid = statistics.median
    base, base_inside = mid(one[0] for one in whole[BASE]), mid(inside[BASE])
    table = [
        "| | whole s | (CPU s) | × pdfplumber | peak MiB | in-process s | × pdfplumber | rows whole of 36 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in commands:
        wall, cpu, peak = (mid(column) for column in zip(*whole[name], strict=True))
        cells = [name, f"{wall:.2f}", f"({cpu:.2f})", f"{wall / base:.2f}", f"{peak:.0f}"]
        cells += [f"{mid(inside[name]):.2f}", f"{mid(inside[name]) / base_inside:.2f}", str(right[name])]
        table.append(f"| {' | '.join(cells)} |")
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument(
        "--peers", default=os.environ.get("PEERS") or sys.executable, help="their Python; several with commas"
    )
    parser.add_argument("--readme", action="store_true", help="put the table into bench/README.md")
    args = parser.parse_args()
    table = measure(1 if args.quick else 5, args.peers)
    print("\n".join(table))
    if args.readme:
        readme = HERE / "README.md"
        marks = r"(<!-- pdf:start -->).*?(<!-- pdf:end -->)"
        text = re.sub(marks, lambda m: "\n".join([m[1], *table, m[2]]), readme.read_text("utf-8"), flags=re.S)
        readme.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
