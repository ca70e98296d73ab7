"""The painting of a page is told into operations as pdfminer tells it, many times as fast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSEOF, PSKeyword

from pipeline.extract.pdfcontent import Odd, operations


def by_pdfminer(data):
    """The same by pdfminer's own parser."""
    parser = PDFContentParser([PDFStream({}, data)])
    out, held = [], []
    while True:
        try:
            _, thing = parser.nextobject()
        except PSEOF:
            return out
        if isinstance(thing, PSKeyword):
            out.append((thing.name, held))
            held = []
        else:
            held.append(thing)


def test_operators_come_with_what_stands_before_them():
    painting = b"BT /F1 12 Tf\n1 0 0 1 72.5 -.5 Tm [(\\u5b57)-250<4E2D 6587>]TJ T* (a\\)\\(b) ' ET % end\n/P <</MCID 0>>BDC EMC"
    assert operations(painting) == [
        (b"BT", []),
        (b"Tf", [LIT("F1"), 12]),
        (b"Tm", [1, 0, 0, 1, 72.5, -0.5]),
        (b"TJ", [[b"u5b57", -250, b"N-e\x87"]]),
        (b"T*", []),
        (b"'", [b"a)(b"]),
        (b"ET", []),
        (b"BDC", [LIT("P"), {"MCID": 0}]),
        (b"EMC", []),
    ]


@pytest.mark.parametrize(
    ("string", "meant"),
    [
        (rb"(a(b(c))d)", b"a(b(c))d"),
        (rb"(\101\60\7x)", b"A0\x07x"),
        (rb"(\777)", b"\xff"),
        (b"(a\\\nb\\\r\nc)", b"abc"),
        (rb"(\n\r\t\b\f\\)", b"\n\r\t\x08\x0c\\"),
        (rb"(\x)", b"x"),
        (b"(\xff\x00(\\))\x01)", b"\xff\x00())\x01"),
        (b"<4>", b"\x04"),
        (b"< 41 4 2\n>", b"AB"),
        (b"()", b""),
        (b"<>", b""),
    ],
)
def test_a_string_says_what_the_standard_says(string, meant):
    assert operations(string + b"Tj") == [(b"Tj", [meant])]


@pytest.mark.parametrize(
    "painting",
    [
        b"BI /W 1 /H 1 ID x EI",
        b"/A#20B gs",
        b"{ 1 add }",
        b"[ 1 2",
        b"[ 1 >>",
        b"<< /A >> BDC",
        b"<< 1 2 >> BDC",
        b"(never ends",
        b"<zz> Tj",
        b"[ q ]",
        b"1 -- 2 Td",
        b"1" * 5000 + b" w",
    ],
)
def test_what_is_rare_is_left_to_pdfminer(painting):
    with pytest.raises(Odd):
        operations(painting)


NUMBERS = st.one_of(
    st.integers(-9999, 9999).map(lambda n: b"%d" % n),
    st.decimals(-999, 999, places=3).map(lambda n: str(n).encode()),
    st.sampled_from([b"+7", b"-.5", b".25", b"4.", b"00012", b"0.0"]),
)
STRINGS = st.one_of(
    st.binary(max_size=12).map(lambda data: b"<" + data.hex().encode() + b">"),
    st.text("abc 09 \t", max_size=9).map(lambda text: b"(" + text.encode() + b")"),
    st.sampled_from([rb"(\(x\))", b"(a(b)c)", b"(\\101)"]),
)
NAMES = st.sampled_from([b"/F1", b"/GS0", b"/", b"/a.b-c", b"/P\xe5"])
PLAIN = st.one_of(NUMBERS, STRINGS, NAMES, st.just(b"true"))
LISTS = st.lists(PLAIN, max_size=5).map(lambda parts: b"[" + b" ".join(parts) + b"]")
DICTIONARIES = st.dictionaries(st.sampled_from([b"/A", b"/MCID"]), PLAIN, max_size=2).map(
    lambda pairs: b"<<" + b" ".join(b" ".join(pair) for pair in pairs.items()) + b">>"
)
WORDS = st.sampled_from([b"q", b"Q", b"BT", b"Tj", b"T*", b"f*", b"re", b"d0", b"'", b'"', b"%c\n"])


@given(
    st.lists(st.one_of(PLAIN, LISTS, DICTIONARIES, WORDS), max_size=30),
    st.sampled_from([b" ", b"\n", b"\r\n", b"\t\x00 "]),
)
def test_any_painting_is_told_as_pdfminer_tells_it(parts, between):
    painting = between.join(parts) + between
    assert operations(painting) == by_pdfminer(painting)
