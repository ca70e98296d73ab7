"""What stands beside the body of a docx: which part is which, and what the styles say of outline levels."""

from __future__ import annotations

from lxml import etree

from .docxtree import W
from .guard import Package
from .numbering import val

R_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def main_part(package: Package) -> str:
    """The part that is the document, as the package says; most often word/document.xml."""
    root = package.xml("_rels/.rels")
    for relation in root if root is not None else ():
        if (relation.get("Type") or "").endswith("/officeDocument"):
            target = (relation.get("Target") or "").lstrip("/")
            if target in package and target.startswith("word/"):
                return target
    return "word/document.xml"


def targets(package: Package, folder: str, main: str) -> dict[str, str]:
    """Relationship id → part."""
    rels = package.xml(f"{folder}/_rels/{main.rsplit('/', 1)[1]}.rels")
    found = {r.get("Id") or "": r.get("Target") or "" for r in (rels if rels is not None else ())}
    return {rid: t.lstrip("/") if t.startswith("/") else f"{folder}/{t}" for rid, t in found.items()}


def related(package: Package, folder: str, main: str, kind: str) -> tuple[str, ...]:
    """The parts of one kind (header, footer …) that the document refers to."""
    rels = package.xml(f"{folder}/_rels/{main.rsplit('/', 1)[1]}.rels")
    found = [r.get("Target") or "" for r in (rels if rels is not None else ()) if r.get("Type") == R_TYPE + kind]
    return tuple(dict.fromkeys(t.lstrip("/") if t.startswith("/") else f"{folder}/{t}" for t in found))


def outline_levels(styles: etree._Element | None) -> dict[str, tuple[str, int | None]]:
    """Style → its name and outline level, inherited along basedOn."""
    own: dict[str, tuple[str, int | None, str | None]] = {}
    for style in styles.iterchildren(W + "style") if styles is not None else ():
        level = val(style.find(W + "pPr"), "outlineLvl")
        name = val(style, "name") or ""
        number = int(level) + 1 if level and level.isdigit() and int(level) < 9 else None
        own[style.get(W + "styleId") or ""] = (name, number, val(style, "basedOn"))
    out = {}
    for key, (name, number, based) in own.items():
        seen = {key}
        while number is None and based in own and based not in seen:
            seen.add(based)
            _, number, based = own[based]
        out[key] = (name, number)
    return out
