"""Verdicts for machines: JSON of our own, and SARIF 2.1.0 for editors and CI. Values in, values out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..plan import Row
from ..rulebook import Rule, RuleBook
from .judge import OFF, Verdict

SHOWN = (
    "code",
    "severity",
    "message",
    "place",
    "text",
    "suggestion",
    "finding_id",
    "block_id",
    "char_start",
    "char_end",
)
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_json(verdicts: Iterable[Verdict], unread: Iterable[str] = (), left: Iterable[Row] = ()) -> str:
    """Every plan with its findings, those waived marked; the files that could not be read; loose findings on waivers."""
    made = {
        "taizhang": __version__,
        "documents": [_document(one) for one in verdicts],
        "unread": list(unread),
        "waivers": [_shown(row) for row in left],
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def _document(verdict: Verdict) -> Mapping[str, Any]:
    names = ("document_id", "file_name", "title", "char_count", "unparsed_chars", "accounted_ratio")
    waived = [
        {**_shown(row), "waived": {"reason": w.reason, "until": w.until and str(w.until)}} for row, w in verdict.waived
    ]
    return {
        "file": verdict.path,
        **{name: verdict.document[name] for name in names},
        "counts": {**verdict.counts(), "waived": len(waived)},
        "findings": [*({**_shown(row), "waived": None} for row in verdict.told), *waived],
    }


def _shown(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in SHOWN}


def as_sarif(verdicts: Sequence[Verdict], book: RuleBook, left: Iterable[Row] = ()) -> str:
    """One run of SARIF 2.1.0.

    A region counts code points in the text that was read: the blocks of the plan in reading order, joined by line feeds.
    The place in words (表1第5行第3列) is the logical location. What was waived is there, suppressed, with its reason.
    """
    rules = [rule for rule in book.of("finding") if rule.meaning["severity"] != OFF]
    index = {rule.id: n for n, rule in enumerate(rules)}
    results: list[Mapping[str, Any]] = []
    for verdict in verdicts:
        starts = _starts(verdict)
        told: list[tuple[Row, str | None]] = [(row, None) for row in verdict.told]
        for row, reason in [*told, *((row, waiver.reason) for row, waiver in verdict.waived)]:
            results.append(_result(row, index, _location(row, verdict.path, starts), reason))
    results += [_result(row, index, None, None) for row in left]
    driver = {"name": "taizhang", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.meaning["message"]},
        "defaultConfiguration": {"level": LEVELS[rule.meaning["severity"]]},
    }
    if suggestion := rule.get("suggestion"):
        said["help"] = {"text": suggestion}
    if example := rule.get("example"):
        said["fullDescription"] = {"text": example}
    return said


def _starts(verdict: Verdict) -> Mapping[str, int]:
    # block → where its text begins in the whole
    out, place = {}, 0
    for block in verdict.plan.rows["blocks"]:
        out[block["block_id"]] = place
        place += len(block["text"]) + 1
    return out


def _location(row: Row, path: str, starts: Mapping[str, int]) -> Mapping[str, Any]:
    uri = quote(PurePath(path).as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": f"file://{uri}" if PurePath(path).is_absolute() else uri}}
    made: dict[str, Any] = {"physicalLocation": physical}
    if row["block_id"] is not None:
        start, length = row["char_start"], row["char_end"] - row["char_start"]
        physical["region"] = {"charOffset": starts[row["block_id"]] + start, "charLength": length}
        if row["text"]:
            physical["region"]["snippet"] = {"text": row["text"]}
    if row["place"]:
        made["logicalLocations"] = [
            {"name": row["place"], "fullyQualifiedName": f"{row['block_id'] or ''} {row['place']}".strip()}
        ]
    return made


def _result(
    row: Row, index: Mapping[str, int], where: Mapping[str, Any] | None, reason: str | None
) -> Mapping[str, Any]:
    words = f"{row['message']} → {row['suggestion']}" if row["suggestion"] else row["message"]
    print_ = hashlib.sha256(f"{row['code']}\0{row['text'] or ''}\0{row['message']}".encode()).hexdigest()[:16]
    made: dict[str, Any] = {
        "ruleId": row["code"],
        "ruleIndex": index.get(row["code"], -1),
        "level": LEVELS.get(row["severity"], "none"),
        "message": {"text": words},
        "locations": [where] if where else [],
        "partialFingerprints": {"finding/v1": print_},
    }
    if reason is not None:
        made["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return made
