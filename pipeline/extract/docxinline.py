"""The words of one paragraph: runs, fields, revisions, symbols, what is hidden and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .docxfields import field_words
from .docxtree import MC, W, alternative

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

OBJECT = "\ufffc"
PLAIN = {W + "t", M + "t"}
SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
# ticks and boxes that offices take from these fonts (w:sym), by font and code
SYMBOLS = {
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFB): "✗",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x6E): "■",
    ("wingdings", 0x6C): "●",
    ("wingdings", 0xAB): "★",
    ("wingdings", 0x9F): "•",
    ("wingdings", 0xE0): "→",
    ("wingdings 2", 0x50): "✓",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
    ("symbol", 0xB7): "•",
    ("symbol", 0xB3): "≥",
    ("symbol", 0xA3): "≤",
}
IGNORED = {W + n for n in ("pPr", "rPr", "delInstrText", "rt", "sdtPr", "proofErr", "bookmarkStart")} | {
    W + "bookmarkEnd",
    W + "fldData",
}


@dataclass
class Words:
    """text: what a reader sees; hidden: marked as hidden; boxes: text boxes that hang on the paragraph."""

    text: str = ""
    hidden: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    losses: list[tuple[str, str]] = field(default_factory=list)
    picture: bool = False
    deleted_mark: bool = False  # the paragraph itself is tracked as deleted


def inline(parent: etree._Element, words: Words, fields: list[str], hidden: bool = False) -> None:
    """Add what stands below an element to `words`; elements nobody knows are descended into, so no text is lost.

    fields   the open fields, carried from paragraph to paragraph: `instr` and the code up to the separator, then `result`
    """
    for child in parent:
        tag = child.tag
        if tag in PLAIN or tag == W + "instrText":
            if not _in_code(fields):
                _add(words, (child.text or "") if tag in PLAIN else "", hidden)
            elif fields[-1] != "result":
                fields[-1] += child.text or ""
        elif tag == W + "r":
            inline(child, words, fields, hidden or _vanishes(child))
        elif tag in SIGNS:
            if tag != W + "br" or child.get(W + "type") not in ("page", "column"):
                _add(words, SIGNS[tag], hidden)
        elif tag == W + "sym":
            _symbol(child, words, hidden)
        elif tag == W + "fldChar":
            _add(words, _field(child, fields), hidden)
        elif tag in (W + "del", W + "moveFrom"):
            words.losses.append(("deleted_text", "".join(t.text or "" for t in child.iter(W + "t", W + "delText"))))
        elif tag == W + "ruby":
            reading = "".join(t.text or "" for rt in child.iter(W + "rt") for t in rt.iter(W + "t"))
            words.losses.append(("ruby_text", reading))
            inline(child, words, fields, hidden)
        elif tag == MC + "AlternateContent":
            inline(alternative(child), words, fields, hidden)
        elif tag == W + "txbxContent":
            words.boxes.append(child)
        elif tag == W + "object":
            words.losses.append(("embedded_object", ""))
            inline(child, words, fields, hidden)
        elif tag in (W + "drawing", W + "pict"):
            words.picture = True
            inline(child, words, fields, hidden)
        elif tag == W + "pPr":
            mark = child.find(W + "rPr")
            words.deleted_mark = mark is not None and mark.find(W + "del") is not None
        elif tag not in IGNORED and isinstance(tag, str):
            inline(child, words, fields, hidden)


def _add(words: Words, text: str, hidden: bool) -> None:
    if OBJECT in text:  # stands for a picture or an object, and is no letter
        words.picture, text = True, text.replace(OBJECT, "")
    if hidden:
        words.hidden += text
    else:
        words.text += text


def _vanishes(run: etree._Element) -> bool:
    rpr = run.find(W + "rPr")
    mark = rpr.find(W + "vanish") if rpr is not None else None
    return mark is not None and mark.get(W + "val") not in ("0", "false")


def _symbol(sym: etree._Element, words: Words, hidden: bool) -> None:
    try:
        code = int(sym.get(W + "char") or "", 16)
    except ValueError:
        return
    font = (sym.get(W + "font") or "").lower()
    known = SYMBOLS.get((font, code & 0xFF))
    if known is None:
        known = chr(code)
        words.losses.append(("unknown_symbol", f"{font} {code:04X}"))
    _add(words, known, hidden)


def _in_code(fields: list[str]) -> bool:
    return any(field != "result" for field in fields)


def _field(mark: etree._Element, fields: list[str]) -> str:
    # what the field shows when it ends and has stored no result
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        fields.append("instr")
    elif kind == "separate" and fields:
        fields[-1] = "result"
    elif kind == "end" and fields:
        ended = fields.pop()
        if ended != "result" and not _in_code(fields):
            return field_words(ended.removeprefix("instr"))
    return ""
