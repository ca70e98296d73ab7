"""Number formats of WordprocessingML (ST_NumberFormat, ECMA-376 17.18.59) as Word prints them."""

from __future__ import annotations

_CN = "零一二三四五六七八九"
_IDEO = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def numeral(value: int, fmt: str) -> str:
    """One number in one format; an unknown format prints as decimal, as Word does.

    >>> numeral(21, "chineseCounting"), numeral(3, "decimalEnclosedCircle"), numeral(105, "chineseCountingThousand")
    ('二十一', '③', '一百零五')
    """
    if fmt in ("none", "bullet"):
        return ""
    if fmt == "chineseCounting":
        # up to 99 counted, from 100 on digit by digit (ECMA-376 17.18.59)
        return _counted(value, _CN) if value < 100 else "".join(_IDEO[int(d)] for d in str(value))
    if fmt in ("chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting", "taiwaneseCounting"):
        return _counted(value, _CN)
    if fmt == "chineseLegalSimplified":
        return _counted(value, _LEGAL, "拾佰仟", bare_ten=False)
    if fmt in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_IDEO[int(d)] for d in str(value))
    if fmt == "ideographTraditional":
        return _STEMS[(value - 1) % 10]
    if fmt == "ideographZodiac":
        return _BRANCHES[(value - 1) % 12]
    if fmt in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= 20:
        return chr(0x245F + value)
    if fmt == "decimalEnclosedParen" and 1 <= value <= 20:
        return chr(0x2473 + value)
    if fmt == "decimalEnclosedFullstop" and 1 <= value <= 20:
        return chr(0x2487 + value)
    if fmt == "ideographEnclosedCircle" and 1 <= value <= 10:
        return chr(0x327F + value)
    if fmt in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(d) + 0xFEE0) for d in str(value))
    if fmt == "decimalZero":
        return f"{value:02d}"
    if fmt in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if fmt == "upperRoman" else roman.lower()
    if fmt in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if fmt == "upperLetter" else letter.lower()
    return str(value)


def _counted(value: int, digits: str, units: str = "十百千", bare_ten: bool = True) -> str:
    if value == 0:
        return digits[0]
    if value >= 10_000:
        rest = value % 10_000
        low = ("" if rest >= 1000 or not rest else digits[0]) + (_counted(rest, digits, units, False) if rest else "")
        return _counted(value // 10_000, digits, units, bare_ten) + "万" + low
    out, zero = "", False
    for place, char in enumerate(reversed(str(value))):
        digit = int(char)
        if digit:
            out = digits[digit] + (units[place - 1] if place else "") + (digits[0] if zero and out else "") + out
            zero = False
        else:
            zero = bool(out)
    # 十 to 十九 are printed without 一
    return out[1:] if bare_ten and 10 <= value < 20 else out


def _roman(value: int) -> str:
    marks = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    out = ""
    for worth, mark in marks:
        out += mark * (value // worth)
        value %= worth
    return out
