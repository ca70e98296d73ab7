"""Marks of Markdown told from the words they dress: headings, bold, links, quotes, escapes. CommonMark 0.31, GFM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(?=[^\s#])")
UNDERLINE = re.compile(r"[ \t]{0,3}(=+|-+)[ \t]*$")
RULER = re.compile(r"[ \t]*([-=*_~─━—＝])(?:[ \t]*\1){2,}[ \t]*$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\*(?![*\w])")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,2000}\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|div|span|center|font|strong|em|sup|sub|ins)(?:[ \t][^<>\n]{0,500})?>", re.IGNORECASE
)
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Dressed:
    """The words of one line without its marks: level of a heading, bold at its beginning, a bullet, a picture in it."""

    text: str
    level: int | None = None
    bold: bool = False
    label: str = ""
    picture: bool = False


def undress(line: str, markdown: bool) -> Dressed:
    """The words of a line. In a file that does not say that it is Markdown only headings and bold are marks."""
    level, label, picture = None, "", False
    if heading := HEADING.match(line):
        level, line = len(heading[1]), line[heading.end() :].rstrip().rstrip("#")
    if markdown:
        if quote := _QUOTE.match(line):
            line = line[quote.end() :]
        if bullet := _BULLET.match(line):
            label, line = "•", line[bullet.end() :]
        picture = _IMAGE.search(line) is not None
        line = _LINK.sub(r"\1", _IMAGE.sub("", line))
        line = _TAG.sub("", _BREAK.sub("\n", line))
    bold = _BOLD.match(line.lstrip()) is not None
    line = _BOLD.sub(r"\2", line)
    if markdown:
        line = unescape(_ESCAPE.sub(r"\1", _ITALIC.sub(r"\1", line)))
    return Dressed(line, level, bold or level is not None, label, picture)
