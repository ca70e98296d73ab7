"""What keeps a rule file from being TOML, said so that a clerk can mend it: every line at fault, not the first alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .errors import RuleFault

# what a Chinese input method, Word or WPS gives where TOML wants its own mark
MEANT = {
    **dict.fromkeys("“”„‟＂", '"'),
    **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("【［〔", "["),
    **dict.fromkeys("】］〕", "]"),
    "＝": "=",
    "，": ",",
    "、": ",",
    "｛": "{",
    "｝": "}",
    "＃": "#",
    "－": "-",
    "＿": "_",
    "：": "=",
}
UNSEEN = {
    "\u3000": ("这里有全角空格", "换成半角空格"),
    "\xa0": ("这里有不间断空格", "换成半角空格"),
    "\u200b": ("这里有看不见的字符", "删去这一行重新输入"),
    "\ufeff": ("这里有看不见的字符", "删去这一行重新输入"),
}
PAIRS = {"[": "]", "{": "}"}
HEADING = re.compile(r"^\s*(\[+)\s*([^\s\[\]\"',={}]+)\s*(\]+)\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*[\w-]+\s*=")

# the reader's own sentences (tomllib), for what the look below does not see
SAID = (
    ("Cannot overwrite a value", "同一个键写了两次", "删去其中一个"),
    ("Duplicate inline table key", "同一个花括号里同一个键写了两次", "删去其中一个"),
    ("Expected '='", "键的后面没有 =", '写成 键 = "值"'),
    ("Invalid initial character for a key", "这一行不是 键 = 值", '写成 键 = "值"，说明文字以 # 开头'),
    ("Invalid statement", "这一行不是 键 = 值，也不是 [[条目]]", '写成 键 = "值"，说明文字以 # 开头'),
    ("Invalid value", "= 后面的值不对", '文字要加英文引号，例如 kind = "due"'),
    ("Unescaped '\\\\'", "双引号里的 \\ 不合写法", "正则表达式请用单引号括起，例如 pattern = '\\d'"),
    ("Invalid hex value", "双引号里的 \\ 不合写法", "正则表达式请用单引号括起，例如 pattern = '\\d'"),
    ("Unterminated string", "引号没有成对", "补上另一个英文引号"),
    ("Illegal character", "引号没有成对，或文字里换了行", "一段文字写在一行之内，前后各一个英文引号"),
    ("Unclosed array", "方括号里缺逗号，或没有用 ] 结束", "每两项之间一个英文逗号，最后写 ]"),
    ("Unclosed inline table", "花括号里缺逗号、换了行，或没有用 } 结束", "{ … } 写在一行之内，每两项之间一个英文逗号"),
    ("Expected newline", "值的后面有多余的文字", "一行只写一个 键 = 值；文字里的引号用中文引号“ ”"),
)


def syntax_faults(file: str, text: str, first: int, message: str) -> list[RuleFault]:
    """The faults of a piece of a file that the TOML reader refused, in line order; at least one.

    text     the piece; `first` is the number of its first line in the file
    message  what the reader said of it
    """
    found = list(_Look(text).faults())
    if not found:
        at = re.search(r"line (\d+)", message)
        line = int(at[1]) if at else len(text.rstrip("\n").split("\n"))
        said = next((say for words, *say in SAID if words in message), None)
        problem, remedy = said or (f"写法不合 TOML（{message}）", "看这一行的引号、逗号和括号是否成对")
        found = [(line, problem, remedy)]
    return [RuleFault(file, first + line - 1, "-", problem, remedy) for line, problem, remedy in found]


@dataclass
class _Look:
    """One pass over the lines: strings, brackets and commas as TOML takes them. Not a parser: it only finds faults."""

    text: str
    unclosed: list[tuple[str, int]] = field(default_factory=list)  # brackets not closed yet, with their line
    ended: bool = False  # a value has just ended: a comma or a bracket must follow

    def faults(self) -> Iterator[tuple[int, str, str]]:
        """(line from 1, problem, remedy); one a line."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if '"""' in line or "'''" in line:
                return  # text over several lines: the reader's own sentence will do
            if number > 1 and HEADING.match(line) and not self.unclosed:
                continue
            if self.unclosed and (_KEY.match(line) or HEADING.match(line)):
                mark, since = self.unclosed[0]
                self.unclosed.clear()
                yield since, f"{mark} 没有配对的 {PAIRS[mark]}", f"在这一项的末尾补上 {PAIRS[mark]}"
            self.ended = self.ended and bool(self.unclosed)
            if told := self._line(line, number):
                yield number, *told
        if self.unclosed:
            mark, since = self.unclosed[0]
            yield since, f"{mark} 没有配对的 {PAIRS[mark]}", f"在这一项的末尾补上 {PAIRS[mark]}"

    def _line(self, line: str, number: int) -> tuple[str, str] | None:
        place = 0
        while place < len(line):
            char = line[place]
            if char == "#":
                return None
            if char in "\"'":
                end = _string_end(line, place)
                if end < 0:
                    return "引号没有成对", "补上另一个英文引号；文字里的引号用中文引号“ ”"
                if self.ended:
                    return self._no_comma(line, place)
                place, self.ended = end, True
                continue
            if char in UNSEEN:
                return UNSEEN[char]
            if char in MEANT:
                return f"这里用了中文标点 {char}", f"换成英文标点（半角）{MEANT[char]}"
            if "\u4e00" <= char <= "\u9fff":
                if self.ended and line[:place].strip():
                    return "文字里用了英文引号，后面的文字落在了引号之外", "文字里的引号改用中文引号“ ”"
                if "=" not in line[:place] and not self.unclosed:
                    return "这一行不是 键 = 值，也不是 [[条目]]", '写成 键 = "值"，说明文字以 # 开头'
                return f"“{char}”没有放在引号里", '文字前后各加一个英文引号 "'
            if char in PAIRS:
                if self.ended:
                    return self._no_comma(line, place)
                self.unclosed.append((char, number))
            elif char in "]}":
                if not self.unclosed or PAIRS[self.unclosed[-1][0]] != char:
                    return f"多了一个 {char}", "删去它，或补上与它配对的另一半"
                self.unclosed.pop()
            if char in ",=":
                self.ended = False
            elif char in "]}":
                self.ended = True
            place += 1
        if self.unclosed and self.unclosed[-1][0] == "{":
            self.unclosed.pop()
            return "{ … } 没有在同一行里结束", "从 { 到 } 写在一行之内"
        return None

    def _no_comma(self, line: str, place: int) -> tuple[str, str]:
        self.ended = False
        where = "这一项的前面" if not line[:place].strip() else "两项之间"
        return f"{where}缺逗号", "补一个英文逗号 ,"


def _string_end(line: str, start: int) -> int:
    """The place behind a string that opens at `start`; -1 when the line ends first."""
    quote, place = line[start], start + 1
    while place < len(line):
        if line[place] == "\\" and quote == '"':
            place += 2
            continue
        if line[place] == quote:
            return place + 1
        place += 1
    return -1
