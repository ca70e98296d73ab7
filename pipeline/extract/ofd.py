"""OFD (GB/T 33190-2016) → blocks: the parts of the package, page by page; from there on the code of paged documents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from ..errors import Unreadable
from ..model import Block, Loss, Ocr
from .flow import blocks
from .guard import Package, more_time, refusal
from .legible import PICTURE, unreadable
from .ofdpage import drawn
from .ofdvalues import Resources, name, numbers
from .pagemaker import TooMuch
from .pages import Image, Page
from .ruled import TooManyLines
from .scans import Picture, recognition, without_words
from .sheets import Sheet, sheet

PAGES = 5_000
SECONDS_PER_PAGE = 0.5


def read(path: str, data: bytes, ocr: Ocr = "auto") -> tuple[tuple[Block, ...], tuple[Loss, ...], int]:
    """The blocks of every document in the file. Raises Unreadable with one reason.

    ocr   which pages are recognized from their pictures
    """
    package = Package(path, data)
    sheets: list[Sheet] = []
    images: dict[int, tuple[tuple[Image, ...], float, float]] = {}
    losses: list[Loss] = []
    try:
        for page in pages(package, losses):
            sheets.append(sheet(page, sheets[-1].gutter if sheets else None))
            if page.pictures > PICTURE:
                images[page.number] = (page.images, page.width, page.height)
    except TooMuch:
        raise refusal(path, "page_too_full", place=f"第{len(sheets) + 1}页") from None
    except TooManyLines:
        raise refusal(path, "too_many_cells", place=f"第{len(sheets) + 1}页") from None
    sheets, silent, told = recognition(path, sheets, unreadable(sheets), _pictures(package, images), ocr)
    losses += told
    made, found = blocks(sheets)
    if silent and not any(block.kind in ("paragraph", "cell") and block.text.strip() for block in made):
        raise refusal(path, without_words(ocr))
    losses += [Loss("page_without_text", why, f"第{number}页") for number, why in silent.items()]
    return made, (*losses, *found), len(sheets)


def _pictures(package: Package, images: Mapping[int, tuple[tuple[Image, ...], float, float]]) -> Picture:
    def picture(number: int) -> tuple[Any, float]:
        from .ofdpicture import drawn  # what draws takes a while to load, and most files have words

        return drawn(package, *images.get(number, ((), 595.0, 842.0)))

    return picture


def pages(package: Package, losses: list[Loss]) -> Iterator[Page]:
    """The pages one by one, those of a second document after those of the first; what is left out goes to `losses`.

    raises   Unreadable; TooMuch for a page that is beyond the limits
    """
    root = package.xml("OFD.xml")
    count = 0
    for body in root if root is not None else ():
        if target := _text(body, "DocRoot"):
            for page in _document(package, _part(package, "OFD.xml", target), losses, count):
                count = page.number
                yield page
    if not count:
        raise refusal(package.name, "damaged", "文件里没有一页", "重新下载或复制")


def _found(package: Package, source: str, target: str) -> str | None:
    # a location counts from the root when it begins with /, else from the part that holds it; some writers err
    target = target.strip().replace("\\", "/")
    near = posixpath.normpath(posixpath.join(posixpath.dirname(source), target.lstrip("/")))
    far = posixpath.normpath(target.lstrip("/"))
    return next((part for part in ((far, near) if target.startswith("/") else (near, far)) if part in package), None)


def _part(package: Package, source: str, target: str) -> str:
    part = _found(package, source, target)
    if part is None:
        raise _incomplete(package, target)
    return part


def _incomplete(package: Package, place: str) -> Unreadable:
    return refusal(package.name, "damaged", "文件缺少一部分，可能没有下载完整", "重新下载或复制", place=place)


def _document(package: Package, part: str, losses: list[Loss], before: int) -> Iterator[Page]:
    root = _xml(package, part)
    common = _child(root, "CommonData")
    resources = Resources()
    templates: dict[str, tuple[str, str]] = {}
    for child in common if common is not None else ():
        if name(child) in ("PublicRes", "DocumentRes"):
            _take_in(package, part, child, resources)
        elif name(child) == "TemplatePage":
            templates[child.get("ID") or ""] = (child.get("BaseLoc") or "", child.get("ZOrder") or "")
    area = _box(_child(common, "PageArea"))
    listed = _child(root, "Pages")
    entries = [page for page in listed if name(page) == "Page"] if listed is not None else []
    if before + len(entries) > PAGES:
        raise refusal(package.name, "too_many_pages")
    more_time(SECONDS_PER_PAGE * len(entries))
    if _child(root, "Attachments") is not None:
        losses.append(Loss("embedded_object", "", "附件"))
    losses += _annotations(package, part, _text(root, "Annotations"))
    made: dict[str, etree._Element] = {}
    for count, entry in enumerate(entries, before + 1):
        place = _part(package, part, entry.get("BaseLoc") or "")
        page = _xml(package, place)
        box = _box(_child(page, "Area")) or area or (0.0, 0.0, 210.0, 297.0)
        for child in page:
            if name(child) == "PageRes":
                _take_in(package, place, child, resources)
        layers = [page]
        for used in page:
            base, order = (
                templates.get(used.get("TemplateID") or "", ("", "")) if name(used) == "Template" else ("", "")
            )
            if base:
                where = _part(package, part, base)
                if where not in made:
                    made[where] = _xml(package, where)
                below = made[where]
                # a page lies on its template, or below it
                front = (used.get("ZOrder") or order) == "Foreground"
                layers = [*layers, below] if front else [below, *layers]
        yield drawn(count, resources, box, [c for layer in layers for c in layer if name(c) == "Content"])


def _take_in(package: Package, source: str, entry: etree._Element, resources: Resources) -> None:
    # fonts and colors: where they are missing, the words are not
    part = _found(package, source, entry.text or "")
    if part and (root := package.xml(part)) is not None:
        resources.add(root, part)


def _annotations(package: Package, source: str, target: str) -> Iterator[Loss]:
    # words that lie on the pages and are none of theirs: notes, stamps; a watermark is no word at all
    index = _found(package, source, target) if target else None
    root = package.xml(index) if index else None
    for page in root if root is not None else ():
        part = _found(package, index or "", _text(page, "FileLoc"))
        listed = package.xml(part) if part else None
        for note in listed if listed is not None else ():
            words = "".join(code.text or "" for code in note.iter() if name(code) == "TextCode").strip()
            if words and note.get("Type") != "Watermark":
                yield Loss("comment", words, "")


def _xml(package: Package, part: str) -> etree._Element:
    root = package.xml(part)
    if root is None:
        raise _incomplete(package, part)
    return root


def _child(parent: etree._Element | None, wanted: str) -> etree._Element | None:
    return next((child for child in parent if name(child) == wanted), None) if parent is not None else None


def _text(parent: etree._Element, wanted: str) -> str:
    child = _child(parent, wanted)
    return (child.text or "").strip() if child is not None else ""


def _box(area: etree._Element | None) -> tuple[float, float, float, float] | None:
    # x, y, width, height in millimeters; a box without an area is none
    values = numbers(_text(area, "PhysicalBox")) if area is not None else []
    if len(values) != 4 or not (1 < values[2] < 20_000 and 1 < values[3] < 20_000):
        return None
    return values[0], values[1], values[2], values[3]
