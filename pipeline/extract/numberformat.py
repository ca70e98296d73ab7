"""What a spreadsheet shows for a number: value × format code → text (ECMA-376 18.8.30), as far as plans use it.

A date keeps the precision of its format: 2022-12-01 shown as 2022年12月 is a month. Formats that print a date with words
are followed; bare ones (12/1/22, Dec-22) become one stable form, 2022-12-01, 2022年12月, 12月1日, so that no reader
has to guess which number is the month.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import isfinite

from .numerals import numeral

# format ids that a file need not spell out (18.8.30), as Excel shows them in Chinese
BUILTIN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "h:mm:ss",
    47: "mm:ss",
    49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
_TOKEN = re.compile(
    r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|General|e\+0+|e-0+|am/pm|a/p|上午/下午|y+|m+|d+|h+|s+|a{3,4}|e|[0#?]|[.,%@/]|.',
    re.I | re.S,
)
_DATE = frozenset("ymdhs")
_WEEK = "一二三四五六日"


def shown(value: float, code: str, from_1904: bool = False) -> str:
    """The text of one number; the plain number where the code is General, wrong, or beyond what is followed here."""
    section, value = _section(code, value)
    tokens = _TOKEN.findall(section)
    kinds = [_kind(token) for token in tokens]
    try:
        if value >= 0 and ("date" in kinds or re.match(r"\[\$-F[48]00\]", section, re.I)):
            return _date(value, tokens, kinds, from_1904)
        if "@" in kinds or {"/", "exponent", "date"} & set(kinds):
            return plain(value)
        if "0" in kinds:
            return _number(value, tokens, kinds)
    except (OverflowError, ValueError, InvalidOperation):
        return plain(value)
    words = "".join(plain(value) if k == "general" else _literal(t) for t, k in zip(tokens, kinds, strict=True))
    # a section of its own for zero may show nothing; nothing else is hidden from a reader of ours
    return words.strip() if words.strip() or (value == 0 and code.count(";") > 1) else plain(value)


def plain(value: float) -> str:
    """A number as General shows it: no .0, no noise of binary fractions."""
    return f"{value:.0f}" if isfinite(value) and abs(value) < 1e15 and value == int(value) else f"{value:.12g}"


def _section(code: str, value: float) -> tuple[str, float]:
    # positive;negative;zero;text: the minus sign is the section's own business
    sections, part = [], ""
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append(part)
            part = ""
        else:
            part += token
    sections.append(part)
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _kind(token: str) -> str:
    low = token.lower()
    if low in ("am/pm", "a/p", "上午/下午") or re.fullmatch(r"a{3,4}|\[[hms]+\]", low):
        return "date"
    if low == "general":
        return "general"
    if low[0] in _DATE or low == "e":
        return "date"
    if low[0] == "e":
        return "exponent"
    if low in ("0", "#", "?"):
        return "0"
    return low if low in (".", ",", "%", "@", "/") else "literal"


def _literal(token: str) -> str:
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token[0] == "[":
        # [$¥-804] shows its sign; colors, conditions and locales show nothing
        sign = re.match(r"\[\$([^\]-]+)", token)
        return sign[1] if sign else ""
    return "" if token[0] in "_*" and len(token) == 2 else token


def _date(value: float, tokens: list[str], kinds: list[str], from_1904: bool) -> str:
    # 1900 counts a 29 February that never was: before it, days are one off
    day = value + (1462 if from_1904 else 0)
    moment = datetime(1899, 12, 30) + timedelta(days=day + (1 if day < 60 else 0))
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    parts = [t.lower() if k == "date" else _literal(t) for t, k in zip(tokens, kinds, strict=True)]
    names = [p for p, k in zip(parts, kinds, strict=True) if k == "date"]
    letters = {
        ("n" if _minutes(names, i) else "y" if name == "e" else name.strip("[]")[0]) for i, name in enumerate(names)
    }
    if not any("\u4e00" <= c <= "\u9fff" for p, k in zip(parts, kinds, strict=True) if k != "date" for c in p):
        return _stable(moment, letters or set("ymd"))
    chinese = any(token.lower().startswith("[dbnum") for token in tokens)
    out, seen = "", 0
    for part, kind in zip(parts, kinds, strict=True):
        if kind == "date":
            out += _field(moment, part, _minutes(names, seen), chinese)
            seen += 1
        else:
            out += part
    return out.strip()


def _minutes(names: list[str], at: int) -> bool:
    # m is minutes beside hours or seconds
    return names[at].strip("[]")[0] == "m" and (
        (at > 0 and names[at - 1].strip("[]")[0] == "h") or (at + 1 < len(names) and names[at + 1][0] == "s")
    )


def _field(moment: datetime, name: str, minutes: bool, chinese: bool) -> str:
    letter = name.strip("[]")[0]
    if letter == "a" or name in ("上午/下午", "ddd", "dddd"):
        day = _WEEK[moment.weekday()]
        return {"aaa": day, "ddd": f"周{day}"}.get(name, f"星期{day}" if "/" not in name else "")
    number = {"y": moment.year, "e": moment.year, "d": moment.day, "h": moment.hour, "s": moment.second}.get(letter)
    if number is None:
        number = moment.minute if minutes else moment.month
    if chinese:
        return numeral(number, "ideographDigital" if letter in "ye" else "chineseCounting")
    if letter == "y":
        return f"{number % 100:02d}" if len(name) <= 2 else str(number)
    return f"{number:02d}" if len(name.strip("[]")) > 1 and letter != "e" else str(number)


def _stable(moment: datetime, letters: set[str]) -> str:
    # letters: y m d h n (minutes) s
    date = {
        "ymd": f"{moment:%Y-%m-%d}",
        "ym": f"{moment.year}年{moment.month}月",
        "y": f"{moment.year}年",
        "md": f"{moment.month}月{moment.day}日",
        "m": f"{moment.month}月",
        "d": f"{moment.day}日",
    }.get("".join(c for c in "ymd" if c in letters), "")
    time = "%H:%M:%S" if "s" in letters else "%H:%M" if letters & {"h", "n"} else ""
    return " ".join(filter(None, (date, f"{moment:{time}}" if time else "")))


def _number(value: float, tokens: list[str], kinds: list[str]) -> str:
    digits = [i for i, kind in enumerate(kinds) if kind == "0"]
    first, last = (digits[0], digits[-1]) if digits else (len(tokens), len(tokens))
    point = next((i for i in range(first, len(tokens)) if kinds[i] == "."), None)
    whole = [tokens[i] for i in digits if point is None or i < point]
    after = [tokens[i] for i in digits if point is not None and i > point]
    thousands = any(kinds[i] == "," for i in range(first, last))
    trailing = sum(1 for i in range(last + 1, len(tokens)) if kinds[i] == ",")
    amount = Decimal(repr(value)) * 100 ** kinds.count("%") / 1000**trailing
    rounded = abs(amount).quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    right = right[: len(right) - len(right) + after.count("0")] + right[after.count("0") :].rstrip("0")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    left = f"{int(left):,}".rjust(len(left), "0") if thousands and left else left
    body = ("-" if amount < 0 and rounded else "") + left + (f".{right}" if right else "")
    return (_around(tokens[:first], kinds[:first]) + body + _around(tokens[last + 1 :], kinds[last + 1 :])).strip()


def _around(tokens: list[str], kinds: list[str]) -> str:
    return "".join(
        _literal(t) if k == "literal" else "%" for t, k in zip(tokens, kinds, strict=True) if k in ("literal", "%")
    )
