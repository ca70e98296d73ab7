"""unmatched.csv: words that looked like a deadline, a unit, a target or a table header and met no rule. The clerk's work list."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..rulebook import marked
from .csvfile import BOM, neutral

if TYPE_CHECKING:
    from ..store import Record

# the finding's code → what the words looked like
LOOKS_LIKE = {
    "deadline_unresolved": "deadline",
    "deadline_missed": "deadline",
    "target_missed": "target",
    "units_unread": "unit",
    "unit_unknown": "unit",
    "unknown_header": "header",
    "header_missed": "header",
}
SENTENCE = 60  # characters kept on either side of the words where a sentence is longer
_BEFORE = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Words that no rule reads, once for each kind and wording, with the first place they stand in.

    looks_like  deadline, unit, target, header
    words       without blanks and line breaks
    count       how often, in how many `documents`
    sentence    the sentence as printed, the words in it in 【】
    """

    looks_like: str
    words: str
    count: int
    documents: int
    file_name: str
    document_id: str
    place: str
    sentence: str


COLUMNS = tuple(field.name for field in fields(Unmatched))


def unmatched(record: Record) -> tuple[Unmatched, ...]:
    """The words of all findings that say so, the commonest first; of those as common, the first met first."""
    names = {d["document_id"]: d["file_name"] for d in record.documents()}
    rows = record.among("findings", "code", LOOKS_LIKE)
    texts = {b["block_id"]: b["text"] for b in record.among("blocks", "block_id", {row["block_id"] for row in rows})}
    return _gathered(rows, names, texts)


def write_unmatched(record: Record, path: Path) -> None:
    """Write unmatched.csv (UTF-8 with BOM, no cell that a spreadsheet would run)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in unmatched(record):
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in astuple(one)])
    path.write_bytes(BOM + out.getvalue().encode())


def sentence(text: str, start: int, end: int) -> str:
    """The sentence of [start, end) with these words in marks; a very long one is cut, never inside the words.

    >>> sentence("一、防汛。各乡镇要在药王庙会前完成清障。", 9, 14)
    '各乡镇要在【药王庙会前】完成清障。'
    """
    first = max((m.end() for m in _BEFORE.finditer(text, 0, start)), default=0)
    stop = _BEFORE.search(text, end)
    last = len(text) if stop is None else stop.end() if stop[0] != "\n" else stop.start()
    first, last = max(first, start - SENTENCE), min(last, end + SENTENCE)
    return marked(text[first:last], [(start - first, end - first)]).strip()


def _gathered(
    rows: Iterable[Mapping[str, Any]], names: Mapping[str, str], texts: Mapping[str, str]
) -> tuple[Unmatched, ...]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        words = "".join((row["text"] or "").split())
        if words:
            found.setdefault((LOOKS_LIKE[row["code"]], words), []).append(row)
    made = [
        Unmatched(
            kind,
            words,
            len(same),
            len({row["document_id"] for row in same}),
            names[same[0]["document_id"]],
            same[0]["document_id"],
            same[0]["place"] or "",
            sentence(texts[same[0]["block_id"]], same[0]["char_start"], same[0]["char_end"]),
        )
        for (kind, words), same in found.items()
    ]
    return tuple(sorted(made, key=lambda one: -one.count))
