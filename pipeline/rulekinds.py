"""What an entry of each kind may and must say. The shape only: what the words mean stands in the rule files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# a key's check: a type, "strings", or the words allowed
Check = type | str | tuple[str, ...]

# what `rules suggest` leaves for the clerk to say
TO_FILL = "请填"

COMMON: Mapping[str, Check] = {
    "id": str,
    "phrases": "strings",
    "pattern": str,
    "not_followed_by": "strings",
    "not_preceded_by": "strings",
    "hit": "sentences",
    "miss": "strings",
    "later": "sentences",
    "source": str,
    "note": str,
}


@dataclass(frozen=True, slots=True)
class RuleKind:
    """keys: what may stand beside the common keys; needs: what must; sentences: whether a hit is demanded."""

    keys: Mapping[str, Check] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    sentences: bool = True


DEADLINE_KINDS = (
    "due",
    "window",
    "within",
    "recurring",
    "ongoing",
    "event",
    "immediate",
    "indefinite",
    "none",
    "ignored",
)
ROLES = ("lead", "responsible", "supporting", "guiding")
LEVELS = ("national", "province", "city", "county", "township")
UNIT_KINDS = ("government", "department", "office", "vertical", "township", "enterprise", "committee", "party")
COLUMNS = (
    "number",
    "section",
    "name",
    "task",
    "detail",
    "lead",
    "responsible",
    "supporting",
    "guiding",
    "deadline",
    "start",
    "extra",
)

KINDS: Mapping[str, RuleKind] = {
    # what phrases use as a slot: a list of words, or phrases of its own, found after the slots that `after` names;
    # values: what each of them means
    "slot": RuleKind({"words": "strings", "values": "texts", "after": "strings"}, sentences=False),
    # how an item's number is printed; rank orders the styles from the outermost in
    "numbering": RuleKind({"rank": int, "numerals": ("chinese", "arabic", "circled", "roman", "none")}, ("rank",)),
    # a chapter's number without any mark (1 总则), which only its neighbors prove
    "bare_number": RuleKind({"rank": int, "numerals": ("arabic",)}, ("rank",)),
    # words that open a sentence, so that a heading glued to it ends before them
    "sentence_opener": RuleKind(),
    # a header word of a task table → the column it means
    "header": RuleKind({"names": "strings", "column": COLUMNS}, ("column",)),
    # the words of a cell that make its row no task, or that stand for the cell above
    "row": RuleKind({"row": ("ditto", "total", "note")}, ("row",)),
    # parts of the letter by GB/T 9704
    "letterhead": RuleKind({"part": str, "where": ("top", "end", "any", "run_in")}, ("part",)),
    # a label of the metadata that a government page prints around a paper → the column of documents it fills
    "meta": RuleKind(
        {
            "names": "strings",
            "field": ("title", "doc_number", "issuer", "issued_on", "published_on", "publicity", "source", "other"),
        },
        ("names", "field"),
    ),
    # a line that belongs to the page and not to the paper: breadcrumbs, buttons, share links
    "furniture": RuleKind(),
    # a table of contents: the line above it, and what stands behind its entries
    "toc": RuleKind({"part": ("title", "page")}, ("part",)),
    "deadline": RuleKind(
        {
            "kind": DEADLINE_KINDS,
            "period": str,
            "lasts": str,
            "edge": ("last", "before"),
            "duration": str,
            "working_days": bool,
            "anchor": str,
            "recurrence": str,
            "where": ("stated", "text", "anywhere"),
            "finding": str,
        },
        ("kind",),
    ),
    # an answer to "is this about time at all": what meets it and no deadline rule is reported
    "signal": RuleKind({"of": ("deadline", "unit", "header", "citation", "target")}, ("of",)),
    # words of the unit grammar: level prefixes, suffixes, separators, group words
    "unit_part": RuleKind({"part": str, "level": LEVELS, "kind": str, "full": str}, ("part",)),
    # what tells a person from a unit
    "person": RuleKind({"part": ("name", "title", "place")}, ("part",)),
    "unit": RuleKind(
        {
            "names": "strings",
            "stems": "strings",
            "forms": "strings",
            "full": str,
            "kind": UNIT_KINDS,
            "level": LEVELS,
            "region": str,
            "parent": str,
            "members": "strings",
            "from": str,
            "until": str,
            "successor": str,
            "alone": bool,
        },
        ("kind",),
    ),
    # words that give a role to the units beside them
    "role": RuleKind(
        {"role": (*ROLES, "person"), "side": ("label", "after", "between", "mark"), "other": ROLES}, ("role", "side")
    ),
    # what a statement of responsibility in running text may hold besides units, and the sentences that make one
    "responsibility": RuleKind(
        # over: a sentence that answers the items before it, too (以上目标责任单位：…)
        {
            "part": ("due_label", "other_label", "filler", "foreign", "note", "sentence"),
            "role": ROLES,
            "over": ("run",),
        },
        ("part",),
    ),
    # words of a sentence that tell who does it, without being a statement of responsibility
    "narrative": RuleKind({"role": ROLES}, ("role",)),
    # who leads where no unit is named as the lead, said once for the whole paper
    "lead_rule": RuleKind({"leads": ("first", "all")}, ("leads",)),
    # part: number (a form of document numbers), after (words behind a title), work (no document); else words before one
    "citation": RuleKind(
        {
            "part": ("number", "after", "work"),
            "relation": ("implements", "forwards", "refers", "repeals"),
            "code": ("short", "strict", "none"),
            "own": bool,
        }
    ),
    # words of the citation grammar: ends of titles, what stands before a code, 以下简称
    "citation_part": RuleKind({"part": str}, ("part",)),
    # the code in a body's document numbers → its full name; {省} in the name takes the value of the word list
    "issuer_code": RuleKind({"issuer": str}, ("issuer",)),
    "target": RuleKind(
        {
            "comparator": ("ge", "gt", "le", "lt", "eq", "approx", "all"),
            "measure": str,
            "value": str,
            "firm": bool,
            "weak": bool,
        }
    ),
    "obligation": RuleKind({"obligation": ("must", "must_not", "should", "may", "explore")}, ("obligation",)),
    # what each level writes in its own way and means alike (全省, 全区), and what stands in every plan and says nothing
    "level_word": RuleKind({"same": str}, ("same",)),
    "boilerplate": RuleKind({"where": ("title",)}),
    # a place outside the tables of GB/T 2260
    "region": RuleKind(
        {"names": "strings", "code": str, "level": LEVELS},
        ("names", "code", "level", "source"),
        sentences=False,
    ),
    # the ledger workbook: its columns, the words it shows, the states to choose from, its lights, how often to report
    "ledger_column": RuleKind(
        {
            "key": str,
            "label": str,
            "names": "strings",
            "width": int,
            "filled": ("plan", "people", "suggested", "mark", "hidden"),
            "shown": ("plan", "unit"),
        },
        ("key", "label", "width", "filled"),
        sentences=False,
    ),
    "ledger_word": RuleKind({"label": str}, ("label",), sentences=False),
    "ledger_status": RuleKind({"label": str, "done": bool}, ("label",), sentences=False),
    "ledger_light": RuleKind(
        {"label": str, "when": ("done", "overdue", "due", "next"), "days": int, "fill": str, "ink": str},
        ("label", "when", "fill", "ink"),
        sentences=False,
    ),
    "ledger_check": RuleKind(
        {"kinds": "strings", "recurrence": str, "until": ("due",)}, ("kinds", "recurrence"), sentences=False
    ),
    # a column of the workbook of a look back, in their order
    "lookback_column": RuleKind(
        {"key": str, "label": str, "width": int, "filled": ("plan", "people")},
        ("key", "label", "width", "filled"),
        sentences=False,
    ),
    # words that the checks of a plan look for
    "check": RuleKind(
        {
            "part": (
                "count",
                "count_in_preamble",
                "count_of_section",
                "odd_group",
                "idle_in_group",
                "numbered_paper",
                "yearly_paper",
                "attachment_label",
                "told",
                "general_section",
            )
        },
        ("part",),
    ),
    # what the checks of a plan call a thing, and how grave it is; off: it is not told
    "finding": RuleKind(
        {"severity": ("error", "warning", "info", "off"), "message": str, "suggestion": str, "example": str},
        ("severity", "message"),
        sentences=False,
    ),
}


def shape_faults(kind: str, entry: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(key, problem, remedy) for every key that is unknown, missing or of the wrong shape; Chinese, for the clerk."""
    from difflib import get_close_matches

    spec = KINDS[kind]
    allowed = {**COMMON, **spec.keys}
    faults: list[tuple[str, str, str]] = []
    for key, value in entry.items():
        if key not in allowed:
            near = get_close_matches(key, allowed, 1)
            faults.append(
                (key, f"不认识的键 {key}", f"是不是 {near[0]}？" if near else f"可用的键：{'、'.join(allowed)}")
            )
        elif value == TO_FILL:
            faults.append((key, f"{key} 还没有填", _fill(key, allowed[key])))
        elif problem := _misfit(value, allowed[key]):
            faults.append((key, f"{key} 的值不对：{problem}", _fill(key, allowed[key])))
    wanted = ["id", *spec.needs, *(["source", "hit"] if spec.sentences else [])]
    faults += [
        (key, f"缺少 {key}", _fill(key, allowed[key])) for key in wanted if not entry.get(key) and entry.get(key) != 0
    ]
    return faults


def _misfit(value: Any, check: Check) -> str:
    if check == "strings":
        return "" if isinstance(value, list) and all(isinstance(v, str) and v for v in value) else "应是一列文字"
    if check == "texts":
        return "" if isinstance(value, list) and all(isinstance(v, str) for v in value) else "应是一列文字"
    if check == "sentences":
        if not isinstance(value, list):
            return "应是一列例句"
        if any(isinstance(v, dict) and set(v) - {"text", "gives"} for v in value):
            unknown = next(k for v in value if isinstance(v, dict) for k in v if k not in ("text", "gives"))
            return f"例句里只有 text 和 gives，没有 {unknown}"
        fits = all(isinstance(v, dict) and isinstance(v.get("text"), str) for v in value)
        return "" if fits else "每一句都要有 text"
    if isinstance(check, tuple):
        return "" if value in check else f"没有 {value} 这一种"
    if isinstance(check, type):
        fits = isinstance(value, check) and not (check is int and isinstance(value, bool))
        return "" if fits else f"应是{_TYPES[check]}"
    return ""


_TYPES = {str: "文字", int: "整数", bool: "true 或 false"}
_SHAPES = {
    "strings": '["…", "…"]',
    "sentences": '[{ text = "…【…】…", gives = "…" }]',
    str: '"…"',
    int: "1",
    bool: "true",
}


def _fill(key: str, check: Check) -> str:
    return f"从 {'、'.join(check)} 中选一个" if isinstance(check, tuple) else f"写成 {key} = {_SHAPES[check]}"
