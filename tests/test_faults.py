"""Faults planted at random into samples are told, with the right code at the right place, and nothing else is.

The short form plants each kind of fault into every sample that has a place for it, a few times; with PROOFS=1 many
times, over every format of the sample. What may be told beside a fault is what follows from it (`Harm.also`).
"""

from __future__ import annotations

import csv
import io
import os
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import pipeline
from pipeline.extract import extract
from pipeline.reader import knowledge
from pipeline.stages import read
from tests.faults import FAULTS
from tests.gold import folders, sources

PROOFS = bool(os.environ.get("PROOFS"))
SEEDS = 6 if PROOFS else 1
RECALL = 0.98
# of a sample in several formats the fastest; a text copy has no cells to plant into
FORMATS = (".docx", ".html", ".txt")
GOLDEN = Path(__file__).parent / "warnings.csv"


def files() -> list[Path]:
    chosen = [
        min(found, key=lambda p: (FORMATS.index(p.suffix), p.name)) for f in folders() for found in [_read(f)] if found
    ]
    return sorted({*chosen, *(p for f in folders() for p in _read(f))}) if PROOFS else chosen


def _read(folder: Path) -> list[Path]:
    return [path for path in sources(folder) if path.suffix in FORMATS]


@cache
def unharmed(path: Path):
    return read(extract(path), *knowledge())


def told(reading, seqs=None, words=False) -> Counter:
    """(code, block of the unharmed document) of every finding; with the words that it is about, too."""
    back = {new: old for old, new in seqs.items()} if seqs else {}
    texts = reading.doc.blocks
    return Counter(
        (
            r.code,
            back.get(r.block, r.block),
            texts[r.block].text[r.start : r.end] if words and r.block is not None else "",
        )
        for r in reading.remarks
    )


def planted(name: str):
    """(where, harm, findings that are new, findings at places where there was none of their code) of each fault planted."""
    for path in files():
        for seed in range(SEEDS):
            harm = FAULTS[name](unharmed(path), random.Random(f"{name} {path.parent.name} {path.name} {seed}"))
            if harm is None:
                break
            after, before = read(harm.doc, *knowledge()), unharmed(path)
            new = told(after, harm.seqs, words=True) - told(before, words=True)
            more = told(after, harm.seqs) - told(before)
            yield f"{path.parent.name}/{path.name} {seed} {harm.what}", harm, new, more


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_told_where_it_is_and_nothing_else(name):
    missed, beside, count = [], [], 0
    for where, harm, new, more in planted(name):
        count += 1
        if not any(code in harm.codes and block in harm.at for code, block, _ in new):
            missed.append((where, harm.codes, harm.at, dict(new)))
        beside += [
            (where, one) for one in more if not (one[0] in harm.codes and one[1] in harm.at) and one[0] not in harm.also
        ]
    assert count, "no sample has a place for it"
    assert 1 - len(missed) / count >= RECALL, missed
    assert len(beside) <= (1 - RECALL) * count, beside


def test_an_unharmed_sample_is_told_what_a_reader_found_true_in_it(golden):
    rows = []
    for folder in folders():
        path = min(sources(folder), key=lambda p: ((*FORMATS, p.suffix).index(p.suffix), p.name))
        plan = pipeline.parse(path)
        rows += [
            (folder.name, f["severity"], f["code"], f["place"] or "", f["message"])
            for f in plan.rows["findings"]
            if f["severity"] != "info"
        ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    golden(out.getvalue(), GOLDEN)
