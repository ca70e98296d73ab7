"""A document inside a docx (w:altChunk): Word shows it in its place, so it is read in its place."""

from __future__ import annotations

from importlib import import_module

from ..errors import Unreadable
from ..model import Block, Loss
from .docxparts import main_part
from .guard import Package
from .sniff import sniff

# kind (sniff.py) → the module that reads it
_READ = {"html": "html", "text": "text"}


def chunk(package: Package, part: str) -> tuple[tuple[Block, ...], tuple[Loss, ...]] | None:
    """The blocks of one part that is a web page, plain text or a docx; None when it is none of these or unreadable."""
    data = package.part(part)
    if not data:
        return None
    kind = sniff(data)
    try:
        if kind == "docx":
            docx = import_module(f"{__package__}.docx")
            inner = Package(package.name, data)
            blocks, losses = docx.read_docx(inner, main_part(inner), inner=True)
        elif kind in _READ:
            blocks, losses, _ = import_module(f"{__package__}.{_READ[kind]}").read(package.name, data)
        else:
            return None
    except Unreadable:
        return None
    return blocks, losses
