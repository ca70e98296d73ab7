"""Who is measured, and what each does with one file: read every word of its cells, or more.

    python bench/contenders.py NAME FILE TIMES    in process: a warm-up, then TIMES calls; prints JSON

Each contender is the source of a function `read(path)`; a whole run is that source and one call, in a fresh process.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
import time

RAW = """
import zipfile
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

def read(path):
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    return [node.text for node in root.iter(W + "t")]
"""
PARSE = """
import pipeline

def read(path):
    return pipeline.parse(path)
"""
PYTHON_DOCX = """
from docx import Document

def read(path):
    return [[cell.text for cell in row.cells] for table in Document(path).tables for row in table.rows]
"""
DOCLING = """
from pathlib import Path

from docling.backend.msword_backend import MsWordDocumentBackend
from docling.datamodel.base_models import InputFormat
from docling.datamodel.document import InputDocument

def read(path):
    source = InputDocument(path_or_stream=Path(path), format=InputFormat.DOCX, backend=MsWordDocumentBackend)
    return source._backend.convert()
"""
# name → (the package that must be there, the source); "raw" is what the others are divided by
SOURCES = {
    "raw: unzip + lxml": ("lxml", RAW),
    "taizhang, tables in memory": ("pipeline", PARSE),
    "python-docx row.cells": ("docx", PYTHON_DOCX),
    "docling docx backend": ("docling", DOCLING),
}
BASE = "raw: unzip + lxml"


def present() -> dict[str, str]:
    """Name → source of those whose package is installed."""
    return {name: source for name, (package, source) in SOURCES.items() if importlib.util.find_spec(package)}


def whole(source: str, file: str) -> list[str]:
    """The command of one whole run."""
    return [sys.executable, "-c", f"import sys\n{source}\nread(sys.argv[1])\n", file]


def inside(name: str, file: str, times: int) -> list[float]:
    """Seconds of each call after a warm-up; imports and rules are paid for before."""
    names: dict[str, object] = {}
    exec(SOURCES[name][1], names)
    read = names["read"]
    assert callable(read)
    read(file)
    out = []
    for _ in range(times):
        begin = time.perf_counter()
        read(file)
        out.append(time.perf_counter() - begin)
    return out


def main() -> int:
    name, file, times = sys.argv[1:]
    seconds = inside(name, file, int(times))
    print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, ".")  # the checkout, where taizhang is not installed
    sys.exit(main())
