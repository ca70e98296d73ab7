"""One document in several formats gives the same tables but for places: after `extract` nothing knows the format."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import pipeline

SAMPLES = Path(__file__).parent.parent / "samples"
# where something stands in a file, and what the file itself is; `split_by` is the sign that parted two units, which a
# format without paragraphs in its cells does not have
PLACES = {
    *("document_id", "file_name", "format", "sha256", "bytes", "page_count", "page", "seq", "block_id", "block_ids"),
    *("char_start", "char_end", "char_count", "unparsed_chars", "accounted_ratio", "finding_count", "split_by"),
}
TABLES = (
    "documents",
    "sections",
    "tasks",
    "measures",
    "task_units",
    "units",
    "deadlines",
    "citations",
    "targets",
    "links",
)


def pairs():
    for folder in sorted(SAMPLES.iterdir()):
        files = sorted(folder.glob("source*.*"))
        for other in files:
            if other.name != "source.docx" and (folder / "source.docx") in files:
                yield pytest.param(folder / "source.docx", other, id=f"{folder.name}/{other.name}")


@cache
def values(path):
    """Table → its rows without places; ids without the document they begin with."""
    rows = pipeline.parse(path).rows
    document = rows["documents"][0]["document_id"]

    def value(cell):
        if isinstance(cell, str):
            return cell.removeprefix(document)
        return [value(one) for one in cell] if isinstance(cell, list) else cell

    return {
        name: [{column: value(cell) for column, cell in row.items() if column not in PLACES} for row in rows[name]]
        for name in TABLES
    }


@pytest.mark.parametrize(("word", "other"), list(pairs()))
@pytest.mark.parametrize("table", TABLES)
def test_the_tables_are_those_of_the_word_file(word, other, table):
    assert values(other)[table] == values(word)[table]


def test_the_sample_stands_in_every_format():
    assert sum(len(values(SAMPLES / "130607-2022-zhengwu-gongkai" / "source.docx")[table]) for table in TABLES) > 700
    assert len(list(pairs())) >= 11
