"""html → blocks: government pages and what Word, WPS and LibreOffice save as a page. Nothing is fetched or run."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from ..model import Block, Loss
from .encoding import HAN, decode
from .guard import refusal
from .htmlflow import Flow
from .htmlpage import measure
from .htmltree import parse_html
from .sniff import MIME

_CHARSET = re.compile(rb"""(?:charset|encoding) *= *["']? *([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a page in reading order; what belongs to the site (menus, footers) is of kind header or footer.

    raises   Unreadable with one reason: garbled_text, unknown_type, xml_dtd, too_deep, too_many_cells
    """
    declared: list[str] = []
    if MIME.match(data[:4096]):
        data, declared = unpacked(data)
    declared += [name.decode("ascii") for name in _CHARSET.findall(data[:8192])]
    found = decode(data, declared)
    if not found.readable:
        raise refusal(path, "garbled_text")
    if not HAN.search(found.text) and "&#" not in found.text:
        raise refusal(path, "unknown_type", "网页里没有汉字")
    blocks, losses = read_html(path, found.text)
    if found.broken:
        losses = (Loss("undecodable", f"{found.broken} 处", "", None), *losses)
    return blocks, losses, None


def unpacked(data: bytes) -> tuple[bytes, list[str]]:
    """The page inside a web archive (.mht, what Word and offices save as a single-file page) and what it declares."""
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            charset = part.get_content_charset()
            return (page if isinstance(page, bytes) else b""), [charset] if charset else []
    return b"", []


def read_html(path: str, text: str) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """The same of a page that is already text."""
    root = parse_html(path, text)
    if root is None:
        return (), ()
    flow = Flow(path, measure(root), spaced="LibreOffice" in text[:4096] or "OpenOffice" in text[:4096])
    flow.walk(root)
    return flow.finished()
