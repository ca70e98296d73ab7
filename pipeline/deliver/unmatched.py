"""unmatched.csv: words that looked like a deadline, a unit or a table header and met no rule. The clerk's work list."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..store import Record

# the finding's code → what the words looked like
LOOKS_LIKE = {
    "deadline_unresolved": "deadline",
    "deadline_missed": "deadline",
    "units_unread": "unit",
    "unknown_header": "header",
}
COLUMNS = ("looks_like", "words", "count", "file_name", "place", "sentence")


def write_unmatched(record: Record, path: Path) -> None:
    """Write unmatched.csv from the findings of the record, the commonest words first."""
    names = {d["document_id"]: d["file_name"] for d in record.documents()}
    rows = [row for row in record.table("findings").to_pylist() if row["code"] in LOOKS_LIKE]
    count = Counter((LOOKS_LIKE[row["code"]], row["text"]) for row in rows)
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        told.setdefault((LOOKS_LIKE[row["code"]], row["text"]), row)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for (kind, words), times in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        row = told[kind, words]
        writer.writerow([kind, words, times, names.get(row["document_id"], ""), row["place"], row["message"]])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
