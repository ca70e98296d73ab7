"""A plan's PDF read by us and by the peers that are installed: time, memory, and how many of its task rows come out whole.

    python bench/pdf.py [--quick]

A row is whole when one row of what a reader gives holds the task's text and its deadline, blanks left out. Readers that
give text alone are asked for the task's text in one piece.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import statistics
import subprocess
import sys
from pathlib import Path

from run import ROOT, run

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
BASE = "pdfplumber, text and tables"
SOURCES = {
    BASE: ("pdfplumber", PDFPLUMBER),
    "taizhang, cells": ("pipeline", EXTRACT),
    "taizhang, tables in memory": ("pipeline", TAIZHANG),
    "pypdfium2, text": ("pypdfium2", PDFIUM),
    "PyMuPDF, find_tables": ("pymupdf", PYMUPDF),
    "markitdown": ("markitdown", MARKITDOWN),
}
TAIL = "\nimport json, sys\nprint(json.dumps(read(sys.argv[1]), ensure_ascii=False))\n"


def whole_rows(rows: list[list[str]]) -> int:
    """How many tasks of the sample stand whole in one row."""
    squeezed = ["".join("".join(cell for cell in row if cell).split()) for row in rows]
    with open(SAMPLE / "tasks.csv", encoding="utf-8", newline="") as file:
        wanted = [("".join(t["text"].split()), t["deadline_text"]) for t in csv.DictReader(file)]
    return sum(any(text in row and due in row for row in squeezed) for text, due in wanted)


def main() -> int:
    rounds = 1 if "--quick" in sys.argv[1:] else 5
    print("| | whole s | (CPU s) | × pdfplumber | peak MiB | rows whole of 36 |\n|---|---|---|---|---|---|")
    figures: dict[str, list[tuple[float, float, float]]] = {}
    right: dict[str, int] = {}
    for turn in range(rounds + 1):
        for name, (package, source) in SOURCES.items():
            if importlib.util.find_spec(package) is None:
                if not turn:
                    print(f"not measured: {name} → {sys.executable} -m pip install {package}", file=sys.stderr)
                continue
            command = [sys.executable, "-c", source + TAIL, str(FILE)]
            if not turn:
                said = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
                right[name] = whole_rows(json.loads(said))
            else:
                figures.setdefault(name, []).append(run(command))
    base = statistics.median(one[0] for one in figures[BASE])
    for name, runs in figures.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"| {name} | {wall:.2f} | ({cpu:.2f}) | {wall / base:.2f} | {peak:.0f} | {right[name]} |")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
