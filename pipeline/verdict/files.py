"""The two files in which an office says what it makes of the findings: grades and waivers. The edge; one reader for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import CallWrong, RuleFault, RulesInvalid
from ..rulebook import Entry, RuleBook
from ..rulefiles import read
from .judge import Waiver

BESIDE = ".waivers.toml"  # 要点.docx.waivers.toml beside 要点.docx
SEVERITIES = ("error", "warning", "info", "off")
FINDING = {"id": str, "severity": str, "note": str}
WAIVER = {"code": str, "words": str, "place": str, "file": str, "reason": str, "until": date}

Fault = Callable[[str, str, str], None]


def grades(path: Path, book: RuleBook) -> Mapping[str, str]:
    """Code → severity of a file of [[finding]] stanzas. Raises RulesInvalid with all its faults, Chinese."""
    found: dict[str, str] = {}
    for entry, fault in _stanzas(path, "finding", FINDING):
        code, severity = entry.data.get("id"), entry.data.get("severity")
        _known(code, "id", book, fault)
        if severity not in SEVERITIES:
            fault(
                "severity",
                f"没有 {severity} 这一级" if severity else "缺少 severity",
                f"从 {'、'.join(SEVERITIES)} 中选一个",
            )
        elif isinstance(code, str):
            found[code] = severity
    return found


def waivers(path: Path, book: RuleBook) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order. Raises RulesInvalid with all its faults, Chinese."""
    found: list[Waiver] = []
    for entry, fault in _stanzas(path, "waiver", WAIVER):
        said = entry.data
        _known(said.get("code"), "code", book, fault)
        if not str(said.get("reason", "")).strip():
            fault("reason", "缺少 reason", '写明为什么可以不改，例如 reason = "上级文件如此"')
        if not (said.get("words") or said.get("place")):
            fault("code", "没有写是哪一处", 'words = "原文中的字" 或 place = "表1第5行第3列"，取自检查结果')
        until = said.get("until")
        found.append(
            Waiver(
                str(said.get("code", "")),
                str(said.get("words", "")),
                str(said.get("place", "")),
                str(said.get("file", "")),
                str(said.get("reason", "")),
                until.date() if isinstance(until, datetime) else until if isinstance(until, date) else None,
            )
        )
    return tuple(found)


def beside(plan: Path) -> Path | None:
    """The waivers that stand beside a plan, when there are any."""
    path = plan.with_name(plan.name + BESIDE)
    return path if path.is_file() else None


def _stanzas(path: Path, kind: str, keys: Mapping[str, type]) -> list[tuple[Entry, Fault]]:
    """Each stanza of a file with what takes its faults; they are raised together once the last stanza was looked at."""
    try:
        entries, faults = read(path.name, path.read_bytes())
    except OSError as error:
        raise CallWrong(f"{path}：文件读不了（{error.strerror}） → 检查文件名") from error
    found: list[tuple[Entry, Fault]] = []
    for entry in entries:
        fault = _fault(entry, faults)
        if entry.kind != kind:
            fault("", f"不认识的条目 [[{entry.kind}]]", f"这个文件里只有 [[{kind}]]")
            continue
        for key, value in entry.data.items():
            _shape(key, value, keys, fault)
        found.append((entry, fault))
    return _Checked(found, faults)


class _Checked(list[tuple[Entry, Fault]]):
    # a list that refuses, when it was gone through, what was found wrong on the way
    def __init__(self, stanzas: list[tuple[Entry, Fault]], faults: list[RuleFault]) -> None:
        super().__init__(stanzas)
        self._faults = faults

    def __iter__(self) -> Any:
        yield from super().__iter__()
        if self._faults:
            raise RulesInvalid(sorted(self._faults, key=lambda fault: fault.line))


def _fault(entry: Entry, faults: list[RuleFault]) -> Fault:
    def told(key: str, problem: str, remedy: str) -> None:
        line = entry.line_of_key(key) if key else entry.line
        name = str(entry.data.get("id") or entry.data.get("code") or "-")
        faults.append(RuleFault(entry.file, line, name, problem, remedy))

    return told


def _shape(key: str, value: Any, keys: Mapping[str, type], fault: Fault) -> None:
    if key not in keys:
        near = get_close_matches(key, keys, 1)
        fault(key, f"不认识的键 {key}", f"是不是 {near[0]}？" if near else f"可用的键：{'、'.join(keys)}")
    elif not isinstance(value, keys[key]):
        wanted = "2022-12-31（不加引号）" if keys[key] is date else '"…"'
        fault(key, f"{key} 的值不对", f"写成 {key} = {wanted}")


def _known(code: object, key: str, book: RuleBook, fault: Fault) -> None:
    codes = [rule.id for rule in book.of("finding")]
    if code not in codes:
        near = get_close_matches(str(code), codes, 1)
        remedy = f"是不是 {near[0]}？" if near else "代码见 docs/findings.md"
        fault(key, f"没有 {code} 这种问题" if code else f"缺少 {key}", remedy)
