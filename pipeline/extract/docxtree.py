"""The shape of WordprocessingML below the words: wrappers seen through, revisions told apart, one of two twins chosen."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# wrappers that only mark what they hold; their children count as if the wrapper were not there
WRAPPERS = {W + n for n in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")} | {
    MC + "Choice",
    MC + "Fallback",
}
GONE = {W + "del", W + "moveFrom"}


def unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and revision marks."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from unwrapped(child, tag)


def content(tc: etree._Element) -> Iterator[etree._Element]:
    for child in tc:
        if child.tag in (W + "p", W + "tbl") or child.tag in GONE:
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from content(alternative(child))
        elif child.tag in WRAPPERS:
            yield from content(child)


def alternative(element: etree._Element) -> etree._Element:
    """The one branch to read of two that say the same: the first Choice that holds words, else the Fallback."""
    for branch in element:
        if branch.tag == MC + "Choice" and next(branch.iter(W + "t", W + "txbxContent"), None) is not None:
            return branch
    fallback = element.find(MC + "Fallback")
    if fallback is not None:
        return fallback
    choice = element.find(MC + "Choice")
    return choice if choice is not None else element


def plain(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t", W + "delText"))
