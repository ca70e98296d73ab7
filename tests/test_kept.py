"""What the book could once read it still reads: a sentence of every rule, kept apart from the rules.

A rule taken out of its file takes its sentences with it; these stay, and name it. New rules are not missed here; where
a loss is meant, `pytest tests/test_kept.py --accept` writes the sentences anew.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.rulebook import RuleBook, marked, unmark
from pipeline.rulecheck import MANY_READINGS, READERS, found_in
from pipeline.rulefiles import load
from tests.test_ablation import read, without

KEPT = Path(__file__).parent / "kept.csv"
COLUMNS = ("kind", "rule", "region", "sentence", "gives")
BETWEEN = " | "  # meanings of a sentence with several stretches


def kept() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(KEPT.read_text("utf-8"))))


def sentences(book: RuleBook) -> str:
    """One sentence of each rule, the shortest that is read differently without it, as kept.csv holds them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rule in book.rules:
        hits = sorted((e for e in rule.examples if e.spans and not e.later), key=lambda e: len(e.text))
        if rule.kind in READERS and hits:
            rest, own = (b.at(rule.get("region")) for b in (without(book, rule), book))
            missed = (e for e in hits if read(e.text, rest, rule.kind) != read(e.text, own, rule.kind))
            one = next(missed, hits[0])
            gives = BETWEEN.join(one.gives)
            writer.writerow([rule.kind, rule.id, rule.get("region", ""), marked(one.text, one.spans), gives])
    return out.getvalue()


@pytest.mark.parametrize("row", kept(), ids=lambda row: f"{row['kind']}:{row['rule']}")
def test_what_was_once_read_is_still_read(row, book):
    text, spans = unmark(row["sentence"])
    want = {(start, end, gives) for (start, end), gives in zip(spans, row["gives"].split(BETWEEN), strict=True)}
    got = {(r.start, r.end, r.gives) for r in found_in(text, book.at(row["region"] or None), row["kind"])}
    assert want <= got if row["kind"] in MANY_READINGS else want == got


def test_the_kept_sentences_are_written_only_when_asked(request):
    if request.config.getoption("--accept"):
        KEPT.write_text(sentences(load()), "utf-8")
        pytest.fail(f"accepted {KEPT}: read git diff, then run without --accept")
    assert kept()
