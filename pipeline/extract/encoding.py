"""The characters behind the bytes of a web page or a text file: byte order mark, what the file declares, what its bytes allow."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HAN = re.compile("[\u3400-\u9fff]")
LEGACY = ("gb18030", "big5")
SAMPLE = 1 << 16  # bytes that are enough to tell one encoding from another
STRAY = 3  # control characters that may stand even in a short text
# characters that decode without an error and still say that the bytes are something else
_CONTROL = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
for _kept in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x85):
    del _CONTROL[_kept]
# marks that nobody sees: zero-width blanks and joiners, soft hyphens, marks of direction
UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])


@dataclass(frozen=True, slots=True)
class Decoded:
    """text: line ends as in the file, marks nobody sees left out; broken: characters that could not be restored (U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0

    @property
    def readable(self) -> bool:
        """Whether nearly all of it is text: no binary file, no mixture of two encodings."""
        size = len(self.text)
        odd = size - len(self.text.translate(_CONTROL))
        if "\x00" in self.text or self.broken * 200 > size or (odd > STRAY and odd * 200 > size):
            return False
        return self.encoding not in LEGACY or _language(self.text)


def decode(data: bytes, declared: Iterable[str] = ()) -> Decoded:
    """The text of bytes whose encoding may be declared, wrongly declared, or not at all.

    declared   names the file gives itself; asked only when the bytes are neither UTF-8 nor Chinese in GB18030 or Big5
    returns    what fits best; `broken` counts what fits nowhere. Never raises.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _loose(data[len(bom) :], encoding)
    if b"\x00" in data[:SAMPLE] and (wide := _wide(data)):
        return _loose(data, wide)
    if data.isascii():
        hz = _strict(data, "hz") if b"~{" in data and b"~}" in data else None
        return hz or _seen(data.decode("ascii"), "ascii")
    # a page is far more often saved as UTF-8 under an old declaration than the other way round
    utf8 = _loose(data, "utf-8")
    if not utf8.broken or utf8.readable:
        return utf8
    named = [n for n in map(_name, declared) if n and n not in ("utf-8", *LEGACY)]
    legacy = [*_legacy(data), *named]
    for encoding in legacy:
        exact = _strict(data, encoding)
        if exact and exact.readable:
            return exact
    found = [_loose(data, encoding) for encoding in legacy]
    return min((d for d in found if d.readable), key=lambda d: d.broken, default=utf8)


def _name(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().strip("'\"")).name
    except (LookupError, ValueError):
        return None
    # the web reads gb2312 and gbk as gb18030; a page never is what it says when it says utf-16 in ASCII
    if name in ("gb2312", "gbk"):
        return "gb18030"
    return None if name.startswith(("utf-16", "utf-32")) else "big5" if name.startswith("big5") else name


def _legacy(data: bytes) -> tuple[str, ...]:
    # GB18030 and Big5 use the same bytes; the characters they make tell which one is language
    best = from_bytes(data[:SAMPLE], cp_isolation=list(LEGACY)).best()
    first = best.encoding if best and best.encoding in LEGACY else LEGACY[0]
    return (first, *(e for e in LEGACY if e != first))


def _language(text: str) -> bool:
    # bytes of another encoding make characters that nobody writes: real texts keep to the common ones of GB2312 or Big5
    han = Counter(c for c in text[:SAMPLE] if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff")
    common = sum(n for c, n in han.items() if _common(c))
    return common * 5 >= han.total() * 4


def _common(char: str) -> bool:
    gb, big5 = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0\xa1" <= gb <= b"\xd7\xf9" or b"\xa4\x40" <= big5 <= b"\xc6\x7e"


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return _seen(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _loose(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return _seen(text, encoding, text.count("\ufffd"))


def _seen(text: str, encoding: str, broken: int = 0) -> Decoded:
    return Decoded(text.translate(UNSEEN), encoding, broken)


def _wide(data: bytes) -> str | None:
    # UTF-16 without its mark: nearly every unit is a Han character, full-width punctuation or printable ASCII
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            sample = data[:SAMPLE].decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum(1 for c in sample if " " <= c <= "~" or c in "\r\n\t" or "\u3000" <= c <= "\u9fff" or c > "\uff00")
        if usual * 20 >= len(sample) * 19:
            return encoding
    return None
