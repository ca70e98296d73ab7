"""Numbers that a browser prints before the items of a list and that the text does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from .htmltree import css
from .numerals import numeral

# list-style-type or the type attribute → number format, what follows the number (CSS Counter Styles 3)
FORMATS = {
    "1": ("decimal", "."),
    "a": ("lowerLetter", "."),
    "A": ("upperLetter", "."),
    "i": ("lowerRoman", "."),
    "I": ("upperRoman", "."),
    "decimal": ("decimal", "."),
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "japanese-informal": ("japaneseCounting", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
_TYPED = re.compile(r"[（(]?([0-9]{1,4}|[一二三四五六七八九十百]{1,6})[）).．、]")
LIMIT = 1_000_000


@dataclass
class _List:
    value: int
    step: int
    style: str | None


class Lists:
    """The open lists of a page; `label` is asked once for each paragraph and gives each number once."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._waiting: list[str] = []  # of each open item the number that no paragraph has taken yet
        self._empty: list[bool] = []  # whether it has held no word yet

    def open(self, element: etree._Element, tag: str) -> None:
        if tag == "li":
            self._waiting.append(self._next(element))
            self._empty.append(True)
            return
        style = _style(element)
        step, start = 1, _number(element.get("start"))
        if tag == "ol" and element.get("reversed") is not None:
            step = -1
            start = start if start is not None else sum(1 for _ in element.iterchildren("li"))
        self._lists.append(_List(1 if start is None else start, step, (style or "1") if tag == "ol" else None))

    def close(self, tag: str) -> str:
        """The number of an item that ends without a word; it is printed all the same (序号 columns)."""
        if tag == "li" and self._waiting:
            label, empty = self._waiting.pop(), self._empty.pop()
            if self._empty:
                self._empty[-1] = False
            return label if empty else ""
        if tag != "li" and self._lists:
            self._lists.pop()
        return ""

    def label(self, text: str) -> str:
        """The number printed before this paragraph; "" when it has none, or when the text says the number itself."""
        if not self._waiting:
            return ""
        self._empty[-1] = False
        if not self._waiting[-1]:
            return ""
        label, self._waiting[-1] = self._waiting[-1], ""
        typed = _TYPED.match(text)
        return "" if typed and typed[1] == label[:-1] else label

    def _next(self, li: etree._Element) -> str:
        if not self._lists or self._lists[-1].style is None:
            return ""
        own = self._lists[-1]
        value = _number(li.get("value"))
        number = own.value if value is None else value
        own.value = number + own.step
        fmt, mark = FORMATS.get(_style(li) or own.style or "", ("none", ""))
        if fmt == "none" or not 0 < number <= LIMIT:
            return "" if fmt == "none" else f"{number}."
        return numeral(number, fmt) + mark


def _style(element: etree._Element) -> str | None:
    own = css(element.get("style") or "")
    kind = own.get("list-style-type") or next(
        (w for w in own.get("list-style", "").split() if w in FORMATS or w == "none"), ""
    )
    return kind or (element.get("type") or "").strip() or None


def _number(text: str | None) -> int | None:
    text = (text or "").strip()[:8]
    return int(text) if re.fullmatch(r"-?[0-9]{1,7}", text) else None
