"""The bare words of a .doc: FIB → CLX → pieces (MS-DOC 2.4.1). No format, no table: what another reader is checked by."""

from __future__ import annotations

import struct

from .docxfields import field_words
from .ole import Ole

STORIES = ("main", "footnote", "header", "macro", "comment", "endnote", "textbox", "header_textbox")
_MAGIC = 0xA5EC
_ENDS = "\r\x07\x0b\x0c"  # paragraph, cell, line, page
_FIRST = 193  # nFib of Word 97; what is older keeps its words elsewhere
_CLX = 33  # place of fcClx among the pairs of the FIB


def stories(data: bytes) -> dict[str, str]:
    """Story → its words, paragraph by paragraph, as stored but for field codes; a story without words is left out.

    Marks of cells, lines and pages are line feeds; anchors of notes, pictures and the like are left out.
    raises   ValueError when the file is no Word 97–2003 document or its tables cannot be followed
    """
    try:
        return _stories(Ole(data))
    except (struct.error, KeyError, IndexError) as error:
        raise ValueError(f"no piece table ({error!r})") from None


def _stories(ole: Ole) -> dict[str, str]:
    word = ole.stream("WordDocument")
    magic, version = struct.unpack_from("<HH", word, 0)
    flags = struct.unpack_from("<H", word, 10)[0]
    if magic != _MAGIC or version < _FIRST:
        raise ValueError("not a document of Word 97 or later")
    if flags & 0x0100:
        raise ValueError("encrypted")
    at = 32
    at += 2 + 2 * struct.unpack_from("<H", word, at)[0]
    counts = struct.unpack_from("<8I", word, at + 2 + 4 * 3)
    at += 2 + 4 * struct.unpack_from("<H", word, at)[0]
    where, size = struct.unpack_from("<II", word, at + 2 + 8 * _CLX)
    clx = ole.stream("1Table" if flags & 0x0200 else "0Table")[where : where + size]
    text = _pieces(word, clx)
    out, place = {}, 0
    for name, count in zip(STORIES, counts, strict=True):
        shown = _shown(text[2 * place : 2 * (place + count)].decode("utf-16-le", "replace"))
        place += count
        if shown.strip():
            out[name] = shown
    return out


def _pieces(word: bytes, clx: bytes) -> bytes:
    # everything as UTF-16, so that character positions are places of two bytes
    at = 0
    while clx[at] == 1:  # a Prc: formats of a piece
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table, 0)
    out = bytearray()
    for n in range(count):
        start = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * n + 2)[0]
        length = ends[n + 1] - ends[n]
        if length < 0 or len(out) > 2 * len(word):
            raise ValueError("pieces out of order")
        if start & 0x40000000:
            begin = (start & 0x3FFFFFFF) // 2
            out += word[begin : begin + length].decode("cp1252", "replace").encode("utf-16-le")
        else:
            out += word[start : start + 2 * length]
    return bytes(out)


def _shown(text: str) -> str:
    # a field is 13 code 14 result 15, nested; results are shown, and what a code alone draws
    out: list[str] = []
    codes: list[list[str] | None] = []  # the code of each open field, None once its result begins
    for char in text:
        if char == "\x13":
            codes.append([])
        elif char == "\x14":
            if codes:
                codes[-1] = None
        elif char == "\x15":
            code = codes.pop() if codes else None
            if code is not None and all(outer is None for outer in codes):
                out.append(field_words("".join(code)))
        elif all(code is None for code in codes):
            out.append("\n" if char in _ENDS else "" if char < " " and char != "\t" else char)
        elif codes[-1] is not None:
            codes[-1].append(char)
    return "".join(out)
