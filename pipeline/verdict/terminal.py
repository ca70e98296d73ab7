"""A verdict as lines for a terminal, Chinese, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import one_line
from ..plan import Row
from ..summary import SEVERITIES
from .judge import Verdict


def lines(verdict: Verdict) -> str:
    """The character account, every finding, and what was waived."""
    document, counts = verdict.document, verdict.counts()
    said = "，".join(f"{SEVERITIES[grade]} {n}" for grade, n in counts.items() if n) or "没有发现问题"
    ratio = f"{document['accounted_ratio']:.2%}"
    out = [
        f"{document['title'] or document['file_name']}（{document['file_name']}）",
        f"  字数 {document['char_count']}，未解释 {document['unparsed_chars']}（已解释 {ratio}）",
        *map(_line, verdict.told),
    ]
    for row, waiver in verdict.waived:
        until = f"，至 {waiver.until}" if waiver.until else ""
        out.append(f"  豁免 [{row['code']}] {_place(row)}{row['message']}（理由：{waiver.reason}{until}）")
    out.append(f"  合计 {said}" + (f"，豁免 {len(verdict.waived)}" if verdict.waived else ""))
    return "\n".join(map(one_line, out))


def loose(rows: Iterable[Row]) -> str:
    """Findings that belong to no plan."""
    return "\n".join(one_line(_line(row)) for row in rows)


def _line(row: Row) -> str:
    remedy = f" → {row['suggestion']}" if row["suggestion"] else ""
    return f"  {SEVERITIES[row['severity']]} [{row['code']}] {_place(row)}{row['message']}{remedy}"


def _place(row: Row) -> str:
    return f"{row['place']}：" if row["place"] else ""
